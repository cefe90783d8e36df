"""Which area a point lies in: always what asking every area would have said."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.core.geometry import NOWHERE, AreaIndex, Surety

WEST, SOUTH, EAST, NORTH = 119.40, 32.18, 119.50, 32.24


def tiling(count, seed):
    """Cells that fill the box without gap or overlap."""
    rng = np.random.default_rng(seed)
    seeds = shapely.MultiPoint(rng.uniform((WEST, SOUTH), (EAST, NORTH), (count, 2)))
    box = shapely.box(WEST, SOUTH, EAST, NORTH)
    return shapely.intersection(shapely.get_parts(shapely.voronoi_polygons(seeds, extend_to=box)), box)


def asked_one_by_one(areas, lon, lat):
    inside = [i for i, area in enumerate(areas) if shapely.intersects_xy(area, lon, lat)]
    return inside[0] if inside else None


@pytest.mark.parametrize("count", [1, 2, 30, 400])
def test_a_point_is_in_the_area_that_says_so(count):
    areas = tiling(count, seed=count)
    index = AreaIndex(areas)
    lon, lat = np.random.default_rng(7).uniform((WEST - 0.01, SOUTH - 0.01), (EAST + 0.01, NORTH + 0.01), (3_000, 2)).T
    expected = [asked_one_by_one(areas, x, y) for x, y in zip(lon[:500], lat[:500], strict=True)]
    assert [index.locate(x, y) for x, y in zip(lon[:500], lat[:500], strict=True)] == expected
    many = index.locate_many(lon, lat)
    assert [None if i == NOWHERE else i for i in many[:500]] == expected
    assert (many == NOWHERE).any() and (many != NOWHERE).any()


squares = st.tuples(st.integers(0, 12), st.integers(0, 12), st.integers(1, 5), st.integers(1, 5))


@settings(max_examples=150, deadline=None)
@given(
    squares=st.lists(squares, min_size=1, max_size=9),
    step=st.sampled_from([1.0, 0.5, 0.25]),
    holes=st.booleans(),
)
def test_corners_sides_holes_and_gaps_are_answered_exactly(squares, step, holes):
    """Areas and points on one lattice, so that points fall on corners and sides again and again."""
    taken = shapely.Polygon()
    areas = []
    for x, y, width, height in squares:
        square = shapely.box(x, y, x + width, y + height)
        if holes and min(width, height) > 2:
            square = square.difference(shapely.box(x + 1, y + 1, x + 2, y + 2))
        area = square.difference(taken)
        if area.area > 0:
            area = shapely.MultiPolygon([p for p in shapely.get_parts([area]) if p.geom_type == "Polygon"])
            areas.append(area)
            taken = taken.union(square)
    index = AreaIndex(areas)
    lon, lat = (grid.ravel() for grid in np.meshgrid(np.arange(-1, 18.1, step), np.arange(-1, 18.1, step)))
    many = index.locate_many(lon, lat)
    for x, y, found in zip(lon, lat, many, strict=True):
        touching = {i for i, area in enumerate(areas) if shapely.intersects_xy(area, x, y)}
        one = index.locate(x, y)
        assert (NOWHERE if one is None else one) == found
        assert found == (min(touching) if touching else NOWHERE)


def test_a_point_on_a_border_goes_to_the_earlier_area():
    left, right = shapely.box(119.40, 32.20, 119.41, 32.21), shapely.box(119.41, 32.20, 119.42, 32.21)
    assert AreaIndex([left, right]).locate(119.41, 32.205) == 0
    assert AreaIndex([right, left]).locate(119.41, 32.205) == 0


def test_a_courtyard_that_is_left_out_belongs_to_nobody_or_to_its_own_area():
    around = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    assert AreaIndex([around]).locate(1.5, 1.5) is None
    assert AreaIndex([around, shapely.box(1, 1, 2, 2)]).locate(1.5, 1.5) == 1


def test_a_pin_just_outside_is_given_to_the_nearest_area_and_said_to_be_near():
    index = AreaIndex(tiling(20, seed=1))
    thirty_m_south = SOUTH - 30 / 111_195
    near = index.find(119.45, thirty_m_south, within_m=50)
    assert near.surety is Surety.NEAR
    assert near.margin_m == pytest.approx(-30, abs=0.5)
    assert near.index == index.locate(119.45, SOUTH + 1e-9)
    far = index.find(119.45, thirty_m_south, within_m=20)
    assert (far.index, far.surety, far.margin_m) == (None, Surety.UNKNOWN, float("-inf"))


def test_a_pin_inside_is_sure_and_knows_how_far_the_border_is():
    index = AreaIndex([shapely.box(119.40, 32.20, 119.42, 32.22)])
    found = index.find(119.41, 32.2005)
    assert (found.index, found.surety) == (0, Surety.SURE)
    assert found.margin_m == pytest.approx(0.0005 * 111_195, rel=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 32.2), (119.45, float("inf")), (-170.0, -80.0)])
def test_what_is_no_place_is_nowhere(lon, lat):
    index = AreaIndex(tiling(20, seed=1))
    assert index.locate(lon, lat) is None
    assert index.locate_many([lon, 119.45], [lat, 32.2])[0] == NOWHERE
    assert index.find(lon, lat).index is None


def test_without_areas_nobody_lives_anywhere():
    index = AreaIndex([])
    assert index.locate(119.45, 32.2) is None
    assert index.locate_many([119.45], [32.2]).tolist() == [NOWHERE]
    assert index.find(119.45, 32.2).surety is Surety.UNKNOWN
    assert len(index) == 0


def test_no_points_are_no_trouble():
    assert AreaIndex(tiling(3, seed=2)).locate_many([], []).tolist() == []


def test_areas_come_in_one_row():
    with pytest.raises(ValueError, match="one row"):
        AreaIndex(np.empty((2, 2), dtype=object))
