"""Try a changed table on past cases, apart from the pages: ask, and, for a worker, take the next and answer it."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction

from doorstep.cases.models import DispatchTable, Rehearsal
from doorstep.cases.past import past_cases
from doorstep.cases.rules.table.comparing import as_answer, compared
from doorstep.cases.rules.table.many import Rehearsal as Rehearsing
from doorstep.cases.rules.table.rows import Table, from_kept
from doorstep.cases.tables import in_force, open_rehearsal, rows_of
from doorstep.core import studies
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.studies import Clock
from doorstep.core.text import say
from doorstep.core.time.zone import local_date

LONGEST_YEARS = 5


class RehearsalRefused(Refusal):
    """Not this period, or another is being worked out."""


def ask_for_rehearsal(table: DispatchTable, since: date, until: date, *, by: Actor, at: datetime) -> Rehearsal:
    """The draft, as it is now, is to be tried on the cases of a period; the same question is not asked twice."""
    if since > until or until > local_date(at) or (until - since).days > LONGEST_YEARS * 366:
        raise RehearsalRefused(say("rehearsal-period", years=LONGEST_YEARS), say("rehearsal-period-try"), where="since")
    found = open_rehearsal(table)
    if found is not None and (found.table_seq, found.since, found.until) == (table.seq, since, until):
        return found
    busy = RehearsalRefused(say("rehearsal-busy"), say("rehearsal-busy-try"))
    if found is not None:
        raise busy
    try:
        with transaction.atomic():
            return Rehearsal.objects.create(
                table=table,
                table_seq=table.seq,
                since=since,
                until=until,
                asked_at=at,
                by_role=str(by.role),
                by_post=by.post,
                by_account=by.account,
                # The draft may change while it is tried: what is tried is what was asked about.
                answer={"rows": table.rows},
            )
    except IntegrityError:
        raise busy from None


def work_on_next(*, now: Clock) -> int:
    """Work out what has waited longest; how many that were, one or none."""
    with acting_as(WORKER, because="rehearsal"):
        found = studies.take(
            Rehearsal, now(), gave_up=RehearsalRefused(say("rehearsal-gave-up"), say("rehearsal-gave-up-try"))
        )
    if found is None:
        return 0
    _work_on(found, now)
    return 1


def _work_on(found: Rehearsal, now: Clock) -> None:
    telling = studies.Telling(found, now)
    telling("reading", 0.0)
    today = local_date(found.asked_at)
    with acting_as(WORKER, because="rehearsal"):
        kept = DispatchTable.objects.get(pk=found.table_id)
        ruling = in_force(kept.county_id, today)
    cases, ground = past_cases(
        kept.county_id, found.since, found.until, today, lambda part: telling("reading", part / 2)
    )
    asked = (found.answer or {}).get("rows")
    rows = tuple(from_kept(each) for each in asked) if asked is not None else rows_of(kept)
    rehearsing = Rehearsing(cases, ground)
    before = rehearsing.sent(ruling, lambda part: telling("before", 0.5 + part / 5))
    after = rehearsing.sent(Table(kept.version, None, rows), lambda part: telling("after", 0.7 + part / 5))
    telling("comparing", 0.9)
    studies.done(found, now(), answer=as_answer(compared(cases, ground, before, after)))
