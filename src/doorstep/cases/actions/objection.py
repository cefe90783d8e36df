"""Decide that an objection does not hold: the holder keeps the case; by the level above, for good."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.ledger import Entry, hold
from doorstep.cases.objections import refuse_unless_asked
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.decline import SHORTEST_REASON, DeclineRefused, Verdict, is_final
from doorstep.cases.rules.lifecycle import Move
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say


def reject(case: CaseId, reason: str, *, by: Actor, at: datetime) -> Entry:
    """Say why it stays where it is; that it holds is said by sending it to another unit."""
    with hold(case, by=by) as held:
        held.rule(Move.NOTE)
        question = held.case.question
        refuse_unless_asked(str(by.role), question)
        if len(reason.strip()) < SHORTEST_REASON:
            raise DeclineRefused(say("cases-objection-no-reason"), say("cases-objection-no-reason-try"), "words")
        final = is_final(question)
        facts = {
            "objection": str(Verdict.REJECTED),
            "unit": held.case.holder_unit_id,
            "because": as_json(say("cases-arbitration-rejected" if final else "cases-objection-rejected")),
        }
        if final:
            facts["final"] = str(by.role)
        return held.done(Move.NOTE, at=at, facts=facts, words=blur(reason).text, for_reporter=False, question="")
