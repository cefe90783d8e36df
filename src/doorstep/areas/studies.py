"""What the engine works out apart from the pages: what is open, what is done, what it found."""

from __future__ import annotations

from dataclasses import fields

from doorstep.areas.models import Study as Study
from doorstep.areas.models import StudyKind
from doorstep.core.studies import OPEN as OPEN
from doorstep.core.studies import failure as failure
from doorstep.engines.districting.measuring import Measures, Trade


def study(number: int) -> Study | None:
    """A study by its number."""
    return Study.objects.filter(pk=number).first()


def open_in(community: int) -> Study | None:
    """What is being worked out for a community now, or waits for its turn."""
    return Study.objects.filter(community=community, state__in=OPEN).first()


def trades_of(community: int, mark: str) -> Study | None:
    """The newest answer to this very question, or that there is none: what failed may be asked again."""
    asked = Study.objects.filter(community=community, kind=StudyKind.TRADES, mark=mark)
    return asked.order_by("-id").first()


def found(of: Study) -> list[Trade]:
    """The trades that a study found."""
    answer = of.answer or {"trades": []}
    known = {each.name for each in fields(Measures)}
    return [
        Trade(row["weight"], row["value"], Measures(**{name: row["measures"][name] for name in known}))
        for row in answer["trades"]
    ]
