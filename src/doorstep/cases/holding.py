"""Which unit held what for how long, read from the ledger: spans of units in working hours, pauses apart.

Of units, never of persons, and in the order of their kinds and names: nobody is ranked. What was taken from a unit
because its objection held counts for nothing against it, nor does time in which a pause was running.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.cases.queries import calendar
from doorstep.cases.rules.reporting import Period, share
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local_date

MOST_CASES: Final = 200
SECONDS: Final = 3600


class Scope(NamedTuple):
    """Where it is looked: the column of cases that bounds it, and which area or unit."""

    column: str
    id: int


@dataclass(frozen=True)
class Holding:
    """One unit in one period. Hours are working hours; `usual_h` is the middle one of its cases.

    `measured` are the cases it finished that no pause stood in, `kept` those of them done within what was promised.
    """

    unit: int
    name: str
    kind: str
    cases: int
    hours: float
    usual_h: float
    longest_h: float
    paused_h: float
    objected: int
    solved: int
    explained: int
    out_of_scope: int
    measured: int
    kept: int

    @property
    def kept_share(self) -> int | None:
        """Of a hundred; None where they are too few."""
        return share(self.kept, self.measured)


class HeldCase(NamedTuple):
    """One case that a unit held: for how long within the period, and how long of it was paused."""

    number: str
    hours: float
    paused_h: float
    objected: bool
    state: str
    outcome: str


def by_unit(scope: Scope, period: Period, *, case_class: str = "", at: datetime) -> list[Holding]:
    """All units that held something in that time, as whoever asks may see the cases."""
    rows = _asked(_UNITS, scope, period, case_class, at)
    return [
        Holding(unit, name, kind, cases, _hours(total), _hours(usual), _hours(longest), _hours(paused), *counts)
        for unit, name, kind, cases, total, usual, longest, paused, *counts in rows
    ]


def cases_of(
    unit: int, scope: Scope, period: Period, *, case_class: str = "", after: str = "", at: datetime
) -> list[HeldCase]:
    """The cases behind a number, by case number; `after` the last one that was shown."""
    given = {"unit": unit, "after": after, "most": MOST_CASES + 1}
    rows = _asked(_CASES, scope, period, case_class, at, given)
    return [HeldCase(number, _hours(held), _hours(paused), *rest) for number, held, paused, *rest in rows]


def _asked(
    query: str, scope: Scope, period: Period, case_class: str, at: datetime, more: Mapping[str, Any] | None = None
) -> list[Any]:
    until = period.until(at)
    known = calendar(at)
    days, before, worked = _working(known, period.first, local_date(until))
    given = {
        "scope": scope.id, "since": period.since, "until": until, "class": f"{case_class}%", "days": days,
        "before": before, "worked": worked, **(more or {}),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(query.format(column=scope.column, within=_within_day(known)), given)
        return list(cursor.fetchall())


def _hours(seconds: Any) -> float:
    return round(float(seconds or 0) / SECONDS, 1)


def _working(known: Calendar, first: date, last: date) -> tuple[list[date], list[int], list[int]]:
    """Each day from the first to the last: seconds worked on all days before it, and 1 where it is worked itself."""
    a_day = sum(_clock(closes) - _clock(opens) for opens, closes in known.hours)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = [int(known.is_working_day(day)) for day in days]
    before = [a_day * sum(worked[:n]) for n in range(len(days))]
    return days, before, worked


def _within_day(known: Calendar) -> str:
    """SQL: the seconds of office hours that have passed at second `s` of a working day."""
    shifts = ((_clock(opens), _clock(closes)) for opens, closes in known.hours)
    return " + ".join(f"least(greatest(s - {opens}, 0), {closes - opens})" for opens, closes in shifts)


def _clock(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


# Between two rows of the ledger a case lies with one unit or with none; each such piece is cut to the period.
_PIECES: Final = """
WITH there AS (
    SELECT c.id, c.number, c.state, c.outcome, c.promised_by FROM cases_case c
    WHERE c.{column} = %(scope)s AND c.heard_at < %(until)s AND (c.is_open OR c.ended_at >= %(since)s)
        AND c.case_class LIKE %(class)s AND c.holder_unit_id IS NOT NULL
), rows AS (
    SELECT e.case_id, e.seq, e.move, e.to_state, e.facts, e.heard_at,
        lead(e.heard_at, 1, %(until)s) OVER life AS next_at,
        count(*) FILTER (WHERE e.move = 'dispatch') OVER life AS turn,
        coalesce(max(e.seq) FILTER (WHERE e.move = 'pause') OVER life, 0)
            > coalesce(max(e.seq) FILTER (WHERE e.move IN ('resume', 'dispatch', 'do')) OVER life, 0) AS is_paused,
        max(e.heard_at) FILTER (WHERE e.move = 'do') OVER life AS done_at
    FROM cases_event e JOIN there ON there.id = e.case_id
    WHERE e.heard_at < %(until)s
    WINDOW life AS (PARTITION BY e.case_id ORDER BY e.seq)
), turns AS (
    SELECT case_id, turn, max((facts ->> 'unit')::bigint) FILTER (WHERE move = 'dispatch') AS unit,
        bool_or(is_paused) AS was_paused
    FROM rows WHERE turn > 0 GROUP BY case_id, turn
), upheld AS (
    SELECT case_id, turn - 1 AS turn FROM rows WHERE move = 'dispatch' AND facts ->> 'objection' = 'upheld'
), days AS (
    SELECT * FROM unnest(%(days)s::date[], %(before)s::int[], %(worked)s::int[]) AS d (day, before, worked)
), pieces AS (
    SELECT case_id, turn, is_paused, greatest(heard_at, %(since)s) AT TIME ZONE 'Asia/Shanghai' AS begins,
        least(next_at, %(until)s) AT TIME ZONE 'Asia/Shanghai' AS ends
    FROM rows WHERE to_state IN ('dispatched', 'taken') AND turn > 0 AND next_at > %(since)s
), measured AS (
    SELECT p.case_id, p.turn, p.is_paused, e.before + e.worked * e.passed - b.before - b.worked * b.passed AS seconds
    FROM pieces p
    CROSS JOIN LATERAL (SELECT d.before, d.worked, (SELECT {within} FROM extract(epoch FROM p.begins::time) AS s)
        AS passed FROM days d WHERE d.day = p.begins::date) b
    CROSS JOIN LATERAL (SELECT d.before, d.worked, (SELECT {within} FROM extract(epoch FROM p.ends::time) AS s)
        AS passed FROM days d WHERE d.day = p.ends::date) e
), held AS (
    SELECT t.unit, m.case_id, bool_and(u.turn IS NOT NULL) AS objected,
        sum(m.seconds) FILTER (WHERE NOT m.is_paused AND u.turn IS NULL) AS seconds,
        sum(m.seconds) FILTER (WHERE m.is_paused) AS paused
    FROM measured m JOIN turns t USING (case_id, turn) LEFT JOIN upheld u USING (case_id, turn)
    GROUP BY t.unit, m.case_id
)
"""

_SUMS: Final = """, sums AS (
    SELECT unit, count(*) FILTER (WHERE NOT objected) AS cases, sum(seconds) AS seconds,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE NOT objected) AS usual,
        max(seconds) AS longest, sum(paused) AS paused, count(*) FILTER (WHERE objected) AS objected
    FROM held GROUP BY unit
), results AS (
    SELECT t.unit, count(*) FILTER (WHERE r.facts ->> 'outcome' = 'solved') AS solved,
        count(*) FILTER (WHERE r.facts ->> 'outcome' = 'explained') AS explained,
        count(*) FILTER (WHERE r.facts ->> 'outcome' = 'out-of-scope') AS out_of_scope,
        count(*) FILTER (WHERE r.done_at IS NOT NULL AND NOT t.was_paused) AS measured,
        count(*) FILTER (WHERE r.done_at <= c.promised_by AND NOT t.was_paused) AS kept
    FROM rows r JOIN turns t USING (case_id, turn) JOIN there c ON c.id = r.case_id
    WHERE r.move = 'close' AND r.heard_at >= %(since)s
    GROUP BY t.unit
)
SELECT u.id, u.name, u.kind, coalesce(s.cases, 0), s.seconds, s.usual, s.longest, s.paused, coalesce(s.objected, 0),
    coalesce(r.solved, 0), coalesce(r.explained, 0), coalesce(r.out_of_scope, 0), coalesce(r.measured, 0),
    coalesce(r.kept, 0)
FROM sums s FULL JOIN results r USING (unit) JOIN staff_unit u ON u.id = unit
ORDER BY u.kind, u.name, u.id
"""
_UNITS: Final = _PIECES + _SUMS

_LISTED: Final = """
SELECT c.number, h.seconds, h.paused, h.objected, c.state, c.outcome
FROM held h JOIN there c ON c.id = h.case_id
WHERE h.unit = %(unit)s AND c.number > %(after)s ORDER BY c.number LIMIT %(most)s
"""
_CASES: Final = _PIECES + _LISTED
