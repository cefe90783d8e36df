"""A reporter takes the report back."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions import voices
from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.models import Contact
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.withdraw import Ends
from doorstep.cases.rules.withdraw import withdraw as decide
from doorstep.catalogue.item import Urgency
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say, text


def withdraw(case: CaseId, *, by: Actor, at: datetime) -> Entry:
    """The case ends; but a danger to everybody, or a case that others joined, goes on without this reporter."""
    with hold(case, by=by) as held:
        held.rule(Move.WITHDRAW)
        if held.state is State.MERGED:
            return _voice_withdrawn(held, at=at)
        others = held.case.voices
        item = catalogue().items.get(held.case.item)
        decided = decide(item, Urgency(held.case.urgency or Urgency.ORDINARY), other_voices=others)
        facts = {"because": as_json(decided.because)}
        if decided.ends is Ends.CASE:
            return held.done(Move.WITHDRAW, at=at, facts=facts)
        with acting_as(WORKER):
            Contact.objects.filter(case=case).delete()
        return held.done(Move.NOTE, at=at, facts={**facts, "voice_ended": True}, words=text(decided.because))


def _voice_withdrawn(held: Held, *, at: datetime) -> Entry:
    """One voice fewer; the case that it joined goes on with the others, and this one is told nothing more."""
    into = held.case.merged_into_id
    entry = held.done(
        Move.WITHDRAW,
        at=at,
        facts={"because": as_json(say("cases-withdraw-voice"))},
        merged_into_id=None,
    )
    voices.count(into, -1)
    return entry
