import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import planar_graphs, row_of

from doorstep.engines.districting.graph import components, pairs_of
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for
from doorstep.engines.districting.problem import Bounds, Weights
from doorstep.engines.districting.recombination import anneal

BOUNDS = Bounds(4, 7, 5)
RULES = rules_for(BOUNDS, Weights())


def joined_up(graph):
    """One piece for each component: where every annealing may begin, if no piece is above the bound."""
    return components(len(graph.size), pairs_of(graph))


@settings(max_examples=25, deadline=None)
@given(planar_graphs(most=10), st.integers(0, 5))
def test_pieces_stay_connected_and_the_cost_told_is_the_cost_of_the_answer(graph, seed):
    start = np.arange(len(graph.size))
    label, cost = anneal(graph, start, 30, 5.0, RULES, np.random.default_rng(seed))
    pairs = pairs_of(graph)
    inside = label[pairs[:, 0]] == label[pairs[:, 1]]
    assert len(np.unique(components(len(label), pairs[inside]))) == len(np.unique(label))
    piece = np.unique(label, return_inverse=True)[1]
    assert cost == pytest.approx(piece_costs(graph, piece, 5.0, RULES, new_marks(len(label))).sum())
    assert cost <= piece_costs(graph, start, 5.0, RULES, new_marks(len(label))).sum() + 1e-9


def test_the_same_chance_gives_the_same_answer():
    graph = row_of([1, 3, 2, 2, 1, 3, 2, 1, 2, 3])
    one, _ = anneal(graph, np.arange(10), 20, 5.0, RULES, np.random.default_rng(4))
    same, _ = anneal(graph, np.arange(10), 20, 5.0, RULES, np.random.default_rng(4))
    assert (one == same).all()


def test_pieces_too_small_are_joined_until_they_are_in_range():
    graph = row_of([1] * 20)
    label, _ = anneal(graph, np.arange(20), 60, 5.0, RULES, np.random.default_rng(0))
    sizes = np.bincount(label)
    assert all(BOUNDS.holds(int(size)) for size in sizes[sizes > 0])


def test_a_house_alone_is_left_alone():
    label, cost = anneal(row_of([5]), np.array([0]), 10, 5.0, RULES, np.random.default_rng(0))
    assert label.tolist() == [0]
    assert cost < 2


def test_one_piece_that_is_all_there_is_stays():
    label, _ = anneal(row_of([2, 2]), np.array([0, 0]), 10, 5.0, RULES, np.random.default_rng(0))
    assert label[0] == label[1]
