"""The links by which somebody comes to one case without an account: signed, and good until a day.

A reporter's link says itself which case and until when. That of an outside handler can be withdrawn: it is a secret of
which only the hash is kept, beside the case that it opens.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from django.core.signing import BadSignature, Signer

from doorstep.core.access.actors import Actor, follower_of
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date

GOOD_FOR: Final = timedelta(days=400)
PARTY_GOOD_FOR: Final = timedelta(days=90)
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


def outside_token() -> str:
    """A new secret for one outside handler; whoever makes it keeps `hash_of_outside` and shows the token once."""
    return _outside_signer().sign(secrets.token_urlsafe(16))


def hash_of_outside(token: str) -> str:
    """By what a token of ours is found; `LinkRefused` for any other text, without a look at what is kept."""
    try:
        secret = _outside_signer().unsign(token)
    except BadSignature as error:
        raise LinkRefused(say("outside-refused"), say("outside-refused-try")) from error
    return hashlib.sha256(secret.encode()).hexdigest()


class PartyLink(NamedTuple):
    """What the link of a party says: whose it is, the how many-eth of theirs, and its last day."""

    party: int
    turn: int
    last_day: date


def party_token(party: int, turn: int, *, at: datetime) -> str:
    """The link of one party to a mediation, for `PARTY_GOOD_FOR`; a later turn makes it worthless."""
    last_day = (local_date(at + PARTY_GOOD_FOR) - _BEGINNING).days
    return _party_signer().sign(f"{party:x}.{turn:x}.{last_day:x}")


def read_party_token(token: str, *, at: datetime) -> PartyLink:
    """What this link says; `LinkRefused` for any other text, `LinkExpired` when its last day has passed."""
    try:
        party, turn, last_day = (int(part, 16) for part in _party_signer().unsign(token).split("."))
    except (BadSignature, ValueError) as error:
        raise LinkRefused(say("mediation-link-refused"), say("mediation-link-try")) from error
    link = PartyLink(party, turn, _BEGINNING + timedelta(days=last_day))
    if local_date(at) > link.last_day:
        raise LinkExpired(say("mediation-link-expired"), say("mediation-link-try"))
    return link


def _signer() -> Signer:
    return Signer(salt="doorstep follow", sep=".")


def _outside_signer() -> Signer:
    return Signer(salt="doorstep outside", sep=".")


def _party_signer() -> Signer:
    return Signer(salt="doorstep party", sep=".")


def calendar_token() -> str:
    """A new secret for one calendar; whoever makes it keeps `hash_of_calendar` and shows the token once."""
    return _calendar_signer().sign(secrets.token_urlsafe(24))


def hash_of_calendar(token: str) -> str:
    """By what a token of ours is found; `LinkRefused` for any other text, without a look at what is kept."""
    try:
        secret = _calendar_signer().unsign(token)
    except BadSignature as error:
        raise LinkRefused(say("rota-address-refused"), say("rota-address-refused-try")) from error
    return hashlib.sha256(b"doorstep calendar\0" + secret.encode()).hexdigest()


def _calendar_signer() -> Signer:
    return Signer(salt="doorstep calendar", sep=".")
