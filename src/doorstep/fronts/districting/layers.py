"""The micro-grids and grids of a plan as GeoJSON: the layers of the map, and the export."""

from __future__ import annotations

import shapely
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import plans
from doorstep.areas.models import PlanPiece
from doorstep.core.access import Role
from doorstep.core.geometry.geojson import feature_collection
from doorstep.fronts.entering import for_roles


@for_roles(Role.COMMUNITY, Role.COUNTY, Role.SUBDISTRICT)
@require_safe
def of_plan(request: HttpRequest, plan: int, level: str) -> HttpResponse:
    pieces = plans.pieces_of(plan)
    if not pieces or level not in {"microgrids", "grids"}:
        raise Http404
    features = [(bytes(piece.outline), _facts(piece)) for piece in pieces] if level == "microgrids" else _grids(pieces)
    response = HttpResponse(feature_collection(features), content_type="application/geo+json")
    if "download" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="plan-{plan}-{level}.geojson"'
    return response


def _facts(piece: PlanPiece) -> dict[str, object]:
    return {
        "code": piece.code,
        "name": f"{piece.grid_number}-{piece.microgrid_number}",
        "households": piece.households,
        "in_range": piece.certificate is None,
    }


def _grids(pieces: list[PlanPiece]) -> list[tuple[bytes, dict[str, object]]]:
    inside: dict[str, list[PlanPiece]] = {}
    for piece in pieces:
        inside.setdefault(piece.code[:15], []).append(piece)
    return [
        (
            shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb([bytes(each.outline) for each in group]))),
            {"code": code, "name": str(group[0].grid_number), "households": sum(each.households for each in group)},
        )
        for code, group in inside.items()
    ]
