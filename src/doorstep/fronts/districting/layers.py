"""The micro-grids and grids of a plan as GeoJSON: the layers of the map, and the export."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import plans
from doorstep.core.geometry.geojson import feature_collection
from doorstep.fronts.districting.drawing import drawers, own_plan

LAYERS = {"microgrids": plans.microgrid_outlines, "grids": plans.grid_outlines}


@drawers
@require_safe
def of_plan(request: Any, plan: int, level: str) -> HttpResponse:
    found, _ = own_plan(request, plan)
    if level not in LAYERS:
        raise Http404
    response = HttpResponse(feature_collection(LAYERS[level](found.pk)), content_type="application/geo+json")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="plan-{plan}-{level}.geojson"'
    return response
