"""The daily and weekly report of an area: read on the page, printed, or taken as a table. Nobody has to write it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.areas.queries import Area
from doorstep.cases.reports import DayReport, Period, day_of, period_named, report, week_of
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.cells import harmless
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts.desk.exports import EXCEL
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Figure, Place
from doorstep.fronts.reports import telling
from doorstep.fronts.tables import csv_file
from doorstep.fronts.templatetags.words import said

READERS = (*sorted(DESKS), Role.GRID)


@for_roles(*READERS)
@require_safe
def start(request: Any) -> HttpResponse:
    """Yesterday in one's own area."""
    yesterday = day_of(local_date(request.at) - timedelta(days=1))
    return redirect("desk-report-of", area=request.actor.org, period=yesterday.name)


@for_roles(*READERS)
@require_safe
def read(request: Any, area: int, period: str) -> HttpResponse:
    """One report, in words first."""
    found, days = _asked(request, area, period)
    told = report(found, days, at=request.at)
    today = local_date(request.at)
    later = days.moved(1)
    page = {
        "area": found,
        "level": say(f"command-level-{found.level.replace('_', '-')}"),
        "report": told,
        "days": telling.named(days),
        "kind": say("reports-weekly" if days.is_week else "reports-daily"),
        "sentences": telling.sentences(told),
        "figures": _figures(told),
        "classes": [(telling.class_name(row), row) for row in told.classes],
        "tabs": _tabs(found, days),
        "earlier": _address(found, days.moved(-1)),
        "later": _address(found, later) if later.first <= today else "",
        "crumbs": _crumbs(request, found, days),
        "below": areas.children(found.pk, today) if found.level != "microgrid" else [],
        "own": request.actor.org == found.pk,
    }
    return render(request, "reports/report.html", page)


@for_roles(*READERS)  # type: ignore[arg-type]  # it may stream
@require_safe
def table(request: Any, area: int, period: str, form: str) -> HttpResponseBase:
    """The same as CSV or Excel."""
    found, days = _asked(request, area, period)
    rows = telling.rows(report(found, days, at=request.at))
    heads = [f"reports-column-{head}" for head in telling.HEADS]
    if form == "csv":

        def batches() -> Iterator[list[list[Any]]]:
            yield rows

        return csv_file(request, f"report-{found.code}-{days.name}", heads, batches)
    if form != "xlsx":
        raise Http404
    book = _workbook([[text(head) for head in heads], *rows])
    name = f"report-{found.code}-{days.name}.xlsx"
    return HttpResponse(book, content_type=EXCEL, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def readable_area(request: Any, found: Area | None) -> Area:
    """The area, if it is one's own or lies inside it; otherwise it is not there."""
    if found is None or request.actor.org not in {
        found.pk, found.county_id, found.subdistrict_id, found.community_id, found.grid_id,
    }:  # fmt: skip
        raise Http404
    return found


def _asked(request: Any, area: int, period: str) -> tuple[Area, Period]:
    today = local_date(request.at)
    return readable_area(request, areas.area_in_force(area, today)), period_named(period, today)


def _workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("report")
    for row in rows:
        sheet.append([cell if isinstance(cell, int) else harmless(str(cell)) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _figures(told: DayReport) -> list[Figure]:
    return [
        Figure(say("reports-came"), told.came, name="came"),
        Figure(say("reports-ended"), told.ended, name="ended"),
        Figure(say("reports-open"), told.open, name="open"),
        Figure(say("reports-overdue"), told.overdue, name="overdue", tone="alarm" if told.overdue else "quiet"),
    ]


def _address(area: Area, days: Period) -> str:
    return reverse("desk-report-of", args=[area.pk, days.name])


def _tabs(area: Area, days: Period) -> list[Place]:
    one, seven = day_of(days.first), week_of(days.first)
    return [
        Place(say("reports-daily"), _address(area, one), here=not days.is_week),
        Place(say("reports-weekly"), _address(area, seven), here=days.is_week),
    ]


def _crumbs(request: HttpRequest, found: Area, days: Period) -> list[Place]:
    own = request.actor.org  # type: ignore[attr-defined]
    inside = [
        each for each in areas.ancestors(found)
        if own in {each.pk, each.county_id, each.subdistrict_id, each.community_id, each.grid_id}
    ]  # fmt: skip
    return [Place(said(each.name), _address(each, days)) for each in inside] + [Place(said(found.name), here=True)]
