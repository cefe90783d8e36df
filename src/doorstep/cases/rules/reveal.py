"""May somebody who works on a case see how its reporter can be reached? For a purpose, in words, and not for long."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

OPEN_FOR: Final = timedelta(minutes=15)
"""Long enough for a call; whoever needs it again says again what for."""

SHORTEST_WORDS: Final = 4
LONGEST_WORDS: Final = 200


class Purpose(StrEnum):
    """What a contact may be asked for; nothing else is a purpose."""

    ASK_MORE = "ask-more"
    VISIT = "visit"
    FOLLOW_UP = "follow-up"
    RESCUE = "rescue"
    ASSIST = "assist"
    LAW = "law"


class PurposeMissing(Refusal):
    """Nobody sees a reporter's name without saying what for."""


class Revealed(NamedTuple):
    """What for, in which words, and until when."""

    purpose: Purpose
    because: str
    until: datetime


def reveal(purpose: str, because: str, *, at: datetime) -> Revealed:
    """The leave to see a contact; the purpose from the list and the words are kept, and the reporter reads both."""
    because = because.strip()
    if purpose not in list(Purpose):
        raise PurposeMissing(say("shield-purpose-unknown"), say("shield-purpose-unknown-try"), "purpose")
    if len(because) < SHORTEST_WORDS:
        raise PurposeMissing(say("cases-purpose-missing"), say("cases-purpose-missing-try"), "because")
    return Revealed(Purpose(purpose), because[:LONGEST_WORDS], at + OPEN_FOR)
