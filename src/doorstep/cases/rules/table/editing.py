"""How a draft is changed: by rows, so that two who write at once do not lose each other's work."""

from __future__ import annotations

from dataclasses import dataclass, replace

from doorstep.cases.rules.table.checking import MOST_ROWS
from doorstep.cases.rules.table.rows import Row
from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class EditRefused(Refusal):
    """Not this change, not by this desk, or not any more."""


class RowGone(Refusal):
    """No such row in this draft."""

    status = 404


@dataclass(frozen=True)
class Rows:
    """The rows of a draft in their order, and the number that the next one gets."""

    rows: tuple[Row, ...]
    next_row: int

    def one(self, number: int) -> Row:
        for row in self.rows:
            if row.id == number:
                return row
        raise RowGone(say("table-row-gone", row=number), say("table-row-gone-try"))

    def added(self, row: Row, *, after: int | None = None) -> Rows:
        """With one row more: behind another, or at the end."""
        if len(self.rows) >= MOST_ROWS:
            raise EditRefused(say("table-full", most=MOST_ROWS), say("table-full-try"))
        place = len(self.rows) if after is None else self._place(after) + 1
        new = replace(row, id=self.next_row, rev=0)
        return Rows((*self.rows[:place], new, *self.rows[place:]), self.next_row + 1)

    def changed(self, row: Row, *, seen: int) -> Rows:
        """With this row instead of the one of its number, unless somebody changed that since it was `seen`."""
        now = self._unchanged(row.id, seen)
        new = replace(row, rev=now.rev + 1)
        return replace(self, rows=tuple(new if each.id == row.id else each for each in self.rows))

    def removed(self, number: int, *, seen: int) -> Rows:
        self._unchanged(number, seen)
        return replace(self, rows=tuple(each for each in self.rows if each.id != number))

    def moved(self, number: int, places: int) -> Rows:
        """With a row some places further down, or up where `places` is negative; never beyond an end."""
        here = self._place(number)
        row = self.rows[here]
        rest = [each for each in self.rows if each.id != number]
        there = min(max(here + places, 0), len(rest))
        return replace(self, rows=(*rest[:there], row, *rest[there:]))

    def _unchanged(self, number: int, seen: int) -> Row:
        now = self.one(number)
        if now.rev != seen:
            raise EditRefused(say("table-row-changed", row=number), say("table-row-changed-try"), f"row {number}")
        return now

    def _place(self, number: int) -> int:
        self.one(number)
        return [each.id for each in self.rows].index(number)


def refuse_beyond(row: Row, own: str) -> None:
    """A desk below the county writes rows about its own places only."""
    if not row.places or not all(place.startswith(own) for place in row.places):
        raise EditRefused(say("table-beyond", own=own), say("table-beyond-try", own=own), "places")


def refuse_own_publishing(is_editor: bool, *, by_two: bool) -> None:
    """Where two are asked for, whoever had a hand in a draft does not publish it."""
    if by_two and is_editor:
        raise EditRefused(say("table-publish-own"), say("table-publish-own-try"))
