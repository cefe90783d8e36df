import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import cheapest_division, planar_graphs, row_of

from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for
from doorstep.engines.districting.problem import Bounds, Weights
from doorstep.engines.districting.set_partition import FEW, MANY, Limits, best_division
from doorstep.engines.districting.tree_programme import best_of_trees

BOUNDS = Bounds(3, 5)
RULES = rules_for(BOUNDS, Weights())


def all_alone(graph):
    return np.arange(len(graph.size))


@settings(max_examples=25, deadline=None)
@given(planar_graphs(most=6))
def test_the_best_division_is_that_of_trying_every_one(graph):
    best = best_division(graph, all_alone(graph), 4.0, RULES, MANY)
    assert best.is_optimal
    assert best.cost == pytest.approx(cheapest_division(graph, RULES, 4.0), rel=1e-6)
    assert best.bound == pytest.approx(best.cost)


@settings(max_examples=12, deadline=None)
@given(planar_graphs(most=6))
def test_borders_counted_too_the_best_division_is_that_of_trying_every_one(graph):
    graph = graph._replace(border=graph.length / 4)
    rules = rules_for(BOUNDS, Weights(perimeter=1.0))
    best = best_division(graph, all_alone(graph), 4.0, rules, MANY)
    assert best.cost == pytest.approx(cheapest_division(graph, rules, 4.0), rel=1e-6)


def test_a_division_in_range_is_improved_to_the_best_one_in_range():
    graph = row_of([1, 2, 2, 2, 2, 1])
    best = best_division(graph, np.array([0, 0, 0, 1, 1, 1]), 4.0, RULES, MANY)
    sizes = np.bincount(best.label, graph.size)
    assert sorted(sizes[sizes > 0].tolist()) == [3, 3, 4]


def test_too_many_pieces_to_list_is_not_taken_for_an_answer():
    graph = row_of([1] * 12)
    assert best_division(graph, all_alone(graph), 4.0, RULES, Limits(5, 10, 10, 10)) is None


def test_too_many_pieces_to_branch_on_leave_the_bound_of_the_linear_programme():
    graph = row_of([2, 2, 1, 2, 2, 1, 2, 2])
    start = np.array([0, 0, 0, 1, 1, 1, 2, 2])
    best = best_division(graph, start, 4.0, RULES, Limits(1000, 0, 0, 1))
    exact = best_division(graph, start, 4.0, RULES, MANY)
    assert not best.is_optimal
    assert best.bound <= exact.cost + 1e-9
    assert (best.label == start).all()


@settings(max_examples=25, deadline=None)
@given(planar_graphs(most=10), st.sampled_from([Limits(1000, 3, 6, 2), Limits(1000, 6, 1000, 1000), FEW]))
def test_a_short_search_is_never_worse_than_its_start_and_never_claims_too_much(graph, limits):
    start = best_of_trees(graph, 1, 4.0, RULES, np.random.default_rng(0))[0]
    short = best_division(graph, start, 4.0, RULES, limits)
    exact = best_division(graph, start, 4.0, RULES, MANY)
    piece = np.unique(short.label, return_inverse=True)[1]
    assert short.cost == pytest.approx(piece_costs(graph, piece, 4.0, RULES, new_marks(len(piece))).sum())
    assert short.cost <= piece_costs(graph, start, 4.0, RULES, new_marks(len(piece))).sum() + 1e-6
    assert short.bound <= exact.cost + 1e-6 <= short.cost + 2e-6
    if short.is_optimal:
        assert short.cost == pytest.approx(exact.cost, rel=1e-6)
