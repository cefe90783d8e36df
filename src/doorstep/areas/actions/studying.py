"""Let the engine work apart from the pages: ask, and, for a worker, take the next question and answer it.

A worker says all the while that it is alive; what a killed one had in hand is taken up by another, three times at most.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from doorstep.areas.actions.drawing import Question, ask, divided, keep, refusing_in_words
from doorstep.areas.dividing import trades_apart
from doorstep.areas.models import Study, StudyKind, StudyState
from doorstep.areas.rules.wishes import Wishes, wishes_of
from doorstep.areas.studies import open_in, trades_of
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say

SILENT: Final = timedelta(seconds=60)
"""After so long without a word a worker counts as dead."""
MOST_TRIES: Final = 3
LONGEST_APART_S: Final = 1800.0
"""Nobody waits in front of it."""
SAY_EVERY: Final = timedelta(seconds=1)

Clock = Callable[[], datetime]


class StudyRefused(Refusal):
    """Something else is being worked out for this community."""


def ask_for_draft(community: int, wishes: Wishes, *, by: Actor, at: datetime) -> Study:
    """A draft is to be drawn apart; its page says how far it has come."""
    return _ask(StudyKind.DRAFT, ask(community, wishes), by, at)


def ask_for_trades(community: int, wishes: Wishes, *, by: Actor, at: datetime) -> Study:
    """What each weight costs is to be worked out; an answer that is known already is not looked for again."""
    asked = question_of_trades(community, wishes)
    known = trades_of(community, asked.mark)
    if known is not None and known.state == StudyState.DONE:
        return known
    return _ask(StudyKind.TRADES, asked, by, at)


def question_of_trades(community: int, wishes: Wishes) -> Question:
    """The question whose weights are to be priced; each division of it is a quick one."""
    return ask(community, replace(wishes, effort="quick"))


def _ask(kind: StudyKind, asked: Question, by: Actor, at: datetime) -> Study:
    found = open_in(asked.community)
    if found is not None and (found.kind, found.mark) == (kind, asked.mark):
        return found
    busy = StudyRefused(say("trades-busy"), say("trades-busy-try"))
    if found is not None:
        raise busy
    try:
        with transaction.atomic():
            return Study.objects.create(
                community_id=asked.community,
                kind=kind,
                wishes=asdict(asked.wishes),
                mark=asked.mark,
                asked_at=at,
                by_role=str(by.role),
                by_post=by.post,
                by_account=by.account,
            )
    except IntegrityError:
        # Somebody asked in the same moment; the database let one of us in.
        raise busy from None


def work_on_next(*, now: Clock) -> int:
    """Work out what has waited longest; how many that were, one or none."""
    with acting_as(WORKER, because="study"):
        study = _take(now())
    if study is None:
        return 0
    try:
        _work_on(study, now)
    except Refusal as refused:
        _fail(study, refused, now())
    return 1


def _take(at: datetime) -> Study | None:
    """The next one, for this worker alone; one that killed its workers is given up."""
    is_due = Q(state=StudyState.WAITING) | Q(state=StudyState.WORKING, heard_at__lt=at - SILENT)
    study = Study.objects.filter(is_due).order_by("asked_at").select_for_update(skip_locked=True).first()
    if study is None:
        return None
    if study.tries >= MOST_TRIES:
        _fail(study, StudyRefused(say("trades-gave-up"), say("trades-gave-up-try")), at)
        return None
    study.state, study.tries = StudyState.WORKING, study.tries + 1
    study.began_at = study.heard_at = at
    study.save(update_fields=["state", "tries", "began_at", "heard_at"])
    return study


def _work_on(study: Study, now: Clock) -> None:
    with acting_as(WORKER, because="study"):
        asked = ask(study.community_id, wishes_of(study.wishes))
    progress = _Telling(study, now)
    if study.kind == StudyKind.TRADES:
        with refusing_in_words():
            trades = trades_apart(asked.buildings, asked.options, longest_s=LONGEST_APART_S, progress=progress)
        _done(study, now(), answer={"trades": [asdict(each) for each in trades]})
        return
    division = divided(asked, progress, longest_s=LONGEST_APART_S)
    by = Actor(Role(study.by_role), post=study.by_post, account=study.by_account)
    with acting_as(WORKER, because="study"):
        plan = keep(asked, division, by=by, at=now())
        _done(study, now(), plan=plan)


class _Telling:
    """Writes down how far a study has come, once a second at most."""

    def __init__(self, study: Study, now: Clock) -> None:
        self._study, self._now = study, now
        self._next_at = now()

    def __call__(self, stage: str, part: float) -> None:
        at = self._now()
        if at < self._next_at and stage == self._study.stage:
            return
        self._next_at = at + SAY_EVERY
        self._study.stage, self._study.part, self._study.heard_at = stage, part, at
        with acting_as(WORKER, because="study"):
            self._study.save(update_fields=["stage", "part", "heard_at"])


def _done(study: Study, at: datetime, **found: Any) -> None:
    study.state, study.ended_at, study.part = StudyState.DONE, at, 1.0
    for name, value in found.items():
        setattr(study, name, value)
    with acting_as(WORKER, because="study"):
        study.save(update_fields=["state", "ended_at", "part", *found])


def _fail(study: Study, refused: Refusal, at: datetime) -> None:
    study.state, study.ended_at = StudyState.FAILED, at
    study.answer = {
        "message": as_json(refused.message),
        "try_this": as_json(refused.try_this) if refused.try_this else None,
    }
    with acting_as(WORKER, because="study"):
        study.save(update_fields=["state", "ended_at", "answer"])
