"""The key that signs heads: made by this installation, sealed, and destroyed when another one takes over."""

from __future__ import annotations

import secrets
from datetime import datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from doorstep.core.crypto import SealBroken, seal, unseal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.proofs.models import Key as Kept
from doorstep.proofs.rules.heads import Key


class KeySealed(Refusal):
    """The key was sealed by an installation with another secret."""


def key_in_use(at: datetime) -> tuple[Key, bytes]:
    """The key that signs now, made when there is none, with its private part; runs as the machine."""
    kept = Kept.objects.filter(valid_until=None).first() or _made(f"doorstep.log/{secrets.token_hex(6)}", at)
    try:
        private = unseal(bytes(kept.private or b""))
    except SealBroken:
        raise KeySealed(say("proofs-key-sealed"), say("proofs-key-sealed-try")) from None
    return Key(kept.name, bytes(kept.public), kept.valid_from), private


def rotate(at: datetime) -> Key:
    """Retire the key in use and let a new one sign from now on, for the same log; runs as the machine.

    The private part of the old one is destroyed: nobody can sign with it any more, with whatever date.
    """
    at = at.replace(microsecond=0)
    old = Kept.objects.select_for_update().filter(valid_until=None).first()
    name = old.name if old else f"doorstep.log/{secrets.token_hex(6)}"
    if old is not None:
        Kept.objects.filter(pk=old.pk).update(valid_until=max(at, old.valid_from), private=None)
    new = _made(name, at)
    return Key(new.name, bytes(new.public), new.valid_from)


def _made(name: str, at: datetime) -> Kept:
    private = Ed25519PrivateKey.generate()
    raw, encoding = serialization.PublicFormat.Raw, serialization.Encoding.Raw
    # Heads carry whole seconds.
    key = Key(name, private.public_key().public_bytes(encoding, raw), at.replace(microsecond=0))
    kept = Kept(id=key.id, name=name, public=key.public, valid_from=key.valid_from)
    kept.private = seal(private.private_bytes_raw())
    kept.save(force_insert=True)
    return kept
