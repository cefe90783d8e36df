"""The ground of the map, for whoever asked for one: roads, water, green and buildings as GeoJSON."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.fronts import asked
from doorstep.fronts.entering import for_the_public


@for_the_public
@require_safe
def ground(request: HttpRequest, kind: str) -> HttpResponse:
    community = asked.number(request.GET, "community")
    if kind not in areas.GROUND or community is None:
        raise Http404
    response = HttpResponse(areas.ground(community, kind), content_type="application/geo+json")
    response["Cache-Control"] = "public, max-age=3600"
    return response
