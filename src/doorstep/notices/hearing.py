"""What somebody wrote to one of our accounts or robots: known to be from there, new, and from one sender.

A channel that hears is a file of `channels/` with `hear` and `answer`. Of the sender's account only a salted hash is
kept; it tells two messages of one sender from those of two, and leads back to nobody.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol, cast
from uuid import UUID

from django.utils.crypto import salted_hmac

from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.notices.channels import channels

NEW_FOR: Final = timedelta(minutes=5)
LARGEST: Final = 256 * 1024


class NotFromThere(Refusal):
    """Not signed by the platform, too old, or not for us; which of them is not said to strangers."""

    status = 403


@dataclass(frozen=True)
class Asked:
    """A request as it arrived, by names in small letters."""

    method: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Heard:
    """One message: its own key, the sender as a hash, the words, and whether others read along in a group."""

    channel: str
    key: UUID
    sender: str
    words: str
    in_group: bool
    back: Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """What goes back in the answer to the request."""

    body: bytes
    content_type: str


class Hearing(Protocol):
    """What a file of `channels/` has beside the rest when people write to it."""

    def hears(self) -> bool:
        """Whether this installation has what it needs to hear."""
        ...

    def hear(self, asked: Asked, *, at: datetime) -> Heard | Answer:
        """The message, or what is answered at once where there is none; `NotFromThere` for a stranger."""
        ...

    def answer(self, heard: Heard, words: str, *, at: datetime) -> Answer:
        """The words as the platform takes them back; nothing when there are none."""
        ...


def hearing(name: str) -> Hearing | None:
    """The channel with this name, if it hears and is configured to."""
    found = channels().get(name)
    if found is None or not hasattr(found, "hear"):
        return None
    hears = cast(Hearing, found)
    return hears if hears.hears() else None


def refused() -> NotFromThere:
    """One sentence for every fault."""
    return NotFromThere(say("notices-not-from-there"), say("notices-not-from-there-try"))


def refuse_old(moment: str, *, ticks_a_second: int, at: datetime) -> None:
    """What was signed long ago may have been overheard; so may what comes from the future."""
    if not moment.isascii() or not moment.isdigit() or len(moment) > 15:
        raise refused()
    if abs(at.timestamp() - int(moment) / ticks_a_second) > NEW_FOR.total_seconds():
        raise refused()


def key_of(channel: str, message: str) -> UUID:
    """The same message has the same key, however often the platform delivers it."""
    return UUID(bytes=hashlib.sha256(f"{channel}\0{message}".encode()).digest()[:16])


def sender_of(channel: str, account: str) -> str:
    """The account as a hash that only this installation can make."""
    digest = salted_hmac(f"doorstep {channel}", account, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest)[:32].decode()
