"""One file a channel. A new one is found by being here; docs/how-to/add-a-channel.md says what it must have."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Literal, Protocol, cast

from doorstep.core.text import Message


@dataclass(frozen=True)
class Letter:
    """One message to one person, in their language. `key` is the same however often it is tried.

    `thread` is the Message-ID of the letter that it answers, if it answers one.
    """

    key: str
    to: str
    subject: str
    body: str
    language: str
    thread: str = ""


class Channel(Protocol):
    """What a file in this folder has."""

    CONTACT: Literal["email", "phone", "account"]
    """What of the reporter's contact it writes to; an account is one in this very channel."""

    LONGEST: int
    """Characters that one letter may have."""

    def is_configured(self) -> bool:
        """Whether this installation has what it needs."""
        ...

    def send(self, letter: Letter) -> None:
        """Hand the letter on; `NotSent` when that did not succeed."""
        ...


class NotSent(Exception):
    """The letter was not taken. `for_good`: it would not be taken another time either."""

    def __init__(self, trouble: Message, *, for_good: bool = False) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.for_good = for_good


@cache
def channels() -> Mapping[str, Channel]:
    """All channels, by the names of their files."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: cast(Channel, import_module(f"{__name__}.{name}")) for name in names}
