import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import cheapest_division, graph_of, planar_graphs, row_of

from doorstep.engines.districting.graph import build_graph
from doorstep.engines.districting.lower_bound import Fineness, bound_at, lower_bound
from doorstep.engines.districting.objective import rules_for
from doorstep.engines.districting.pricing import cheapest_pieces
from doorstep.engines.districting.problem import Bounds, Weights
from doorstep.engines.districting.set_partition import MANY, best_division
from doorstep.engines.districting.stock import new_table, take_stock

BOUNDS = Bounds(3, 5)
ROUGH = Fineness(halvings=1, bundle=0.5, sketches=3, rounds=2, turns=1, worth=0.0)
FINE = Fineness(halvings=2, bundle=0.05, sketches=8, rounds=2, turns=2, worth=0.0)
WEIGHTS = st.builds(
    Weights,
    compactness=st.sampled_from([0.0, 0.5, 1.0, 3.0]),
    size=st.sampled_from([0.0, 0.25, 2.0]),
    compound=st.sampled_from([0.0, 0.5]),
    building=st.sampled_from([0.0, 0.2]),
    barrier=st.sampled_from([0.0, 1.0]),
    perimeter=st.sampled_from([0.0, 0.5]),
)


def all_alone(graph):
    return np.arange(len(graph.size))


@settings(max_examples=12, deadline=None)
@given(planar_graphs(most=6), WEIGHTS, st.sampled_from([ROUGH, FINE]))
def test_no_division_undercuts_the_bound(graph, weights, fineness):
    graph = graph._replace(border=graph.length / 4)
    rules = rules_for(BOUNDS, weights)
    bound = lower_bound(graph, all_alone(graph), 4.0, rules, fineness)
    assert bound <= cheapest_division(graph, rules, 4.0) + 1e-9


@settings(max_examples=12, deadline=None)
@given(planar_graphs(most=6), st.lists(st.floats(-1, 3), min_size=6, max_size=6))
def test_whatever_the_prices_the_bound_is_true(graph, prices):
    rules = rules_for(BOUNDS, Weights())
    stock = take_stock(graph, rules)
    price = np.array(prices[: len(stock.size)])
    low = np.array([(stock.east / stock.mass).min(), (stock.north / stock.mass).min()]) - 1e-6
    corners = np.array([low + 0.5 * np.array([column, row]) for row in range(8) for column in range(8)])
    radii = np.array([0.0, 0.4, 0.8, 1.6])
    table = new_table(len(stock.size), rules.high)
    found = cheapest_pieces(stock, price, corners, 0.5, 1, radii, 4e-3, False, 4.0, rules, table)
    assert bound_at(stock, price, found.burden, rules) <= cheapest_division(graph, rules, 4.0) + 1e-9


@pytest.mark.parametrize("seed", range(2))
def test_a_quarter_too_large_for_brute_force_keeps_the_bound_below_the_proven_best(seed):
    rng = np.random.default_rng(seed)
    graph = graph_of(rng.random((30, 2)) * 100, rng.integers(1, 4, 30), 8)
    rules = rules_for(Bounds(6, 11, 8), Weights())
    best = best_division(graph, np.zeros(30, np.int64) + np.arange(30), 8.0, rules, MANY)
    bound = lower_bound(graph, best.label, 8.0, rules, FINE)
    assert best.is_optimal
    assert 0.4 * best.cost < bound <= best.cost + 1e-9


def test_where_any_piece_is_a_point_the_bound_is_near_the_best_cost():
    # Twelve homes at one place, in one compound and one building: three pieces of four cost their sizes and charges.
    graph = build_graph(
        np.ones(12, np.int64),
        np.zeros((12, 2)),
        np.array([[one, other] for one in range(12) for other in range(one)]),
        np.zeros(66, np.bool_),
        np.zeros(12, np.int64),
        np.zeros(12, np.int64),
        1.0,
    )
    rules = rules_for(BOUNDS, Weights())
    bound = lower_bound(graph, np.arange(12) // 4, 4.0, rules, FINE)
    assert 1.4 < bound <= 3 * 0.7 + 1e-9


def test_a_piece_below_range_that_nobody_can_avoid_is_in_the_bound():
    assert lower_bound(row_of([1, 1]), np.zeros(2, np.int64), 4.0, rules_for(BOUNDS, Weights()), ROUGH) > 900


def test_two_banks_of_a_river_are_charged_where_a_piece_must_lie_on_both():
    rules = rules_for(BOUNDS, Weights())
    apart = lower_bound(row_of([2, 2], barriers_after=(0,)), np.zeros(2, np.int64), 4.0, rules, FINE)
    together = lower_bound(row_of([2, 2]), np.zeros(2, np.int64), 4.0, rules, FINE)
    assert apart == pytest.approx(together + 1.0, abs=0.05)


def test_the_same_question_has_the_same_bound():
    graph = row_of([1, 2, 1, 2, 1, 2, 1, 2])
    rules = rules_for(BOUNDS, Weights())
    assert len({lower_bound(graph, np.arange(8) // 2, 4.0, rules, FINE) for _ in range(3)}) == 1
