"""Who approves a plan: whoever sits above the lowest desk that had a hand in it, and had none in it themselves.

Where nobody else is in post above that desk, because it is the highest or the only one, it approves its own plans, and
the approval says so.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LEVELS: Final = ("community", "subdistrict", "county")
"""The desks that draw and approve, from below; a role that is none of them is a machine's, and has no level."""


@dataclass(frozen=True)
class Seat:
    """Somebody at a desk: its level, account and post. An account is one person, whichever post they act as."""

    level: str
    account: int | None = None
    post: int | None = None

    def is_same_person(self, other: Seat) -> bool:
        """Whether both are one person; by the post where an account is not known."""
        if self.account is not None and other.account is not None:
            return self.account == other.account
        return self.post is not None and self.post == other.post


class Verdict(StrEnum):
    """What somebody may do about a plan, or why not."""

    MAY = "may"
    OWN = "own"
    BELOW = "below"
    DREW = "drew"


def approval_by(who: Seat, hands: Collection[Seat], in_post: Collection[Seat]) -> Verdict:
    """Whether `who` may approve what these hands made, where these seats at desks are filled."""
    level = _rank(level_of(hands))
    if not _others_above(hands, in_post):
        return Verdict.OWN if _rank(who.level) >= level else Verdict.BELOW
    if _rank(who.level) <= level:
        return Verdict.BELOW
    return Verdict.DREW if any(who.is_same_person(hand) for hand in hands) else Verdict.MAY


def approving_level(hands: Collection[Seat], in_post: Collection[Seat]) -> str:
    """The desk that is asked first: the nearest above where somebody else is in post; empty where nobody is."""
    return min((seat.level for seat in _others_above(hands, in_post)), key=_rank, default="")


def asked_to_approve(hands: Collection[Seat], in_post: Collection[Seat]) -> tuple[int, ...]:
    """The posts of the desk that is asked first, but for those of whoever had a hand in the plan."""
    level = approving_level(hands, in_post)
    posts = {seat.post for seat in _others_above(hands, in_post) if seat.level == level and seat.post is not None}
    return tuple(sorted(posts))


def level_of(hands: Collection[Seat]) -> str:
    """The lowest desk that had a hand in a plan; what only a machine drew is its community's."""
    return min((hand.level for hand in hands if hand.level in LEVELS), key=_rank, default=LEVELS[0])


def _others_above(hands: Collection[Seat], in_post: Collection[Seat]) -> list[Seat]:
    level = _rank(level_of(hands))
    above = [seat for seat in in_post if _rank(seat.level) > level]
    return [seat for seat in above if not any(seat.is_same_person(hand) for hand in hands)]


def _rank(level: str) -> int:
    return LEVELS.index(level) if level in LEVELS else -1
