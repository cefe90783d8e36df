"""Carry cases on by themselves: from the report to whoever acts, and from done to closed.

The case's own row says when to look again, so what is due is one indexed read and commits with what was decided.
A worker that is killed lets go of its cases, unwritten and undamaged; another takes them at once.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import DatabaseError, OperationalError

from doorstep.cases.actions import clocks, close, follow_up, ledger, verify
from doorstep.cases.actions.classify import classify
from doorstep.cases.actions.dispatch import dispatch
from doorstep.cases.actions.ledger import Held
from doorstep.cases.actions.locate import locate
from doorstep.cases.models import Case
from doorstep.cases.queries import Surroundings
from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.unreasonable import WAITS as REVIEWED
from doorstep.cases.rules.waiting import waits_for_a_desk
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time.zone import local_date

BATCH = 100
MOST_STEPS = 6
MOST_ATTEMPTS = 5
_log = logging.getLogger(__name__)


def advance(*, at: datetime, limit: int = BATCH) -> int:
    """Take every due case as far as it goes; how many were looked at."""
    try:
        return _advance_together(at, limit)
    except OperationalError:
        # The database itself is in trouble, and no case is to blame.
        raise
    except DatabaseError:
        # One case that the database refuses must not hold up the others.
        _log.exception("A batch of cases was refused; they are tried one by one.")
        return _advance_one_by_one(at, limit)


def _advance_together(at: datetime, limit: int) -> int:
    with acting_as(WORKER), ledger.hold_due(at, limit=limit) as helds:
        if not helds:
            return 0
        around = Surroundings([held.case for held in helds], local_date(at))
        _go_on(helds, around, at)
        ledger.announce(helds)
        return len(helds)


def _advance_one_by_one(at: datetime, limit: int) -> int:
    with acting_as(WORKER):
        due = list(
            Case.objects.filter(look_again_at__lte=at).order_by("look_again_at").values_list("pk", flat=True)[:limit]
        )
    for case in due:
        try:
            with acting_as(WORKER), ledger.hold_one_due(case) as helds:
                _go_on(helds, Surroundings([held.case for held in helds], local_date(at)), at)
        except OperationalError:
            raise
        except DatabaseError:
            _log.exception("Case %s was refused by the database.", case)
            _put_off(case, at)
    return len(due)


def _put_off(case: int, at: datetime) -> None:
    with acting_as(WORKER):
        row = Case.objects.get(pk=case)
        wait = None if row.attempts + 1 >= MOST_ATTEMPTS else at + timedelta(seconds=30 * 2**row.attempts)
        Case.objects.filter(pk=case, seq=row.seq).update(
            attempts=row.attempts + 1,
            look_again_at=wait,
            question=row.question if wait else str(Question.RULE_FAILED),
        )


def _go_on(helds: Sequence[Held], around: Surroundings, at: datetime) -> None:
    """Step after step, until each case waits for somebody; all make one step before any makes the next.

    So whatever a step has to know of its surroundings is asked for once for all of them.
    """
    going = helds
    for _ in range(MOST_STEPS):
        going = [held for held in going if _went_on(held, around, at)]


def _went_on(held: Held, around: Surroundings, at: datetime) -> bool:
    """Make one step; whether another can follow at once."""
    held.case.look_again_at = None
    before = len(held.entries)
    try:
        if waits_for_a_desk(held.state, held.case.question):
            clocks.wait(held, around, at=at)
            return False
        _step(held, around, at)
        if waits_for_a_desk(held.state, held.case.question):
            clocks.wait(held, around, at=at)
    except Exception:
        # A rule that fails parks the case with a question; it is never skipped.
        _log.exception("A rule failed on case %s in state %s.", held.case.pk, held.case.state)
        held.ask(Question.RULE_FAILED, at=at)
        return False
    if len(held.entries) == before or held.case.question not in ("", *REVIEWED):
        return False
    again = held.case.look_again_at
    return again is not None and again <= at


def _step(held: Held, around: Surroundings, at: datetime) -> None:
    match held.state:
        case State.REPORTED:
            locate(held, around, at=at)
        case State.LOCATED:
            classify(held, around, at=at)
        case State.CLASSIFIED:
            dispatch(held, around, at=at)
        case State.DISPATCHED | State.TAKEN:
            clocks.run(held, around, at=at)
        case State.DONE:
            if verify.verify_after_silence(held, at=at) is None:
                held.case.look_again_at = None
        case State.VERIFIED:
            close.close(held, at=at)
        case State.CLOSED:
            follow_up.ask_whether_it_held(held, at=at)
