"""The public ground: the catalogue, areas and their outlines, where a point lies, doors with their codes."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from ninja import Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.areas.actions import doors
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Kind, Urgency
from doorstep.core.access import Role
from doorstep.core.geometry import Datum
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_readers, for_roles
from doorstep.fronts.open.places import AreaMissing, area_coded
from doorstep.fronts.open.shapes import AreaTold, Code, DatumName, Line, PointSent, PointTold, Sent, Told, Whole

router = Router(tags=["territory"])

GEOJSON: dict[str, Any] = {"responses": {200: {"content": {"application/geo+json": {"schema": {"type": "object"}}}}}}


class Question(Told):
    """One thing an item needs to know, asked once."""

    id: str
    kind: str
    ask: str
    options: dict[str, str]
    required: bool


class Item(Told):
    """What can be asked for; who acts, the nearest first. Only an admitted item may be given to a grid.

    `accept` says when it is taken on, `done` when it is finished; `standards` its codes in published classifications.
    """

    id: str
    name: str
    hint: str
    case_class: str
    kind: Kind
    urgency: Urgency
    who: list[str]
    together_with: list[str]
    admitted: bool
    accept: str
    done: str
    standards: dict[str, str]
    public: bool
    questions: list[Question]


class CaseClass(Told):
    code: str
    name: str
    parent: str


@router.get("/items", response=list[Item])
@for_readers
def list_items(request: Request) -> list[dict[str, Any]]:
    lang = language()
    return [
        {
            "id": item.id,
            "name": item.name.said(lang),
            "hint": item.hint.said(lang),
            "case_class": item.class_code,
            "kind": item.kind,
            "urgency": item.urgency,
            "who": [str(handler) for handler in item.who],
            "together_with": [str(handler) for handler in item.together_with],
            "admitted": item.admitted,
            "accept": item.accept.said(lang) if item.accept else "",
            "done": item.done.said(lang) if item.done else "",
            "standards": {str(standard): code for standard, code in item.standards.items()},
            "public": item.public,
            "questions": [asked_as(each, lang) for each in item.questions],
        }
        for item in catalogue().offered.values()
    ]


def asked_as(question: Any, lang: str) -> dict[str, Any]:
    """One question for a program."""
    return {
        "id": question.id,
        "kind": str(question.kind),
        "ask": question.ask.said(lang),
        "options": {name: words.said(lang) for name, words in question.options},
        "required": question.required,
    }


@router.get("/classes", response=list[CaseClass])
@for_readers
def list_classes(request: Request) -> list[dict[str, str]]:
    lang = language()
    return [
        {"code": each.code, "name": each.name.said(lang), "parent": each.parent}
        for each in catalogue().classes.values()
    ]


class AreaInTree(AreaTold):
    """An area, with the code of the one above it."""

    parent: str | None


@router.get("/areas", response=list[AreaTold])
@for_readers
def list_areas(request: Request, inside: Code | None = None) -> list[Any]:
    above = area_coded(inside, request).pk if inside else None
    return [_area(each) for each in areas.children(above, local_date(request.at))]


@router.get("/areas/at", response=list[AreaTold])
@for_readers
def locate_point(
    request: Request,
    lon: Annotated[float, Field(ge=-180, le=180)],
    lat: Annotated[float, Field(ge=-90, le=90)],
    datum: DatumName = Datum.WGS84,
) -> list[Any]:
    point = PointSent(lon=lon, lat=lat, datum=datum)
    return [_area(each) for each in areas.at_point(*point.degrees(), local_date(request.at))]


@router.get("/areas/{code}", response=AreaInTree)
@for_readers
def show_area(request: Request, code: Code) -> dict[str, Any]:
    found = area_coded(code, request)
    parent = found.parent.code if found.parent else None
    return {**_area(found), "parent": parent}


@router.get("/areas/{code}/outlines", openapi_extra=GEOJSON)
@for_readers
def show_outlines(request: Request, code: Code, level: Literal["community", "grid", "microgrid"] = "microgrid") -> Any:
    found = area_coded(code, request)
    rows = areas.outlines(found, level, local_date(request.at))
    facts = [(bytes(row.outline), {"code": row.code, "name": row.name, "households": row.households}) for row in rows]
    return geojson(feature_collection(facts))


@router.get("/areas/{code}/ground/{layer}", openapi_extra=GEOJSON)
@for_readers
def show_ground(request: Request, code: Code, layer: Literal["roads", "water", "green", "buildings"]) -> Any:
    return geojson(areas.ground(area_coded(code, request).pk, layer))


def geojson(written: str) -> HttpResponse:
    """Shapes as GeoJSON (RFC 7946)."""
    return HttpResponse(written, content_type="application/geo+json")


def _area(area: areas.Area) -> dict[str, Any]:
    return {"code": area.code, "name": area.name, "level": area.level, "households": area.households}


# Doors ----------------------------------------------------------------------------------------------------------------


class Door(Told):
    """An entrance or station with a code, which names no flat; the link is what its QR code says."""

    code: str
    kind: str
    name: str
    community: str
    point: PointTold
    is_retired: bool
    link: str


class Buildings(Sent):
    """Buildings by their numbers; each entrance that has no code yet is given one."""

    buildings: Annotated[list[Whole], Field(min_length=1, max_length=2000)]


class Station(Sent):
    name: Line
    point: PointSent


class Building(Told):
    """A building people live in, its entrances, and how many of them have a code."""

    id: int
    name: str
    entrances: int
    doors: int


@router.get("/doors/{code}", response=Door)
@for_readers
def show_door(request: Request, code: Code) -> dict[str, Any]:
    found = areas.door(code)
    if found is None:
        raise AreaMissing(say("open-door-unknown"), say("open-door-unknown-try"), "code")
    return _door(found, found.community.code)


@router.get("/doors", response=list[Door])
@for_roles(Role.COMMUNITY)
def list_doors(request: Request, retired: bool = False) -> list[dict[str, Any]]:
    return [_door(each, own_code(request)) for each in areas.doors_of(_own(request), retired=retired)]


@router.get("/buildings", response=list[Building])
@for_roles(Role.COMMUNITY)
def list_buildings(request: Request) -> list[dict[str, Any]]:
    return [each._asdict() for each in areas.housing(_own(request))]


@router.post("/doors", response={201: list[Door]})
@for_roles(Role.COMMUNITY)
def make_doors(request: Request, said: Buildings) -> list[dict[str, Any]]:
    made = doors.make_for_buildings(said.buildings, by=request.actor, at=request.at)
    return [_door(each, own_code(request)) for each in made]


@router.post("/stations", response={201: Door})
@for_roles(Role.COMMUNITY)
def make_station(request: Request, said: Station) -> dict[str, Any]:
    lon, lat = said.point.degrees()
    return _door(doors.make_station(said.name, lon, lat, by=request.actor, at=request.at), own_code(request))


@router.delete("/doors/{code}", response={204: None})
@for_roles(Role.COMMUNITY)
def retire_door(request: Request, code: Code) -> None:
    doors.retire(code, by=request.actor, at=request.at)


def _own(request: Request) -> int:
    assert request.actor.org is not None
    return request.actor.org


def own_code(request: Request) -> str:
    """The code of the caller's own area."""
    found = areas.described(_own(request))
    return found.code if found else ""


def _door(door: Any, community: str) -> dict[str, Any]:
    return {
        "code": door.code,
        "kind": door.kind,
        "name": door.name,
        "community": community,
        "point": {"lon": door.lon, "lat": door.lat},
        "is_retired": door.retired_at is not None,
        "link": urljoin(settings.PUBLIC_ADDRESS, f"/d/{door.code}"),
    }
