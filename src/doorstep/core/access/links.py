"""The link by which somebody follows one case: signed, and good until a day. Whoever holds it needs no account."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.core.signing import BadSignature, Signer

from doorstep.core.access.actors import Actor, follower_of
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date

GOOD_FOR: Final = timedelta(days=400)
_BEGINNING: Final = date(2020, 1, 1)


class LinkRefused(Refusal):
    """Not a link of ours, changed on the way, or too old; which of them is not said to strangers."""

    status = 404


class LinkExpired(LinkRefused):
    """Ours, but its time is over; another can be asked for."""

    status = 410


def follow_token(case: int, *, at: datetime) -> str:
    """The part of the address that proves the right to follow this case, for `GOOD_FOR` from now."""
    last_day = (local_date(at + GOOD_FOR) - _BEGINNING).days
    return _signer().sign(f"{case:x}.{last_day:x}")


def follower(token: str, *, at: datetime) -> Actor:
    """Who holds this link; `LinkRefused` for any other text, `LinkExpired` when its last day has passed."""
    try:
        case, last_day = (int(part, 16) for part in _signer().unsign(token).split("."))
    except (BadSignature, ValueError) as error:
        raise LinkRefused(say("links-refused"), say("links-refused-try")) from error
    if local_date(at) > _BEGINNING + timedelta(days=last_day):
        raise LinkExpired(say("links-expired"), say("links-refused-try"))
    return follower_of(case)


def _signer() -> Signer:
    return Signer(salt="doorstep follow", sep=".")
