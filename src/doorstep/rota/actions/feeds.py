"""Somebody gets the secret address of their calendar, another one, or none; it is shown once."""

from __future__ import annotations

from datetime import datetime

from doorstep.core.access import Actor, audit
from doorstep.core.access.links import calendar_token, hash_of_calendar
from doorstep.core.turns import take_turn
from doorstep.rota.models import Feed


def give_address(*, by: Actor, at: datetime) -> str:
    """A new address; the old one leads nowhere from now on."""
    assert by.account is not None
    # Who presses twice gets two addresses one after the other, of which the second stays.
    take_turn("calendar of", by.account)
    Feed.objects.filter(account=by.account, ended_at=None).update(ended_at=at)
    token = calendar_token()
    Feed.objects.create(account_id=by.account, token_hash=hash_of_calendar(token), made_at=at)
    audit.deed("calendar-address-given", "", by=by, at=at)
    return token


def take_address_back(*, by: Actor, at: datetime) -> None:
    """No calendar is fed any more."""
    if Feed.objects.filter(account=by.account, ended_at=None).update(ended_at=at):
        audit.deed("calendar-address-ended", "", by=by, at=at)
