import numpy as np
import shapely
from hypothesis import given, settings
from tests.engines.districting.small import planar_graphs, row_of

from doorstep.engines.districting.graph import (
    build_graph,
    components,
    contract,
    crossing,
    ideal_radius,
    pairs_of,
    subgraph,
)


def test_neighbours_stand_in_rising_order_on_both_sides():
    graph = build_graph(
        np.array([1, 2, 3]),
        np.array([[0.0, 0], [1, 0], [0, 1]]),
        np.array([[1, 2], [0, 2]]),
        np.array([True, False]),
        np.array([7, 7, 3]),
        np.array([1, 1, 2]),
        1.0,
    )
    assert graph.first.tolist() == [0, 1, 2, 4]
    assert graph.neighbour.tolist() == [2, 2, 0, 1]
    assert graph.crosses.tolist() == [False, True, False, True]
    assert graph.compound.tolist() == [1, 1, 0]
    assert pairs_of(graph).tolist() == [[0, 2], [1, 2]]


def test_a_round_piece_of_the_target_has_the_ideal_radius():
    rng = np.random.default_rng(1)
    disc = rng.normal(size=(100_000, 2))
    disc *= (np.sqrt(rng.random(100_000)) / np.hypot(*disc.T))[:, None]
    # A disc of radius 1 holds 75 of 750 households when its area is a tenth.
    assert np.isclose(ideal_radius(10 * np.pi, 750, 75), np.sqrt((disc**2).sum(axis=1).mean()), rtol=0.01)


def test_components_are_numbered_by_their_lowest_node():
    assert components(5, np.array([[3, 1], [4, 0]])).tolist() == [0, 1, 2, 1, 0]
    assert components(2, np.zeros((0, 2), np.int64)).tolist() == [0, 1]


def test_a_part_of_a_graph_is_numbered_anew():
    part = subgraph(row_of([5, 6, 7, 8], barriers_after=(2,)), np.array([1, 2, 3]))
    assert part.size.tolist() == [6, 7, 8]
    assert part.building.tolist() == [0, 1, 2]
    assert pairs_of(part).tolist() == [[0, 1], [1, 2]]
    assert part.crosses.tolist() == [False, False, True, True]


def test_groups_become_nodes_with_the_sum_of_what_they_hold():
    whole = row_of([5, 6, 7, 8], barriers_after=(1,))
    pairs = contract(whole, np.array([0, 0, 1, 1]))
    assert pairs.size.tolist() == [11, 15]
    assert pairs_of(pairs).tolist() == [[0, 1]]
    assert pairs.crosses.all()
    assert np.isclose(pairs.spread.sum(), whole.spread.sum())


@settings(max_examples=30, deadline=None)
@given(planar_graphs())
def test_contracting_everything_alone_changes_nothing(graph):
    same = contract(graph, np.arange(len(graph.size)))
    for field in ("size", "mass", "first", "neighbour", "crosses", "compound", "building"):
        assert (getattr(same, field) == getattr(graph, field)).all()
    assert np.allclose(same.length, graph.length)


def test_a_way_across_the_river_is_marked():
    xy = np.array([[0.0, 0], [10, 0], [10, 10]])
    river = np.array([shapely.LineString([(5, -5), (5, 5)])])
    pairs = np.array([[0, 1], [1, 2]])
    assert crossing(xy, pairs, river).tolist() == [True, False]
    assert crossing(xy, pairs, river[:0]).tolist() == [False, False]
