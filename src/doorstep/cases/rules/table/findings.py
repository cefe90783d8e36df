"""What is told of the rows together: which can never be reached, and which two answer the same case differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import reduce
from typing import Final, NamedTuple

from doorstep.cases.rules.table.moment import DAYS, MINUTES_A_DAY, OFF, WEEKDAYS, WORKING
from doorstep.cases.rules.table.rows import Hours, Row
from doorstep.catalogue.item import Item, Urgency

_KINDS_OF_DAY: Final = tuple((weekday, worked) for weekday in WEEKDAYS for worked in (WORKING, OFF))
_ALL_DAYS: Final = (1 << len(_KINDS_OF_DAY)) - 1
_DAY_BITS: Final = {each: sum(1 << place for place, pair in enumerate(_KINDS_OF_DAY) if each in pair) for each in DAYS}


class Kind(StrEnum):
    """NEVER: no case can meet the row. SHADOWED: rows above take all of its cases, as long as they have somebody.
    CONFLICT: this row and one above fit some of the same cases and send them to different units."""

    NEVER = "never"
    SHADOWED = "shadowed"
    CONFLICT = "conflict"


class Finding(NamedTuple):
    """Something to look at: the row, and the rows above that it has to do with."""

    kind: Kind
    row: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Reach:
    """What a row can meet: bits for matters (item and urgency) and days, and the rest as it is written."""

    row: Row
    matters: int
    days: int

    def holds_time_of(self, other: _Reach) -> bool:
        mine, theirs = self.row, other.row
        begins = mine.begins is None or (theirs.begins is not None and theirs.begins >= mine.begins)
        ends = mine.ends is None or (theirs.ends is not None and theirs.ends <= mine.ends)
        return begins and ends and not other.days & ~self.days and not _minutes(theirs.hours) & ~_minutes(mine.hours)

    def holds_places_of(self, other: _Reach) -> bool:
        if not self.row.places:
            return True
        return bool(other.row.places) and all(place.startswith(self.row.places) for place in other.row.places)

    def meets(self, other: _Reach) -> bool:
        mine, theirs = self.row, other.row
        if not self.matters & other.matters or not self.days & other.days:
            return False
        if not _minutes(mine.hours) & _minutes(theirs.hours):
            return False
        if mine.begins and theirs.ends and mine.begins > theirs.ends:
            return False
        if theirs.begins and mine.ends and theirs.begins > mine.ends:
            return False
        return _places_meet(mine.places, theirs.places)

    def holds(self, other: _Reach) -> bool:
        return not other.matters & ~self.matters and self.holds_places_of(other) and self.holds_time_of(other)


def findings(rows: Sequence[Row], items: Iterable[Item]) -> list[Finding]:
    """What is to be looked at, in the order of the rows."""
    known = list(items)
    reached = [_reach(row, known) for row in rows]
    found = []
    for place, each in enumerate(reached):
        above = reached[:place]
        if not each.matters or (each.row.begins and each.row.ends and each.row.begins > each.row.ends):
            found.append(Finding(Kind.NEVER, each.row.id))
            continue
        covering = [other for other in above if other.holds_places_of(each) and other.holds_time_of(each)]
        covering = [other for other in covering if other.matters & each.matters]
        if not each.matters & ~reduce(lambda bits, other: bits | other.matters, covering, 0):
            found.append(Finding(Kind.SHADOWED, each.row.id, tuple(other.row.id for other in covering)))
            continue
        found.extend(_conflicts(each, above))
    return found


def _conflicts(each: _Reach, above: Sequence[_Reach]) -> list[Finding]:
    # A narrow row above a wide one is how exceptions are written; that is no conflict.
    crossing = [
        other.row.id
        for other in above
        if str(other.row.holder) != str(each.row.holder) and each.meets(other) and not each.holds(other)
    ]
    return [Finding(Kind.CONFLICT, each.row.id, tuple(crossing))] if crossing else []


def _reach(row: Row, items: Sequence[Item]) -> _Reach:
    urgencies = [place for place, urgency in enumerate(Urgency) if row.takes(urgency)]
    # What has no item stands first; matters of the courts never come to the table.
    met = [place for place, item in enumerate(items, 1) if item.legal_channel is None and row.is_about(item)]
    if row.is_about(None):
        met.append(0)
    matters = sum(1 << (item * len(Urgency) + urgency) for item in met for urgency in urgencies)
    days = reduce(lambda bits, day: bits | _DAY_BITS[day], row.days, 0) if row.days else _ALL_DAYS
    return _Reach(row, matters, days)


def _minutes(hours: Hours | None) -> int:
    """The minutes of a day, as bits."""
    whole = (1 << MINUTES_A_DAY) - 1
    if hours is None:
        return whole
    before_begin, before_end = (1 << hours.begin) - 1, (1 << hours.end) - 1
    return before_end & ~before_begin if hours.begin < hours.end else before_end | (whole & ~before_begin)


def _places_meet(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    if not mine or not theirs:
        return True
    return any(one.startswith(other) or other.startswith(one) for one in mine for other in theirs)
