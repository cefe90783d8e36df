"""Does a form ask for what is held already? Tried field by field: as declared, by name and synonym, by likeness.

A name that says the same as a held fact is refused whatever is said about it. One that is only alike may be something
new: then whoever asks says why, and everybody reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
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


class _Read(NamedTuple):
    """Words as they are compared: without frills, without signs alone, and in pieces."""

    kept: str
    plain: str
    pieces: frozenset[str]


def asked_again(label: str, facts: Iterable[HeldFact]) -> Again | None:
    """The held fact that this label asks for; None when it is something new."""
    wanted, bare = _read(label), _kept(_brackets.sub("", label))
    best: tuple[float, HeldFact] | None = None
    for fact in facts:
        for each in (fact.name.zh, fact.name.en, *fact.words):
            said = _read_once(each)
            if said.kept in (wanted.kept, bare) or said.plain == wanted.plain:
                return Again(fact, How.SAME)
            near = _near(bare or wanted.kept, wanted, said)
            if near >= ALIKE and (best is None or near > best[0]):
                best = near, fact
    return Again(best[1], How.ALIKE) if best else None


def _near(bare: str, wanted: _Read, said: _Read) -> float:
    if len(said.kept) >= SHORTEST_PART and said.kept in bare and not said.kept.isascii():
        return 1.0
    if not wanted.pieces or not said.pieces:
        return 0.0
    return 2 * len(wanted.pieces & said.pieces) / (len(wanted.pieces) + len(said.pieces))


def _read(words: str) -> _Read:
    return _Read(_kept(words), _signs.sub("", plain(words)), shingles(words))


# Every field of a form is compared with the same few hundred words of the held facts.
_read_once: Final = lru_cache(maxsize=4096)(_read)


def _kept(label: str) -> str:
    """The name without its frills: one width, one case, no signs."""
    words = plain(label)
    return _signs.sub("", _frills.sub("", words)) or _signs.sub("", words)
