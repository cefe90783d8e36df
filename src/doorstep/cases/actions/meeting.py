"""What a meeting decides about a case is written where everything about it is written: a note in its ledger."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from doorstep.cases.actions.ledger import Entry, MoveRefused, hold
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import Move
from doorstep.core.access import Actor
from doorstep.core.access.roles import DESKS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say
from doorstep.core.time.zone import local_date

SHORTEST: Final = 4


class DecisionRefused(Refusal):
    """Nothing that could be kept as a decision."""


def decide(case: CaseId, words: str, *, by: Actor, at: datetime) -> Entry:
    """By the desk that holds the meeting: what was decided today about the case, for whoever works on it."""
    if len(words.strip()) < SHORTEST:
        raise DecisionRefused(say("meeting-without-words"), say("meeting-without-words-try"), "words")
    with hold(case, by=by) as held:
        held.rule(Move.NOTE)
        if by.role not in DESKS:
            raise MoveRefused(say("meeting-not-a-desk"), say("meeting-not-a-desk-try"))
        facts = {"meeting": local_date(at).isoformat(), "because": as_json(say("meeting-decided"))}
        return held.done(Move.NOTE, at=at, facts=facts, words=blur(words).text, for_reporter=False)
