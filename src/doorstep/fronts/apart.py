"""Offering to send one text as several cases: what is shown, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from doorstep.cases.actions.apart import Send, several
from doorstep.cases.queries import catalogue
from doorstep.core.text import Message, language, say
from doorstep.fronts.parts import Choice


@dataclass(frozen=True)
class Offer:
    """The parts, each with the name of its item and the words that decided, and how all of it may be sent."""

    parts: tuple[tuple[str, str, str], ...]
    choices: tuple[Choice, ...]
    chosen: str

    @property
    def question(self) -> Message:
        return say("resident-apart", count=len(self.parts))


def offer_for(words: str, item: str, chosen: str) -> Offer | None:
    """What is offered for these words; None when they ask for one thing, or somebody said for which."""
    found = several(words, item) if words else ()
    if not found:
        return None
    lang, items = language(), catalogue().items
    return Offer(
        tuple((part.text, items[part.guess.label].name.said(lang), " · ".join(part.guess.words)) for part in found),
        tuple(Choice(str(how), say(f"resident-apart-{how}", count=len(found))) for how in Send),
        chosen if chosen in set(Send) else str(Send.ONE),
    )
