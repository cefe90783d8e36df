"""The micro-grids and grids of a plan as GeoJSON: the layers of the map, and the export."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import drafts, plans
from doorstep.core.geometry.geojson import feature_collection
from doorstep.fronts.districting.drawing import drawers, own_plan

ATOMS = "atoms"
LAYERS = {"microgrids": plans.microgrid_outlines, "grids": plans.grid_outlines}


@drawers
@require_safe
def of_plan(request: Any, plan: int, level: str) -> HttpResponse:
    found, _ = own_plan(request, plan)
    if level == ATOMS:
        shapes: Sequence[plans.Shape] = drafts.atom_cells(drafts.draft(found))
    elif level in LAYERS:
        shapes = LAYERS[level](found.pk)
    else:
        raise Http404
    response = HttpResponse(feature_collection(shapes), content_type="application/geo+json")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="plan-{plan}-{level}.geojson"'
    return response
