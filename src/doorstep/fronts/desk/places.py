"""Layers of the desk's maps: the micro-grids of a community, and where one case lies."""

from __future__ import annotations

import orjson
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases.whole import place_of
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_roles
from doorstep.fronts.templatetags.words import said

GEOJSON = "application/geo+json"


@require_safe
@for_roles(*sorted(CASE_READERS))
def microgrids(request: HttpRequest, community: int) -> HttpResponse:
    """The micro-grids of a community: public knowledge, without any case."""
    today = local_date(request.at)  # type: ignore[attr-defined]
    found = areas.area_in_force(min(community, 2**62), today)
    if found is None:
        raise Http404(community)
    rows = areas.outlines(found, "microgrid", today)
    body = feature_collection(
        [(row.outline, {"code": row.code, "name": said(row.name), "households": row.households}) for row in rows]
    )
    return HttpResponse(body, content_type=GEOJSON)


@require_safe
@for_roles(*sorted(CASE_READERS))
def place(request: HttpRequest, number: str) -> HttpResponse:
    """Where one case lies, for whoever may see it."""
    point = place_of(number, by=request.actor)  # type: ignore[attr-defined]
    if point is None:
        raise Http404(number)
    pin = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {"words": number, "url": reverse("desk-case", args=[number])},
    }
    body = orjson.dumps({"type": "FeatureCollection", "features": [pin]})
    return HttpResponse(body, content_type=GEOJSON, headers={"Cache-Control": "private, no-store"})


def layers(community: int | None, number: str = "") -> dict[str, str]:
    """The addresses of the layers of a desk's map."""
    if community is None:
        return {}
    ground = {kind: f"{reverse('resident-ground', args=[kind])}?community={community}" for kind in areas.GROUND}
    own = {"microgrids": reverse("desk-microgrids", args=[community])}
    return ground | own | ({"pins": reverse("desk-case-place", args=[number])} if number else {})
