"""A tower whose homes lie in several micro-grids: whoever scans the code of an entrance is where its homes are."""

from __future__ import annotations

from datetime import date

import shapely
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import approve_as
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas.actions import doors, publishing
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.entrances import spots_of
from doorstep.areas.models import Building, Door, PlanAtom, PlanPiece
from doorstep.areas.queries import territory
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId

TODAY = date(2026, 11, 23)
ENTRANCES = 6


def build_tower(town: Town, **more: object) -> int:
    """One long house of six entrances with 240 homes, among others."""
    tower = build_houses(town)[7]
    lon, lat = LON + SQUARE_DEG, LAT - SQUARE_DEG / 4
    shape = shapely.box(lon - 0.0006, lat - 0.00006, lon + 0.0006, lat + 0.00006)
    told = {"name": "7 号楼", "entrances": ENTRANCES, "floors": 10, "lived_in": 240, "footprint": shapely.to_wkb(shape)}
    with acting_as(WORKER):
        Building.objects.filter(pk=tower).update(**told | {"lon": lon, "lat": lat} | more)
    return tower


def in_force(town: Town) -> int:
    dana = town.actor("dana")
    with acting_as(dana):
        plan = draw(town.community, Wishes(effort="quick"), by=dana, at=MORNING).pk
    approve_as(town, "command", plan)
    with acting_as(town.actor("command")):
        publishing.publish(PlanId(plan), TODAY, by=town.actor("command"), at=MORNING)
    return plan


def make(town: Town, building: int) -> None:
    with acting_as(town.actor("dana")):
        doors.make_for_buildings([building], by=town.actor("dana"), at=MORNING)


def found_and_lived_in(plan: int, building: int) -> list[tuple[str, str]]:
    """For each entrance the micro-grid in which its door lies, and that of most of its homes."""
    with acting_as(WORKER):
        told = []
        for number, door in enumerate(Door.objects.filter(building=building).order_by("name"), start=1):
            place, _ = territory(TODAY).at(door.lon, door.lat)
            rows = PlanAtom.objects.filter(piece__plan=plan, building=building, entrance=number)
            homes: dict[str, int] = {}
            for code, households in rows.values_list("piece__code", "households"):
                homes[code] = homes.get(code, 0) + households
            told.append((place.code if place else "", max(homes, key=lambda code: homes[code])))
    return told


def test_each_door_lies_in_the_micro_grid_of_its_own_entrance(town: Town) -> None:
    tower = build_tower(town)
    plan = in_force(town)
    make(town, tower)
    found = found_and_lived_in(plan, tower)
    assert len(found) == ENTRANCES and len({code for _, code in found}) > 1
    assert all(lies == lives for lies, lives in found)


def test_doors_that_were_there_before_move_with_the_plan(town: Town) -> None:
    tower = build_tower(town)
    make(town, tower)
    with acting_as(WORKER):
        assert len({(door.lon, door.lat) for door in Door.objects.filter(building=tower)}) == 1
        codes = set(Door.objects.filter(building=tower).values_list("code", flat=True))
    found = found_and_lived_in(in_force(town), tower)
    assert all(lies == lives for lies, lives in found)
    with acting_as(WORKER):
        assert set(Door.objects.filter(building=tower).values_list("code", flat=True)) == codes
        # Stations and other houses stay where they are.
        assert doors.put_where_homes_are(town.community) == 0


def test_a_house_in_one_micro_grid_has_its_doors_where_it_stands(town: Town) -> None:
    house = build_houses(town)[0]
    with acting_as(WORKER):
        Building.objects.filter(pk=house).update(entrances=3, name="1 号院")
    in_force(town)
    make(town, house)
    with acting_as(WORKER):
        building = Building.objects.get(pk=house)
        assert {(door.lon, door.lat) for door in Door.objects.filter(building=house)} == {(building.lon, building.lat)}


def test_where_floors_are_shared_the_only_door_is_where_most_homes_are(town: Town) -> None:
    tower = build_tower(town, entrances=1, lived_in=130)
    plan = in_force(town)
    with acting_as(WORKER):
        building = Building.objects.get(pk=tower)
        rows = PlanAtom.objects.filter(piece__plan=plan, building=tower).values_list("piece", "households")
        homes: dict[int, int] = {}
        for piece, households in rows:
            homes[piece] = homes.get(piece, 0) + households
        assert len(homes) > 1
        [(lon, lat)] = spots_of(plan, [building]).values()
        most = PlanPiece.objects.get(pk=max(homes, key=lambda piece: homes[piece]))
    assert shapely.from_wkb(bytes(most.outline)).covers(shapely.Point(lon, lat))
