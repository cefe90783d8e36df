"""The page of liaisons and volunteers: who serves their micro-grid, and how much is open. No case, no household."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import neighbours
from doorstep.cases.neighbourhood import counts_around
from doorstep.core.access import Role
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Seat
from doorstep.fronts.staff import called
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import posts

TOLD = frozenset({"ready", "taken-back", "not-now"})


@for_roles(Role.NEIGHBOUR)
@require_safe
def neighbourhood(request: Any) -> HttpResponse:
    """Everything a neighbour in a post needs to know."""
    around = request.actor.org
    rows = posts.serving(around, local_date(request.at)) if around else []
    told = request.GET.get("done", "")
    page = {
        "calls": [called.shown(each) for each in neighbours.calls_on(request.actor, request.at)],
        "own": neighbours.own_readiness(request.actor, request.at),
        "told": say(f"neighbours-told-{told}") if told in TOLD else "",
        "area": areas.described(around) if around else None,
        "counts": counts_around(around) if around else None,
        "seats": [Seat(title_of(row.kind, row.title), row.person, row.area, invented=row.is_invented) for row in rows],
    }
    return render(request, "staff/neighbourhood.html", page)
