import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street

from doorstep.engines.districting.atoms import WHOLE
from doorstep.engines.districting.certificate import Proof
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import ReasonKind
from doorstep.engines.districting.problem import Bounds, Buildings
from doorstep.engines.districting.wrong import DistrictingError

SMALL = {"bounds": Bounds(5, 10, 7), "grid_bounds": Bounds(20, 40, 30), "effort": "quick"}


def sizes(division):
    return [piece.households for piece in division.microgrids]


def kinds(piece):
    return {reason.kind for reason in piece.reasons}


def assert_sound(division, buildings):
    """What holds for every answer, whatever was asked."""
    atoms = division.atoms
    assert sorted(np.unique(atoms.building).tolist()) == list(range(len(buildings)))
    assert (np.bincount(atoms.building, atoms.households) == buildings.households).all()
    assert (np.bincount(division.microgrid, atoms.households, len(division.microgrids)) == sizes(division)).all()
    assert [piece.grid for piece in division.microgrids] == sorted(piece.grid for piece in division.microgrids)
    for level, bounds in ((division.microgrids, division.bounds), (division.grids, division.grid_bounds)):
        polygons = [piece.polygon for piece in level]
        parts = shapely.get_parts(polygons)
        assert shapely.coverage_is_valid(parts)
        assert np.isclose(shapely.area(parts).sum(), shapely.union_all(parts).area, rtol=1e-9)
        for piece in level:
            if bounds.unit == "households":
                assert piece.is_in_range == bounds.holds(piece.households)
            assert piece.is_in_range != bool(
                kinds(piece) & {ReasonKind.PROVED_OUT_OF_RANGE, ReasonKind.OUT_OF_RANGE_UNPROVED}
            )
            assert (piece.certificate is not None) == (ReasonKind.PROVED_OUT_OF_RANGE in kinds(piece))


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200), st.integers(0, 14)), min_size=1, max_size=15))
def test_whatever_the_houses_each_is_in_one_piece_and_pieces_tile_the_ground(houses):
    xy, households = np.array(houses)[:, :2], np.array(houses)[:, 2]
    buildings = Buildings(xy, households)
    division = divide(buildings, **SMALL)
    assert_sound(division, buildings)
    assert all(piece.certificate for piece in division.microgrids if not piece.is_in_range)


def test_a_street_is_cut_into_pieces_in_range_numbered_from_west_to_east():
    buildings = a_street([3] * 20)
    division = divide(buildings, **SMALL)
    assert_sound(division, buildings)
    assert all(piece.is_in_range for piece in (*division.microgrids, *division.grids))
    assert division.households == 60
    west_to_east = [piece.polygon.centroid.x for piece in division.microgrids]
    assert west_to_east == sorted(west_to_east)
    codes = division.microgrid_codes("321102001005")
    assert codes == sorted(set(codes))
    assert codes[0] == "32110200100500101"
    assert division.grid_codes("321102001005")[0] == "321102001005001"


def test_the_cost_of_a_piece_is_that_of_the_whole_by_the_pieces_wished_for():
    division = divide(a_street([7] * 6), **SMALL)
    assert division.cost_per_piece == pytest.approx(division.cost / 6)
    assert 0 < division.cost_per_piece < 3


def test_the_same_seed_gives_the_same_answer_and_another_may_not():
    buildings = a_quarter(30)
    one, same = divide(buildings, effort="quick", seed=5), divide(buildings, effort="quick", seed=5)
    assert (one.microgrid == same.microgrid).all()
    assert (one.grid == same.grid).all()
    assert one.cost == same.cost
    assert all(a.polygon.equals(b.polygon) for a, b in zip(one.microgrids, same.microgrids, strict=True))


def test_a_shop_belongs_to_the_piece_that_it_stands_in():
    buildings = a_street([4, 0, 4, 4, 0, 4])
    division = divide(buildings, **SMALL)
    assert_sound(division, buildings)
    for row in (1, 4):
        mine = division.microgrids[int(division.microgrid[division.atoms.building == row][0])]
        assert mine.polygon.covers(shapely.Point(buildings.xy[row]))


def test_a_place_where_nobody_lives_is_one_piece_with_the_reason():
    buildings = a_street([0, 0, 0])
    division = divide(buildings)
    assert_sound(division, buildings)
    (piece,) = division.microgrids
    assert piece.certificate.proof is Proof.TOO_FEW
    assert not division.grids[0].is_in_range
    as_a_number = divide(buildings, grid_bounds=Bounds(1, 4, unit="microgrids"))
    assert as_a_number.grids[0].is_in_range


def test_one_building_below_the_bound_is_one_piece_with_the_reason():
    division = divide(a_street([30]))
    assert sizes(division) == [30]
    assert division.microgrids[0].certificate.proof is Proof.TOO_FEW
    assert division.microgrids[0].certificate.about.tolist() == [0]
    assert division.grids[0].certificate.proof is Proof.TOO_FEW


def test_one_tower_above_the_bound_is_cut_by_floors():
    tower = Buildings([[0, 0]], [150], [shapely.box(-9, -9, 9, 9)], floors=[30])
    division = divide(tower)
    assert_sound(division, tower)
    assert len(division.microgrids) == 2
    assert all(piece.is_in_range for piece in division.microgrids)
    floors = sorted(zip(division.atoms.floor_from.tolist(), division.atoms.floor_to.tolist(), strict=True))
    assert floors[0][0] == 1
    assert floors[-1][1] == 30
    assert all(ReasonKind.FLOOR_BANDS in kinds(piece) for piece in division.microgrids)
    assert division.is_floor_band.all()


def test_a_building_of_one_floor_above_the_bound_is_proved_too_large():
    hall = Buildings([[0, 0], [40, 0]], [150, 60], floors=[1, 3])
    division = divide(hall, effort="quick")
    assert_sound(division, hall)
    assert {piece.certificate.proof for piece in division.microgrids if piece.certificate} == {Proof.TOO_LARGE_TO_CUT}
    assert 60 in sizes(division)


def test_floors_are_cut_only_where_a_piece_would_be_out_of_range():
    # 48 and 48 and 48: whole, two pieces in range cannot be made of 144; one floor band puts both right.
    towers = Buildings([[0, 0], [30, 0], [60, 0]], [48, 48, 48], floors=[12, 12, 12])
    division = divide(towers)
    assert_sound(division, towers)
    assert all(piece.is_in_range for piece in division.microgrids)
    cut = np.unique(division.atoms.building[division.is_floor_band])
    assert 1 <= len(cut) <= 2
    easy = divide(Buildings([[0, 0], [30, 0]], [60, 60], floors=[12, 12]))
    assert (easy.atoms.floor_from == WHOLE).all()


def test_single_floors_are_the_last_relief():
    # Bands of up to 25 are 20 + 20 + 20 and 20 + 20 + 20; 120 in three pieces of 35 to 45 needs single floors of 4.
    towers = Buildings([[0, 0], [40, 0]], [60, 60], floors=[15, 15])
    division = divide(towers, bounds=Bounds(39, 41, 40), effort="quick")
    assert_sound(division, towers)
    assert all(piece.is_in_range for piece in division.microgrids)


def test_a_stranded_house_is_proved_so_by_exhaustive_search():
    # The house of 3 fits with neither neighbour, and none of them has a second floor.
    street = a_street([10, 10, 3, 10, 7], floors=[1] * 5)
    division = divide(street, **SMALL)
    assert_sound(division, street)
    out = [piece for piece in division.microgrids if not piece.is_in_range]
    assert [piece.certificate.proof for piece in out] == [Proof.EXHAUSTED]
    assert 2 in out[0].certificate.about.tolist()


def test_an_island_with_too_few_households_is_told_so():
    islands = shapely.MultiPolygon([shapely.box(-10, -10, 70, 10), shapely.box(75, -10, 130, 10)])
    street = a_street([4, 4, 4, 4, 0, 3, 0])
    division = divide(street, boundary=islands, **SMALL)
    assert_sound(division, street)
    (out,) = [piece for piece in division.microgrids if not piece.is_in_range]
    assert out.households == 3
    assert out.certificate.proof is Proof.TOO_FEW
    assert out.certificate.about.tolist() == [5]


def test_no_piece_reaches_over_what_may_not_be_crossed():
    street = a_street([3, 3, 3, 3, 3, 3])
    wall = shapely.LineString([(50, -50), (50, 50)])
    division = divide(street, uncrossable=[wall], **SMALL)
    assert_sound(division, street)
    west = set(division.microgrid[division.atoms.building < 3].tolist())
    east = set(division.microgrid[division.atoms.building >= 3].tolist())
    assert not west & east


def test_a_main_road_is_not_crossed_while_another_cut_does():
    street = a_street([3, 3, 3, 3, 3, 3])
    road = shapely.LineString([(30, -50), (30, 50)])
    division = divide(street, barriers=[road], bounds=Bounds(5, 12, 7), grid_bounds=Bounds(10, 40))
    assert division.microgrid[1] != division.microgrid[2]
    crossed = divide(a_street([3, 3]), barriers=[shapely.LineString([(10, -50), (10, 50)])], **SMALL)
    assert ReasonKind.CROSSES_BARRIER in kinds(crossed.microgrids[0])


def test_what_is_to_be_kept_together_is():
    street = a_street([4, 4, 4, 4])
    division = divide(street, keep_together=[-1, 8, 8, -1], **(SMALL | {"bounds": Bounds(4, 9, 8)}))
    assert_sound(division, street)
    assert division.microgrid[1] == division.microgrid[2]
    assert division.remarks == ()


@pytest.mark.parametrize(
    ("group", "facts"),
    [([5, 5, 5, -1], {"households": 12, "parts": 1}), ([5, -1, 5, -1], {"households": 8, "parts": 2})],
)
def test_what_cannot_be_kept_together_is_told(group, facts):
    division = divide(a_street([4, 4, 4, 4]), keep_together=group, **SMALL)
    (remark,) = division.remarks
    assert remark.kind is ReasonKind.NOT_KEPT_TOGETHER
    assert remark.facts == {"group": 5, "high": 10, **facts}


def test_floors_of_a_building_kept_with_others_are_not_cut():
    towers = Buildings([[0, 0], [30, 0], [60, 0]], [48, 48, 48], floors=[12, 12, 12])
    division = divide(towers, keep_together=[1, 1, -1], effort="quick")
    assert_sound(division, towers)
    assert not division.is_floor_band[division.atoms.building < 2].any()
    assert division.microgrid[0] == division.microgrid[1]


def test_a_building_given_twice_is_counted_twice_and_told():
    twice = Buildings([[0, 0], [0, 0], [30, 0]], [4, 4, 4])
    division = divide(twice, **SMALL)
    assert_sound(division, twice)
    assert [(remark.kind, dict(remark.facts)) for remark in division.remarks] == [
        (ReasonKind.SAME_PLACE, {"building": 1, "same_as": 0})
    ]


def test_everybody_at_one_place_can_still_be_divided():
    crowd = Buildings(np.zeros((12, 2)), [3] * 12)
    division = divide(crowd, **SMALL)
    assert_sound(division, crowd)
    assert all(piece.is_in_range for piece in division.microgrids)


def test_a_compound_split_though_a_piece_could_hold_it_and_one_in_parts_are_told():
    street = a_street([4, 4, 4, 4, 4], compounds=[1, 2, 2, 2, 1])
    division = divide(street, bounds=Bounds(4, 12, 4), grid_bounds=Bounds(4, 40), effort="quick")
    assert any(
        remark.kind is ReasonKind.COMPOUND_IN_PARTS and remark.facts["compound"] == 1 for remark in division.remarks
    )
    split = [
        reason for piece in division.microgrids for reason in piece.reasons if reason.kind is ReasonKind.SPLITS_COMPOUND
    ]
    assert {reason.facts["compound"] for reason in split} >= {1}


def test_an_island_where_nobody_lives_is_told():
    islands = shapely.MultiPolygon([shapely.box(-10, -10, 30, 10), shapely.box(60, -10, 80, 10)])
    division = divide(a_street([4, 4]), boundary=islands, **SMALL)
    assert ReasonKind.IN_SEVERAL_PARTS in kinds(division.microgrids[0])


def test_a_fixed_number_of_micro_grids_a_grid():
    street = a_street([7] * 12)
    division = divide(street, **(SMALL | {"bounds": Bounds(7, 7), "grid_bounds": Bounds(4, 4, unit="microgrids")}))
    assert_sound(division, street)
    assert np.bincount([piece.grid for piece in division.microgrids]).tolist() == [4, 4, 4]
    assert all(piece.is_in_range for piece in division.grids)


def test_a_narrow_band_that_no_number_fills_is_told():
    street = a_street([5] * 4)
    division = divide(street, **(SMALL | {"bounds": Bounds(14, 15)}))
    assert_sound(division, street)
    out = [piece for piece in division.microgrids if not piece.is_in_range]
    assert out
    assert {piece.certificate.proof for piece in out} == {Proof.NO_WHOLE_NUMBER}


def test_more_grids_than_three_digits_number_are_refused(monkeypatch):
    monkeypatch.setattr("doorstep.engines.districting.coding.MOST_GRIDS", 1)
    with pytest.raises(DistrictingError):
        divide(a_street([7] * 12), **SMALL)


def test_progress_is_told_stage_by_stage():
    heard = []
    divide(a_street([5, 5]), progress=lambda stage, part: heard.append((stage, part)), **SMALL)
    assert [stage for stage, _ in heard] == ["atoms", "microgrids", "grids", "polygons", "polygons"]
    assert heard[-1] == ("polygons", 1.0)
