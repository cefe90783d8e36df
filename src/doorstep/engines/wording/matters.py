"""Several wishes in one text: where it can be parted so that each part clearly asks for something else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from doorstep.engines.wording.model import Guess

SURE: Final = 0.6
"""How sure both parts must be."""

OTHERWISE: Final = 0.15
"""How likely what one part asks for may be in the other part, at most."""

MOST: Final = 4
LONGEST: Final = 600
_shortest: Final = 4
_EDGES: Final = " \t\r\n，,；;"

_next: Final = (  # read, not shown
    r"(?:另外|此外|还有|再有|再就是|顺便|同时|第[二三四]|其[次二三]|[2-4二三四][、.．)）]"
    r"|(?:also|besides|another thing|in addition|and also|secondly|by the way)\b)"
)
# read, not shown
_cut: Final = re.compile(rf"[。！？!?；;\n]+|(?<=[a-z])\.\s+|[，,]?\s*(?={_next})", re.I)


class Matter(NamedTuple):
    """One part of the text, `text[start:end]` without blanks, and what it seems to be."""

    start: int
    end: int
    text: str
    guess: Guess


def matters(
    text: str, predict: Callable[[str], Guess | None], *, is_item: Callable[[str], bool] = lambda label: True
) -> tuple[Matter, ...]:
    """The parts of the text, first to last, if it clearly asks for two to four different things; else nothing.

    A cut is made only where a sentence ends or a word says that something else follows, both sides are sure of what
    they are and neither could be the other: clauses between mere commas mostly tell of one thing, its cause and what
    came of it. Labels that are not an item ask for nothing. One prediction for each side of each cut.
    """
    if len(text) > LONGEST:
        return ()
    found = _part(text, 0, len(text), predict, is_item, MOST)
    return tuple(found) if len(found) > 1 and len({each.guess.label for each in found}) == len(found) else ()


Predict = Callable[[str], Guess | None]
IsItem = Callable[[str], bool]


def _part(text: str, start: int, end: int, predict: Predict, is_item: IsItem, most: int) -> list[Matter]:
    """The stretch as one matter, or parted where it is surest to be two, and each side looked at again."""
    cuts = [] if most < 2 else _cuts(text[start:end])
    best: tuple[float, int] | None = None
    for at in cuts:
        left, right = _matter(text, start, start + at, predict), _matter(text, start + at, end, predict)
        if left is None or right is None or not (is_item(left.guess.label) and is_item(right.guess.label)):
            continue
        sure = min(left.guess.certainty, right.guess.certainty)
        if sure >= SURE and _are_two(left.guess, right.guess) and (best is None or sure > best[0]):
            best = sure, start + at
    if best is None:
        whole = _matter(text, start, end, predict)
        return [whole] if whole else []
    first = _part(text, start, best[1], predict, is_item, most - 1)
    return [*first, *_part(text, best[1], end, predict, is_item, most - len(first))]


def _are_two(left: Guess, right: Guess) -> bool:
    return (
        left.label != right.label
        and dict(left.ranking).get(right.label, 0.0) <= OTHERWISE
        and dict(right.ranking).get(left.label, 0.0) <= OTHERWISE
    )


def _cuts(text: str) -> list[int]:
    """Where the text may be cut."""
    return [at for at in sorted({match.end() for match in _cut.finditer(text)}) if 0 < at < len(text)]


def _matter(text: str, start: int, end: int, predict: Predict) -> Matter | None:
    said = text[start:end].strip(_EDGES)
    if len(said) < _shortest:
        return None
    guess = predict(said)
    return Matter(start, end, said, guess) if guess else None
