"""Does a form ask for what is held already? Tried field by field: as declared, by name and synonym, by likeness.

A name that says the same as a held fact is refused whatever is said about it. One that is only alike may be something
new: then whoever asks says why, and everybody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.catalogue.item import Named
from doorstep.engines.likeness.sets import shingles
from doorstep.engines.wording.grams import plain

ALIKE: Final = 0.6
"""From this likeness on (Dice 1945, over pairs of characters or words) a name may mean the same."""
SHORTEST_PART: Final = 3
"""Characters of a synonym that, standing inside a longer name, make it alike."""

# What forms put around the thing they ask for.
_frills: Final = re.compile(
    r"请?(?:如实)?填[写报]?|贵|本(?!年)|该|辖区内?|所辖|所属|所在|具体|目前|现有|当前|合计"  # read, not shown
    r"|please|your|the|current"
)
_brackets: Final = re.compile(r"[(（\[【〔][^)）\]】〕]*[)）\]】〕]")
_signs: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class HeldFact:
    """A fact that the platform holds: where it lives, what it is called, and how else it is asked for."""

    id: str
    home: str
    name: Named
    words: tuple[str, ...]


class How(StrEnum):
    """How sure it is that the same is asked for."""

    SAME = "same"
    ALIKE = "alike"


class Again(NamedTuple):
    """A held fact that is asked for again."""

    fact: HeldFact
    how: How


def asked_again(label: str, facts: Iterable[HeldFact]) -> Again | None:
    """The held fact that this label asks for; None when it is something new."""
    wanted, bare = _kept(label), _kept(_brackets.sub("", label))
    best: tuple[float, HeldFact] | None = None
    for fact in facts:
        for word in (fact.name.zh, fact.name.en, *fact.words):
            said = _kept(word)
            if said in (wanted, bare) or _signs.sub("", plain(word)) == _signs.sub("", plain(label)):
                return Again(fact, How.SAME)
            near = _near(bare or wanted, said, label, word)
            if near >= ALIKE and (best is None or near > best[0]):
                best = near, fact
    return Again(best[1], How.ALIKE) if best else None


def _near(wanted: str, said: str, label: str, word: str) -> float:
    if len(said) >= SHORTEST_PART and said in wanted and not said.isascii():
        return 1.0
    one, other = shingles(label), shingles(word)
    if not one or not other:
        return 0.0
    return 2 * len(one & other) / (len(one) + len(other))


def _kept(label: str) -> str:
    """The name without its frills: one width, one case, no signs."""
    words = plain(label)
    return _signs.sub("", _frills.sub("", words)) or _signs.sub("", words)
