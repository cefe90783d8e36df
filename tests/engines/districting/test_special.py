import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street
from tests.engines.districting.test_dividing import SMALL, sizes

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.problem import Weights
from doorstep.engines.districting.render import geojson, html_map, png
from doorstep.engines.districting.special import BadSpecial
from doorstep.engines.districting.standing import Standing

COMMUNITY = "321102001005"


def assert_parted(division, buildings, ground=None):
    """Special grids and all others together are one coverage of the ground, and each household is counted once."""
    special = [each.polygon for each in division.special]
    for level in (division.microgrids, division.grids):
        parts = shapely.get_parts([piece.polygon for piece in level] + special)
        assert shapely.coverage_is_valid(parts)
        whole = shapely.union_all(parts)
        assert shapely.area(parts).sum() == pytest.approx(whole.area, rel=1e-6)
        if ground is not None:
            assert whole.area == pytest.approx(ground.area, rel=1e-4)
    inside = np.concatenate([each.buildings for each in division.special] or [np.zeros(0, np.int64)])
    assert len(set(inside.tolist())) == len(inside)
    assert set(division.atoms.building.tolist()) == set(range(len(buildings))) - set(inside.tolist())
    assert sum(sizes(division)) + sum(each.households for each in division.special) == buildings.households.sum()


@pytest.mark.parametrize("outlines", ["cells", "footprints"])
def test_a_hospital_is_cut_out_with_its_ground_and_its_buildings_and_numbered_last(outlines):
    street = a_street([7] * 12)
    hospital = shapely.box(110, -15, 151, 15)
    division = divide(street, special=[hospital], outlines=outlines, **SMALL)
    (grid,) = division.special
    assert_parted(division, street)
    assert grid.buildings.tolist() == [6, 7]
    assert grid.households == 14
    assert grid.polygon.area == pytest.approx(hospital.area, rel=1e-3)
    assert grid.number == max(piece.number for piece in division.grids) + 1
    assert division.special_codes(COMMUNITY) == [f"{COMMUNITY}{grid.number:03d}"]
    assert division.households == 70


def test_no_micro_grid_reaches_over_a_school_that_lies_across_the_ground():
    street = a_street([2] * 8)
    school = shapely.box(70, -40, 80, 40)
    division = divide(street, special=[school], **(SMALL | {"effort": "standard"}))
    assert_parted(division, street)
    west = set(division.microgrid[division.atoms.building < 4].tolist())
    east = set(division.microgrid[division.atoms.building >= 4].tolist())
    assert not west & east


def test_an_empty_building_of_a_special_grid_is_its_own_and_not_of_the_micro_grid_beside():
    street = a_street([7, 7, 0, 7])
    division = divide(street, special=[shapely.box(33, -9, 47, 9)], **SMALL)
    assert_parted(division, street)
    assert division.special[0].buildings.tolist() == [2]
    assert division.special[0].households == 0


@settings(max_examples=20, deadline=None)
@given(
    st.integers(2, 25),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(4, 40)), max_size=3),
    st.sampled_from(["cells", "footprints"]),
    st.booleans(),
)
def test_wherever_special_grids_lie_all_ground_is_covered_once(count, seed, squares, outlines, is_bounded):
    quarter = a_quarter(count, seed, most=9)
    shapes, taken = [], shapely.Polygon()
    for x, y, side in squares:
        square = shapely.affinity.rotate(shapely.box(x, y, x + side, y + side), 10 * seed + x)
        if square.intersection(taken).area == 0:
            shapes.append(square)
            taken = shapely.union(taken, square)
    boundary = shapely.box(-60, -60, 400, 400) if is_bounded else None
    division = divide(quarter, special=shapes, boundary=boundary, outlines=outlines, **SMALL)
    assert len(division.special) == len(shapes)
    assert_parted(division, quarter, boundary)
    for shape, grid in zip(shapes, division.special, strict=True):
        assert shapely.symmetric_difference(shape, grid.polygon).area < 0.5
        middles = shapely.points(quarter.xy[grid.buildings])
        assert shapely.dwithin(shape, middles, 1e-6).all()


def test_where_all_homes_are_special_the_rest_is_one_empty_micro_grid():
    street = a_street([7, 0, 0])
    division = divide(street, special=[shapely.box(-9, -9, 9, 9)])
    assert_parted(division, street)
    assert sizes(division) == [0]
    assert division.special[0].number == 2


def test_special_grids_take_no_number_of_the_plan_in_force():
    street = a_street([7] * 6)
    standing = Standing(range(4), [0] * 4, [0] * 4, [0] * 4, [1, 2, 3, 4], [8] * 4)
    asked = SMALL | {"weights": Weights(moved=1.0)}
    division = divide(street, special=[shapely.box(70, -9, 110, 9)], standing=standing, **asked)
    assert [piece.number for piece in division.grids] == [8]
    assert [each.number for each in division.special] == [9]
    assert len(division.moves) == 0


@pytest.mark.parametrize(
    ("shapes", "rows", "problem"),
    [
        ([shapely.Point(0, 0)], (0,), "no polygons"),
        ([shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])], (0,), "cross their own outline"),
        ([shapely.box(0, 0, 9, 9), shapely.box(20, 0, 29, 9), shapely.box(5, 0, 24, 9)], (0, 1, 2), "overlap"),
    ],
)
def test_special_grids_that_make_no_sense_are_refused_by_position(shapes, rows, problem):
    with pytest.raises(BadSpecial, match=problem) as refused:
        divide(a_street([5, 5]), special=shapes, **SMALL)
    assert refused.value.rows == rows


def test_special_grids_off_the_ground_or_all_over_it_are_refused():
    ground = shapely.box(-30, -30, 50, 30)
    with pytest.raises(BadSpecial, match="outside"):
        divide(a_street([5, 5]), special=[shapely.box(900, 0, 950, 9)], boundary=ground, **SMALL)
    with pytest.raises(BadSpecial, match="no ground"):
        divide(a_street([5, 5]), special=[shapely.box(-99, -99, 99, 99)], boundary=ground, **SMALL)


def test_a_special_grid_is_on_the_map_and_in_the_file():
    street = a_street([7] * 6)
    division = divide(street, special=[shapely.box(50, -9, 70, 9)], **SMALL)
    places = geojson(division, lambda xy: xy / 1e5, COMMUNITY)["features"]
    (special,) = [each["properties"] for each in places if each["properties"]["level"] == "special"]
    assert special == {
        "level": "special",
        "code": division.special_codes(COMMUNITY)[0],
        "number": division.special[0].number,
        "households": 7,
        "buildings": 1,
    }
    words = dict.fromkeys(
        ("language", "title", "microgrid", "grid", "households", "in_range", "out_of_range", "notice"), ""
    )
    assert html_map(division, words).count('class="grid"') == len(division.grids) + 1
    assert png(division, 200).startswith(b"\x89PNG")
