"""A neighbour who joined says that it is not solved: the desk is asked, and answers."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max

from doorstep.cases.actions import voices
from doorstep.cases.actions.ledger import Entry, held, hold, write
from doorstep.cases.models import Case, Event
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.objecting import Objection, ObjectionRefused, object_to
from doorstep.cases.rules.questions import Question
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say

ENDINGS = (Move.DO, Move.CLOSE)


def object_to_ending(voice: CaseId, still_wrong: str, *, by: Actor, at: datetime) -> Entry:
    """The words stay with the voice; the case that it joined waits for the desk to look."""
    with hold(voice, by=by) as mine:
        mine.rule(Move.NOTE)
        joined = voices.locked(mine.case.merged_into_id or 0, at=at)
        if joined is None:
            raise ObjectionRefused(say("cases-object-nothing"), say("cases-object-nothing-try"))
        ending = ending_of(joined.pk)
        decided = object_to(
            still_wrong,
            State(joined.state),
            ended_at=joined.ended_at,
            at=at,
            limits=catalogue().limits,
            has_objected=ending is not None and ending in objected_to(voice),
        )
        entry = mine.done(
            Move.NOTE,
            at=at,
            words=blur(still_wrong).text,
            facts={"objects_to": ending, "because": as_json(decided.because)},
        )
    if joined.question != decided.question:
        _ask_the_desk(joined, decided, at=at)
    return entry


def uphold(case: CaseId, words: str, *, by: Actor, at: datetime) -> Entry:
    """The desk has looked: it stays closed, and everybody who asked reads why."""
    with hold(case, by=by) as looked_at:
        looked_at.rule(Move.NOTE)
        if looked_at.case.question not in (Question.NEIGHBOUR_OBJECTS, Question.REPORTER_WROTE):
            raise ObjectionRefused(say("cases-uphold-nothing"))
        return looked_at.done(
            Move.NOTE,
            at=at,
            words=blur(words).text,
            facts={"upheld": True, "because": as_json(say("cases-uphold-accepted"))},
            question="",
        )


def ending_of(case: int) -> int | None:
    """The row of the ledger that ended the work, as whoever asks may see it."""
    with acting_as(WORKER):
        last = Event.objects.filter(case=case, move__in=ENDINGS).aggregate(last=Max("seq"))["last"]
    return None if last is None else int(last)


def objected_to(voice: int) -> frozenset[int]:
    """The endings that this voice has objected to."""
    rows = Event.objects.filter(case=voice, move=Move.NOTE, facts__has_key="objects_to")
    return frozenset(rows.values_list("facts__objects_to", flat=True))


def _ask_the_desk(joined: Case, decided: Objection, *, at: datetime) -> None:
    with acting_as(WORKER):
        asked = held(joined, WORKER)
        asked.ask(decided.question, at=at, because=decided.because)
        write([asked], by=WORKER)
