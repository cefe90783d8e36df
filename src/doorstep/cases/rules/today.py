"""What a grid worker finds on the page of the day, each case in the one part where it matters most."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from doorstep.cases.rules.lifecycle import By, State


class Part(StrEnum):
    """The parts of the page, in its order. They tell what is owed to whom; nobody is counted or compared by them."""

    DUE = "due"
    WORD = "word"
    NEW = "new"
    PROMISED = "promised"
    ASKED = "asked"
    OTHERS = "others"


def part_of(state: State, *, is_mine: bool, due_at: datetime | None, last_by: By, end_of_today: datetime) -> Part:
    """Where an open case stands for one team: `is_mine` when that team holds it; `last_by` moved it last."""
    if not is_mine:
        return Part.OTHERS
    if state not in (State.DISPATCHED, State.TAKEN):
        return Part.ASKED
    if due_at is not None and due_at < end_of_today:
        return Part.DUE
    if last_by is By.REPORTER:
        return Part.WORD
    return Part.NEW if state is State.DISPATCHED else Part.PROMISED
