"""When is a letter tried again that was not taken?"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
)


def try_again_at(attempts: int, at: datetime) -> datetime | None:
    """After so many attempts, ever later; None when it is given up and somebody has to look."""
    return at + WAITS[attempts - 1] if attempts <= len(WAITS) else None
