"""Let the engine work apart from the pages: ask, and, for a worker, take the next question and answer it."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Final

from django.db import IntegrityError, transaction

from doorstep.areas.actions.drawing import Question, ask, divided, keep, refusing_in_words
from doorstep.areas.dividing import trades_apart
from doorstep.areas.models import Study, StudyKind
from doorstep.areas.rules.wishes import Wishes, wishes_of
from doorstep.areas.studies import open_in, trades_of
from doorstep.core import studies
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.studies import Clock, StudyState
from doorstep.core.text import say

LONGEST_APART_S: Final = 1800.0
"""Nobody waits in front of it."""


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
        studies.fail(study, refused, now())
    return 1


def _take(at: datetime) -> Study | None:
    """The next one, for this worker alone; one that killed its workers is given up."""
    return studies.take(Study, at, gave_up=StudyRefused(say("trades-gave-up"), say("trades-gave-up-try")))


def _work_on(study: Study, now: Clock) -> None:
    with acting_as(WORKER, because="study"):
        asked = ask(study.community_id, wishes_of(study.wishes))
    progress = studies.Telling(study, now)
    if study.kind == StudyKind.TRADES:
        with refusing_in_words(asked.rows):
            trades = trades_apart(asked.buildings, asked.options, longest_s=LONGEST_APART_S, progress=progress)
        studies.done(study, now(), answer={"trades": [asdict(each) for each in trades]})
        return
    division = divided(asked, progress, longest_s=LONGEST_APART_S)
    by = Actor(Role(study.by_role), post=study.by_post, account=study.by_account)
    with acting_as(WORKER, because="study"):
        plan = keep(asked, division, by=by, at=now())
        studies.done(study, now(), plan=plan)
