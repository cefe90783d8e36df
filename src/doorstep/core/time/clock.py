"""The only place that asks what time it is. Doors call it; everybody else is given `at`."""

from __future__ import annotations

from datetime import date, datetime

from doorstep.core.time.zone import LOCAL


def now() -> datetime:
    return datetime.now(LOCAL)


def today() -> date:
    return now().date()
