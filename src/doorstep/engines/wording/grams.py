"""Cutting a text, Chinese or English or both, into the pieces that the classifier counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from doorstep.engines.wording.stems import STOP_WORDS, stem

LONGEST: Final = 500
"""Characters that are read; what a report is about is said long before."""

LETTERS: Final = 4
"""How many letters of an English word, its two ends counted, make one piece."""

LONG: Final = 0.5
"""What the longest pieces count; from 0.3 to 0.5 they help, at 1 they harm."""

_han: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
_one_han: Final = re.compile(rf"[{_han}]")
_between_han: Final = re.compile(rf"(?<=[{_han}])\s+(?=[{_han}])")
_digits: Final = re.compile(r"\d+")
_run: Final = re.compile(rf"[{_han}]+|[a-z0-9]+(?:'[a-z]+)?")


class Gram(NamedTuple):
    """A piece of the text and where it stands."""

    piece: str
    start: int
    end: int


def plain(text: str) -> str:
    """The text as the classifier reads it: one width, one case, numbers alike, no blanks inside Chinese words."""
    text = unicodedata.normalize("NFKC", text[: 2 * LONGEST]).lower().replace("’", "'")
    return _digits.sub("0", _between_han.sub("", text))[:LONGEST]


def is_chinese(text: str) -> bool:
    """Whether it holds a Chinese character."""
    return _one_han.search(text) is not None


def grams(text: str) -> Iterator[Gram]:
    """Chinese in overlapping pieces of one to three characters; English in the stems of its words.

    `text` is plain. Punctuation and emoji only part the runs.
    """
    for match in _run.finditer(text):
        run, start = match[0], match.start()
        if run[0] > "\u3000":
            yield from _characters(run, start)
        elif run not in STOP_WORDS:
            yield Gram(stem(run), start, match.end())


def pieces(text: str) -> Iterator[Gram]:
    """What the classifier counts: the grams, and of each English word its letters in overlapping fours.

    Letters tell that "wheelchair" has to do with "chair", and forgive a slip of the finger. Told by others than
    themselves, five of a hundred English examples more find their item so; pairs of words, and pairs of Chinese
    characters with one between them, helped none. A four stands where its word stands, since people read words.
    """
    yield from grams(text)
    for match in _run.finditer(text):
        word = match[0]
        if word[0] <= "\u3000" and word not in STOP_WORDS:
            marked = f"^{word}$"
            for at in range(len(marked) - LETTERS + 1):
                yield Gram(f"~{marked[at : at + LETTERS]}", match.start(), match.end())


def worth(piece: str) -> float:
    """What a piece counts beside others: three characters, or four letters, repeat what shorter pieces say, and are too
    rare to be relied on."""
    return LONG if piece[0] == "~" or (len(piece) == 3 and piece[0] > "\u3000") else 1.0


def _characters(run: str, start: int) -> Iterator[Gram]:
    for size in (1, 2, 3):
        for at in range(len(run) - size + 1):
            yield Gram(run[at : at + size], start + at, start + at + size)
