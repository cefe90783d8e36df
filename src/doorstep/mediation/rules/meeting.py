"""When and where they meet: nobody is made to come, and a room is not booked in the past."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

LONGEST_PLACE: Final = 120
MINUTES: Final = (30, 60, 90, 120, 180)
LATEST: Final = timedelta(days=366)


class MeetingRefused(Refusal):
    """They cannot meet so."""


def read_meeting(
    place: str, starts_at: datetime | None, minutes: int | None, at: datetime
) -> tuple[str, datetime, int]:
    """Place, beginning and length as they are kept."""
    where = " ".join(place.split())
    if not where or len(where) > LONGEST_PLACE:
        raise MeetingRefused(say("mediation-place-wrong", most=LONGEST_PLACE), None, "place")
    if starts_at is None or not at < starts_at <= at + LATEST:
        raise MeetingRefused(say("mediation-meet-when"), say("mediation-meet-when-try"), "starts_at")
    if minutes not in MINUTES:
        raise MeetingRefused(say("mediation-meet-minutes"), None, "minutes")
    return where, starts_at, minutes
