import numpy as np
import pytest
from tests.engines.districting.small import row_of

from doorstep.engines.districting.graph import build_graph
from doorstep.engines.districting.objective import new_marks, piece_cost, piece_costs, rules_for, unavoidable_cost
from doorstep.engines.districting.problem import Bounds, Weights

NOTHING = {"compactness": 0.0, "size": 0.0, "compound": 0.0, "building": 0.0, "barrier": 0.0}


def cost_of(graph, members, **weights):
    rules = rules_for(Bounds(50, 100, 75), Weights(**(NOTHING | weights)))
    return piece_cost(graph, np.array(members), len(members), 75.0, rules, new_marks(len(graph.size)))


def test_a_piece_a_third_off_its_target_costs_the_weight_of_size():
    assert cost_of(row_of([100]), [0], size=0.25) == pytest.approx(0.25)
    assert cost_of(row_of([75]), [0], size=0.25) == 0


def test_any_piece_out_of_range_costs_more_than_any_division_in_range():
    for size in (49, 101):
        assert cost_of(row_of([size]), [0]) > 1000
    assert cost_of(row_of([10]), [0]) > cost_of(row_of([49]), [0])


def test_scatter_counts_in_radii_of_an_ideal_piece():
    # Two houses half a radius from their middle each.
    graph = row_of([30, 30])
    assert cost_of(graph, [0, 1], compactness=1.0) == pytest.approx(60 * 0.5 / 75)


def test_compounds_and_buildings_count_once_each():
    graph = build_graph(
        np.array([30, 30, 30]),
        np.zeros((3, 2)),
        np.array([[0, 1], [1, 2]]),
        np.array([False, False]),
        np.array([0, 0, 1]),
        np.array([0, 0, 1]),
        1.0,
    )
    assert cost_of(graph, [0, 1], compound=0.5, building=0.2) == pytest.approx(0.7)
    assert cost_of(graph, [0, 1, 2], compound=0.5, building=0.2) == pytest.approx(1.4)


def test_a_river_through_a_piece_costs_once_for_each_further_part():
    graph = row_of([30, 30, 30], barriers_after=(0, 1))
    assert cost_of(graph, [0, 1, 2], barrier=1.0) == pytest.approx(2.0)
    assert cost_of(graph, [0, 1], barrier=1.0) == pytest.approx(1.0)
    assert cost_of(row_of([30, 30]), [0, 1], barrier=1.0) == 0


def test_the_cost_of_a_division_is_the_sum_of_its_pieces():
    graph = row_of([40, 40, 30, 30])
    rules = rules_for(Bounds(50, 100, 75), Weights())
    costs = piece_costs(graph, np.array([0, 0, 1, 1]), 75.0, rules, new_marks(4))
    assert costs.tolist() == [
        piece_cost(graph, np.array([0, 1]), 2, 75.0, rules, new_marks(4)),
        piece_cost(graph, np.array([2, 3]), 2, 75.0, rules, new_marks(4)),
    ]


def test_a_compound_of_two_hundred_and_fifty_lies_in_three_pieces_whatever_one_does():
    rules = rules_for(Bounds(50, 100, 75), Weights(compound=0.5, building=0.0))
    assert unavoidable_cost(row_of([250]), rules) == pytest.approx(1.5)
