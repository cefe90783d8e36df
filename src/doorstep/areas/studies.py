"""What the engine works out apart from the pages: what is open, what is done, what it found."""

from __future__ import annotations

from dataclasses import dataclass, fields

from doorstep.areas.models import Study as Study
from doorstep.areas.models import StudyKind, StudyState
from doorstep.core.text import Message, from_json
from doorstep.engines.districting.measuring import Measures, Trade

OPEN = (StudyState.WAITING, StudyState.WORKING)


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


@dataclass(frozen=True)
class Failed:
    """Why a study has no answer, and what to do."""

    message: Message
    try_this: Message | None


def failure(of: Study) -> Failed | None:
    """Why it failed; None where it did not."""
    if of.state != StudyState.FAILED or of.answer is None:
        return None
    try_this = of.answer["try_this"]
    return Failed(from_json(of.answer["message"]), from_json(try_this) if try_this else None)
