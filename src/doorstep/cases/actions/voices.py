"""How many voices a case has, and whose they are: kept on the case that they joined, so that queues read one row."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as


def count(case: int | None, more: int) -> bool:
    """Add voices to a case, or take them away; False when there is no such case.

    The row is locked until the transaction ends: whoever closes the case meanwhile comes before or after, not between.
    """
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET voices = greatest(0, voices + %s) WHERE id = %s", [more, case])
        return bool(cursor.rowcount)


def locked(case: int, *, at: datetime) -> Case | None:
    """The case as nobody changes it until the transaction ends; one that was merged leads to the one it joined."""
    with acting_as(WORKER):
        found = Case.objects.select_for_update(no_key=True).filter(pk=case).first()
        if found is not None and found.merged_into_id is not None:
            found = Case.objects.select_for_update(no_key=True).filter(pk=found.merged_into_id).first()
    return found


def bring_along(case: int, into: int) -> None:
    """The voices of a case that is merged are voices of the other one from now on."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_case SET merged_into_id = %s WHERE merged_into_id = %s", [into, case])
        came = cursor.rowcount
        cursor.execute("UPDATE cases_case SET voices = 0 WHERE id = %s", [case])
    count(into, 1 + came)


def take_back(case: int, out_of: int) -> None:
    """The voices that came along with a case go with it again: those whose own ledger says that they joined it."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_TAKE_BACK, {"case": case, "out_of": out_of})
        went = cursor.rowcount
        cursor.execute("UPDATE cases_case SET voices = %s WHERE id = %s", [went, case])
    count(out_of, -1 - went)


# What a voice joined first is in the last of its rows that says so; whoever joined one of these went along with it.
_TAKE_BACK = """
WITH RECURSIVE direct AS (
    SELECT v.id, (SELECT (e.facts->>'into')::bigint FROM cases_event e
        WHERE e.case_id = v.id AND e.move = 'merge' ORDER BY e.seq DESC LIMIT 1) AS joined
    FROM cases_case v WHERE v.merged_into_id = %(out_of)s AND v.id <> %(case)s
), back (id) AS (
    SELECT id FROM direct WHERE joined = %(case)s
    UNION SELECT direct.id FROM direct JOIN back ON direct.joined = back.id
)
UPDATE cases_case SET merged_into_id = %(case)s WHERE id IN (SELECT id FROM back)
"""
