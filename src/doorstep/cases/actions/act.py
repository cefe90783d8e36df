"""What a holder does with a case: take it, say no, note progress, do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.actions.photos import Picture, add_pictures
from doorstep.cases.models import Event
from doorstep.cases.objections import bases_for, holder_of, is_open, moves_with_facts, sent_by
from doorstep.cases.parts import facts_of
from doorstep.cases.queries import calendar, catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.calling import refuse_open
from doorstep.cases.rules.close import Outcome, outcome_named, refuse_without_explanation
from doorstep.cases.rules.decline import WRITTEN, arbitrated_by
from doorstep.cases.rules.decline import decline as decide_decline
from doorstep.cases.rules.happened import refuse_before_the_report
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.verify import answer_by
from doorstep.catalogue.item import Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, text


def take(case: CaseId, *, by: Actor, at: datetime) -> Entry:
    """Say that one is at it; the clock has been running since the dispatch."""
    with hold(case, by=by) as held:
        return held.done(Move.TAKE, at=at, facts={"unit": by.unit})


def decline(case: CaseId, reason: str, *, by: Actor, at: datetime, basis: str = WRITTEN, cited: str = "") -> Entry:
    """Object to the dispatch on a legal basis: a desk decides, and until then the holder keeps the case."""
    with hold(case, by=by) as held:
        held.rule(Move.DECLINE)
        if basis not in {each.key for each in bases_for(held.case)}:
            basis = ""
        before = moves_with_facts(case)
        decided = decide_decline(
            reason,
            basis,
            cited,
            urgency=Urgency(held.case.urgency),
            declined_before=sum(move == Move.DECLINE for move, _ in before),
            arbitrated=arbitrated_by(before) is not None,
            is_open=is_open(held.case.question),
            sent=sent_by(case, held.case.reported_at),
            holder=holder_of(held.case)[0],
            at=at,
            limits=catalogue().limits,
            calendar=calendar(at),
        )
        return held.done(
            Move.DECLINE,
            at=at,
            facts={"unit": by.unit, "basis": basis, "because": as_json(decided.because)},
            words=blur(f"{cited.strip()} {reason}" if basis == WRITTEN and cited != reason else reason).text,
            for_reporter=False,
            question=str(decided.ask),
        )


def note(
    case: CaseId,
    words: str,
    *,
    by: Actor,
    at: datetime,
    for_reporter: bool = True,
    pictures: Sequence[Picture] = (),
    key: UUID | None = None,
) -> Entry | None:
    """Write down progress, told to the reporter unless it is meant for colleagues only.

    None when a note with the same `key` was written before: it has arrived twice.
    """
    facts: dict[str, Any] = {"pictures": len(pictures)}
    if key is not None:
        facts["key"] = str(key)
    with hold(case, by=by) as held:
        if key is not None and Event.objects.filter(case=case, move=Move.NOTE, facts__key=facts["key"]).exists():
            return None
        entry = held.done(Move.NOTE, at=at, words=blur(words).text, for_reporter=for_reporter, facts=facts)
    _attach(held, entry, pictures, at)
    return entry


def do(
    case: CaseId,
    words: str,
    *,
    by: Actor,
    at: datetime,
    outcome: str = Outcome.SOLVED,
    happened_at: datetime | None = None,
    place: str = "",
    pictures: Sequence[Picture] = (),
) -> Entry:
    """Say what was done; a picture, when and where are welcome and never demanded. The reporter is asked whether it is
    solved. The place is kept with the words, so that it goes when they are erased."""
    came_of_it = outcome_named(outcome)
    refuse_without_explanation(came_of_it, words)
    with hold(case, by=by) as held:
        refuse_open(facts_of(case))
        refuse_before_the_report(happened_at, held.case.reported_at)
        if place.strip():
            words = f"{words.strip()}\n{text('held-done-at', place=place.strip())}"
        entry = held.done(
            Move.DO,
            at=at,
            happened_at=happened_at,
            words=blur(words).text,
            facts={"unit": by.unit, "outcome": str(came_of_it), "pictures": len(pictures)},
            outcome=str(came_of_it),
            look_again_at=answer_by(at, catalogue().limits),
        )
    _attach(held, entry, pictures, at)
    return entry


def _attach(held: Held, entry: Entry, pictures: Sequence[Picture], at: datetime) -> None:
    if pictures:
        add_pictures(held.id, entry.seq, pictures, at=at)
