"""Which days a report speaks of: a day, an ISO week, or a span of days; never one that has not begun."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL

MOST_DAYS: Final = 92
FEWEST_COMPARED: Final = 10
"""Of fewer cases no share is reckoned: one more or less would turn it."""
HAZARDS: Final = "03"
"""The class of hazards in the catalogue that ships."""
_A_DAY: Final = timedelta(days=1)
_day: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_week: Final = re.compile(r"\d{4}-W\d{2}", re.ASCII)


class PeriodRefused(Refusal):
    """No such days, or none that has begun; answered as 400."""

    status = 400


class Period(NamedTuple):
    """Whole local days, the last one among them."""

    first: date
    last: date
    is_week: bool = False

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), LOCAL)

    @property
    def ends(self) -> datetime:
        """The midnight after the last day."""
        return datetime.combine(self.last + _A_DAY, time(), LOCAL)

    def until(self, at: datetime) -> datetime:
        """Where it is read to: its end, or now while it still runs."""
        return min(self.ends, at)

    @property
    def name(self) -> str:
        """As an address says it: `2026-11-21`, or `2026-W47`."""
        return f"{self.first:%G-W%V}" if self.is_week else self.first.isoformat()

    def moved(self, steps: int) -> Period:
        """The period of the same kind so many before or after it."""
        days = timedelta(days=((self.last - self.first).days + 1) * steps)
        return Period(self.first + days, self.last + days, self.is_week)


def day_of(on: date) -> Period:
    return Period(on, on)


def week_of(on: date) -> Period:
    """The ISO week, from Monday on, in which a day lies."""
    monday = on - _A_DAY * on.weekday()
    return Period(monday, monday + _A_DAY * 6, is_week=True)


def period_named(name: str, today: date) -> Period:
    """`2026-11-21` or `2026-W47`; `PeriodRefused` for anything else, and for what has not begun."""
    try:
        if _day.fullmatch(name):
            found = day_of(date.fromisoformat(name))
        elif _week.fullmatch(name):
            found = week_of(date.fromisocalendar(int(name[:4]), int(name[6:]), 1))
        else:
            raise ValueError(name)
    except (ValueError, OverflowError):
        raise PeriodRefused(say("reports-no-such-period"), say("reports-no-such-period-try"), "period") from None
    return _begun(found, today)


def span_of(first: date, last: date, today: date) -> Period:
    """Some days in a row, at most `MOST_DAYS`."""
    if last < first:
        raise PeriodRefused(say("reports-ends-before"), say("reports-ends-before-try"), "until")
    if (last - first).days >= MOST_DAYS:
        raise PeriodRefused(say("reports-too-long", most=MOST_DAYS), say("reports-too-long-try"), "since")
    return _begun(Period(first, last), today)


def _begun(found: Period, today: date) -> Period:
    if found.first > today:
        raise PeriodRefused(say("reports-not-begun"), say("reports-not-begun-try"), "period")
    if found.first.year < 2000 or found.last.year > 9990:
        raise PeriodRefused(say("reports-no-such-period"), say("reports-no-such-period-try"), "period")
    return found


def share(part: int, whole: int) -> int | None:
    """So many in a hundred; None where they are too few to say."""
    return round(100 * part / whole) if whole >= FEWEST_COMPARED else None
