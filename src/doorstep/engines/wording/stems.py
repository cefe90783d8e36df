"""English words without their endings, so that lamps and lamp, leaking and leaks count as one."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_endings: Final = (
    ("'s", ""), ("sses", "ss"), ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("ed", ""), ("es", ""),
    ("s", ""), ("ly", ""),
)  # fmt: skip
_shortest: Final = 3

_stop_words = """
    a an the of to in on at by for from with and or is are am was were be been it its they them their he she his her
    my our your we i you that this these those there here so as have has had do does did
"""

STOP_WORDS: Final = frozenset(_stop_words.split())
"""Words that stand in any sentence and say nothing about what it tells."""


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """The word in lower case without its first fitting ending; enough to match, not always a word itself."""
    for ending, instead in _endings:
        if word.endswith(ending) and len(word) - len(ending) + len(instead) >= _shortest and not word.endswith("ss"):
            word = word.removesuffix(ending) + instead
            break
    if len(word) > _shortest and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if len(word) > _shortest:
        word = word.removesuffix("e")
    return f"{word[:-1]}i" if len(word) > _shortest and word.endswith("y") else word
