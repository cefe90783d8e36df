"""What the territory looks like now."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import shapely
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Length, Replace, StrIndex

from doorstep.areas.models import Area as Area
from doorstep.areas.models import BaseMapFeature, Building, Door, Level, Plan
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.geometry.index import AreaIndex


@dataclass(frozen=True)
class Place:
    """A micro-grid and everything above it; a special grid, which has no micro-grids, stands for its own."""

    microgrid: int
    code: str
    grid: int | None
    community: int
    subdistrict: int
    county: int
    name: str = ""


FINEST = (Level.MICROGRID, Level.SPECIAL_GRID)
"""The levels of areas that have none below them: together they tile the ground of a community."""


_OF_PLACE = ("id", "code", "grid_id", "community_id", "subdistrict_id", "county_id", "name")


class Territory:
    """The micro-grids and special grids in force, ready to be asked where a point lies."""

    def __init__(self, version: tuple[object, ...], rows: Sequence[Any]) -> None:
        self.version = version
        self.places = [Place(*(row[column] for column in _OF_PLACE)) for row in rows]
        self.by_code = {place.code: place for place in self.places}
        self.by_id = {place.microgrid: place for place in self.places}
        self.index = AreaIndex(shapely.from_wkb([bytes(row["outline"]) for row in rows])) if rows else None

    def at(self, lon: float, lat: float) -> tuple[Place | None, float]:
        """The micro-grid of a point in WGS 84, and how many metres inside its border the point lies."""
        if self.index is None:
            return None, 0.0
        found = self.index.find(lon, lat)
        if found.index is None:
            return None, 0.0
        return self.places[found.index], max(0.0, found.margin_m)


_lock = threading.Lock()
_territory: Territory | None = None


def territory(today: date) -> Territory:
    """The micro-grids and special grids in force on this day; built once a process, and again with every plan."""
    global _territory
    version = (today, _plans_in_force())
    if _territory is None or _territory.version != version:
        with _lock:
            rows = (
                in_force(today)
                .filter(level__in=FINEST)
                .exclude(outline=None)
                .order_by("code")
                .values(*_OF_PLACE, "outline")
            )
            _territory = Territory(version, list(rows))
    return _territory


def place_at(lon: float, lat: float, today: date) -> Place | None:
    """Where a point lies, for whoever asks. Plans are not for everybody's eyes, since drafts are among them."""
    with acting_as(WORKER):
        return territory(today).at(lon, lat)[0]


def _plans_in_force() -> str:
    """What tells whether a plan has come into force or gone out. A city has a thousand: the database sums them up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT md5(string_agg(id::text, ' ' ORDER BY id)) FROM areas_plan WHERE state = 'in_force'")
        return str(cursor.fetchone()[0])


def in_force(today: date) -> QuerySet[Area]:
    """Areas that exist on this day."""
    return Area.objects.filter(Q(valid_from=None) | Q(valid_from__lte=today)).filter(
        Q(valid_until=None) | Q(valid_until__gt=today)
    )


def door(code: str) -> Door | None:
    """The entrance or station with this code, unless it was retired."""
    return Door.objects.filter(code=code, retired_at=None).select_related("community").first()


def door_numbered(door: int) -> Door | None:
    """The entrance or station with this id."""
    return Door.objects.filter(pk=door).first()


def children(area: int | None, today: date) -> list[Area]:
    """The areas directly below one, or the counties."""
    return list(in_force(today).filter(parent=area).defer("outline").order_by("code"))


def home_county() -> int | None:
    """The county whose command centre answers for reports that nobody could place: the only one, or the first."""
    return (
        Area.objects.filter(level=Level.COUNTY, id__in=Plan.objects.values("community__county"))
        .order_by("code")
        .values_list("id", flat=True)
        .first()
    )


def served_communities(today: date) -> list[Area]:
    """The communities that are divided into grids, so that a report from there finds somebody."""
    grids = in_force(today).filter(community=OuterRef("pk"), level__in=[Level.GRID, Level.SPECIAL_GRID])
    return list(
        in_force(today)
        .filter(Exists(grids), level=Level.COMMUNITY)
        .defer("outline")
        .select_related("subdistrict")
        .defer("subdistrict__outline")
        .order_by("code")
    )


def communities_in(org: int, today: date) -> list[Area]:
    """The communities inside an area, itself included."""
    inside = Q(pk=org) | Q(county=org) | Q(subdistrict=org)
    return list(in_force(today).filter(inside, level=Level.COMMUNITY).defer("outline").order_by("code"))


SHORTEST_NAME = 3


def doors_named_in(words: str, community: int | None = None) -> list[Door]:
    """The doors whose names stand in the words, blanks aside: the longest name, which says most, at its doors."""
    doors = Door.objects.filter(retired_at=None)
    if community is not None:
        doors = doors.filter(community=community)
    found = list(
        doors.annotate(bare=Replace(F("name"), Value(" "), Value("")))
        .annotate(there=StrIndex(Value("".join(words.split())), F("bare")), length=Length("bare"))
        .filter(there__gt=0, length__gte=SHORTEST_NAME)
        .select_related("community")
        .defer("community__outline")
        .order_by("-length", "code")[:5]
    )
    return [door for door in found if door.length == found[0].length]


class Named(NamedTuple):
    """An area by its code, its name, and the name of the area above it."""

    id: int
    code: str
    name: str
    above: str


def microgrids(community: int | None, today: date) -> list[Named]:
    """The micro-grids of a community in the order of their codes, and its special grids, which have none."""
    if community is None:
        return []
    rows = in_force(today).filter(community=community, level__in=FINEST).order_by("code")
    return [Named(*row) for row in rows.values_list("id", "code", "name", "parent__name")]


def below(area: int | None, today: date) -> list[Named]:
    """The areas directly below one, with its own name above them."""
    if area is None:
        return []
    rows = in_force(today).filter(parent=area).order_by("code")
    return [Named(*row) for row in rows.values_list("id", "code", "name", "parent__name")]


GROUND = {"roads": ("road", "path", "railway"), "water": ("water",), "green": ("green",), "buildings": ()}
"""The layers on which a map is drawn, and the kinds of features in each; buildings have a table of their own."""


def ground(community: int, layer: str) -> str:
    """One layer of a community's map as GeoJSON."""
    if layer == "buildings":
        shapes = Building.objects.filter(community=community, removed_at=None).values_list("footprint", flat=True)
        return feature_collection([(shape, {}) for shape in shapes])
    rows = BaseMapFeature.objects.filter(community=community, kind__in=GROUND[layer]).values_list("shape", "kind")
    return feature_collection([(shape, {"kind": kind}) for shape, kind in rows])


def is_inside(area: int, above: int | None) -> bool:
    """Whether an area lies inside another, at any depth."""
    return Area.objects.filter(Q(county=above) | Q(subdistrict=above) | Q(community=above), pk=area).exists()


def doors_of(community: int, *, retired: bool = False) -> list[Door]:
    """The entrances and stations of a community that have a code, by name."""
    doors = Door.objects.filter(community=community).order_by("name", "id")
    return list(doors if retired else doors.filter(retired_at=None))


class Above(NamedTuple):
    """An area and what lies above it, as a report names them."""

    county: int | None
    subdistrict: int | None
    community: int | None


def above(area: int) -> Above | None:
    """Where in the territory an area lies, itself included."""
    row = Area.objects.filter(pk=area).values_list("level", "county", "subdistrict", "community").first()
    if row is None:
        return None
    level, county, subdistrict, community = row
    match level:
        case Level.COUNTY:
            return Above(area, None, None)
        case Level.SUBDISTRICT:
            return Above(county, area, None)
    return Above(county, subdistrict, area if level == Level.COMMUNITY else community)


class Outline(NamedTuple):
    """An area and its shape, in WKB and degrees of WGS 84."""

    pk: int
    code: str
    name: str
    households: int | None
    outline: bytes


def outlines(inside: Area, level: str, today: date) -> list[Outline]:
    """The grids or micro-grids inside an area, or the area itself, with their shapes, by code.

    Special grids are told with micro-grids: they have none.
    """
    bound = (
        Q(**{inside.level: inside.pk}) | Q(pk=inside.pk) if inside.level in {"community", "grid"} else Q(pk=inside.pk)
    )
    levels = FINEST if level == Level.MICROGRID else (level,)
    rows = in_force(today).filter(bound, level__in=levels).exclude(outline=None).order_by("code")
    found = rows.values_list("id", "code", "name", "households", "outline")
    return [Outline(pk, code, name, households, bytes(shape or b"")) for pk, code, name, households, shape in found]


def area_in_force(area: int, today: date) -> Area | None:
    """An area that exists on this day, without its shape."""
    return in_force(today).filter(pk=area).defer("outline").first()


def community_of(area: int | None, today: date) -> int | None:
    """The community in which an area of this day lies, or which it is."""
    return in_force(today).filter(pk=area).values_list("community", flat=True).first() if area is not None else None


def ancestors(area: Area) -> list[Area]:
    """What an area lies in, from above."""
    levels = (area.county_id, area.subdistrict_id, area.community_id, area.grid_id)
    wanted = [each for each in levels if each is not None and each != area.pk]
    return list(Area.objects.filter(pk__in=wanted).defer("outline").order_by("code"))


class Housing(NamedTuple):
    """A building people live in, how many entrances it has, and how many of them have a code."""

    id: int
    name: str
    entrances: int
    doors: int


def housing(community: int) -> list[Housing]:
    """The buildings of a community that people live in, by name."""
    in_use = Door.objects.filter(building=OuterRef("pk"), retired_at=None).order_by().values("building")
    rows = (
        Building.objects.filter(community=community, removed_at=None, dwellings__gt=0)
        .annotate(doors=Coalesce(Subquery(in_use.annotate(count=Count("id")).values("count")), 0))
        .order_by("name", "id")
        .values_list("id", "name", "address", "entrances", "doors")
    )
    return [
        Housing(number, name or address or str(number), max(entrances or 1, 1), doors)
        for number, name, address, entrances, doors in rows
    ]


def coded(code: str, today: date) -> Area | None:
    """The area with this code that exists on this day, without its shape."""
    return in_force(today).filter(code=code).defer("outline").first()


class Described(NamedTuple):
    """An area as its neighbours know it."""

    name: str
    code: str
    grid: str | None
    community: str | None
    households: int | None


def described(area: int) -> Described | None:
    """The names around an area, and how many households it has."""
    row = (
        Area.objects.filter(pk=area).values_list("name", "code", "grid__name", "community__name", "households").first()
    )
    return None if row is None else Described(*row)


def with_code(code: str, today: date) -> int | None:
    """The area in force with this code."""
    return in_force(today).filter(code=code).values_list("id", flat=True).first() if code else None


def at_point(lon: float, lat: float, today: date) -> list[Area]:
    """The areas in which a point of WGS 84 lies, the largest first."""
    # Plans are not for everybody's eyes, since drafts are among them; where a point lies is.
    with acting_as(WORKER):
        place, _ = territory(today).at(lon, lat)
    if place is None:
        return []
    levels = (place.county, place.subdistrict, place.community, place.grid, place.microgrid)
    found = [each for each in levels if each is not None]
    return list(Area.objects.filter(pk__in=found).defer("outline").order_by("code"))
