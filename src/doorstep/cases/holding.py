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
    before, worked = _working(known, period.first, local_date(until))
    given = {
        "scope": scope.id, "since": period.since, "until": until, "class": f"{case_class}%", "first": period.first,
        "before": before, "worked": worked, **(more or {}),
    }  # fmt: skip
    spoken = query.format(column=scope.column, begins=_worked_until("begins", known), ends=_worked_until("ends", known))
    with connection.cursor() as cursor:
        cursor.execute(spoken, given)
        return list(cursor.fetchall())


def _hours(seconds: Any) -> float:
    return round(float(seconds or 0) / SECONDS, 1)


def _working(known: Calendar, first: date, last: date) -> tuple[list[int], list[int]]:
    """Of each day from the first to the last: seconds worked on all days before it, and 1 where it is worked itself."""
    a_day = sum(_clock(closes) - _clock(opens) for opens, closes in known.hours)
    worked = [int(known.is_working_day(first + timedelta(days=n))) for n in range((last - first).days + 1)]
    return [a_day * sum(worked[:n]) for n in range(len(worked))], worked


def _worked_until(moment: str, known: Calendar) -> str:
    """SQL: the seconds that offices were open from the first day on until the local moment in that column."""
    day, clock = f"{moment}::date - %(first)s::date + 1", f"extract(epoch FROM {moment}::time)"
    shifts = ((_clock(opens), _clock(closes)) for opens, closes in known.hours)
    passed = " + ".join(f"least(greatest({clock} - {opens}, 0), {closes - opens})" for opens, closes in shifts)
    return f"((%(before)s::int[])[{day}] + (%(worked)s::int[])[{day}] * ({passed}))"


def _clock(moment: time) -> int:
    return moment.hour * 3600 + moment.minute * 60 + moment.second


# Between two rows of the ledger a case lies with one unit or with none; each such piece is cut to the period. A turn is
# what follows one dispatch. All of it in windows over one reading of the rows: joining the pieces again costs far more.
_PIECES: Final = """
WITH life AS (
    SELECT e.case_id, e.seq, e.move, e.to_state, e.facts, e.heard_at, c.number, c.state, c.outcome, c.promised_by,
        lead(e.heard_at, 1, %(until)s) OVER life AS next_at,
        count(*) FILTER (WHERE e.move = 'dispatch') OVER life AS turn,
        coalesce(max(e.seq) FILTER (WHERE e.move = 'pause') OVER life, 0)
            > coalesce(max(e.seq) FILTER (WHERE e.move IN ('resume', 'dispatch', 'do')) OVER life, 0) AS is_paused,
        max(e.heard_at) FILTER (WHERE e.move = 'do') OVER life AS done_at
    FROM cases_case c JOIN cases_event e ON e.case_id = c.id
    WHERE c.{column} = %(scope)s AND c.heard_at < %(until)s AND (c.is_open OR c.ended_at >= %(since)s)
        AND c.case_class LIKE %(class)s AND c.holder_unit_id IS NOT NULL AND e.heard_at < %(until)s
    WINDOW life AS (PARTITION BY e.case_id ORDER BY e.seq)
), turns AS (
    SELECT *, max((facts ->> 'unit')::bigint) FILTER (WHERE move = 'dispatch') OVER one AS unit,
        bool_or(is_paused) OVER one AS was_paused,
        array_agg(turn - 1) FILTER (WHERE move = 'dispatch' AND facts ->> 'objection' = 'upheld')
            OVER (PARTITION BY case_id) AS upheld,
        greatest(heard_at, %(since)s) AT TIME ZONE 'Asia/Shanghai' AS begins,
        least(next_at, %(until)s) AT TIME ZONE 'Asia/Shanghai' AS ends
    FROM life WINDOW one AS (PARTITION BY case_id, turn)
), held AS (
    SELECT unit, case_id, number, state, outcome, bool_and(objected) AS objected,
        sum(seconds) FILTER (WHERE NOT is_paused AND NOT objected) AS seconds,
        sum(seconds) FILTER (WHERE is_paused) AS paused
    FROM (
        SELECT unit, case_id, number, state, outcome, is_paused, coalesce(turn = ANY (upheld), false) AS objected,
            {ends} - {begins} AS seconds
        FROM turns WHERE to_state IN ('dispatched', 'taken') AND turn > 0 AND next_at > %(since)s
    ) piece
    GROUP BY unit, case_id, number, state, outcome
)
"""

_SUMS: Final = """, sums AS (
    SELECT unit, count(*) FILTER (WHERE NOT objected) AS cases, sum(seconds) AS seconds,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) FILTER (WHERE NOT objected) AS usual,
        max(seconds) AS longest, sum(paused) AS paused, count(*) FILTER (WHERE objected) AS objected
    FROM held GROUP BY unit
), results AS (
    SELECT unit, count(*) FILTER (WHERE facts ->> 'outcome' = 'solved') AS solved,
        count(*) FILTER (WHERE facts ->> 'outcome' = 'explained') AS explained,
        count(*) FILTER (WHERE facts ->> 'outcome' = 'out-of-scope') AS out_of_scope,
        count(*) FILTER (WHERE done_at IS NOT NULL AND NOT was_paused) AS measured,
        count(*) FILTER (WHERE done_at <= promised_by AND NOT was_paused) AS kept
    FROM turns WHERE move = 'close' AND heard_at >= %(since)s AND turn > 0
    GROUP BY unit
)
SELECT u.id, u.name, u.kind, coalesce(s.cases, 0), s.seconds, s.usual, s.longest, s.paused, coalesce(s.objected, 0),
    coalesce(r.solved, 0), coalesce(r.explained, 0), coalesce(r.out_of_scope, 0), coalesce(r.measured, 0),
    coalesce(r.kept, 0)
FROM sums s FULL JOIN results r USING (unit) JOIN staff_unit u ON u.id = unit
ORDER BY u.kind, u.name, u.id
"""
_UNITS: Final = _PIECES + _SUMS

_LISTED: Final = """
SELECT number, seconds, paused, objected, state, outcome FROM held
WHERE unit = %(unit)s AND number > %(after)s ORDER BY number LIMIT %(most)s
"""
_CASES: Final = _PIECES + _LISTED
