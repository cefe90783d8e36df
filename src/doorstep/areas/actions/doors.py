"""Codes for entrances and stations: chance chooses them, so that nobody guesses one, and none names a flat."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from doorstep.areas.entrances import Spot, spots_of
from doorstep.areas.models import Building, Door
from doorstep.areas.plans import plan_in_force
from doorstep.areas.queries import territory
from doorstep.core.access import Actor, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import default_language, say, text
from doorstep.core.time.zone import local_date

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Digits and letters that are not taken for each other, read out or written by hand."""

CODE_LENGTH: Final = 8
MOST_ENTRANCES: Final = 30


class DoorRefused(Refusal):
    """Not an entrance or station of this community."""


def new_code() -> str:
    """A code that nobody has, for all that can be known: one of 30 to the power of 8."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def make_for_buildings(buildings: Sequence[int], *, by: Actor, at: datetime) -> list[Door]:
    """A code for each entrance of these buildings that has none yet; done twice, nothing is made twice."""
    found = list(Building.objects.filter(pk__in=buildings, community=by.org, removed_at=None).order_by("name", "pk"))
    if len(found) < len(set(buildings)):
        raise DoorRefused(say("areas-door-building-elsewhere"), say("areas-door-building-elsewhere-try"), "building")
    spots = _spots(by.org, found)
    named = set(Door.objects.filter(building__in=found, retired_at=None).values_list("building", "name"))
    return _kept(
        [door for building in found for door in _doors(building, spots) if (building.pk, door.name) not in named],
        by=by,
        at=at,
    )


def put_where_homes_are(community: int) -> int:
    """Put the doors of buildings that the plan in force parts where their homes are; how many were elsewhere."""
    doors = list(Door.objects.filter(community=community, building__isnull=False, retired_at=None).order_by("pk"))
    buildings = list(Building.objects.filter(pk__in={door.building_id for door in doors}).order_by("pk"))
    spots, elsewhere = _spots(community, buildings), []
    wanted = {(door.building_id, door.name): door for each in buildings for door in _doors(each, spots)}
    for door in doors:
        like = wanted.get((door.building_id, door.name))
        if like is not None and (like.lon, like.lat) != (door.lon, door.lat):
            door.lon, door.lat = like.lon, like.lat
            elsewhere.append(door)
    Door.objects.bulk_update(elsewhere, ["lon", "lat"], batch_size=500)
    return len(elsewhere)


def _spots(community: int | None, buildings: Sequence[Building]) -> dict[tuple[int, int], Spot]:
    plan = plan_in_force(community) if community else None
    return spots_of(plan.pk, buildings) if plan and buildings else {}


def make_station(name: str, lon: float | None, lat: float | None, *, by: Actor, at: datetime) -> Door:
    """A code for a station; the place is where its cases will lie. Degrees in WGS 84."""
    if not name:
        raise DoorRefused(say("areas-door-nameless"), say("areas-door-nameless-try"), "name")
    elsewhere = DoorRefused(say("areas-door-elsewhere"), say("areas-door-elsewhere-try"), "place")
    if lon is None or lat is None:
        raise elsewhere
    place, _ = territory(local_date(at)).at(lon, lat)
    if place is None or place.community != by.org:
        raise elsewhere
    station = Door(code=new_code(), kind="station", name=name[:160], community_id=by.org, lon=lon, lat=lat)
    return _kept([station], by=by, at=at)[0]


def retire(code: str, *, by: Actor, at: datetime) -> Door:
    """The code on this door is not in use any more; whoever scans it is told and can still report."""
    door = Door.objects.filter(code=code, community=by.org).first()
    if door is None:
        raise DoorRefused(say("areas-door-unknown", code=code), say("areas-door-unknown-try"), "code")
    if door.retired_at is None:
        door.retired_at = at
        door.save(update_fields=["retired_at"])
        audit.deed("door-retired", door.code, by=by, at=at)
    return door


def _doors(building: Building, spots: Mapping[tuple[int, int], Spot]) -> list[Door]:
    """A door for each entrance, on its spot in its own micro-grid; else where the building stands."""
    middle = building.lon, building.lat
    entrances = min(max(building.entrances or 1, 1), MOST_ENTRANCES)
    return [
        Door(
            code=new_code(),
            kind="entrance",
            name=_name(building, number if entrances > 1 else 0),
            community_id=building.community_id,
            building=building,
            lon=spots.get((building.pk, number), middle)[0],
            lat=spots.get((building.pk, number), middle)[1],
        )
        for number in range(1, entrances + 1)
    ]


def _name(building: Building, entrance: int) -> str:
    """What stands on the poster: a name from the data stays in the language of the data."""
    name = building.name or building.address
    name = name or text("areas-door-building", lang=default_language, number=str(building.pk))
    if not entrance:
        return name[:160]
    return text("areas-door-entrance", lang=default_language, building=name[:140], number=str(entrance))


def _kept(doors: list[Door], *, by: Actor, at: datetime) -> list[Door]:
    made = Door.objects.bulk_create(doors)
    for door in made:
        audit.deed("door-made", door.code, by=by, at=at)
    return made
