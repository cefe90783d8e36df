"""May a closed case be opened again? Within some days, as long as the reporter says what is still wrong."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.rules.deadlines import end_of_day_after
from doorstep.catalogue.item import Limits
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say


class ReopenRefused(Refusal):
    pass


def reopen_by(closed_at: datetime, limits: Limits) -> datetime:
    """The last moment at which it can be reopened; the day of closing does not count."""
    return end_of_day_after(closed_at, limits.reopen_days)


def reopen(still_wrong: str, *, closed_at: datetime, at: datetime, limits: Limits) -> Message:
    """Why it is open again."""
    if at > reopen_by(closed_at, limits):
        raise ReopenRefused(
            say("cases-reopen-too-late", days=limits.reopen_days), try_this=say("cases-reopen-too-late-try")
        )
    if not still_wrong.strip():
        raise ReopenRefused(say("cases-reopen-without-words"))
    return say("cases-reopen-accepted")
