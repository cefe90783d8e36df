"""The zone in which days begin and end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Shanghai")


def local(at: datetime) -> datetime:
    """The same moment as the clock on the wall shows it; a moment without a zone is refused, never guessed."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} names no zone.")
    return at.astimezone(LOCAL)


def local_date(at: datetime) -> date:
    """The day it is here at that moment."""
    return local(at).date()
