"""The burden meter: what is asked of the grassroots beside cases, by whom and of whom. For everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.catalogue import demands
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts.demands.telling import fields_of, standing_of
from doorstep.fronts.entering import for_the_public
from doorstep.fronts.tables import csv_file

HEADS = ("asker", "level", "to", "demands", "forms", "off-list", "fillings", "minutes")


@for_the_public
@require_safe
def burden(request: HttpRequest) -> HttpResponse:
    """Month by month, and who asks of whom: counts of what is asked, never of people."""
    meter = demands.meter(local_date(request.at))  # type: ignore[attr-defined]
    page = {
        "meter": meter,
        "hours": round(meter.minutes / 60),
        "burdens": [(each, say(f"burden-of-{each.to_level}")) for each in meter.burdens],
        "alive": [(row, say(f"burden-kind-{row.kind}"), say(f"burden-of-{row.to_level}")) for row in meter.alive],
    }
    return render(request, "resident/burden.html", page)


@for_the_public
@require_safe
def demand(request: HttpRequest, demand: int) -> HttpResponse:
    """One of them, with each field, and why what looks held is something new."""
    row = demands.one(demand)
    if row is None:
        raise Http404
    page = {
        "row": row,
        "kind": say(f"burden-kind-{row.kind}"),
        "to": say(f"burden-of-{row.to_level}"),
        "fields": fields_of(row),
        **standing_of(row, local_date(request.at)),  # type: ignore[attr-defined]
    }
    return render(request, "resident/demand.html", page)


@for_the_public  # type: ignore[arg-type]  # it streams
@require_safe
def burden_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The table as open data."""
    meter = demands.meter(local_date(request.at))  # type: ignore[attr-defined]

    def batches() -> Iterator[list[list[Any]]]:
        yield [
            [
                *(each.asker, text(f"burden-level-{each.asker_role}"), text(f"burden-of-{each.to_level}")),
                *(each.demands, each.forms, each.off_list, each.fillings, each.minutes),
            ]
            for each in meter.burdens
        ]

    return csv_file(request, "burden", [f"burden-column-{head}" for head in HEADS], batches)
