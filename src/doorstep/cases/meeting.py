"""The weekly meeting of an area: its agenda fills itself from the ledger, and what is decided is a note on the case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.cases.places import blurred_row
from doorstep.cases.rules.ladder import Rung
from doorstep.core.access import Actor
from doorstep.core.time.zone import local_date

WEEK: Final = timedelta(days=7)
MOST_POINTS: Final = 200
MOST_DAYS: Final = 60
"""Minutes are listed for about two months; the ledger keeps them all."""


class Point(NamedTuple):
    """A case that the meeting should speak about, and why: `reasons` are keys of `meeting-because-…`."""

    case: int
    number: str
    state: str
    urgency: str
    item: str
    words: str
    holder: str | None
    promised_by: datetime | None
    reasons: Sequence[str]
    holder_unit: int | None
    holder_kind: str | None


class Decision(NamedTuple):
    """What was decided about a case."""

    number: str
    words: str
    at: datetime


def agenda(by: Actor, at: datetime) -> list[Point]:
    """Open cases of whoever asks that people should speak about, those promised soonest first.

    What was decided at an earlier meeting and is still open comes again, so that no decision is forgotten.
    """
    params: dict[str, Any] = {"at": at, "since": at - WEEK, "before": local_date(at).isoformat()}
    with connection.cursor() as cursor:
        cursor.execute(_AGENDA, params | {"pressed": Rung.COMMUNITY.rank, "most": MOST_POINTS})
        points = [Point(*row) for row in cursor.fetchall()]
    return [blurred_row(point, by, is_holder=by.unit is not None and point.holder_unit == by.unit) for point in points]


_AGENDA: Final = """
SELECT * FROM (
    SELECT c.id, c.number, c.state, c.urgency, c.item, coalesce(s.words, ''), u.name, c.promised_by,
        array_remove(ARRAY[
            CASE WHEN EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.id AND e.move = 'raise'
                AND e.heard_at >= %(since)s) THEN 'raised' END,
            CASE WHEN c.promised_by < %(at)s THEN 'late' WHEN c.rung >= %(pressed)s THEN 'pressed' END,
            CASE WHEN EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.id AND e.move IN ('reopen', 'redo')
                AND e.heard_at >= %(since)s) THEN 'reopened' END,
            CASE WHEN EXISTS (SELECT FROM cases_part p WHERE p.whole_id = c.id AND p.ended_at IS NULL
                AND p.answered_at IS NULL AND p.answer_by < %(at)s) THEN 'unanswered' END,
            CASE WHEN EXISTS (SELECT FROM cases_event e WHERE e.case_id = c.id AND e.facts ? 'meeting'
                AND e.facts->>'meeting' < %(before)s) THEN 'decided' END
        ], NULL) AS reasons, c.holder_unit_id, u.kind
    FROM cases_case c LEFT JOIN cases_said s ON s.case_id = c.id AND s.seq = 1
        LEFT JOIN staff_unit u ON u.id = c.holder_unit_id
    WHERE c.is_open AND c.source <> 'part'
) point
WHERE reasons <> '{}' ORDER BY promised_by NULLS LAST, number LIMIT %(most)s
"""


def minutes(day: date) -> list[Decision]:
    """What was decided on that day, in the order of the meeting."""
    with connection.cursor() as cursor:
        cursor.execute(_MINUTES, [day.isoformat()])
        return [Decision(*row) for row in cursor.fetchall()]


_MINUTES: Final = """
SELECT c.number, coalesce(s.words, ''), e.heard_at
FROM cases_event e JOIN cases_case c ON c.id = e.case_id
    LEFT JOIN cases_said s ON s.case_id = e.case_id AND s.seq = e.seq
WHERE e.facts ? 'meeting' AND e.facts->>'meeting' = %s ORDER BY e.heard_at
"""


def days_met(today: date) -> Mapping[date, int]:
    """The days of earlier meetings with how much was decided on each, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_DAYS, [(today - timedelta(days=MOST_DAYS)).isoformat()])
        return {date.fromisoformat(day): count for day, count in cursor.fetchall()}


_DAYS: Final = """
SELECT e.facts->>'meeting', count(*) FROM cases_event e JOIN cases_case c ON c.id = e.case_id
WHERE e.facts ? 'meeting' AND e.facts->>'meeting' >= %s GROUP BY 1 ORDER BY 1 DESC
"""
