"""Which days a place may set itself, and what such a day may be called."""

from __future__ import annotations

from datetime import date
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

LONGEST_NAME: Final = 60
EARLIEST_YEAR: Final = 2004
LATEST_YEAR: Final = 2099


class DayRefused(Refusal):
    """Not a day that can be set."""


def is_within(day: date) -> bool:
    """Whether cases can have to do with that day."""
    return EARLIEST_YEAR <= day.year <= LATEST_YEAR


def refuse_day(day: date | None, name: str) -> date:
    """The day, or why not."""
    if day is None:
        raise DayRefused(say("clocks-day-missing"), say("clocks-day-try"), "day")
    if not is_within(day):
        far = say("clocks-day-far", day=day.isoformat(), first=EARLIEST_YEAR, last=LATEST_YEAR)
        raise DayRefused(far, say("clocks-day-try"), "day")
    if len(name) > LONGEST_NAME:
        raise DayRefused(say("areas-name-too-long", most=LONGEST_NAME), where="name")
    return day
