"""When a case is sent, as a row of the table asks: which day, which hour, and whether offices are open that day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, NamedTuple

from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKING, OFF = "working", "off"
DAYS: Final = (*WEEKDAYS, WORKING, OFF)
MINUTES_A_DAY: Final = 24 * 60


class Moment(NamedTuple):
    """A moment on the clock of the place. `kinds` are the words of `DAYS` that this day answers to."""

    day: date
    minute: int
    kinds: frozenset[str]


def moment_of(at: datetime, calendar: Calendar) -> Moment:
    """The moment as the rules see it; holidays and the days worked in exchange for them are known."""
    here = local(at)
    return Moment(here.date(), here.hour * 60 + here.minute, kinds_of(here.date(), calendar))


def kinds_of(day: date, calendar: Calendar) -> frozenset[str]:
    """The words that a day answers to: its weekday, and whether it is worked."""
    return frozenset({WEEKDAYS[day.weekday()], WORKING if calendar.is_working_day(day) else OFF})
