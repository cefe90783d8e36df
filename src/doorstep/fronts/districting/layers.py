"""The micro-grids and grids of a plan as GeoJSON: the layers of the map, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import drafts, moves, plans, special_grids
from doorstep.core.geometry.geojson import feature_collection
from doorstep.fronts.districting.places import drawers, own_plan

OF_DRAFTS = {"atoms": drafts.atom_cells, "draft": drafts.outlines_now}
LAYERS = {
    "microgrids": plans.microgrid_outlines,
    "grids": plans.grid_outlines,
    "special": special_grids.outlines_of_plan,
}
OF_PLANS = {"moved": moves.moved_footprints}


@drawers
@require_safe
def of_plan(request: Any, plan: int, level: str) -> HttpResponse:
    found, _ = own_plan(request, plan)
    shapes: Sequence[plans.Shape]
    if level in OF_DRAFTS:
        shapes = OF_DRAFTS[level](drafts.draft(found))
    elif level in OF_PLANS:
        shapes = OF_PLANS[level](found)
    elif level in LAYERS:
        shapes = LAYERS[level](found.pk)
    else:
        raise Http404
    response = HttpResponse(feature_collection(shapes), content_type="application/geo+json")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="plan-{plan}-{level}.geojson"'
    return response
