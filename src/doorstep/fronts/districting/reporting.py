"""The report of a plan: shown as a page, or given as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas.plan_report import report_of_plan
from doorstep.areas.writers import report as writer
from doorstep.areas.writers.report_parts import POLICY
from doorstep.fronts.districting.places import drawers, own_plan


@drawers
@require_safe
def report(request: Any, plan: int, form: str) -> HttpResponse:
    """One page that needs nothing else, or the same as JSON; `download` in the address makes a file of it."""
    found, _ = own_plan(request, plan)
    if form not in ("html", "json"):
        raise Http404
    told = report_of_plan(found)
    if form == "json":
        response = HttpResponse(writer.as_json(told), content_type="application/json")
    else:
        response = HttpResponse(writer.as_html(told), content_type="text/html; charset=utf-8")
        response["Content-Security-Policy"] = POLICY
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="plan-{plan}-report.{form}"'
    return response
