"""Salted hashes: what the ledger keeps of words and pictures; both can be erased and every proof still holds."""

from __future__ import annotations

import hashlib
import secrets

SALT_BYTES = 16


def new_salt() -> bytes:
    """A salt of its own for each text, so that equal texts do not look equal."""
    return secrets.token_bytes(SALT_BYTES)


def salted_hash(salt: bytes, content: bytes) -> bytes:
    """SHA-256 over the salt and then the content: 32 bytes."""
    return hashlib.sha256(salt + content).digest()
