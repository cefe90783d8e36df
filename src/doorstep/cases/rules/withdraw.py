"""May the reporter take the report back? Always their own; but a danger to everybody stays our business."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from doorstep.catalogue.item import Item, Urgency
from doorstep.core.text import Message, say


class Ends(StrEnum):
    """What a withdrawal ends: the case, or only the reporter's part in it."""

    CASE = "case"
    VOICE = "voice"


class Withdrawn(NamedTuple):
    ends: Ends
    because: Message


def withdraw(item: Item | None, urgency: Urgency, *, other_voices: int = 0) -> Withdrawn:
    """What becomes of the case when its reporter lets go."""
    if other_voices:
        return Withdrawn(Ends.VOICE, say("cases-withdraw-others-asked", count=other_voices))
    if item is not None and item.public and urgency in {Urgency.CRITICAL, Urgency.URGENT}:
        return Withdrawn(Ends.VOICE, say("cases-withdraw-danger-stays"))
    return Withdrawn(Ends.CASE, say("cases-withdraw-accepted"))
