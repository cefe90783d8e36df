"""What became of an agreement, from what each party says on the days on which they are asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

WAITS: Final = timedelta(days=14)
"""Who has said nothing by then is not asked again."""


class Kept(StrEnum):
    """What one party says."""

    KEPT = "kept"
    PARTLY = "partly"
    BROKEN = "broken"


UNHEARD: Final = "unheard"
_WORST_FIRST: Final = (Kept.BROKEN, Kept.PARTLY, Kept.KEPT)


class AnswerRefused(Refusal):
    """Not an answer to what was asked."""


def read_answer(answer: str) -> Kept:
    """Kept, partly, or broken."""
    if answer not in list(Kept):
        raise AnswerRefused(say("mediation-answer-unknown"), say("mediation-answer-unknown-try"), "answer")
    return Kept(answer)


def outcome(answers: Sequence[str]) -> str:
    """The worst that anybody says on the last day; silence of all is silence, never a yes."""
    return next((each for each in _WORST_FIRST if each in answers), UNHEARD)


def is_over(asked_on: date | None, today: date) -> bool:
    """Whether nobody waits for an answer any more; who was not asked yet is waited for."""
    return asked_on is not None and today > asked_on + WAITS
