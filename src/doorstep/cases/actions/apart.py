"""One text, several cases: each with a life, a link and a promise of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid5

from django.db import transaction

from doorstep.cases.actions.report import Receipt, Report, report
from doorstep.cases.queries import catalogue, wording
from doorstep.cases.rules.apart import Send as Send
from doorstep.cases.rules.apart import parts_of
from doorstep.cases.rules.danger import alarm
from doorstep.engines.wording import Matter


def several(words: str, item: str = "") -> tuple[Matter, ...]:
    """The different things that these words ask for; none when it is one, or when an item was chosen."""
    everything = catalogue()
    return parts_of(
        words,
        everything,
        predict=wording().predict,
        chosen=everything.items.get(item),
        alarm=alarm(words, everything.dangers),
    )


def reports_of(said: Report, how: str) -> list[Report]:
    """What is to be written, as its sender chose: one report, or one for each part.

    With its own words a part is classified like any other report; with all the words it is told what it is about. The
    pictures go with each of them, since nobody knows to which they belong.
    """
    parts = several(said.words, said.item) if how in (Send.PARTS, Send.WHOLE) else ()
    if not parts:
        return [said]
    return [
        replace(
            said,
            words=part.text if how == Send.PARTS else said.words,
            item="" if how == Send.PARTS else part.guess.label,
            key=None if said.key is None else uuid5(said.key, str(at)),
        )
        for at, part in enumerate(parts)
    ]


def report_each(reports: Sequence[Report], *, at: datetime) -> list[Receipt]:
    """All of them or none. Sent again, they get the same receipts."""
    if len(reports) == 1:
        return [report(reports[0], at=at)]
    with transaction.atomic():
        return [report(each, at=at) for each in reports]
