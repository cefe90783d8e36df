"""A text as the set of its pieces, each a number of 32 bits; and the exact likeness of one set to many."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from doorstep.engines.wording.grams import plain
from doorstep.engines.wording.stems import STOP_WORDS, stem

Grams = NDArray[np.uint32]
"""The pieces of one text: ascending, each once."""

_DTYPE: Final = np.dtype("<u4")
_han: Final = r"\u3400-\u4dbf\u4e00-\u9fff"
_run: Final = re.compile(rf"[{_han}]+|[a-z0-9]+(?:'[a-z]+)?")


def shingles(text: str) -> frozenset[str]:
    """The pieces: Chinese in overlapping pairs of characters; English in its words and pairs of neighbouring words.

    Widths, cases, numbers and endings do not count, nor do words that stand in any sentence.
    """
    found: set[str] = set()
    before = ""
    for match in _run.finditer(plain(text)):
        run = match[0]
        if run[0] > "\u3000":
            found.update(run[at : at + 2] for at in range(max(1, len(run) - 1)))
            before = ""
        elif run not in STOP_WORDS:
            word = stem(run)
            found.update((word, f"{before} {word}") if before else (word,))
            before = word
    return frozenset(found)


def grams_of(text: str) -> Grams:
    """The pieces as numbers. Two pieces get the same one with a chance of one in four thousand million."""
    numbers = [
        int.from_bytes(hashlib.blake2b(piece.encode(), digest_size=4).digest(), "little") for piece in shingles(text)
    ]
    return np.unique(np.array(numbers, dtype=_DTYPE))


def packed(grams: Grams) -> bytes:
    """As a database keeps them: four bytes a piece, the low byte first."""
    return grams.astype(_DTYPE, copy=False).tobytes()


def unpacked(kept: bytes | memoryview) -> Grams:
    """What `packed` made."""
    return np.frombuffer(kept, dtype=_DTYPE)


def jaccards(one: Grams, others: Sequence[Grams]) -> NDArray[np.float64]:
    """The share that each of the others has in common with one (Jaccard 1901): pieces in both over pieces in either.

    Two texts without any piece have nothing in common: 0.
    """
    sizes = np.array([len(each) for each in others], dtype=np.int64)
    common: NDArray[np.float64] = np.zeros(len(others))
    if len(one) and sizes.sum():
        flat = np.concatenate(others)
        place = np.searchsorted(one, flat)
        is_shared = one[np.minimum(place, len(one) - 1)] == flat
        common = np.bincount(np.repeat(np.arange(len(others)), sizes), weights=is_shared, minlength=len(others)).astype(
            np.float64
        )
    either = len(one) + sizes - common
    return np.divide(common, either, out=np.zeros(len(others)), where=either > 0)
