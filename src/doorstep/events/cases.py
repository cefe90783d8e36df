"""What can happen to a case, in the words that other capabilities react to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from doorstep.core.ids import CaseId
from doorstep.core.text import Message


@dataclass(frozen=True)
class CaseMoved:
    """A case made a move; `facts` are those of the ledger row, without personal data."""

    case: CaseId
    seq: int
    move: str
    from_state: str
    to_state: str
    by_hat: str
    heard_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)
    has_words_for_reporter: bool = False


@dataclass(frozen=True)
class HelpCalled:
    """Somebody needs help now. `place` is the name of a door or nothing; the posts are those who should come."""

    case: CaseId
    number: str
    what: str
    place: str
    desk_posts: tuple[int, ...]
    grid_posts: tuple[int, ...]
    at: datetime


@dataclass(frozen=True)
class LinkToSend:
    """The link of an outside handler is to reach them by a channel: at `to`, or at their unit's duty contact.

    `secret` opens it; whoever keeps it until it is sent keeps it sealed.
    """

    link: int
    channel: str
    to: str
    secret: str
    at: datetime


@dataclass(frozen=True)
class LinkEnded:
    """A link opens nothing any more; what is still to be sent of it is not."""

    link: int


@dataclass(frozen=True)
class NeighboursAsked:
    """Neighbours who signed up are asked to lend a hand. `area` is what a notice may say of the place."""

    call: int
    help: str
    area: Message | str
    posts: tuple[int, ...]
    at: datetime
