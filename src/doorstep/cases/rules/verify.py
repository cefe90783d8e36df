"""Is it solved? The reporter's word counts; where nothing is said, nothing is heard."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from doorstep.cases.rules.deadlines import end_of_day_after
from doorstep.catalogue.item import Limits
from doorstep.core.text import Message, say


class Said(StrEnum):
    """What the reporter answered."""

    SOLVED = "solved"
    NOT_SOLVED = "not-solved"


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    NOT_SOLVED = "not-solved"
    SEEN_BY_STAFF = "seen-by-staff"
    UNHEARD = "unheard"
    # Said of what is closed already, when it was asked whether it held.
    HELD = "held"


class Verified(NamedTuple):
    verdict: Verdict
    because: Message


def verify(
    said: Said | None, *, done_at: datetime, at: datetime, limits: Limits, seen_by_staff: bool = False
) -> Verified | None:
    """The verdict, or None while there is still time to answer.

    `seen_by_staff`: somebody other than the holder went and saw it done. It is told apart from the reporter's own word,
    and silence from both: neither is counted as praise.
    """
    if said is Said.NOT_SOLVED:
        return Verified(Verdict.NOT_SOLVED, say("cases-verify-not-solved"))
    if said is Said.SOLVED:
        return Verified(Verdict.CONFIRMED, say("cases-verify-confirmed"))
    if at <= answer_by(done_at, limits):
        return None
    if seen_by_staff:
        return Verified(Verdict.SEEN_BY_STAFF, say("cases-verify-seen-by-staff"))
    return Verified(Verdict.UNHEARD, say("cases-verify-unheard", days=limits.silence_days))


def answer_by(done_at: datetime, limits: Limits) -> datetime:
    """Until when the reporter is waited for."""
    return end_of_day_after(done_at, limits.silence_days)
