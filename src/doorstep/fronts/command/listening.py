"""Tokens with which a page may listen to the figures of one area for a while."""

from __future__ import annotations

from django.core import signing

from doorstep.core.access import Actor, Role

LISTENS_FOR_S = 600
_signer = signing.TimestampSigner(salt="live figures")


def token(actor: Actor, area: int) -> str:
    """Lets whoever holds it listen as this actor to this area; the page fetches a new one when it has run out."""
    return _signer.sign_object({"role": str(actor.role), "org": actor.org, "unit": actor.unit, "area": area})


def read(written: str) -> tuple[Actor, int]:
    """Who may listen, and to which area. Raises `signing.BadSignature` when forged or run out."""
    held = _signer.unsign_object(written, max_age=LISTENS_FOR_S)
    return Actor(Role(held["role"]), org=held["org"], unit=held["unit"]), held["area"]
