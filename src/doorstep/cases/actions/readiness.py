"""Neighbours in a post agree to be asked, change what they agreed to, and take it back: nobody does it for them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time
from typing import Final

from doorstep.cases.actions.neighbours import step_back
from doorstep.cases.models import Readiness
from doorstep.cases.neighbours import seat_of
from doorstep.cases.rules.neighbours import ReadinessRefused as ReadinessRefused
from doorstep.cases.rules.neighbours import ends_on, terms
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.text import say
from doorstep.core.time.zone import local_date

PURPOSE: Final = "asked-to-help-neighbours"
BASIS: Final = "consent"
"""PIPL section 13: their own consent, which they may take back at any time."""


def sign_up(
    helps: Collection[str], days: str, from_hour: time | None, until_hour: time | None, *, by: Actor, at: datetime
) -> Readiness:
    """From now on this neighbour may be asked, for a year; said again, it is changed and the year begins anew."""
    agreed = terms(helps, days, from_hour, until_hour)
    seat = _seat(by, at)
    with acting_as(WORKER):
        row, _ = Readiness.objects.update_or_create(
            appointment_id=seat,
            defaults={
                "helps": sorted(agreed.helps),
                "days": str(agreed.days),
                "from_hour": agreed.from_hour,
                "until_hour": agreed.until_hour,
                "purpose": PURPOSE,
                "basis": BASIS,
                "agreed_at": at,
                "until_on": ends_on(local_date(at)),
            },
        )
    return row


def take_back(*, by: Actor, at: datetime) -> None:
    """They are asked no more: the row goes, and so does every call on them that they have not said yes to."""
    seat = _seat(by, at)
    with acting_as(WORKER):
        Readiness.objects.filter(appointment=seat).delete()
        step_back(seat)


def _seat(by: Actor, at: datetime) -> int:
    seat = seat_of(by, at) if by.role is Role.NEIGHBOUR else None
    if seat is None:
        raise ReadinessRefused(say("neighbours-no-seat"), say("neighbours-no-seat-try"))
    return seat
