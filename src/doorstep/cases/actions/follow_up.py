"""After a working day the reporter is asked once whether it held; an answer may open the case again."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.queries import catalogue, life_of
from doorstep.cases.rules.follow_up import awaits_answer, is_to_be_asked, refuse_unasked
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.verify import Verdict
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say


def ask_whether_it_held(held: Held, *, at: datetime) -> Entry | None:
    """By machine: a fact on the ledger and a notice; the case stays as it ended, and waits for nobody."""
    if held.case.question or not is_to_be_asked(life_of(held.id)):
        return None
    return held.done(
        Move.ASK,
        at=at,
        facts={"question": str(Question.DID_IT_HOLD), "because": as_json(say("held-because"))},
        look_again_at=None,
    )


def say_it_held(case: CaseId, *, by: Actor, at: datetime) -> Entry:
    """The reporter answers that it did; who says that it did not opens the case again."""
    with hold(case, by=by) as held:
        held.rule(Move.VERIFY)
        ended = held.case.ended_at
        refuse_unasked(awaits_answer(life_of(case), held.state, ended_at=ended, at=at, limits=catalogue().limits))
        return held.done(
            Move.VERIFY, at=at, facts={"verdict": str(Verdict.HELD), "because": as_json(say("held-thanks"))}
        )
