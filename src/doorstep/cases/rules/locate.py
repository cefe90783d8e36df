"""Which micro-grid is it in, and how sure? A code on a door knows best; a pin is believed as far as it is exact."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.cases.rules.facts import AreaCode
from doorstep.core.text import Message, say

BAR: Final = 0.6
"""Below it a person is asked where it is."""

UNKNOWN_ACCURACY_M: Final = 30.0
"""What a pin set by hand, or a device that does not say, may be off."""


class Way(StrEnum):
    """How we know where it is, the most trusted first."""

    DOOR_CODE = "door-code"
    CHOSEN_DOOR = "chosen-door"
    PIN = "pin"
    ADDRESS = "address"


class PlaceAnswer(NamedTuple):
    """What one way says.

    `microgrid` is None when the place lies in no micro-grid of the plan in force. A pin lies `margin_m` inside its
    micro-grid and may be `accuracy_m` off; an address was matched with `likeness` (0 to 1).
    """

    way: Way
    microgrid: AreaCode | None
    margin_m: float = 0.0
    accuracy_m: float | None = None
    likeness: float = 1.0


class Located(NamedTuple):
    microgrid: AreaCode
    certainty: float
    because: Message


def locate(answers: Sequence[PlaceAnswer], bar: float = BAR) -> Located | None:
    """The micro-grid most trusted answers agree on, or None when they differ too much or say too little."""
    for answer in answers:
        if answer.way is Way.DOOR_CODE and answer.microgrid is not None:
            return Located(answer.microgrid, 1.0, say("cases-locate-door-code"))
    doubts: dict[AreaCode, float] = defaultdict(lambda: 1.0)
    for answer in answers:
        if answer.microgrid is not None:
            doubts[answer.microgrid] *= 1.0 - trust(answer)
    if not doubts:
        return None
    certainty = {place: (1.0 - doubt) * _others(doubts, place) for place, doubt in doubts.items()}
    place = max(sorted(certainty), key=lambda code: certainty[code])
    if certainty[place] < bar:
        return None
    ways = {answer.way for answer in answers if answer.microgrid == place}
    return Located(place, certainty[place], _reason(ways))


def trust(answer: PlaceAnswer) -> float:
    """How far one answer is believed when it stands alone."""
    match answer.way:
        case Way.DOOR_CODE:
            return 1.0
        case Way.CHOSEN_DOOR:
            return 0.97
        case Way.ADDRESS:
            return 0.95 * answer.likeness
        case Way.PIN:
            return _trust_in_pin(answer)


def _trust_in_pin(answer: PlaceAnswer) -> float:
    """Whole when the circle in which the pin may really be lies inside; half when the pin is on the border."""
    accuracy_m = UNKNOWN_ACCURACY_M if answer.accuracy_m is None else max(answer.accuracy_m, 1.0)
    return 0.95 * min(1.0, 0.5 + 0.5 * answer.margin_m / accuracy_m)


def _others(doubts: dict[AreaCode, float], place: AreaCode) -> float:
    """What the answers for other places leave of the belief in this one."""
    left = 1.0
    for other, doubt in doubts.items():
        if other != place:
            left *= doubt
    return left


def _reason(ways: set[Way]) -> Message:
    if len(ways) > 1:
        return say("cases-locate-agree")
    return say(f"cases-locate-{next(iter(ways))}")
