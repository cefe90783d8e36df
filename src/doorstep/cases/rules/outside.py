"""A link for whoever a unit without accounts sends: for which cases, for how long, and what ends it.

It opens one case to one unit, as long as that unit holds it. What its holder does with it is an ordinary move of a
holder, written for the unit.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from doorstep.cases.rules.lifecycle import ENDED, By, Move, State, moves_from
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

DAYS: Final = (3, 7, 14, 30)
USUAL_DAYS: Final = 14
MAY_WORK_BY_LINK: Final = frozenset({"outside", "department", "property_company"})
"""The kinds of units that send somebody who has no account; desks and the teams of grids sign in."""
OFFERED: Final = (Move.TAKE, Move.DO, Move.NOTE, Move.DECLINE)
"""What is offered by a link, in the order of the page; the database knows the same four."""
HELD: Final = frozenset({State.DISPATCHED, State.TAKEN, State.DONE, State.VERIFIED})
"""States in which a unit has the case, or waits for what is said of its work."""
LONGEST_WORDS: Final = 1000
LATEST_COMING: Final = timedelta(days=31)


class End(StrEnum):
    """What ended a link before its time."""

    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    MOVED = "moved"
    ENDED = "ended"


class OutsideRefused(Refusal):
    """No link for this case, or not so."""


class LinkOver(Refusal):
    """The link was ours, and opens nothing any more."""

    status = 410


def refuse_giving(state: State, unit_kind: str | None, days: int | None) -> None:
    """Refuse a link that nobody could use, or that nobody needs."""
    if unit_kind is None or state not in HELD:
        raise OutsideRefused(say("outside-nobody-has-it"), say("outside-nobody-has-it-try"))
    if unit_kind not in MAY_WORK_BY_LINK:
        raise OutsideRefused(say("outside-signs-in"), say("outside-signs-in-try"))
    if days not in DAYS:
        listed = ", ".join(str(each) for each in DAYS)
        raise OutsideRefused(say("outside-days-unknown"), say("outside-days-unknown-try", days=listed), "days")


def refuse_over(until: datetime, ended: str, at: datetime) -> None:
    """Say what ended a link; nothing of the case that it led to."""
    if ended:
        raise LinkOver(say(f"outside-over-{End(ended)}"), say(f"outside-over-{End(ended)}-try"))
    if at >= until:
        raise LinkOver(say("outside-over-expired"), say("outside-over-expired-try"))


def end_after(move: str, from_state: str, to_state: str, *, stays: bool) -> End | None:
    """What a move of the case means for its link; None when it lives on. `stays`: the same unit still has it."""
    if State(from_state) not in HELD:
        return None
    if State(to_state) in ENDED:
        return End.ENDED
    is_elsewhere = State(to_state) not in HELD or (move == Move.DISPATCH and not stays)
    return End.MOVED if is_elsewhere else None


def offered(state: State, *, may_object: bool) -> tuple[Move, ...]:
    """What can be done by the link now."""
    may = moves_from(state, frozenset({By.HOLDER}))
    return tuple(move for move in OFFERED if move in may and (may_object or move is not Move.DECLINE))


def refuse_words(words: str) -> None:
    """Refuse more than anybody reads, rather than cut it unseen."""
    if len(words) > LONGEST_WORDS:
        raise OutsideRefused(
            say("outside-too-long", most=LONGEST_WORDS), say("outside-too-long-try", most=LONGEST_WORDS), "words"
        )


def refuse_coming(comes: datetime, at: datetime) -> None:
    """Refuse a coming in the past, or so late that it is a slip of the pen."""
    if comes <= at:
        raise OutsideRefused(say("outside-comes-past"), say("outside-comes-past-try"), "comes_on")
    if comes > at + LATEST_COMING:
        raise OutsideRefused(
            say("outside-comes-far", days=LATEST_COMING.days), say("outside-comes-past-try"), "comes_on"
        )
