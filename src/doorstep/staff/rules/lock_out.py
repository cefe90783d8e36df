"""After how many wrong answers an account rests, and for how long."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, NamedTuple

LOCK_AFTER: Final = 5
LOCK_FOR: Final = timedelta(minutes=15)


class Failures(NamedTuple):
    """Wrong answers in a row, and until when no answer is heard at all."""

    in_a_row: int
    locked_until: datetime | None

    def is_locked(self, at: datetime) -> bool:
        """Whether the account rests now."""
        return self.locked_until is not None and self.locked_until > at


def one_more(before: Failures, *, at: datetime) -> Failures:
    """What stands after one more wrong answer; the last that is allowed locks and starts the count anew."""
    if before.is_locked(at):
        # Nothing is heard while it rests, so nothing is counted: nobody can be kept out for ever.
        return before
    if before.in_a_row + 1 >= LOCK_AFTER:
        return Failures(0, at + LOCK_FOR)
    return Failures(before.in_a_row + 1, None)
