"""The report of an area for a day or a week, read from the ledger whenever somebody looks: nobody writes or files it.

All of it is reckoned as things stood when the period ended, by when the platform heard of them; the ledger never
changes, so the same days give the same report. It counts cases, by place, class and unit; never persons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

from doorstep.areas.models import Area
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.reporting import FEWEST_COMPARED as FEWEST_COMPARED
from doorstep.cases.rules.reporting import HAZARDS
from doorstep.cases.rules.reporting import MOST_DAYS as MOST_DAYS
from doorstep.cases.rules.reporting import Period as Period
from doorstep.cases.rules.reporting import PeriodRefused as PeriodRefused
from doorstep.cases.rules.reporting import day_of as day_of
from doorstep.cases.rules.reporting import period_named as period_named
from doorstep.cases.rules.reporting import span_of as span_of
from doorstep.cases.rules.reporting import week_of as week_of
from doorstep.catalogue.item import Named
from doorstep.staff.models import Unit

RESULTS: Final = ("solved", "explained", "out-of-scope")
"""Three results that are different, each worth its own number."""


@dataclass
class ClassRow:
    """One class: what came in, ended how, was opened again, was open at the end. Without a name: not yet classified."""

    name: Named | None
    came: int = 0
    results: Counter[str] = field(default_factory=Counter)
    reopened: int = 0
    open: int = 0

    @property
    def solved(self) -> int:
        return self.results["solved"]

    @property
    def explained(self) -> int:
        return self.results["explained"]

    @property
    def out_of_scope(self) -> int:
        return self.results["out-of-scope"]


@dataclass
class UnitRow:
    """What lies with one unit at the end: at work, paused, and past what was promised to the resident."""

    name: str
    held: int = 0
    paused: int = 0
    overdue: int = 0


@dataclass
class DayReport:
    """The report of an area. `desk`: no unit has it yet; `verdict`: done, and the reporter has not said anything."""

    period: Period
    until: datetime
    is_over: bool
    classes: list[ClassRow]
    units: list[UnitRow]
    came: int = 0
    results: Counter[str] = field(default_factory=Counter)
    withdrawn: int = 0
    merged: int = 0
    reopened: int = 0
    desk: int = 0
    desk_overdue: int = 0
    verdict: int = 0
    promises: int = 0
    next_day: int = 0
    hazards_came: int = 0
    hazards_open: int = 0

    @property
    def is_zero(self) -> bool:
        """Nothing came in: a report of its own, and a good one."""
        return not self.came

    @property
    def ended(self) -> int:
        return sum(self.results.values())

    @property
    def held(self) -> int:
        return sum(row.held for row in self.units)

    @property
    def paused(self) -> int:
        return sum(row.paused for row in self.units)

    @property
    def overdue(self) -> int:
        return self.desk_overdue + sum(row.overdue for row in self.units)

    @property
    def open(self) -> int:
        return self.desk + self.held + self.verdict


def report(area: Area, period: Period, *, at: datetime) -> DayReport:
    """The report of an area, as whoever asks may see its cases."""
    until = period.until(at)
    given: dict[str, Any] = {"area": area.pk, "since": period.since, "until": until}
    level = "grid" if area.level == "special_grid" else area.level
    with connection.cursor() as cursor:
        cursor.execute(_HAPPENED.format(level=level), given)
        happened = cursor.fetchall()
        cursor.execute(_OPEN.format(level=level), given)
        waiting = cursor.fetchall()
    found = DayReport(period, until, period.ends <= at, [], [])
    by_class: dict[str, ClassRow] = {}
    for row in happened:
        _count(found, by_class, *row)
    by_unit: dict[int, UnitRow] = {}
    for broad, state, unit, paused, overdue, soon, number in waiting:
        _row(by_class, broad).open += number
        found.hazards_open += number * (broad == HAZARDS)
        found.promises += number * (not overdue and state not in _DONE)
        found.next_day += number * (soon and state not in _DONE)
        _wait(found, by_unit, state, unit, number, paused=paused, overdue=overdue)
    found.classes = [by_class[broad] for broad in sorted(by_class, key=lambda each: each or "~")]
    found.units = _in_order(by_unit)
    return found


def _count(
    found: DayReport, by_class: dict[str, ClassRow], broad: str, move: str, outcome: str | None, number: int
) -> None:
    row = _row(by_class, broad)
    match move:
        case "report":
            row.came += number
            found.came += number
            found.hazards_came += number * (broad == HAZARDS)
        case "close":
            row.results[outcome or ""] += number
            found.results[outcome or ""] += number
        case "reopen":
            row.reopened += number
            found.reopened += number
        case "withdraw":
            found.withdrawn += number
        case "merge":
            found.merged += number


def _row(by_class: dict[str, ClassRow], broad: str) -> ClassRow:
    if broad not in by_class:
        known = catalogue().classes.get(broad)
        by_class[broad] = ClassRow(known.name if known else None)
    return by_class[broad]


def _wait(
    found: DayReport, by_unit: dict[int, UnitRow], state: str, unit: int | None, number: int, **how: bool
) -> None:
    if state in _DONE:
        found.verdict += number
    elif state in _AT_WORK and unit is not None:
        row = by_unit.setdefault(unit, UnitRow(""))
        row.held += number
        row.paused += number * how["paused"]
        # What stands still for a reason that was accepted is not held against the unit.
        row.overdue += number * (how["overdue"] and not how["paused"])
    else:
        found.desk += number
        found.desk_overdue += number * how["overdue"]


def _in_order(by_unit: Mapping[int, UnitRow]) -> list[UnitRow]:
    """By kind and name: no order says who did well."""
    units = list(Unit.objects.filter(pk__in=by_unit).order_by("kind", "name", "pk").values_list("pk", "name"))
    for pk, name in units:
        by_unit[pk].name = name
    return [by_unit[pk] for pk, _ in units]


_DONE: Final = frozenset({"done", "verified"})
_AT_WORK: Final = frozenset({"dispatched", "taken"})

_HAPPENED: Final = """
SELECT left(c.case_class, 2), e.move, e.facts ->> 'outcome', count(*)
FROM cases_event e JOIN cases_case c ON c.id = e.case_id
WHERE e.heard_at >= %(since)s AND e.heard_at < %(until)s
    AND e.move IN ('report', 'close', 'reopen', 'withdraw', 'merge')
    AND c.{level}_id = %(area)s AND c.heard_at < %(until)s AND (c.is_open OR c.ended_at >= %(since)s)
    AND c.source <> 'part'
GROUP BY 1, 2, 3
"""

# What is open now, and what has ended since; each as its ledger stood at the end of the period.
_OPEN: Final = """
SELECT left(c.case_class, 2), last.to_state, held.unit, coalesce(still.move = 'pause', false),
    coalesce(c.promised_by < %(until)s, false),
    coalesce(c.promised_by >= %(until)s AND c.promised_by < %(until)s + interval '1 day', false), count(*)
FROM cases_case c
CROSS JOIN LATERAL (SELECT e.to_state FROM cases_event e
    WHERE e.case_id = c.id AND e.heard_at < %(until)s ORDER BY e.seq DESC LIMIT 1) last
LEFT JOIN LATERAL (SELECT (e.facts ->> 'unit')::bigint AS unit FROM cases_event e
    WHERE e.case_id = c.id AND e.heard_at < %(until)s AND e.move = 'dispatch' ORDER BY e.seq DESC LIMIT 1) held ON true
LEFT JOIN LATERAL (SELECT e.move FROM cases_event e
    WHERE e.case_id = c.id AND e.heard_at < %(until)s AND e.move IN ('pause', 'resume', 'dispatch', 'do')
    ORDER BY e.seq DESC LIMIT 1) still ON true
WHERE c.{level}_id = %(area)s AND c.heard_at < %(until)s AND (c.is_open OR c.ended_at >= %(until)s)
    AND c.source <> 'part' AND last.to_state NOT IN ('closed', 'merged', 'withdrawn')
GROUP BY 1, 2, 3, 4, 5, 6
"""
