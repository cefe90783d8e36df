"""A mediator who is tied to a party does not mediate: the question is asked of each of them, for each file."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class Tie(StrEnum):
    """What ties a mediator to a party, or to what comes of it."""

    RELATIVE = "relative"
    UNIT = "unit"
    INTEREST = "interest"
    OTHER = "other"


TIES: Final = tuple(Tie)


class ConflictRefused(Refusal):
    """The question is not answered, or the answer forbids it."""


def refuse_tie(answer: str) -> None:
    """Accepting takes the word "none": a tie, or no answer, is no acceptance."""
    if answer in list(Tie):
        raise ConflictRefused(say("mediation-tied"), say("mediation-tied-try"), "tie")
    if answer != "none":
        raise ConflictRefused(say("mediation-tie-unanswered"), say("mediation-tie-unanswered-try"), "tie")


def read_tie(answer: str) -> Tie:
    """Why a mediator declines."""
    if answer not in list(Tie):
        raise ConflictRefused(say("mediation-tie-unanswered"), say("mediation-tie-unanswered-try"), "tie")
    return Tie(answer)
