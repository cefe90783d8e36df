"""One year of the calendar as people look at it: what is announced, what the place has set, how far it is reckoned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from doorstep.cases.models import CalendarChange, CalendarDay
from doorstep.cases.rules.days import EARLIEST_YEAR, LATEST_YEAR
from doorstep.core.time.working_days import SpecialDay, special_days

YEARS: Final = range(EARLIEST_YEAR, LATEST_YEAR + 1)
"""The years that have a page: those that cases can have to do with."""


@dataclass(frozen=True)
class Year:
    """`announced` is None while nobody knows the holidays of the year; `change` is the latest that was reckoned."""

    year: int
    announced: Sequence[SpecialDay] | None
    own: Sequence[CalendarDay]
    change: CalendarChange | None


def year_of(year: int) -> Year:
    """What is known of a year."""
    own = CalendarDay.objects.filter(day__year=year).order_by("day")
    return Year(year, special_days(year), list(own), CalendarChange.objects.order_by("-id").first())
