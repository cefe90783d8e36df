"""What is asked for, and how soon? Danger decides first, then the resident's own choice, then the words."""

from __future__ import annotations

from typing import Final, NamedTuple

from doorstep.cases.rules.danger import Alarm
from doorstep.catalogue.item import OTHER, Catalogue, Item, Kind, Urgency
from doorstep.core.text import Message, say
from doorstep.engines.wording import Guess

BAR: Final = 0.55
"""Below it a person is asked; a place may set its own.

Six of seven of the sentences in the items' checks lie above it, and of those nineteen of twenty are guessed rightly
(with 60 items it lay at 0.4: where more is told apart, less is certain). `tests/catalogue/blind.toml` says how it is
with sentences that avoid the usual words.
"""


class Classified(NamedTuple):
    """The item with all that follows from it, how sure that is (0 to 1), and why."""

    item: Item
    urgency: Urgency
    certainty: float
    because: Message

    @property
    def class_code(self) -> str:
        return self.item.class_code

    @property
    def kind(self) -> Kind:
        return self.item.kind


def classify(
    text: str,
    catalogue: Catalogue,
    *,
    chosen: Item | None = None,
    guess: Guess | None = None,
    alarm: Alarm | None = None,
    wished: Urgency | None = None,
    bar: float = BAR,
) -> Classified | None:
    """What the report is about, or None when nobody chose and the words do not say clearly enough.

    `chosen` is the item the resident picked, `guess` what the wording engine makes of the text, `wished` the urgency
    that the resident asked for; only a danger that is there is not theirs to play down.
    """
    if alarm is not None and alarm.is_here:
        item = chosen if chosen is not None else catalogue.item(alarm.danger.item)
        return Classified(item, Urgency.CRITICAL, 1.0, say("cases-classify-danger", word=alarm.word))
    if chosen is not None:
        return Classified(chosen, wished or urgency_of(text, chosen), 1.0, say("cases-classify-chosen"))
    if guess is None or guess.certainty < bar or guess.label == OTHER or guess.label not in catalogue.offered:
        return None
    item = catalogue.item(guess.label)
    # Statistics alone never sound the alarm: what looks critical but names no danger is looked at soon, as urgent.
    urgency = max(urgency_of(text, item), Urgency.URGENT, key=_rank) if item.urgency is Urgency.CRITICAL else None
    because = say("cases-classify-words", words=" · ".join(guess.words), percent=round(100 * guess.certainty))
    return Classified(item, wished or urgency or urgency_of(text, item), guess.certainty, because)


def urgency_of(text: str, item: Item) -> Urgency:
    """The item's own urgency, raised by the words that make it worse."""
    text = text.lower()
    told = (each.to for each in item.raises if any(word.lower() in text for word in each.words))
    return min((item.urgency, *told), key=_rank)


def _rank(urgency: Urgency) -> int:
    return urgency.rank
