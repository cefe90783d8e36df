"""A head says how long the log is and what its root is; signed, it is a note that anybody can keep and check.

The note is that of C2SP (c2sp.org/signed-note, c2sp.org/tlog-checkpoint): origin, size, root, then as an extension the
moment, an empty line, and the signature. What was written to read such notes reads ours.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.proofs.rules.merkle import HASH_BYTES

MOST_SIZE: Final = 2**63 - 1
LONGEST: Final = 4096
_ED25519: Final = b"\x01"
_MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
_NOTE: Final = re.compile(
    r"(?P<text>(?P<origin>[^\s+]{1,200})\n(?P<size>0|[1-9][0-9]{0,18})\n(?P<root>[A-Za-z0-9+/=]{44})\n"
    r"(?P<at>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n)\n\u2014 (?P<signer>[^\s+]{1,200}) (?P<signature>[A-Za-z0-9+/=]{92})\n",
    re.ASCII,
)


class HeadRefused(Refusal):
    """Not a head of this log that one may lean on; why is said."""

    status = 422


@dataclass(frozen=True)
class Key:
    """The public part of a key that signs heads, and when it does. Its id comes from its name and the key."""

    name: str
    public: bytes
    valid_from: datetime
    valid_until: datetime | None = None

    @property
    def id(self) -> str:
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).hexdigest()[:8]

    @property
    def published(self) -> str:
        """As a line that tools for signed notes take."""
        return f"{self.name}+{self.id}+{base64.b64encode(_ED25519 + self.public).decode()}"

    def signs_at(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_until is None or at <= self.valid_until)


@dataclass(frozen=True)
class Head:
    """What a note says, not yet believed."""

    origin: str
    size: int
    root: bytes
    at: datetime

    @property
    def text(self) -> str:
        """What is signed."""
        moment = self.at.astimezone(UTC).strftime(_MOMENT)
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n{moment}\n"


@dataclass(frozen=True)
class Note:
    """A head with its signature, as it was found."""

    head: Head
    signer: str
    key_id: str
    signature: bytes


def signed(head: Head, key: Key, private: bytes) -> str:
    """The note: the head with the key's signature under it."""
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(head.text.encode())
    mark = base64.b64encode(bytes.fromhex(key.id) + signature).decode()
    return f"{head.text}\n\u2014 {key.name} {mark}\n"


def read(note: str) -> Note:
    """What a note says; refused where it is none. Whether to believe it, `believed` says."""
    found = _NOTE.fullmatch(note) if len(note) <= LONGEST else None
    if found is None:
        raise _refusal("unreadable")
    try:
        root = base64.b64decode(found["root"], validate=True)
        mark = base64.b64decode(found["signature"], validate=True)
        at = datetime.strptime(found["at"], _MOMENT).replace(tzinfo=UTC)
    except (binascii.Error, ValueError):
        raise _refusal("unreadable") from None
    size = int(found["size"])
    if len(root) != HASH_BYTES or size > MOST_SIZE:
        raise _refusal("unreadable")
    return Note(Head(found["origin"], size, root, at), found["signer"], mark[:4].hex(), mark[4:])


def believed(note: str, keys: Iterable[Key]) -> Head:
    """The head that one of these keys signed while it was in use; refused otherwise."""
    found = read(note)
    key = next((key for key in keys if (key.id, key.name) == (found.key_id, found.signer)), None)
    if key is None:
        raise _refusal("unknown-key", key=found.key_id)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(found.signature, found.head.text.encode())
    except InvalidSignature:
        raise _refusal("forged", key=found.key_id) from None
    if found.head.origin != key.name:
        raise _refusal("other-log", origin=found.head.origin)
    if not key.signs_at(found.head.at):
        raise _refusal("retired-key", key=found.key_id)
    return found.head


def _refusal(why: str, **given: str) -> HeadRefused:
    message: Message = say(f"proofs-head-{why}", **given)
    return HeadRefused(message, say(f"proofs-head-{why}-try"), "head")
