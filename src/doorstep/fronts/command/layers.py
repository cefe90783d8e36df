"""Micro-grids with their open cases, grids, and pins of what one holds oneself, as GeoJSON."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import figures
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.time.zone import local_date
from doorstep.fronts.command.centre import own_area, watchers
from doorstep.fronts.templatetags.words import said


@watchers
@require_safe
def layer(request: Any, area: int, layer: str) -> HttpResponse:
    found = own_area(request, area)
    match layer:
        case "microgrids":
            body = _microgrids(request, found)
        case "grids":
            rows = areas.outlines(found, "grid", local_date(request.at))
            body = feature_collection([(row.outline, {"code": row.code, "name": said(row.name)}) for row in rows])
        case "pins":
            body = _pins(request, found)
        case _:
            raise Http404
    return HttpResponse(body, content_type="application/geo+json")


def _microgrids(request: Any, found: areas.Area) -> str:
    rows = areas.outlines(found, "microgrid", local_date(request.at))
    counts = figures.counts_by_microgrid(found, request.at)
    return feature_collection(
        [
            (
                row.outline,
                {
                    "code": row.code,
                    "name": said(row.name),
                    "households": row.households,
                    "cases": counts.get(row.code, 0),
                    "url": reverse("command-area", args=[row.pk]),
                },
            )
            for row in rows
        ]
    )


def _pins(request: Any, found: areas.Area) -> str:
    """Only for whoever handles the case: a pin tells where somebody lives."""
    held = figures.pins(found, request.actor.unit)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"words": number, "url": reverse("desk-case", args=[number])},
        }
        for lon, lat, number in held
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features}).decode()
