"""The map that is kept: no gap, no overlap, no house cut, along the road where there is one."""

from __future__ import annotations

import numba
import numpy as np
import pytest
import shapely
from bench.districting_places import Place, helsinki, kouvola, tsinghua
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.districting.atoms import cut_into_atoms
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import Division
from doorstep.engines.districting.neighbours import tessellate
from doorstep.engines.districting.problem import Buildings
from doorstep.engines.districting.true_polygons import true_polygons

A_ROUNDING_M = 0.5


def house(x: float, y: float, width: float = 10.0, depth: float = 10.0) -> shapely.Polygon:
    return shapely.box(x, y, x + width, y + depth)


def drawn(houses: list[shapely.Geometry], label: list[int], ground: shapely.Geometry, *barriers: shapely.Geometry):
    buildings = Buildings(shapely.get_coordinates(shapely.centroid(houses)), [1] * len(houses), footprints=houses)
    atoms = cut_into_atoms(buildings)
    pairs = tessellate(atoms.xy, ground).pairs
    lines = np.array(barriers, dtype=object)
    return true_polygons(ground, buildings.footprints, atoms, np.array(label), lines, pairs)


def test_two_houses_share_the_ground_half_way_between_their_walls():
    west, east = drawn([house(0, 0, width=30), house(50, 0)], [0, 1], shapely.box(-10, -10, 70, 20))
    assert west.bounds[2] == pytest.approx(40, abs=A_ROUNDING_M)
    assert west.area + east.area == pytest.approx(80 * 30)


def test_the_border_follows_a_road_that_is_not_half_way():
    road = shapely.LineString([(45, -10), (45, 20)])
    west, east = drawn([house(0, 0, width=30), house(50, 0)], [0, 1], shapely.box(-10, -10, 70, 20), road)
    assert west.bounds[2] == pytest.approx(45)
    assert east.bounds[0] == pytest.approx(45)


def test_a_road_through_a_house_goes_around_it():
    road = shapely.LineString([(15, -10), (15, 20)])
    houses = [house(0, 0, width=20), house(40, 0)]
    west, _ = drawn(houses, [0, 1], shapely.box(-10, -10, 70, 20), road)
    assert shapely.intersection(west, houses[0]).area == pytest.approx(200, rel=1e-4)


def test_a_block_where_nobody_lives_goes_to_whom_it_borders_most():
    roads = [shapely.LineString([(30, -10), (30, 20)]), shapely.LineString([(36, -10), (36, 20)])]
    polygons = drawn([house(0, 0), house(50, 0)], [0, 1], shapely.box(-10, -10, 70, 20), *roads)
    assert shapely.area(polygons).sum() == pytest.approx(80 * 30)
    assert (shapely.get_type_id(polygons) == 3).all()


def test_a_road_that_parts_a_piece_leaves_a_path_open():
    roads = [shapely.LineString([(35, -10), (35, 40)]), shapely.LineString([(-10, 15), (80, 15)])]
    houses = [house(10, 0), house(50, 25), house(68, -9), house(-9, 34)]
    polygons = drawn(houses, [0, 0, 1, 2], shapely.box(-10, -10, 80, 45), *roads)
    assert shapely.coverage_is_valid(polygons)
    assert (shapely.get_type_id(polygons) == 3).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(2, 25), st.integers(0, 4))
def test_any_houses_and_roads_make_a_coverage_in_which_no_house_is_cut(seed, count, roads):
    rng = np.random.default_rng(seed)
    cells = rng.choice(100, count, replace=False)
    sizes = rng.uniform(4, 16, (count, 2))
    houses = [
        house(20 * (cell % 10) + 1, 20 * (cell // 10) + 1, width, depth)
        for cell, (width, depth) in zip(cells.tolist(), sizes.tolist(), strict=True)
    ]
    pieces = int(rng.integers(1, count + 1))
    label = np.r_[np.arange(pieces), rng.integers(0, pieces, count - pieces)]
    lines = [shapely.LineString(rng.uniform(-30, 230, (2, 2))) for _ in range(roads)]
    ground = shapely.box(-10, -10, 210, 210)
    polygons = drawn(houses, label.tolist(), ground, *lines)
    assert len(polygons) == pieces
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    assert shapely.area(polygons).sum() == pytest.approx(ground.area, rel=1e-6)
    kept = shapely.area(shapely.intersection(polygons[label], houses))
    assert kept == pytest.approx(shapely.area(houses), abs=0.5)


@pytest.fixture(scope="module", params=[tsinghua, kouvola, helsinki], ids=lambda place: place.__name__)
def divided(request: pytest.FixtureRequest) -> tuple[Place, Division]:
    if numba.config.DISABLE_JIT:
        pytest.skip("Real places take minutes without the compiler.")
    place = request.param()
    return place, divide(place.buildings, barriers=place.barriers, outlines="footprints")


def test_a_real_place_is_tiled_without_gap_or_overlap_each_piece_in_one_part(divided):
    _, division = divided
    for level in (division.microgrids, division.grids):
        polygons = np.array([piece.polygon for piece in level])
        assert shapely.coverage_is_valid(polygons)
        assert shapely.is_valid(polygons).all()
        assert (shapely.get_type_id(polygons) == 3).all()
        assert shapely.area(polygons).sum() == pytest.approx(shapely.union_all(polygons).area, rel=1e-9)


def test_no_house_of_one_piece_is_cut_in_a_real_place(divided):
    place, division = divided
    shared = np.unique(division.atoms.building[1:][division.atoms.building[1:] == division.atoms.building[:-1]])
    rows = np.flatnonzero(~np.isin(division.atoms.building, shared))
    polygons = np.array([piece.polygon for piece in division.microgrids])
    ground = shapely.union_all(polygons)
    houses = shapely.intersection(place.buildings.footprints[division.atoms.building[rows]], ground)
    kept = shapely.area(shapely.intersection(houses, polygons[division.microgrid[rows]]))
    # OpenStreetMap has houses drawn one over the other: there the ground of both is one's.
    one, other = shapely.STRtree(place.buildings.footprints).query(houses, predicate="intersects")
    over = shapely.area(shapely.intersection(houses[one], place.buildings.footprints[other]))
    alone = np.bincount(one, over, len(houses)) < 1.01 * shapely.area(houses) + 0.5
    assert alone.sum() > 0.8 * len(houses)
    assert (kept[alone] >= 0.99 * shapely.area(houses[alone]) - 0.5).all()
