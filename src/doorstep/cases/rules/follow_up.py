"""When is the reporter asked whether it held? Once after each ending, when a working day has passed.

Who says nothing has said nothing: the question is asked once, and no answer is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from doorstep.cases.rules.calling import PART
from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.lifecycle import By, Move, State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.reopen import reopen_by
from doorstep.catalogue.item import Limits
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.working_days import Calendar

LEFT_TO_ANSWER: Final = timedelta(days=2)
"""So much is left of the days in which it can be opened again, however long the holidays are."""

Row = tuple[str, str, Mapping[str, Any]]
"""Of a row of the ledger: its move, under which hat it was made, and its facts."""


class NothingAsked(Refusal):
    """Nobody has asked whether it held, or not any more."""


def follow_up_at(closed_at: datetime, limits: Limits, calendar: Calendar) -> datetime:
    """After a working day, and early enough for the answer to open the case again."""
    asked = calendar.add(closed_at, limits.follow_up).at
    return max(closed_at, min(asked, reopen_by(closed_at, limits) - LEFT_TO_ANSWER))


def is_followed_up(outcome: Outcome, source: str) -> bool:
    """What was explained cannot fail to hold, and a part has nobody who reported it."""
    return outcome is Outcome.SOLVED and source != PART


def is_to_be_asked(life: Iterable[Row]) -> bool:
    """Whether the question is still to be put after the last ending: never twice, and not to whoever is gone."""
    asked_or_gone = False
    for move, hat, facts in life:
        if move == Move.CLOSE:
            asked_or_gone = False
        elif (move == Move.ERASE and hat == By.REPORTER) or "voice_ended" in facts or _is_the_question(move, facts):
            asked_or_gone = True
    return not asked_or_gone


def awaits_answer(life: Iterable[Row], state: str, *, ended_at: datetime | None, at: datetime, limits: Limits) -> bool:
    """Whether the reporter was asked after the last ending, has not answered, and can still open the case again."""
    if state != State.CLOSED or ended_at is None or at > reopen_by(ended_at, limits):
        return False
    awaits = False
    for move, _, facts in life:
        if _is_the_question(move, facts):
            awaits = True
        elif move in (Move.CLOSE, Move.VERIFY):
            awaits = False
    return awaits


def refuse_unasked(awaits: bool) -> None:
    """That it held is an answer; without the question it is nothing."""
    if not awaits:
        raise NothingAsked(say("held-not-asked"), say("held-not-asked-try"))


def _is_the_question(move: str, facts: Mapping[str, Any]) -> bool:
    return move == Move.ASK and facts.get("question") == Question.DID_IT_HOLD
