"""Does somebody open far more than their work asks? Then the security administrator is told, with the facts.

Nothing is ever refused for it: urgent work opens many cases too. Nobody's work is counted by it either: what is kept is
one alarm with its figures, and no list of persons can be made of those who gave none.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

WINDOW: Final = timedelta(hours=1)


class Bounds(NamedTuple):
    """How many different cases or contacts an hour may hold, whatever the work, how many times the work itself, and how
    many pages of lists may be turned."""

    cases: int = 60
    contacts: int = 8
    times: int = 3
    pages: int = 20

    def floor(self, what: str) -> int:
        return {"contact": self.contacts, "case-list": self.pages}.get(what, self.cases)


def is_alarming(opened: int, worked_on: int, what: str, bounds: Bounds) -> bool:
    """Whether `opened` different cases in an hour are far more than the `worked_on` that were moved in it.

    Pages of lists are held against the cases that were opened.
    Both must be exceeded: a busy hour is no alarm, and neither is a quiet one in which somebody reads a little.
    """
    return opened > bounds.floor(what) and opened > bounds.times * worked_on
