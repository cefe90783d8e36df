"""The borders of a real community: along roads and between walls, a coverage, with every house where its home is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from tests.areas.actions.test_again import now_in_force, publish
from tests.areas.actions.test_publishing import TODAY
from tests.town import MORNING, Town

from doorstep.areas import drafts, plans
from doorstep.areas.actions import approving, by_hand
from doorstep.areas.actions.by_hand import Asked
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.actions.importing import import_base_map, import_buildings
from doorstep.areas.approvals import Seat
from doorstep.areas.models import Building, Plan, PlanAtom
from doorstep.areas.queries import territory
from doorstep.areas.readers import read_base_map, read_buildings
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import Projection
from doorstep.core.ids import PlanId

OSM = Path(__file__).resolve().parents[3] / "demo" / "data" / "osm"
COMMUNITY = "321102001001"


def outlines(plan: Plan) -> np.ndarray:
    with acting_as(WORKER):
        return np.array([shapely.from_wkb(bytes(piece.outline)) for piece in plans.pieces_of(plan.pk)], dtype=object)


def are_a_coverage(shapes: np.ndarray) -> bool:
    plane = Projection.of(shapely.centroid(shapes[0]).x)
    flat = np.array([plane.flatten(each) for each in shapes], dtype=object)
    whole = shapely.union_all(flat)
    return bool(
        shapely.coverage_is_valid(shapes)
        and shapely.is_valid(shapes).all()
        and shapely.area(flat).sum() == pytest.approx(whole.area, rel=1e-9)
        and not any(len(part.interiors) for part in shapely.get_parts(whole))
    )


@pytest.fixture
def drawn(town: Town) -> tuple[Town, Plan]:
    """The demo's community, drawn."""
    import_buildings(COMMUNITY, read_buildings(OSM / "tsinghua_buildings.overpass.json"), at=MORNING)
    import_base_map(COMMUNITY, read_base_map(OSM / "tsinghua_roads.overpass.json"))
    dana = town.actor("dana")
    with acting_as(dana):
        return town, draw(town.community, Wishes(effort="quick"), by=dana, at=MORNING)


def test_the_borders_of_the_demos_community_leave_no_gap_and_cut_no_house(drawn: tuple[Town, Plan]) -> None:
    town, plan = drawn
    assert plan.report["outlines"] == "footprints"
    shapes = outlines(plan)
    assert are_a_coverage(shapes)
    publish(town, plan)
    assert now_in_force(town).pk == plan.pk
    with acting_as(WORKER):
        rows = list(PlanAtom.objects.filter(piece__plan=plan.pk).values_list("building", "piece__code"))
        codes: dict[int, set[str]] = {}
        for building, code in rows:
            codes.setdefault(building, set()).add(code)
        whole = {building: code for building, (code, *others) in codes.items() if not others}
        now, houses = territory(TODAY), Building.objects.filter(pk__in=whole)
        # The door of a house stands at its middle, a pin anywhere in it: both are where the home is.
        elsewhere = [house.pk for house in houses if now.at(house.lon, house.lat)[0].code != whole[house.pk]]
    assert len(whole) > 500 and elsewhere == []


def test_a_draft_is_in_cells_while_it_is_changed_and_along_the_walls_when_it_is_kept(drawn: tuple[Town, Plan]) -> None:
    town, plan = drawn
    dana = town.actor("dana")
    along_walls = outlines(plan)
    with acting_as(dana):
        found = drafts.draft(Plan.objects.get(pk=plan.pk))
        atom = next(each for each in drafts.atoms_now(found) if each.is_at_edge)
        to = found.beside(atom.code)[0]
        by_hand.take(plan.pk, Asked("move", 0, (atom.position,), to=to, insist=True), by=dana, at=MORNING)
    with acting_as(WORKER):
        assert Plan.objects.get(pk=plan.pk).report["outlines"] == "cells"
    in_cells = outlines(plan)
    assert are_a_coverage(in_cells)
    assert not shapely.equals_exact(along_walls, in_cells).all()
    with acting_as(dana):
        by_hand.take(plan.pk, Asked("undo", 1), by=dana, at=MORNING)
        approving.submit(PlanId(plan.pk), by=dana, at=MORNING, in_post=[Seat("county", None, None)])
    assert shapely.equals(along_walls, outlines(plan)).all()
    with acting_as(dana):
        by_hand.take(plan.pk, Asked("redo", 2), by=dana, at=MORNING)
        by_hand.keep(plan.pk, 3, "两栋楼共用一个门岗", by=dana, at=MORNING)
    with acting_as(WORKER):
        kept = Plan.objects.get(pk=plan.pk)
        assert kept.report["outlines"] == "footprints"
        assert PlanAtom.objects.filter(piece__plan=plan.pk).count() == len(found.kept.node)
    assert are_a_coverage(outlines(kept))
