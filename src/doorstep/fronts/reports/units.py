"""Which unit held what for how long: one page of units, never of persons, and the cases behind each number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import holding
from doorstep.cases.holding import MOST_CASES, Holding, Scope
from doorstep.cases.queries import catalogue
from doorstep.cases.reports import FEWEST_COMPARED, MOST_DAYS, Period, PeriodRefused, span_of
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.reports import telling
from doorstep.fronts.tables import csv_file
from doorstep.fronts.templatetags.words import said
from doorstep.staff import queries as staff

READERS = (*sorted(DESKS), Role.DEPARTMENT)
USUAL_DAYS = 30
HEADS = (
    "unit", "kind", "cases", "hours", "usual", "longest", "paused", "objected", "solved", "explained", "out-of-scope",
    "measured", "kept", "share",
)  # fmt: skip


class Looked(NamedTuple):
    """What the address asks for."""

    scope: Scope
    place: str
    period: Period
    case_class: str

    def address(self, **more: Any) -> str:
        """What of it stands behind a question mark."""
        given = {"since": self.period.first, "until": self.period.last, "class": self.case_class, **more}
        return urlencode({name: value for name, value in given.items() if value})


@for_roles(*READERS)
@require_safe
def units(request: Any) -> HttpResponse:
    """By kind and name; a filter that cannot be is told, and the page stands with the last days."""
    looked, refused = _read(request)
    rows = holding.by_unit(looked.scope, looked.period, case_class=looked.case_class, at=request.at)
    page: dict[str, Any] = {
        "rows": [(row, said(row.name), reverse("desk-unit-cases", args=[row.unit])) for row in rows],
        "place": looked.place,
        "days": telling.named(looked.period),
        "period": looked.period,
        "query": looked.address(),
        "case_class": looked.case_class,
        "classes": [("", say("reports-all-classes")), *_classes()],
        "refused": refused,
        "fewest": FEWEST_COMPARED,
        "most_days": MOST_DAYS,
        "today": local_date(request.at),
    }
    return render(request, "reports/units.html", page, status=422 if refused else 200)


@for_roles(*READERS)  # type: ignore[arg-type]  # it streams
@require_safe
def units_csv(request: Any) -> HttpResponseBase:
    """The table as a file."""
    looked, refused = _read(request)
    if refused:
        raise refused

    def batches() -> Iterator[list[list[Any]]]:
        yield [_cells(row) for row in holding.by_unit(looked.scope, looked.period, case_class=looked.case_class, at=at)]

    at = request.at
    return csv_file(request, f"units-{looked.period.name}", [f"reports-column-{head}" for head in HEADS], batches)


@for_roles(*READERS)
@require_safe
def cases(request: Any, unit: int) -> HttpResponse:
    """The cases behind the numbers of one unit, as far as whoever asks may see them."""
    looked, refused = _read(request)
    if refused:
        raise refused
    name = staff.unit_named(unit)
    if name is None:
        raise Http404
    after = asked.line(request.GET, "after", 20)
    rows = holding.cases_of(unit, looked.scope, looked.period, case_class=looked.case_class, after=after, at=request.at)
    page = {
        "unit": said(name),
        "rows": [(row, _outcome(row)) for row in rows[:MOST_CASES]],
        "days": telling.named(looked.period),
        "query": looked.address(),
        "later": f"?{looked.address(after=rows[MOST_CASES - 1].number)}" if len(rows) > MOST_CASES else "",
    }
    return render(request, "reports/cases.html", page)


def _classes() -> list[tuple[str, str]]:
    """The broad classes by their codes."""
    rows = sorted(catalogue().classes.items())
    return [(code, each.name.said(language())) for code, each in rows if not each.parent]


def _outcome(row: holding.HeldCase) -> Any:
    return say(f"cases-outcome-{row.outcome}") if row.state == "closed" else say(f"cases-state-{row.state}")


def _cells(row: Holding) -> list[Any]:
    share = row.kept_share
    return [
        *(said(row.name), say(f"reports-kind-{row.kind.replace('_', '-')}"), row.cases, row.hours, row.usual_h),
        *(row.longest_h, row.paused_h, row.objected, row.solved, row.explained, row.out_of_scope),
        *(row.measured, row.kept, say("reports-too-few") if share is None else f"{share}%"),
    ]


def _read(request: Any) -> tuple[Looked, Refusal | None]:
    today = local_date(request.at)
    usual = Period(today - timedelta(days=USUAL_DAYS - 1), today)
    scope, place = scope_of(request)
    refused: Refusal | None = None
    try:
        period = _period(request, today)
    except PeriodRefused as refusal:
        period, refused = usual, refusal
    known = catalogue().classes.get(request.GET.get("class", ""))
    return Looked(scope, place, period, known.code if known and not known.parent else ""), refused


def _period(request: Any, today: date) -> Period:
    """The days in the address; one that is none is refused, and not taken for another."""
    found = {name: asked.day(request.GET, name) for name in ("since", "until")}
    for name, day in found.items():
        if day is None and request.GET.get(name):
            raise PeriodRefused(say("reports-no-such-period"), say("reports-no-such-period-try"), name)
    last = found["until"] or today
    return span_of(found["since"] or last - timedelta(days=USUAL_DAYS - 1), last, today)


def scope_of(request: Any) -> tuple[Scope, str]:
    """One's own area; a department sees what it holds itself, wherever that lies."""
    actor = request.actor
    if actor.role is Role.DEPARTMENT:
        return Scope("holder_unit_id", actor.org), said(staff.unit_named(actor.org))
    found = areas.area_in_force(actor.org, local_date(request.at))
    if found is None:
        raise Http404
    return Scope(f"{found.level}_id", found.pk), said(found.name)
