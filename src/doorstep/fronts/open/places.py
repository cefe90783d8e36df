"""Where something is, as a caller writes it: codes of areas and doors, points with their datum."""

from __future__ import annotations

from typing import Any

from doorstep.areas import queries as areas
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.shapes import Code, Line, PointSent, Sent


class PlaceRefused(Refusal):
    """No such door, or no such area; answered as 422."""

    status = 422


class AreaMissing(Refusal):
    """No such area, or not one of the caller's own; answered as 404."""

    status = 404


class PlaceSent(Sent):
    """All of it may be left out; a door says more than a point, and a point more than words."""

    point: PointSent | None = None
    door: Code | None = None
    community: Code | None = None
    words: Line = ""


def known_door(code: str) -> Any:
    """The door with this code."""
    with acting_as(ANONYMOUS):
        door = areas.door(code)
    if door is None:
        raise PlaceRefused(say("open-door-unknown"), say("open-door-unknown-try"), "place.door")
    return door


def served_community(code: str, request: Request) -> Any:
    """The community with this code, if reports from there find somebody."""
    with acting_as(ANONYMOUS):
        served = {area.code: area for area in areas.served_communities(local_date(request.at))}
    if code not in served:
        raise PlaceRefused(say("open-community-unknown"), say("open-community-unknown-try"), "place.community")
    return served[code]


def area_coded(code: str, request: Request) -> Any:
    """The area with this code that is in force."""
    found = areas.coded(code, local_date(request.at))
    if found is None:
        raise AreaMissing(say("open-area-missing"), say("open-area-missing-try"), "code")
    return found


def own_area(code: str, request: Request) -> Any:
    """The same, if it is the caller's own or lies inside it."""
    found = area_coded(code, request)
    if request.actor.org not in {found.pk, found.county_id, found.subdistrict_id, found.community_id, found.grid_id}:
        raise AreaMissing(say("open-area-missing"), say("open-area-missing-try"), "code")
    return found


def microgrid_at(point: PointSent, request: Request) -> str:
    """The code of the micro-grid in which a point lies; empty where there is none."""
    place, _ = areas.territory(local_date(request.at)).at(*point.degrees())
    return place.code if place else ""
