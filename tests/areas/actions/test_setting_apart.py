"""A hospital in Dana's community becomes a grid of its own: set apart, cut out, published, and ended."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import shapely
from tests.areas.actions.conftest import HOUSE_DEG, build_houses
from tests.areas.plans import approve_as
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas import approvals, plans, special_grids
from doorstep.areas.actions import publishing
from doorstep.areas.actions.drawing import Wishes, draw
from doorstep.areas.actions.setting_apart import Place, SpecialGridRefused, end, set_apart
from doorstep.areas.models import Area, Building, Plan, PlanAtom, PlanSpecial, SpecialGrid
from doorstep.areas.queries import territory
from doorstep.areas.rules.codes import CodeRefused, is_special, special_number
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId
from doorstep.staff.models import Post, Unit

QUICK = Wishes(effort="quick")
TODAY = date(2026, 11, 23)
TOLERANCE_DEG2 = 1e-12


def hospital(buildings: tuple[int, ...] = (), **more: object) -> Place:
    told = {"name": "市第一医院", "led_by": "医院保卫科", "department": "区卫健委"} | more
    return Place(buildings=buildings, **told)  # type: ignore[arg-type]


def apart(town: Town, place: Place) -> SpecialGrid:
    dana = town.actor("dana")
    with acting_as(dana):
        return set_apart(town.community, place, by=dana, at=MORNING)


def drawn(town: Town) -> Plan:
    dana = town.actor("dana")
    with acting_as(dana):
        return draw(town.community, QUICK, by=dana, at=MORNING)


def in_force(town: Town, plan: int) -> None:
    approve_as(town, "command", plan)
    with acting_as(town.actor("command")):
        publishing.publish(PlanId(plan), TODAY, by=town.actor("command"), at=MORNING)


def box(west: float, north: float, east: float, south: float) -> shapely.Polygon:
    """A box in squares of the town."""
    return shapely.box(
        LON + SQUARE_DEG * west, LAT - SQUARE_DEG * south, LON + SQUARE_DEG * east, LAT - SQUARE_DEG * north
    )


def test_chosen_houses_are_cut_out_first_and_nobody_is_counted_in_them(town: Town) -> None:
    houses = build_houses(town)
    special = apart(town, hospital((houses[0], houses[1])))
    plan = drawn(town)
    with acting_as(WORKER):
        [cut] = special_grids.of_plan(plan.pk)
        homes = set(PlanAtom.objects.filter(piece__plan=plan.pk).values_list("building", flat=True))
        pieces = plans.pieces_of(plan.pk)
    assert (cut.code, cut.buildings, cut.households) == ("321102001001901", 2, 60)
    assert homes == set(houses[2:]) and plan.report["households"] == 18 * 30
    assert all(50 <= piece.households <= 100 for piece in pieces)
    assert plan.report["special"] == [{"code": cut.code, "name": "市第一医院", "households": 60, "buildings": 2}]
    assert special.number == 901


def test_micro_grids_and_special_grids_tile_the_ground_together(town: Town) -> None:
    houses = build_houses(town)
    apart(town, hospital((houses[7],)))
    plan = drawn(town)
    with acting_as(WORKER):
        grounds = [bytes(piece.outline) for piece in plans.pieces_of(plan.pk)]
        grounds += [bytes(cut.outline) for cut in special_grids.of_plan(plan.pk)]
        footprint = shapely.from_wkb(bytes(Building.objects.get(pk=houses[7]).footprint))
    shapes = shapely.from_wkb(grounds)
    assert plan.report["outlines"] == "footprints"
    assert shapes[-1].buffer(1e-9).covers(footprint)
    assert shapely.area(shapes).sum() == pytest.approx(shapely.union_all(shapes).area, rel=1e-6)


def test_in_force_it_is_a_grid_with_a_team_and_a_place_where_cases_lie(town: Town) -> None:
    houses = build_houses(town)
    apart(town, hospital((houses[0],)))
    plan = drawn(town)
    with acting_as(WORKER):
        change = plans.change_by(Plan.objects.get(pk=plan.pk))
    assert change.specials == 1 and not change.is_nothing
    in_force(town, plan.pk)
    with acting_as(WORKER):
        area = Area.objects.get(code="321102001001901", valid_until=None)
        place, _ = territory(TODAY).at(LON + SQUARE_DEG * 0.2, LAT)
        unit = Unit.objects.get(area=area)
        kinds = sorted(Post.objects.filter(area=area).values_list("kind", flat=True))
    assert (area.level, area.name, area.households) == ("special_grid", "市第一医院", 30)
    assert place is not None and (place.code, place.grid, place.microgrid) == (area.code, area.pk, area.pk)
    assert unit.kind == "grid_team" and kinds == ["grid_lead", "grid_worker"]


def test_it_keeps_its_code_its_area_and_its_team_in_the_next_plan(town: Town) -> None:
    houses = build_houses(town)
    apart(town, hospital((houses[0],)))
    in_force(town, drawn(town).pk)
    with acting_as(WORKER):
        before = Area.objects.get(code="321102001001901", valid_until=None)
    apart(town, hospital((houses[19],), name="示例菜场"))
    again = drawn(town)
    with acting_as(WORKER):
        assert [each.code for each in special_grids.of_plan(again.pk)] == ["321102001001901", "321102001001902"]
    in_force(town, again.pk)
    with acting_as(WORKER):
        assert Area.objects.get(code="321102001001901", valid_until=None).pk == before.pk
        assert Unit.objects.get(area=before).closed_at is None
        assert Area.objects.get(code="321102001001902", valid_until=None).name == "示例菜场"


def test_one_that_was_ended_is_not_cut_out_and_ends_with_the_next_plan(town: Town) -> None:
    houses = build_houses(town)
    special = apart(town, hospital((houses[0],)))
    in_force(town, drawn(town).pk)
    with acting_as(town.actor("dana")):
        ended = end(town.community, special.pk, at=MORNING)
        assert ended.until_on == TODAY
        with pytest.raises(SpecialGridRefused) as refused:
            end(town.community, special.pk, at=MORNING)
    assert refused.value.message.key == "special-ended-already"
    plan = drawn(town)
    assert plan.report["special"] == [] and plan.report["households"] == 600
    in_force(town, plan.pk)
    with acting_as(WORKER):
        assert not Area.objects.filter(level="special_grid", valid_until=None).exists()
        assert Unit.objects.get(name="市第一医院").closed_at is not None
    # Its number is never given to another place.
    assert apart(town, hospital((houses[5],), name="示例学校")).number == 902


def test_what_is_to_begin_later_and_is_ended_before_leaves_no_day(town: Town) -> None:
    houses = build_houses(town)
    special = apart(town, hospital((houses[0],), from_on=TODAY + timedelta(days=30)))
    with acting_as(town.actor("dana")):
        assert end(town.community, special.pk, at=MORNING).until_on == special.from_on


def test_an_outline_holds_every_building_whose_middle_lies_in_it(town: Town) -> None:
    build_houses(town)
    apart(town, hospital(shape=box(-0.1, -0.1, 0.9, 0.2)))
    with acting_as(WORKER):
        [told] = special_grids.listed(town.community, "321102001001")
    assert (told.buildings, told.households) == (2, 60)
    plan = drawn(town)
    with acting_as(WORKER):
        [cut] = special_grids.of_plan(plan.pk)
    assert (cut.buildings, cut.households) == (2, 60)


@pytest.mark.parametrize(
    ("change", "key", "where"),
    [
        ({"name": " "}, "special-no-name", "name"),
        ({"led_by": ""}, "special-no-led-by", "led_by"),
        ({"department": ""}, "special-no-department", "department"),
        ({"name": "院" * 121}, "special-too-long", "name"),
        ({"buildings": ()}, "special-nothing-chosen", "buildings"),
        ({"buildings": (10**9,)}, "special-unknown-building", "buildings"),
        ({"shape": box(5, 5, 6, 6)}, "special-no-building-inside", "file"),
        ({"shape": box(-1, -1, 3, 3)}, "special-nobody-left", "buildings"),
    ],
)
def test_what_makes_no_sense_is_refused_with_its_field(town: Town, change: dict, key: str, where: str) -> None:
    houses = build_houses(town)
    told = {"buildings": (houses[0],)} | change
    with pytest.raises(SpecialGridRefused) as refused:
        apart(town, hospital(**told))
    assert (refused.value.message.key, refused.value.where) == (key, where)
    with acting_as(WORKER):
        assert not SpecialGrid.objects.exists()


def test_two_special_grids_share_no_ground(town: Town) -> None:
    houses = build_houses(town)
    apart(town, hospital((houses[0],)))
    for place, key in (
        (hospital((houses[0], houses[1])), "special-building-taken"),
        (hospital(shape=box(-0.1, -0.1, 0.9, 0.2)), "special-overlap"),
    ):
        with pytest.raises(SpecialGridRefused) as refused:
            apart(town, place)
        assert refused.value.message.key == key
    # A neighbour takes what is left.
    apart(town, hospital((houses[1],), name="示例学校"))
    with acting_as(WORKER):
        one, other = special_grids.shapes_of(special_grids.kept(town.community))
    assert shapely.intersection(one, other).area <= TOLERANCE_DEG2


def test_a_community_without_houses_has_nothing_to_set_apart(town: Town) -> None:
    with pytest.raises(SpecialGridRefused) as refused:
        apart(town, hospital((1,)))
    assert refused.value.message.key == "districting-no-buildings"


def test_what_was_approved_is_what_is_published_special_grids_too(town: Town) -> None:
    houses = build_houses(town)
    apart(town, hospital((houses[0],)))
    plan = drawn(town)
    with acting_as(WORKER):
        before = approvals.digest_of(plan)
        cut = PlanSpecial.objects.get(plan=plan.pk)
        cut.outline = shapely.to_wkb(shapely.from_wkb(bytes(cut.outline)).buffer(HOUSE_DEG))
        cut.save(update_fields=["outline"])
        assert approvals.digest_of(plan) != before


def test_a_number_is_given_once_and_numbers_come_to_an_end() -> None:
    assert special_number([]) == 901 and special_number([901, 903]) == 902
    with pytest.raises(CodeRefused):
        special_number(range(901, 1000))
    assert is_special("321102001001901") and not is_special("321102001001001") and not is_special("32110200100190101")
