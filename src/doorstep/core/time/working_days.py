"""Working days of mainland China: weekends, public holidays and the days worked in exchange for them.

The State Council announces each year's holidays late in the year before. Until a year is announced its days count as
plain weekdays, and whatever was reckoned with them is provisional: reckon it again when the year is known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

import chinese_calendar

from doorstep.core.time.limits import Hours, Limit, WorkingDays, WorkingHours
from doorstep.core.time.zone import LOCAL, local

Shift = tuple[time, time]
OFFICE_HOURS: Final[tuple[Shift, ...]] = ((time(9), time(12)), (time(14), time(18)))
_SATURDAY: Final = 5
_FIRST_YEAR: Final = 2004
_A_DAY: Final = timedelta(days=1)


class Due(NamedTuple):
    """When time runs out, and whether a holiday not yet announced may still move it."""

    at: datetime
    provisional: bool = False


@dataclass(frozen=True)
class Calendar:
    """Which days and hours are worked.

    `overrides` are a place's own days, such as a closure in a flood: True is worked, False is not; they also stand for
    holidays announced after this version was built, and an overridden day is never provisional.
    """

    hours: tuple[Shift, ...] = OFFICE_HOURS
    overrides: Mapping[date, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        ends = [moment for shift in self.hours for moment in shift]
        if not ends or ends != sorted(ends) or any(opens == closes for opens, closes in self.hours):
            raise ValueError(f"Office hours must follow one another: {self.hours}.")

    def is_working_day(self, day: date) -> bool:
        if day in self.overrides:
            return self.overrides[day]
        return _is_workday(day) if _is_announced(day) else day.weekday() < _SATURDAY

    def is_settled(self, day: date) -> bool:
        """Whether it is known if that day is worked."""
        return day in self.overrides or _is_announced(day)

    def add(self, start: datetime, limit: Limit) -> Due:
        """When `limit`, counted from `start`, runs out."""
        match limit:
            case Hours():
                return Due(local(start) + limit.length)
            case WorkingHours():
                return self.add_working_hours(start, limit.count)
            case WorkingDays():
                return self.add_working_days(start, limit.count)

    def add_working_days(self, start: datetime, days: int) -> Due:
        """The closing time of the last of `days` working days after the day of `start`.

        The day of `start` does not count, so 00:01 and 23:59 fall due together (Civil Code articles 201 and 203).
        """
        day = local(start).date()
        settled = True
        while days > 0:
            day += _A_DAY
            settled = settled and self.is_settled(day)
            days -= self.is_working_day(day)
        return Due(_moment(day, self.hours[-1][1]), provisional=not settled)

    def add_working_hours(self, start: datetime, hours: float) -> Due:
        """The moment at which offices have been open for `hours` since `start`."""
        left = timedelta(hours=hours)
        for opens, closes in self._shifts_from(start):
            if left <= closes - opens:
                return Due(opens + left, provisional=not self._all_settled(start, opens))
            left -= closes - opens
        raise OverflowError("The calendar has no end.")  # pragma: no cover

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """For how long offices are open between the two moments."""
        worked = timedelta()
        for opens, closes in self._shifts_from(start):
            if opens >= end:
                return worked
            worked += min(closes, end) - opens
        raise OverflowError("The calendar has no end.")  # pragma: no cover

    def working_days(self, start: datetime, end: datetime) -> int:
        """How many working days begin after the day of `start` and not after the day of `end`."""
        first, last = local(start).date(), local(end).date()
        return sum(self.is_working_day(first + _A_DAY * n) for n in range(1, (last - first).days + 1))

    def _shifts_from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        start = local(start)
        day = start.date()
        while True:
            if self.is_working_day(day):
                for opens, closes in self.hours:
                    if start < _moment(day, closes):
                        yield max(start, _moment(day, opens)), _moment(day, closes)
            day += _A_DAY

    def _all_settled(self, start: datetime, end: datetime) -> bool:
        first, last = local(start).date(), local(end).date()
        return all(self.is_settled(first + _A_DAY * n) for n in range((last - first).days + 1))


class SpecialDay(NamedTuple):
    """A weekday that is off, or a day of a weekend that is worked, as the State Council announced it."""

    day: date
    is_worked: bool
    zh: str
    en: str


def special_days(year: int) -> list[SpecialDay] | None:
    """The announced days of a year that are not what their weekday says; None while the year is not announced."""
    first = date(year, 1, 1)
    if not _is_announced(first):
        return None
    found = []
    for number in range((date(year + 1, 1, 1) - first).days):
        day = first + _A_DAY * number
        is_off, name = chinese_calendar.get_holiday_detail(day)
        if name is not None:
            holiday = chinese_calendar.Holiday(name)
            found.append(SpecialDay(day, not is_off, holiday.chinese, str(holiday.value)))
    return found


def announced_until() -> date:
    """The last day of the last year that is announced."""
    year = _FIRST_YEAR
    while _is_announced(date(year + 1, 1, 1)):
        year += 1
    return date(year, 12, 31)


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LOCAL)


@lru_cache(maxsize=4096)
def _is_announced(day: date) -> bool:
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


@lru_cache(maxsize=4096)
def _is_workday(day: date) -> bool:
    return bool(chinese_calendar.is_workday(day))
