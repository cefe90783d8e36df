"""On which days does a weekly meeting take place, where holidays fall on some?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

WEEKDAYS: Final = range(5)
"""Monday to Friday: the leads meet on working days."""
_WEEK: Final = timedelta(days=7)
_DAY: Final = timedelta(days=1)


class Week(NamedTuple):
    """One week of a meeting: its day by the rule, and the day on which it is held; None where it falls out."""

    day: date
    held_on: date | None

    @property
    def is_as_usual(self) -> bool:
        """Whether it is held on its own day."""
        return self.day == self.held_on


def first_day(weekday: int, first_on: date) -> date:
    """The first day on which the meeting falls by its rule."""
    return first_on + timedelta(days=(weekday - first_on.weekday()) % 7)


def weeks(
    weekday: int, first_on: date, until_on: date | None, to: date, works: Callable[[date], bool]
) -> Iterator[Week]:
    """Every week up to and with `to`: a day that is not worked gives way to the next that is, before the next meeting.

    A whole week off, as in October, has no meeting.
    """
    day = first_day(weekday, first_on)
    last = to if until_on is None else min(to, until_on - _DAY)
    while day <= last:
        candidates = (day + _DAY * n for n in range(7))
        held_on = next((each for each in candidates if works(each)), None)
        is_over = held_on is not None and until_on is not None and held_on >= until_on
        yield Week(day, None if is_over else held_on)
        day += _WEEK
