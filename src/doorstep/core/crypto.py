"""Sealing what must not be read from a stolen copy of the database: one provider, which another can replace."""

from __future__ import annotations

import base64
import hashlib

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


def _provider() -> Fernet:
    key = hashlib.sha256(b"doorstep seal\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
