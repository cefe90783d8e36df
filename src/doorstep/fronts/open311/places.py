"""Where a jurisdiction is, and where a request lies: areas and doors by their codes, points in degrees of WGS 84."""

from __future__ import annotations

import math
from typing import Any, Final

from doorstep.areas import queries as areas
from doorstep.areas.published import Published, published
from doorstep.cases.actions.report import Place
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts.open311.entering import CallRefused, NotThere, Request

JURISDICTIONS: Final = ("county", "subdistrict", "community")
NEAR_M: Final = 500.0
FARTHEST_M: Final = 20_000.0
_METRES_A_DEGREE: Final = 110_574.0


def jurisdiction(request: Request) -> Any:
    """The county, subdistrict or community that the call names by its code; None where it names none."""
    code = request.asked.one("jurisdiction_id")
    if not code:
        return None
    with acting_as(ANONYMOUS):
        found = areas.coded(code, local_date(request.at))
    if found is None or found.level not in JURISDICTIONS:
        raise NotThere(say("georeport-no-jurisdiction"), say("georeport-no-jurisdiction-try"), "jurisdiction_id")
    return found


def shown(request: Request) -> Published:
    """The micro-grids by whose points cases are shown."""
    return published(local_date(request.at))


def point(request: Request) -> tuple[float, float] | None:
    """Longitude and latitude; both or neither."""
    lat, lon = request.asked.number("lat", -90, 90), request.asked.number("long", -180, 180)
    if (lat is None) != (lon is None):
        missing = "lat" if lat is None else "long"
        raise CallRefused(say("georeport-half-a-point"), say("georeport-half-a-point-try"), missing)
    return None if lat is None or lon is None else (lon, lat)


def near(request: Request) -> list[int] | None:
    """The micro-grids whose point lies within `radius` metres of the point; None where none is named."""
    middle = point(request)
    radius_m = request.asked.number("radius", 1, FARTHEST_M) or NEAR_M
    if middle is None:
        return None
    lon, lat = middle
    up = radius_m / _METRES_A_DEGREE
    across = min(180.0, up / max(0.01, math.cos(math.radians(lat))))
    found = shown(request).near(lon, lat, radius_m, (lon - across, lat - up, lon + across, lat + up))
    return list(found)


def place(request: Request) -> Place:
    """Where a new request lies: a point, a door or community by its code (`address_id`), or words alone."""
    middle = point(request)
    words, address = request.asked.one("address_string")[:200], request.asked.one("address_id")
    if middle is None and not words and not address:
        raise CallRefused(say("georeport-no-place"), say("georeport-no-place-try"), "lat")
    lon, lat = middle or (None, None)
    door, area = _addressed(address, request) if address else (None, None)
    area = _within(request, door.community if door else area or jurisdiction(request))
    return Place(
        lon, lat, None, door.pk if door else None,
        _at(area, "community"), _at(area, "subdistrict"), _at(area, "county"), words,
    )  # fmt: skip


def _addressed(code: str, request: Request) -> tuple[Any, Any]:
    with acting_as(ANONYMOUS):
        door = areas.door(code)
        area = areas.coded(code, local_date(request.at)) if door is None else None
    if door is None and (area is None or area.level not in JURISDICTIONS):
        raise CallRefused(say("georeport-no-address-id"), say("georeport-no-address-id-try"), "address_id")
    return door, area


def _within(request: Request, area: Any) -> Any:
    """An area inside the partner's own, which it is where none is named."""
    partner = request.partner
    if partner is None:
        return area
    with acting_as(ANONYMOUS):
        own = areas.area_in_force(partner.org, local_date(request.at))
    if area is None:
        return own
    if partner.org not in {area.pk, area.county_id, area.subdistrict_id, area.community_id}:
        raise CallRefused(say("exchange-outside", code=area.code), say("exchange-outside-try"), "jurisdiction_id")
    return area


def _at(area: Any, level: str) -> int | None:
    """The area's own id at its level, or that of what lies above it."""
    if area is None:
        return None
    found: int | None = area.pk if area.level == level else getattr(area, f"{level}_id")
    return found
