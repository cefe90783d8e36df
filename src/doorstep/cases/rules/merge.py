"""Is this the same thing that a neighbour has already reported? The machine proposes, a person joins or merges."""

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
NEARLY_THE_SAME_WORDS: Final = 0.5
SHORTEST_TO_COMPARE: Final = 4
"""Pieces of a text; what says less is like too much."""
MOST_OFFERED: Final = 3


@dataclass(frozen=True)
class Twin:
    """What is compared of a case. `distance_m` is to the case in question, `likeness` that of the words (0 to 1).

    `public` says that it concerns everybody who passes; `shared` which words are in both, for whoever may read both.
    """

    number: str
    item: str | None
    community: str
    reported_at: datetime
    is_open: bool = True
    sensitive: bool = False
    public: bool = True
    distance_m: float | None = None
    likeness: float = 0.0
    is_part: bool = False
    shared: str = ""


class Proposal(NamedTuple):
    number: str
    score: float
    because: Message


def proposals(case: Twin, others: Sequence[Twin], most: int = 5) -> tuple[Proposal, ...]:
    """Open cases that may be the same as `case`, the likeliest first. Sensitive ones are never proposed."""
    if case.sensitive:
        return ()
    scored = [
        Proposal(other.number, score, _reason(case, other))
        for other in others
        if other.community == case.community and (score := _score(case, other)) >= BAR
    ]
    return tuple(sorted(scored, key=lambda proposal: (-proposal.score, proposal.number))[:most])


def offers(said: Twin, others: Sequence[Twin], *, pieces: int) -> tuple[str, ...]:
    """The open cases that whoever is writing may join, the likeliest first.

    Only what concerns everybody and lies near, and only to words that say something. Of one and the same item all
    that is near is offered whatever its words are, so that nobody learns from an offer what somebody else wrote.
    """
    if said.sensitive or pieces < SHORTEST_TO_COMPARE:
        return ()
    scored = [
        (-score, other.number)
        for other in others
        if other.public and other.distance_m is not None and (score := _score(said, other)) >= BAR
    ]
    return tuple(number for _, number in sorted(scored)[:MOST_OFFERED])


def _score(case: Twin, other: Twin) -> float:
    """The item says most, then the place, then the words: people tell of one thing in words of their own.

    Another item may have been meant where the words are nearly the same. Where the place is unknown the words must
    carry it alone.
    """
    same_item = other.item is not None and other.item == case.item
    if not _may_be_same(case, other) or not (same_item or other.likeness >= NEARLY_THE_SAME_WORDS):
        return 0.0
    if other.distance_m is None:
        return 0.7 * other.likeness if same_item else 0.0
    nearness = 1.0 - other.distance_m / NEAR_M
    return (0.4 if same_item else 0.2) + 0.3 * nearness + 0.3 * other.likeness


def _may_be_same(case: Twin, other: Twin) -> bool:
    return (
        other.is_open
        and not other.sensitive
        and other.number != case.number
        and abs(case.reported_at - other.reported_at) <= RECENT
        and (other.distance_m is None or other.distance_m <= NEAR_M)
    )


def _reason(case: Twin, other: Twin) -> Message:
    if other.distance_m is None:
        return say("cases-merge-same-words")
    metres = round(other.distance_m)
    if other.item != case.item:
        return say("cases-merge-near-same-words", metres=metres, words=other.shared)
    if other.shared:
        return say("cases-merge-near-words", metres=metres, words=other.shared)
    return say("cases-merge-near", metres=metres)


class MergeRefused(Refusal):
    pass


def merge(case: Twin, into: Twin) -> Message:
    """Why `case` becomes a voice of `into`: the earlier one goes on, with its earlier promise."""
    if case.number == into.number:
        raise MergeRefused(say("cases-merge-itself"))
    if case.is_part or into.is_part:
        raise MergeRefused(say("calling-part-not-merged"), try_this=say("calling-part-not-merged-try"))
    if case.community != into.community:
        raise MergeRefused(say("cases-merge-elsewhere"))
    if not into.is_open:
        raise MergeRefused(say("cases-merge-ended", number=into.number), try_this=say("cases-merge-ended-try"))
    if case.sensitive or into.sensitive:
        raise MergeRefused(say("cases-merge-sensitive"))
    if into.reported_at > case.reported_at:
        raise MergeRefused(say("cases-merge-later", number=into.number), try_this=say("cases-merge-later-try"))
    return say("cases-merge-accepted", number=into.number)
