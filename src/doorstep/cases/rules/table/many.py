"""The table and the rules over very many cases at once: arrays in, arrays out, with the same answers as one by one.

Rows are matched with arrays. Whom a row or a rule sends a case to depends only on the units around its place, on what
the law says of its item and on whether it is critical; so that is asked once for each such kind of case, of the very
functions that decide one case.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from doorstep.cases.rules.dispatch import Explained, decide
from doorstep.cases.rules.dispatch.by_table import take
from doorstep.cases.rules.facts import AreaCode, CaseFacts, Choice, UnitFacts
from doorstep.cases.rules.table.moment import DAYS, kinds_of
from doorstep.cases.rules.table.rows import Row, Table
from doorstep.catalogue.item import Item, Urgency
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local

NOBODY: Final = -1
EXPLAINED: Final = -2
NO_ROW: Final = -1
_LONG_AGO: Final = date(1970, 1, 1)
_URGENCIES: Final = tuple(Urgency)

Ints = NDArray[np.int64]
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Cases:
    """Past cases as columns: numbers of items (-1: none), areas and urgencies, and when each came (seconds, UTC)."""

    item: Ints
    area: Ints
    urgency: Ints
    at: Ints

    def __len__(self) -> int:
        return len(self.item)


@dataclass(frozen=True)
class Ground:
    """What the numbers of `Cases` mean, and who acts there."""

    items: Sequence[Item]
    areas: Sequence[AreaCode]
    units: Sequence[UnitFacts]
    calendar: Calendar


@dataclass(frozen=True)
class Sent:
    """For each case the number of its unit (or NOBODY, EXPLAINED) and of the row that decided (or NO_ROW)."""

    unit: Ints
    row: Ints


class Rehearsal:
    """Decides all of these cases by any table; what does not depend on the table is worked out once."""

    def __init__(self, cases: Cases, ground: Ground) -> None:
        self._cases, self._ground = cases, ground
        self._units_of_area, self._kind_of_area = _kinds_of_area(ground)
        self._kind_of_item = _kinds_of_item(ground.items)
        self._places = {unit.id: place for place, unit in enumerate(ground.units)}
        self._days, self._minute, self._day_kinds = _times(cases.at, ground.calendar)
        critical = cases.urgency == _URGENCIES.index(Urgency.CRITICAL)
        # Cases of one kind are answered alike by every row that fits and by every rule of the house.
        kinds = (self._kind_of_item[cases.item + 1] * len(self._units_of_area) + self._kind_of_area[cases.area]) * 2
        _, self._first, self._kind = np.unique(kinds + critical, return_index=True, return_inverse=True)
        self._house: dict[int, int] = {}

    def sent(self, table: Table | None, progress: Progress = lambda part: None) -> Sent:
        """To whom each case goes by this table."""
        count = len(self._cases)
        unit, row = np.full(count, NOBODY, np.int64), np.full(count, NO_ROW, np.int64)
        waiting = np.flatnonzero(~self._is_legal())
        rows = table.rows if table is not None else ()
        for place, each in enumerate(rows):
            waiting = self._by_row(each, waiting, unit, row)
            progress((place + 1) / (len(rows) + 1))
        unit[self._is_legal()] = EXPLAINED
        unit[waiting] = self._by_the_house(waiting)
        progress(1.0)
        return Sent(unit, row)

    def _is_legal(self) -> NDArray[np.bool_]:
        legal = np.array([False, *(item.legal_channel is not None for item in self._ground.items)])
        found: NDArray[np.bool_] = legal[self._cases.item + 1]
        return found

    def _by_row(self, row: Row, waiting: Ints, unit: Ints, by: Ints) -> Ints:
        """Send what this row takes; whatever still waits comes back."""
        fitting = waiting[self._fits(row, waiting)]
        kinds, of_kind = np.unique(self._kind[fitting], return_inverse=True)
        answers = np.array([self._answer(row, kind) for kind in kinds], np.int64)
        if not len(fitting):
            return waiting
        chosen = answers[of_kind]
        taken = fitting[chosen != NOBODY]
        unit[taken], by[taken] = chosen[chosen != NOBODY], row.id
        return np.setdiff1d(waiting, taken, assume_unique=True)

    def _fits(self, row: Row, waiting: Ints) -> NDArray[np.bool_]:
        cases, ground = self._cases, self._ground
        items = np.array([row.is_about(None), *(row.is_about(item) for item in ground.items)])
        urgencies = np.array([row.takes(urgency) for urgency in _URGENCIES])
        fits: NDArray[np.bool_] = items[cases.item[waiting] + 1] & urgencies[cases.urgency[waiting]]
        if row.places:
            places = np.array([area.startswith(row.places) for area in ground.areas], bool)
            fits &= places[cases.area[waiting]]
        fits &= self._in_time(row, waiting)
        return fits

    def _in_time(self, row: Row, waiting: Ints) -> NDArray[np.bool_]:
        day = self._days[waiting]
        fits = np.ones(len(waiting), bool)
        if row.begins is not None:
            fits &= day >= (row.begins - _LONG_AGO).days
        if row.ends is not None:
            fits &= day <= (row.ends - _LONG_AGO).days
        if row.days:
            wanted = sum(1 << DAYS.index(each) for each in row.days)
            fits &= (self._day_kinds[waiting] & wanted) != 0
        if row.hours is not None:
            minutes = np.array([row.hours.hold(minute) for minute in range(24 * 60)])
            fits &= minutes[self._minute[waiting]]
        return fits

    def _answer(self, row: Row, kind: int) -> int:
        facts, units = self._example(kind)
        taken = take(row, facts, units)
        return self._places[taken.unit] if isinstance(taken, Choice) else NOBODY

    def _by_the_house(self, waiting: Ints) -> Ints:
        kinds, of_kind = np.unique(self._kind[waiting], return_inverse=True)
        for kind in kinds:
            if kind not in self._house:
                self._house[kind] = self._house_answer(kind)
        return np.array([self._house[kind] for kind in kinds], np.int64)[of_kind]

    def _house_answer(self, kind: int) -> int:
        choice = decide(*self._example(kind)).came_of_it
        if isinstance(choice, Explained):
            return EXPLAINED
        return NOBODY if choice is None else self._places[choice.unit]

    def _example(self, kind: int) -> tuple[CaseFacts, Sequence[UnitFacts]]:
        """One case that stands for all of its kind, and the units around it."""
        return one_of(self._cases, self._ground, int(self._first[kind])), self._units_of_area[
            int(self._kind_of_area[self._cases.area[self._first[kind]]])
        ]


def one_of(cases: Cases, ground: Ground, place: int) -> CaseFacts:
    """The case in that place, as the rules are told of one."""
    item = int(cases.item[place])
    return CaseFacts(
        number="",
        area=ground.areas[int(cases.area[place])],
        item=ground.items[item] if item >= 0 else None,
        urgency=_URGENCIES[int(cases.urgency[place])],
        reported_at=datetime.fromtimestamp(int(cases.at[place]), UTC),
    )


def _kinds_of_area(ground: Ground) -> tuple[list[list[UnitFacts]], Ints]:
    """Areas around which the same units act, equally near, are of one kind."""
    serving: dict[str, list[UnitFacts]] = {}
    for unit in ground.units:
        for code in unit.serves:
            serving.setdefault(code, []).append(unit)
    lengths = sorted({len(code) for code in serving})
    kinds: dict[Any, int] = {}
    around: list[list[UnitFacts]] = []
    numbers = np.zeros(len(ground.areas), np.int64)
    for place, area in enumerate(ground.areas):
        found = {unit.id: unit for length in lengths for unit in serving.get(area[:length], ()) if length <= len(area)}
        key = tuple(sorted((unit.id, unit.nearness(area)) for unit in found.values()))
        if key not in kinds:
            kinds[key] = len(around)
            around.append(list(found.values()))
        numbers[place] = kinds[key]
    return around, numbers


def _kinds_of_item(items: Sequence[Item]) -> Ints:
    """Items that the rules cannot tell apart are of one kind; the first is no item at all."""
    kinds: dict[Any, int] = {None: 0}
    keys = [(item.who, item.admitted, item.legal_channel) for item in items]
    return np.array([0, *(kinds.setdefault(key, len(kinds)) for key in keys)], np.int64)


def _times(at: Ints, calendar: Calendar) -> tuple[Ints, Ints, Ints]:
    """For each moment its day (counted from 1970), its minute, and the words that the day answers to, as bits."""
    # A change of the clock, should there be one, falls on a full quarter of an hour.
    quarters, of_quarter = np.unique(at // 900, return_inverse=True)
    shifts = np.array([_shift_s(int(quarter) * 900) for quarter in quarters], np.int64)
    here = at + shifts[of_quarter]
    days, of_day = np.unique(here // 86400, return_inverse=True)
    bits = np.array([_bits(_LONG_AGO + timedelta(days=int(day)), calendar) for day in days], np.int64)
    return here // 86400, here % 86400 // 60, bits[of_day] if len(at) else np.zeros(0, np.int64)


def _shift_s(at: int) -> int:
    shift = local(datetime.fromtimestamp(at, UTC)).utcoffset()
    return int(shift.total_seconds()) if shift is not None else 0


def _bits(day: date, calendar: Calendar) -> int:
    return sum(1 << DAYS.index(each) for each in kinds_of(day, calendar))
