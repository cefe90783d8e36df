"""Does the text tell of danger to life? These are rules, not statistics, and they come before everything else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from doorstep.catalogue.item import Danger, Dangers
from doorstep.core.text import Message, say

_clause: Final = re.compile(r"[,.;:!?，。；：！？、\n]")


class Alarm(NamedTuple):
    """A danger, the words that told of it, and whether it is there or only feared. The advice holds either way."""

    danger: Danger
    word: str
    is_here: bool

    @property
    def advice(self) -> Message:
        """What to say at once, before anything else is asked."""
        return say(f"cases-danger-{self.danger.id}" if self.is_here else "cases-danger-feared", dial=self.danger.dial)


def alarm(text: str, dangers: Dangers) -> Alarm | None:
    """The first danger that is there, or else the first that is feared, or None."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    feared = None
    for danger in dangers.dangers:
        for word in _words_in(text, danger):
            if not _is_doubted(text[: word.start()], dangers):
                return Alarm(danger, word[0], is_here=True)
            feared = feared or Alarm(danger, word[0], is_here=False)
    return feared


def _words_in(text: str, danger: Danger) -> list[re.Match[str]]:
    """Where its words stand, but for those inside a phrase in which they mean something else."""
    harmless = [phrase.span() for phrase in _found(danger.unless, text)]
    return [
        word
        for word in _found(danger.words, text)
        if not any(start <= word.start() and word.end() <= end for start, end in harmless)
    ]


def _is_doubted(before: str, dangers: Dangers) -> bool:
    """A denial stands right before the word; a hedge anywhere before it in the same clause."""
    clause = _clause.split(before)[-1]
    denied = any(word.end() == len(clause.rstrip()) for word in _found(dangers.denials, clause))
    return denied or bool(_found(dangers.hedges, clause))


def _found(words: Sequence[str], text: str) -> list[re.Match[str]]:
    return list(_any_of(words).finditer(text)) if words else []


@lru_cache(maxsize=256)
def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    """Any of these, the longest first; an English word only as a whole word."""
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{re.escape(word)}\b" if word.isascii() else re.escape(word) for word in longest_first)
    )
