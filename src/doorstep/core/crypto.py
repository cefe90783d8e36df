"""Sealing what must not be read from a stolen copy of the database: one provider, which another can replace.

And marks: by which the same is known again within one matter, and nobody reads what it is.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings


class SealBroken(ValueError):
    """Not sealed by this installation, or changed since."""


def seal(content: bytes) -> bytes:
    """Encrypt and authenticate with a key derived from the installation's secret."""
    return _provider().encrypt(content)


def unseal(sealed: bytes) -> bytes:
    """What was sealed; `SealBroken` when the key or the content is another."""
    try:
        return _provider().decrypt(sealed)
    except InvalidToken as error:
        raise SealBroken("This was not sealed here, or it was changed.") from error


def mark(matter: str, who: str) -> str:
    """The same for the same in the same matter; without the installation's secret it tells nothing."""
    return hmac.new(_key(b"mark"), f"{matter}\0{who}".encode(), hashlib.sha256).hexdigest()[:32]


def _provider() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(b"seal")))


def _key(purpose: bytes) -> bytes:
    return hashlib.sha256(b"doorstep " + purpose + b"\0" + settings.SECRET_KEY.encode()).digest()
