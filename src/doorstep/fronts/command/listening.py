"""Tokens with which a page may listen to the figures of one area for a while."""

from __future__ import annotations

from typing import NamedTuple

from django.core import signing

from doorstep.core.access import Actor, Role

LISTENS_FOR_S = 600
_signer = signing.TimestampSigner(salt="live figures")


class Listener(NamedTuple):
    """Who listens to which area, in which language. Two people of one desk are the same listener."""

    actor: Actor
    area: int
    language: str


def token(actor: Actor, area: int, language: str) -> str:
    """Lets whoever holds it listen as this actor to this area; the page fetches a new one when it has run out."""
    held = {"role": str(actor.role), "org": actor.org, "unit": actor.unit, "area": area, "lang": language}
    return _signer.sign_object(held)


def read(written: str) -> Listener:
    """Who may listen, and to what. Raises `signing.BadSignature` when forged or run out."""
    held = _signer.unsign_object(written, max_age=LISTENS_FOR_S)
    return Listener(Actor(Role(held["role"]), org=held["org"], unit=held["unit"]), held["area"], held["lang"])
