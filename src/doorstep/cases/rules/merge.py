"""Is this the same thing that a neighbour has already reported? The machine proposes, a person merges."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, NamedTuple

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say

NEAR_M: Final = 120.0
RECENT: Final = timedelta(days=14)
BAR: Final = 0.45


@dataclass(frozen=True)
class Twin:
    """What is compared of a case. `distance_m` is to the case in question, `likeness` that of the words (0 to 1)."""

    number: str
    item: str | None
    community: str
    reported_at: datetime
    is_open: bool = True
    sensitive: bool = False
    distance_m: float | None = None
    likeness: float = 0.0


class Proposal(NamedTuple):
    number: str
    score: float
    because: Message


def proposals(case: Twin, others: Sequence[Twin], most: int = 5) -> tuple[Proposal, ...]:
    """Open cases that may be the same as `case`, the likeliest first. Sensitive ones are never proposed."""
    if case.sensitive:
        return ()
    scored = [
        Proposal(other.number, score, _reason(other))
        for other in others
        if _may_be_same(case, other) and (score := _score(other)) >= BAR
    ]
    return tuple(sorted(scored, key=lambda proposal: (-proposal.score, proposal.number))[:most])


def _may_be_same(case: Twin, other: Twin) -> bool:
    return (
        other.is_open
        and not other.sensitive
        and other.number != case.number
        and other.item is not None
        and other.item == case.item
        and other.community == case.community
        and abs(case.reported_at - other.reported_at) <= RECENT
        and (other.distance_m is None or other.distance_m <= NEAR_M)
    )


def _score(other: Twin) -> float:
    """Half for being near, half for saying the same; where the place is unknown the words must carry it alone."""
    if other.distance_m is None:
        return 0.7 * other.likeness
    return 0.5 * (1.0 - other.distance_m / NEAR_M) + 0.5 * other.likeness


def _reason(other: Twin) -> Message:
    if other.distance_m is None:
        return say("cases-merge-same-words")
    return say("cases-merge-near", metres=round(other.distance_m))


class MergeRefused(Refusal):
    pass


def merge(case: Twin, into: Twin) -> Message:
    """Why `case` becomes a voice of `into`: the earlier one goes on, with its earlier promise."""
    if case.number == into.number:
        raise MergeRefused(say("cases-merge-itself"))
    if case.community != into.community:
        raise MergeRefused(say("cases-merge-elsewhere"))
    if not into.is_open:
        raise MergeRefused(say("cases-merge-ended", number=into.number), try_this=say("cases-merge-ended-try"))
    if case.sensitive or into.sensitive:
        raise MergeRefused(say("cases-merge-sensitive"))
    if into.reported_at > case.reported_at:
        raise MergeRefused(say("cases-merge-later", number=into.number), try_this=say("cases-merge-later-try"))
    return say("cases-merge-accepted", number=into.number)
