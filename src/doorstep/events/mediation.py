"""What can happen to a mediation, in the words that other capabilities react to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from doorstep.core.ids import CaseId
from doorstep.core.text import Message


@dataclass(frozen=True)
class MediationCame:
    """The mediation that a case led to came to something: "asked", "begun", "agreed", "failed", "stopped",
    "taken-back", or what was said of its agreement afterwards, "kept", "partly", "broken"."""

    mediation: int
    number: str
    case: CaseId
    came: str
    at: datetime


@dataclass(frozen=True)
class PartyTold:
    """A party is to be told something, once of each thing that it is `about`; no personal data is in either."""

    party: int
    about: str
    message: Message
    at: datetime


@dataclass(frozen=True)
class MediatorAsked:
    """Posts that something waits for in a mediation: the mediator who is asked, or the desk that must find another."""

    mediation: int
    posts: tuple[int, ...]
    about: str
    message: Message
    at: datetime
