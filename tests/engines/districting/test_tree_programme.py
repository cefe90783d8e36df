from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from tests.engines.districting.small import ONLY_SIZE, planar_graphs, row_of

from doorstep.engines.districting.graph import build_graph, components, pairs_of
from doorstep.engines.districting.objective import OUT_OF_RANGE, new_marks, piece_costs, rules_for
from doorstep.engines.districting.problem import Bounds, Weights
from doorstep.engines.districting.tree_programme import best_of_trees, cut_tree, new_table, new_tree, random_tree

BOUNDS = Bounds(4, 7, 5)
STYLE = np.array([1.0, 2.0, 0.0])


def a_tree_of(graph, seed=0):
    count = len(graph.size)
    tree, nodes = new_tree(count, len(graph.neighbour)), np.arange(count)
    random_tree(graph, nodes, count, nodes, STYLE, np.random.default_rng(seed), tree)
    return tree


def cut(graph, tree, bounds, weights):
    count = len(graph.size)
    piece = np.zeros(count, np.int64)
    rules = rules_for(bounds, weights)
    pieces, cost = cut_tree(
        graph, np.arange(count), count, tree, float(bounds.target), rules, new_table(count, bounds.high), piece
    )
    return pieces, cost, piece


def every_cut(graph, tree):
    """The pieces of each way to leave out edges of the tree."""
    links = np.c_[tree.order[1:], tree.parent[tree.order[1:]]]
    for kept in product([False, True], repeat=len(links)):
        yield components(len(graph.size), links[list(kept)])


@settings(max_examples=60, deadline=None)
@given(planar_graphs())
def test_a_random_tree_joins_every_house_by_real_edges_and_parents_come_first(graph):
    tree = a_tree_of(graph)
    assert sorted(tree.order.tolist()) == list(range(len(graph.size)))
    links = np.sort(np.c_[tree.order[1:], tree.parent[tree.order[1:]]], axis=1).tolist()
    assert all(link in pairs_of(graph).tolist() for link in links)
    when = np.argsort(tree.order)
    assert all(when[tree.parent[node]] < when[node] for node in tree.order[1:])
    assert all(graph.neighbour[tree.edge[node]] == node for node in tree.order[1:])


def test_when_kinds_come_first_no_tree_crosses_a_river_that_it_can_walk_around():
    ring = np.array([[0, 1], [1, 2], [2, 3], [0, 3]])
    xy = np.array([[0.0, 0], [1, 0], [1, 1], [0, 1]])
    crosses = np.array([True, False, False, False])
    graph = build_graph(np.ones(4, np.int64), xy, ring, crosses, np.arange(4), np.arange(4), 1.0)
    tree, nodes, rivers_last = new_tree(4, 8), np.arange(4), np.array([1.0, 2.0, 1e6])
    for seed in range(10):
        random_tree(graph, nodes, 4, nodes, rivers_last, np.random.default_rng(seed), tree)
        assert not graph.crosses[tree.edge[tree.order[1:]]].any()


@settings(max_examples=60, deadline=None)
@given(planar_graphs(largest=7))
def test_by_size_alone_the_programme_finds_the_cheapest_of_all_cuts_of_the_tree(graph):
    tree = a_tree_of(graph)
    pieces, cost, piece = cut(graph, tree, BOUNDS, ONLY_SIZE)
    rules, marks = rules_for(BOUNDS, ONLY_SIZE), new_marks(len(graph.size))
    allowed = (each for each in every_cut(graph, tree) if np.bincount(each, graph.size).max() <= BOUNDS.high)
    best = min(piece_costs(graph, each, 5.0, rules, marks).sum() for each in allowed)
    assert cost == pytest.approx(best)
    assert piece_costs(graph, piece, 5.0, rules, marks).sum() == pytest.approx(best)
    assert pieces == piece.max() + 1


@settings(max_examples=60, deadline=None)
@given(planar_graphs(largest=7))
def test_with_any_weights_a_tree_that_can_be_cut_in_range_is(graph):
    tree = a_tree_of(graph)
    _, cost, piece = cut(graph, tree, BOUNDS, Weights(compactness=3.0, compound=2.0))
    can_be = any(
        all(BOUNDS.holds(int(size)) for size in np.bincount(each, graph.size)) for each in every_cut(graph, tree)
    )
    assert (cost < OUT_OF_RANGE) == can_be
    links = np.c_[tree.order[1:], tree.parent[tree.order[1:]]]
    same = piece[links[:, 0]] == piece[links[:, 1]]
    assert len(np.unique(components(len(piece), links[same]))) == len(np.unique(piece))


def test_compact_pieces_win_where_sizes_are_equal():
    # Two clusters of two houses, far apart: the cut goes between them.
    xy = np.array([[0.0, 0], [1, 0], [50, 0], [51, 0]])
    pairs = np.array([[0, 1], [1, 2], [2, 3]])
    graph = build_graph(np.full(4, 3), xy, pairs, np.zeros(3, bool), np.arange(4), np.arange(4), 10.0)
    piece, _ = best_of_trees(graph, 3, 6.0, rules_for(Bounds(3, 9, 6), Weights()), np.random.default_rng(0))
    assert piece[0] == piece[1] != piece[2] == piece[3]


def test_a_river_and_a_compound_draw_the_cut_to_them():
    graph = row_of([3, 3, 3, 3], barriers_after=(1,))
    piece, _ = best_of_trees(graph, 3, 6.0, rules_for(Bounds(3, 9, 6), Weights()), np.random.default_rng(0))
    assert piece[0] == piece[1] != piece[2] == piece[3]
