import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_street

from doorstep.engines.districting import neighbours
from doorstep.engines.districting.graph import components
from doorstep.engines.districting.neighbours import ground_of, move_apart, shared_borders, tessellate
from doorstep.engines.districting.problem import BadBoundary, Buildings, OutsideBoundary

FIELD = shapely.box(0, 0, 100, 100)


def tiles_the_ground(tiles):
    parts = shapely.get_parts(tiles.cells)
    return shapely.coverage_is_valid(parts) and np.isclose(shapely.area(parts).sum(), tiles.ground.area, rtol=1e-9)


def test_four_houses_in_a_square_touch_their_neighbours_and_not_across_the_middle():
    tiles = tessellate(np.array([[25.0, 25], [75, 25], [25, 75], [75, 75]]), FIELD)
    assert tiles.pairs.tolist() == [[0, 1], [0, 2], [1, 3], [2, 3]]
    assert np.allclose(tiles.shared_m, 50)


@pytest.mark.parametrize("count", [1, 2, 3, 9])
def test_houses_in_a_straight_row_are_neighbours_one_by_one(count):
    tiles = tessellate(np.c_[np.linspace(5, 95, count), np.full(count, 50.0)], FIELD)
    assert tiles_the_ground(tiles)
    assert tiles.pairs.tolist() == [[place, place + 1] for place in range(count - 1)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=12))
def test_whatever_the_places_the_cells_tile_the_ground_and_hang_together(places):
    tiles = tessellate(np.array(places, dtype=float), FIELD)
    assert len(tiles.cells) == len(places)
    assert tiles_the_ground(tiles)
    assert components(len(places), tiles.pairs).max(initial=0) == 0


def test_houses_at_one_place_each_get_ground():
    tiles = tessellate(np.full((7, 2), 50.0), FIELD)
    assert (shapely.area(tiles.cells) > 1).all()
    assert components(7, tiles.pairs).max() == 0


@pytest.mark.parametrize("place", [(0.0, 0.0), (0.0, 50.0), (100.0, 100.0)])
def test_houses_at_one_place_on_the_edge_each_get_ground(place):
    tiles = tessellate(np.array([place] * 5), FIELD)
    assert (shapely.area(tiles.cells) > 0).all()
    assert components(5, tiles.pairs).max() == 0


def test_places_far_enough_apart_are_not_moved():
    xy = np.array([[0.0, 0], [0.6, 0], [5, 5]])
    assert (move_apart(xy) == xy).all()


def test_places_in_a_chain_of_small_steps_are_one_crowd():
    chain = np.array([[2.0, 0], [0.8, 0], [1.2, 0], [0.4, 0], [0, 0], [1.6, 0], [9, 9]])
    moved = move_apart(chain)
    apart = np.hypot(*(moved[:, None] - moved[None]).transpose(2, 0, 1))[np.triu_indices(7, 1)]
    assert apart.min() > 0.5
    assert moved[6].tolist() == [9, 9]


def test_an_island_is_nobodys_neighbour():
    islands = shapely.MultiPolygon([shapely.box(0, 0, 40, 100), shapely.box(60, 0, 100, 100)])
    tiles = tessellate(np.array([[20.0, 20], [20, 80], [80, 20], [80, 80]]), islands)
    assert components(4, tiles.pairs).tolist() == [0, 0, 1, 1]
    assert tiles_the_ground(tiles)


def test_ground_across_a_bay_goes_to_the_house_that_stands_there():
    bay = FIELD - shapely.box(45, 10, 55, 100)
    tiles = tessellate(np.array([[40.0, 60], [80, 60], [80, 20], [10, 5]]), bay)
    assert shapely.get_num_geometries(tiles.cells).tolist() == [1, 1, 1, 1]
    assert tiles_the_ground(tiles)


def test_an_island_where_nobody_lives_stays_with_the_nearest_house():
    islands = shapely.MultiPolygon([shapely.box(0, 0, 60, 100), shapely.box(80, 0, 100, 100)])
    tiles = tessellate(np.array([[20.0, 20], [20, 80]]), islands)
    assert shapely.get_num_geometries(tiles.cells).max() == 2
    assert tiles_the_ground(tiles)


def test_a_corner_of_less_than_a_metre_is_no_border_unless_nothing_else_joins():
    # Four cells meet almost in a point: one diagonal shares 10 cm.
    xy = np.array([[25.0, 25], [75, 25], [25, 75], [75.2, 75]])
    assert [0, 3] not in tessellate(xy, FIELD).pairs.tolist()
    assert [1, 2] not in tessellate(xy, FIELD).pairs.tolist()
    narrow = shapely.box(0, 0, 100, 0.5)
    assert tessellate(np.array([[20.0, 0.2], [80, 0.2]]), narrow).pairs.tolist() == [[0, 1]]


def test_a_section_that_sticks_out_is_moved_inside():
    tiles = tessellate(np.array([[50.0, 50], [104, 50]]), FIELD)
    assert tiles_the_ground(tiles)
    thin = shapely.box(0, 0, 100, 0.6)
    assert tiles_the_ground(tessellate(np.array([[50.0, 0.3], [104, 0.3]]), thin))


def test_borders_a_rounding_apart_are_noded_together():
    # The second cell's corner lies off the first one's edge by less than a millimetre.
    parts = np.array([shapely.box(0, 0, 50, 100), shapely.Polygon([(50.0001, 0), (100, 0), (100, 100), (50, 100)])])
    faces, owner = neighbours.node_together(parts, np.array([7, 9]))
    assert shapely.coverage_is_valid(faces)
    assert sorted(owner.tolist()) == [7, 9]
    pairs, shared = shared_borders(faces)
    assert pairs.tolist() == [[0, 1]]
    assert np.allclose(shared, 100, atol=0.01)


def test_without_a_boundary_the_ground_reaches_twenty_metres_around_the_houses():
    ground = ground_of(a_street([1, 1]), None)
    assert np.allclose(ground.bounds, (-26, -25, 46, 25), atol=0.1)
    assert ground_of(Buildings([[0, 0]], [1]), None).area > 1000


def test_a_boundary_that_leaves_houses_out_names_them():
    with pytest.raises(OutsideBoundary) as refused:
        ground_of(a_street([1, 1, 1]), shapely.box(-10, -10, 25, 10))
    assert refused.value.rows == (2,)


@pytest.mark.parametrize(
    "boundary",
    [shapely.Point(0, 0), shapely.Polygon(), shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])],
)
def test_a_boundary_that_is_no_sound_polygon_is_refused(boundary):
    with pytest.raises(BadBoundary):
        ground_of(a_street([1]), boundary)
