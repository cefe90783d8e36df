"""How long something may take: clock hours, working hours or working days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final


@dataclass(frozen=True)
class Hours:
    """Every hour counts, nights and holidays too."""

    count: float

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.count)

    def __str__(self) -> str:
        return f"{self.count:g} h"


@dataclass(frozen=True)
class WorkingHours:
    """Only hours in which offices are open count."""

    count: float

    @property
    def length(self) -> timedelta:
        return timedelta(hours=self.count)

    def __str__(self) -> str:
        return f"{self.count:g} working hours"


@dataclass(frozen=True)
class WorkingDays:
    """Whole working days; the day on which they begin does not count."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} working days"


Limit = Hours | WorkingHours | WorkingDays


class NotALimit(ValueError):
    """The text does not say how long."""


_written: Final = re.compile(r"(\d+(?:\.\d+)?) ?(min|h|d|working hours?|working days?)")


def parse_limit(written: str) -> Limit:
    """Read `15 min`, `2 h`, `7 d` (days of 24 hours), `1 working hour` or `5 working days`."""
    match = _written.fullmatch(written.strip())
    if match is None or float(match[1]) <= 0:
        raise NotALimit(written)
    count, unit = float(match[1]), match[2]
    if unit.startswith("working day"):
        if not count.is_integer():
            raise NotALimit(written)
        return WorkingDays(int(count))
    if unit.startswith("working hour"):
        return WorkingHours(count)
    return Hours(count * {"min": 1 / 60, "h": 1, "d": 24}[unit])
