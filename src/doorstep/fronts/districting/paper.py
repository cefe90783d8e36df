"""The sheets of a plan's grids as PDF: one grid, or all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import paper, plans
from doorstep.areas import queries as areas
from doorstep.areas.writers import sheets as writer
from doorstep.areas.writers.sheets import Held
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.districting.places import drawers, own_plan
from doorstep.fronts.staff.frame import title_of
from doorstep.fronts.templatetags.words import day
from doorstep.staff import posts

NAMED: Final = ("grid_lead", "grid_worker", "liaison")
"""The posts that stand on a sheet for the wall, in this order; nobody's number does."""


@drawers
@require_safe
def sheets(request: Any, plan: int) -> HttpResponse:
    """`grid` in the address is the number of one grid; without it there are all."""
    found, _ = own_plan(request, plan)
    grid = asked.number(request.GET, "grid")
    gathered = paper.grid_sheets(
        found, grid, place=_place(found), state=_state(found), held=_held(found, request) if _is_now(found) else {}
    )
    name = f"plan-{plan}-sheets.pdf" if grid is None else f"plan-{plan}-grid-{grid}.pdf"
    return HttpResponse(
        writer.sheets(gathered, day(local_date(request.at))),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


def _is_now(plan: plans.Plan) -> bool:
    return plan.state == "in_force"


def _place(plan: plans.Plan) -> str:
    """The community with what it lies in."""
    return " ".join([*(area.name for area in areas.ancestors(plan.community)), plan.community.name])


def _state(plan: plans.Plan) -> str:
    if plan.in_force_from is None:
        return text("paper-draft")
    if plan.in_force_until is not None:
        return text(say("paper-past", **{"from": day(plan.in_force_from), "until": day(plan.in_force_until)}))
    return text("paper-in-force" if _is_now(plan) else "paper-from", day=day(plan.in_force_from))


def _held(plan: plans.Plan, request: Any) -> dict[str, Sequence[Held]]:
    """Who serves each grid and micro-grid that is in force now, by its code."""
    now = plans.areas_in_force(plan.community_id)
    rows = posts.held_in([area.pk for area in now.values()], local_date(request.at))
    found: dict[str, list[tuple[int, Held]]] = {}
    for row in rows:
        if row.kind in NAMED:
            name = row.person + (text("parts-invented") if row.is_invented else "")
            held = Held(str(title_of(row.kind, row.title)), name)
            found.setdefault(row.area_code, []).append((NAMED.index(row.kind), held))
    return {code: [held for _, held in sorted(own)] for code, own in found.items()}
