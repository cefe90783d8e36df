"""Dana draws a plan for her community."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import pytest
import shapely
from tests.areas.actions.conftest import build_houses
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas import dividing, plans
from doorstep.areas.actions.drawing import DrawingRefused, Wishes, draw
from doorstep.areas.dividing import DividingTookTooLong
from doorstep.areas.models import Area, BaseMapFeature, Building, Plan, PlanAtom
from doorstep.areas.rules.wishes import WishRefused
from doorstep.core.access import WORKER, acting_as

QUICK = Wishes(effort="quick")


def drawn(town: Town, wishes: Wishes = QUICK, longest_s: float | None = None) -> Plan:
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, wishes, by=dana, at=MORNING, longest_s=longest_s)


def test_every_house_is_in_one_micro_grid_of_fifty_to_a_hundred_households(town: Town) -> None:
    houses = build_houses(town)
    plan = drawn(town)
    with acting_as(WORKER):
        pieces = plans.pieces_of(plan.pk)
        homes = dict(PlanAtom.objects.values_list("building", "piece"))
    assert sorted(homes) == sorted(houses)
    assert sum(piece.households for piece in pieces) == 20 * 30
    assert all(50 <= piece.households <= 100 and piece.certificate is None for piece in pieces)
    assert plan.report["in_range"] == plan.report["microgrids"] == len(pieces)
    assert plan.report["estimated_buildings"] == 20


def test_the_micro_grids_tile_the_ground_and_each_has_seventeen_digits(town: Town) -> None:
    build_houses(town)
    plan = drawn(town)
    with acting_as(WORKER):
        pieces = plans.pieces_of(plan.pk)
        code = Area.objects.get(pk=town.community).code
    outlines = shapely.from_wkb([bytes(piece.outline) for piece in pieces])
    assert shapely.area(outlines).sum() == pytest.approx(shapely.union_all(outlines).area, rel=1e-6)
    assert len({piece.code for piece in pieces}) == len(pieces)
    assert all(piece.code.startswith(code) and len(piece.code) == 17 for piece in pieces)


def test_dwellings_are_counted_where_dana_asks_for_them(town: Town) -> None:
    build_houses(town)
    assert drawn(town).report["households"] == 20 * 30
    assert drawn(town, Wishes(count="dwellings", effort="quick")).report["households"] == 20 * 35


def test_a_draft_changes_nothing_that_is_in_force(town: Town) -> None:
    build_houses(town)
    with acting_as(WORKER):
        before = list(Area.objects.order_by("pk").values_list("pk", "valid_until"))
    assert drawn(town).state == "draft"
    with acting_as(WORKER):
        assert list(Area.objects.order_by("pk").values_list("pk", "valid_until")) == before


def test_a_house_too_far_off_for_fifty_households_comes_with_its_proof(town: Town) -> None:
    build_houses(town, rows=1, columns=1)
    plan = drawn(town)
    with acting_as(WORKER):
        [piece] = plans.pieces_of(plan.pk)
    assert piece.certificate["proof"] == "too-few"
    assert piece.certificate["facts"] == {"total": 30, "low": 50, "high": 100}
    [grid] = plan.report["grids_outside"]
    assert grid["households"] == 30


def test_a_community_without_houses_cannot_be_divided(town: Town) -> None:
    with pytest.raises(DrawingRefused) as refused:
        drawn(town)
    assert refused.value.message.key == "districting-no-buildings"


def test_a_house_that_was_removed_is_not_counted(town: Town) -> None:
    first, *_ = build_houses(town)
    with acting_as(WORKER):
        Building.objects.filter(pk=first).update(removed_at=MORNING)
    assert drawn(town).report["households"] == 19 * 30


@pytest.mark.parametrize("wishes", [Wishes(low=101), Wishes(grid_low=501)])
def test_bounds_out_of_order_are_refused_in_words(town: Town, wishes: Wishes) -> None:
    build_houses(town)
    with pytest.raises(WishRefused) as refused:
        drawn(town, wishes)
    assert refused.value.message.key == "districting-bounds-crossed"


def test_more_micro_grids_than_two_digits_can_number_are_refused(town: Town) -> None:
    build_houses(town, households=1, rows=10, columns=12)
    with pytest.raises(DrawingRefused) as refused:
        drawn(town, Wishes(low=1, high=1, grid_low=1, grid_high=1000, effort="quick"))
    assert refused.value.message.key == "districting-refused"


def test_a_division_that_takes_too_long_is_given_up(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    monkeypatch.setattr(dividing, "LONGEST_S", 0.01)
    with pytest.raises(DividingTookTooLong):
        drawn(town)


def test_whoever_watches_waits_as_long_as_it_takes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    build_houses(town)
    monkeypatch.setattr(dividing, "LONGEST_S", 0.01)
    drawn(town, longest_s=inf)


def test_the_same_question_has_the_same_answer(town: Town) -> None:
    build_houses(town)
    one, other = drawn(town), drawn(town)
    with acting_as(WORKER):
        assert [(p.code, bytes(p.outline)) for p in plans.pieces_of(one.pk)] == [
            (p.code, bytes(p.outline)) for p in plans.pieces_of(other.pk)
        ]


def a_river(town: Town, kind: str = "water") -> None:
    """From north to south between the second and the third of five columns of houses."""
    east = LON + SQUARE_DEG * 2 * 2 / 5
    with acting_as(WORKER):
        BaseMapFeature.objects.create(
            community_id=town.community,
            source_id="osm/way/1",
            kind=kind,
            is_barrier=True,
            shape=shapely.to_wkb(shapely.LineString([(east, LAT - 0.1), (east, LAT + 0.1)])),
        )


def sides(town: Town, plan: Plan) -> list[set[bool]]:
    """For each micro-grid, on which sides of the river its houses stand."""
    east = LON + SQUARE_DEG * 2 * 2 / 5
    found: dict[str, set[bool]] = {}
    with acting_as(WORKER):
        for code, lon in PlanAtom.objects.filter(piece__plan=plan.pk).values_list("piece__code", "building__lon"):
            found.setdefault(code, set()).add(lon > east)
    return list(found.values())


FIVES = Wishes(effort="quick", low=140, high=160, grid_low=140, grid_high=999)
"""Five houses of thirty households each; eight stand west of the river and twelve east of it."""


def test_no_micro_grid_crosses_what_dana_forbids_to_cross(town: Town) -> None:
    build_houses(town)
    a_river(town)
    free, bound = drawn(town, FIVES), drawn(town, replace(FIVES, uncrossable=("water",)))
    assert free.report["in_range"] == 4 and any(len(each) == 2 for each in sides(town, free))
    assert all(len(each) == 1 for each in sides(town, bound))
    assert list(bound.settings["uncrossable"]) == ["water"]
    with acting_as(WORKER):
        proofs = {piece.certificate["proof"] for piece in plans.pieces_of(bound.pk) if piece.certificate}
    assert proofs == {"no-whole-number"}


def test_lines_of_another_kind_may_be_crossed_as_before(town: Town) -> None:
    build_houses(town)
    a_river(town, kind="railway")
    assert drawn(town, replace(FIVES, uncrossable=("water",))).report["in_range"] == 4


def test_only_lines_can_be_forbidden(town: Town) -> None:
    build_houses(town)
    with pytest.raises(WishRefused) as refused:
        drawn(town, Wishes(uncrossable=("green",)))
    assert refused.value.where == "uncrossable"


def test_grids_stay_and_micro_grids_are_drawn_anew_inside_them(town: Town) -> None:
    build_houses(town)
    first = drawn(town)
    with acting_as(WORKER):
        Plan.objects.filter(community=town.community, state="in_force").update(state="past")
        Plan.objects.filter(pk=first.pk).update(state="in_force")
    before = grid_of_houses(first)
    again = drawn(town, Wishes(effort="quick", low=20, high=60, grid_low=300, grid_high=301, grids_stay=True))
    assert grid_of_houses(again) == before and again.report["microgrids"] > first.report["microgrids"]
    other = drawn(town, Wishes(effort="quick", low=20, high=60, grid_low=250, grid_high=350))
    assert grid_of_houses(other).keys() == before.keys()


def grid_of_houses(plan: Plan) -> dict[int, str]:
    with acting_as(WORKER):
        rows = PlanAtom.objects.filter(piece__plan=plan.pk).values_list("building", "piece__code")
        return {building: code[:15] for building, code in rows}


def test_without_a_plan_in_force_there_are_no_grids_to_stay(town: Town) -> None:
    build_houses(town)
    with acting_as(WORKER):
        Plan.objects.filter(community=town.community).update(state="past")
    with pytest.raises(WishRefused) as refused:
        drawn(town, Wishes(grids_stay=True))
    assert refused.value.where == "grids_stay"


def test_each_entrance_is_a_stairwell_of_the_micro_grid_of_its_building(town: Town) -> None:
    houses = build_houses(town)
    with acting_as(WORKER):
        Building.objects.filter(pk=houses[0]).update(name="甲", entrances=4)
        Building.objects.filter(pk=houses[1]).update(name="乙", entrances=None)
    plan = drawn(town)
    with acting_as(WORKER):
        rows = plans.rows_of(Plan.objects.select_related("community").get(pk=plan.pk))
    of = {row.building: row.code for row in rows.homes if row.building}
    four = [row for row in rows.stairwells if row.building == "甲"]
    assert [(row.entrance, row.households, row.code) for row in four] == [
        (1, 7, of["甲"]), (2, 8, of["甲"]), (3, 7, of["甲"]), (4, 8, of["甲"]),
    ]  # fmt: skip
    assert [row.entrance for row in rows.stairwells if row.building == "乙"] == [1]
    assert sum(row.households for row in rows.stairwells) == 600
