"""What can happen to those who act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class UnitEnded:
    """A unit acts no more; its seats have ended with it."""

    unit: int
    at: datetime
