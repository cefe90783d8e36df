"""What becomes of a call to a subscriber: taken, tried again at a time, or given up; when a receiver rests, and stops.

A delivery is tried at once and then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h and 24 h, each wait a tenth
longer or shorter by chance: about three days in all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

WAITS: Final = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
JITTER: Final = 0.1
RESTS_AFTER: Final = 5
"""So many failures in a row, and a receiver is only tried with one delivery now and then."""
FIRST_REST: Final = timedelta(seconds=30)
LONGEST_REST: Final = timedelta(hours=1)
STOPS_AFTER: Final = timedelta(days=5)
MOST_RECEIVERS: Final = 100
GONE: Final = 410
TOO_MANY: Final = (429, 503)


@dataclass(frozen=True)
class Ending:
    """How one attempt ends: `state` of the delivery, and when to look again."""

    state: str
    look_again_at: datetime | None


@dataclass(frozen=True)
class Standing:
    """How a receiver stands after its latest attempts."""

    failures: int = 0
    failing_since: datetime | None = None
    rest_until: datetime | None = None
    stopped_because: str = ""

    @property
    def is_resting(self) -> bool:
        """Whether it has failed so often in a row that one delivery at a time finds out when it is back."""
        return self.failures >= RESTS_AFTER


def is_taken(status: int | None) -> bool:
    """Only 2xx says that they have it; a redirect is not followed."""
    return status is not None and 200 <= status < 300


def ending(attempts: int, status: int | None, wait_s: int, standing: Standing, at: datetime, chance: float) -> Ending:
    """What becomes of a delivery after so many attempts; `chance` lies between 0 and 1.

    It is given up only where its receiver takes others: while nothing at all gets through, nothing is lost.
    """
    if is_taken(status):
        return Ending("taken", None)
    is_over = attempts > len(WAITS)
    if is_over and not standing.is_resting:
        return Ending("given-up", None)
    wait = WAITS[min(attempts, len(WAITS)) - 1] * (1 - JITTER + 2 * JITTER * chance)
    asked_for = timedelta(seconds=min(wait_s, 86_400))
    return Ending("waiting", at + max(wait, asked_for))


def after_failure(was: Standing, status: int | None, wait_s: int, at: datetime) -> Standing:
    """One more failure in a row: spare the receiver, and stop when it has failed for days or is gone for good."""
    failures = was.failures + 1
    since = was.failing_since or at
    rest = was.rest_until
    if failures >= RESTS_AFTER:
        rest = at + min(FIRST_REST * 2 ** min(failures - RESTS_AFTER, 10), LONGEST_REST)
    if wait_s and status in TOO_MANY:
        rest = max(rest or at, at + min(timedelta(seconds=wait_s), LONGEST_REST))
    because = "gone" if status == GONE else "failing" if at - since >= STOPS_AFTER else ""
    return Standing(failures, since, rest, because)
