"""Cutting a text, Chinese or English or both, into the pieces that the classifier counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, NamedTuple

from doorstep.engines.wording.stems import STOP_WORDS, stem

LONGEST: Final = 500
"""Characters that are read; what a report is about is said long before."""

_han: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
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


def grams(text: str) -> Iterator[Gram]:
    """Chinese in overlapping pieces of one to three characters; English in the stems of its words.

    `text` is plain. Punctuation and emoji only part the runs. Pairs of English words and pieces of their letters were
    tried as well, and helped neither the items' checks nor examples held out.
    """
    for match in _run.finditer(text):
        run, start = match[0], match.start()
        if run[0] > "\u3000":
            yield from _characters(run, start)
        elif run not in STOP_WORDS:
            yield Gram(stem(run), start, match.end())


def _characters(run: str, start: int) -> Iterator[Gram]:
    for size in (1, 2, 3):
        for at in range(len(run) - size + 1):
            yield Gram(run[at : at + size], start + at, start + at + size)
