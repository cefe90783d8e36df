"""May a neighbour who joined say that it is not solved? While a verdict is waited for, and some days after the end.

Whoever reported opens the case again by saying so; a voice makes the desk look, and the desk decides.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.reopen import reopen_by
from doorstep.catalogue.item import Limits
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say


class ObjectionRefused(Refusal):
    pass


class Objection(NamedTuple):
    """What the desk is asked, and why."""

    question: Question
    because: Message


def may_object(state: State, *, ended_at: datetime | None, at: datetime, limits: Limits, has_objected: bool) -> bool:
    """Whether this voice can object now; once an ending is enough."""
    if has_objected:
        return False
    if state is State.DONE:
        return True
    return state is State.CLOSED and ended_at is not None and at <= reopen_by(ended_at, limits)


def object_to(
    still_wrong: str, state: State, *, ended_at: datetime | None, at: datetime, limits: Limits, has_objected: bool
) -> Objection:
    """What a neighbour's objection makes of the case that was joined; its state stays until the desk has looked."""
    if has_objected:
        raise ObjectionRefused(say("cases-object-again"), say("cases-object-again-try"))
    if not may_object(state, ended_at=ended_at, at=at, limits=limits, has_objected=False):
        if state is State.CLOSED:
            raise ObjectionRefused(say("cases-object-too-late", days=limits.reopen_days), say("cases-object-late-try"))
        raise ObjectionRefused(say("cases-object-not-yet"), say("cases-object-not-yet-try"))
    if not still_wrong.strip():
        raise ObjectionRefused(say("cases-reopen-without-words"))
    asked = Question.IS_IT_DONE if state is State.DONE else Question.NEIGHBOUR_OBJECTS
    return Objection(asked, say("cases-object-accepted"))
