"""What of a case can be erased, and from which day on? The ledger's hashes stay, so that its proof outlives the words.

Whatever somebody is still acting on is needed until the case has ended; what the handlers wrote answers for what they
did, and rests as long as the audit of it does.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.core.text import Message, say

ANSWERS_KEPT_FOR: Final = timedelta(days=180)
"""As long as records of access must be kept (the second protection scheme, level 3: six months)."""


class Part(StrEnum):
    """What stands beside the ledger and can be taken away from it."""

    CONTACT = "contact"
    WORDS = "words"
    PHOTOS = "photos"
    PLACE = "place"
    ANSWERS = "answers"


OWN: Final = (Part.WORDS, Part.PHOTOS, Part.PLACE)
"""What the reporter gave us beside the contact."""


class Standing(NamedTuple):
    """One part: free to be erased now, or else why not, and from which day on (None: when the case has ended)."""

    part: Part
    from_on: date | None = None
    because: Message | None = None

    @property
    def is_free(self) -> bool:
        return self.because is None


def standings(*, ended_on: date | None, today: date) -> tuple[Standing, ...]:
    """Every part of a case that ended on that day; None for one that is open."""
    if ended_on is None:
        is_open = say("shield-erase-open")
        return (
            Standing(Part.CONTACT),
            *(Standing(part, None, is_open) for part in OWN),
            Standing(Part.ANSWERS, None, say("shield-erase-answers", days=ANSWERS_KEPT_FOR.days)),
        )
    answers_on = ended_on + ANSWERS_KEPT_FOR
    is_kept = today < answers_on
    return (
        Standing(Part.CONTACT),
        *(Standing(part) for part in OWN),
        Standing(Part.ANSWERS, answers_on, say("shield-erase-answers", days=ANSWERS_KEPT_FOR.days))
        if is_kept
        else Standing(Part.ANSWERS),
    )
