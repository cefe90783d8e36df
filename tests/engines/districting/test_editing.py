"""Whoever moves a house by hand hears at once what the touched pieces became; nothing else changes."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, is_connected, planar_graphs, row_of

from doorstep.engines.districting import Bounds, Weights, divide
from doorstep.engines.districting.editing import (
    Judge,
    NothingToCut,
    at_the_edge,
    best_cut,
    compounds_cut,
    is_worse,
    merge,
    move,
    split,
    touching,
)
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for
from doorstep.engines.districting.polygons import dissolve

BOUNDS = Bounds(2, 4, 3)


def a_judge(sizes: list[int], bounds: Bounds = BOUNDS) -> Judge:
    return Judge(row_of(sizes), bounds, Weights())


def test_a_house_given_to_the_neighbour_changes_these_two_pieces_alone():
    before = np.array([0, 0, 0, 1, 1, 2, 2])
    edited = move(a_judge([1] * 7), before, np.array([2]), 1)
    assert edited.piece.tolist() == [0, 0, 1, 1, 1, 2, 2]
    assert before.tolist() == [0, 0, 0, 1, 1, 2, 2]
    assert {each: (judged.households, judged.parts) for each, judged in edited.judged.items()} == {0: (2, 1), 1: (3, 1)}


def test_a_house_from_the_middle_leaves_its_piece_in_two_parts():
    judge = a_judge([1] * 6)
    piece = np.array([0, 0, 0, 1, 1, 1])
    edited = move(judge, piece, np.array([1]), 1)
    assert (edited.judged[0].parts, edited.judged[1].parts) == (2, 2)
    assert is_worse(judge.of(piece, [0])[0], edited.judged[0], BOUNDS)


def test_a_piece_that_loses_its_last_house_is_gone():
    edited = merge(a_judge([2, 2]), np.array([5, 9]), gone=9, into=5)
    assert edited.piece.tolist() == [5, 5]
    assert list(edited.judged) == [5]


@pytest.mark.parametrize(
    ("before", "after", "worse"),
    [([3], [4], False), ([4], [5], True), ([5], [6], True), ([6], [5], False), ([2], [1], True), ([1], [2], False)],
)
def test_worse_is_out_of_range_or_further_out_than_it_was(before, after, worse):
    (one,), (other,) = (a_judge(sizes).of(np.array([0]), [0]).values() for sizes in (before, after))
    assert is_worse(one, other, BOUNDS) is worse


def test_a_row_is_split_in_its_middle():
    edited = split(a_judge([1] * 6), np.zeros(6, np.int64), 0, 7)
    assert sorted(np.bincount(edited.piece)[[0, 7]].tolist()) == [3, 3]
    assert all(each.is_in_range and each.parts == 1 for each in edited.judged.values())


def test_a_piece_in_parts_is_split_between_them():
    piece = np.array([0, 0, 1, 0])
    assert split(a_judge([1, 1, 1, 1]), piece, 0, 2).piece.tolist() == [0, 0, 1, 2]


@pytest.mark.parametrize("nodes", [[], [0, 1]])
def test_a_cut_that_takes_nothing_or_everything_is_refused(nodes):
    with pytest.raises(NothingToCut):
        split(a_judge([1, 1]), np.zeros(2, np.int64), 0, 1, np.array(nodes, np.int64))
    with pytest.raises(NothingToCut):
        split(a_judge([1]), np.zeros(1, np.int64), 0, 1)


@given(planar_graphs(most=8), st.data())
def test_the_cost_is_that_of_the_engine_and_both_sides_of_a_cut_hang_together(graph, data):
    piece = np.array(data.draw(st.lists(st.integers(0, 2), min_size=len(graph.size), max_size=len(graph.size))))
    piece = np.unique(piece, return_inverse=True)[1].astype(np.int64)
    wide = Bounds(1, 1000, 3)
    judged = Judge(graph, wide, Weights()).of(piece, range(int(piece.max()) + 1))
    costs = piece_costs(graph, piece, 3.0, rules_for(wide, Weights()), new_marks(len(graph.size)))
    assert [each.cost for each in judged.values()] == pytest.approx(costs.tolist())
    for each, told in judged.items():
        nodes = np.flatnonzero(piece == each)
        assert (told.parts == 1) == is_connected(graph, nodes.tolist())
        side = best_cut(Judge(graph, wide, Weights()), nodes)
        if told.parts == 1 and len(nodes) > 1:
            rest = np.setdiff1d(nodes, side)
            assert is_connected(graph, side.tolist()) and is_connected(graph, rest.tolist())


def test_what_being_out_of_range_costs_is_told_beside_the_cost():
    narrow, wide = (Judge(row_of([5]), Bounds(1, high, 1), Weights()).of(np.array([0]), [0])[0] for high in (2, 9))
    assert narrow.cost == wide.cost
    assert (narrow.is_in_range, wide.is_in_range) == (False, True)


def test_who_lies_beside_whom():
    graph, piece = row_of([1] * 6), np.array([0, 0, 1, 1, 2, 2])
    assert touching(graph, piece, np.array([2, 3])).tolist() == [0, 2]
    assert touching(graph, piece, np.array([0])).tolist() == []
    assert at_the_edge(graph, piece).tolist() == [False, True, True, True, True, False]
    assert compounds_cut(graph._replace(compound=np.array([0, 0, 0, 1, 1, 1])), piece) == 2


def test_a_division_keeps_the_ground_on_which_it_was_drawn():
    division = divide(a_quarter(40, seed=3), effort="quick")
    ground = division.ground
    assert ground is not None
    piece = np.full(len(ground.cells), -1)
    piece[ground.node] = division.microgrid
    households = np.bincount(piece, ground.graph.size)
    assert households.tolist() == [each.households for each in division.microgrids]
    for drawn, again in zip(division.microgrids, dissolve(ground.cells, piece), strict=True):
        assert again.equals(drawn.polygon)
    judge = Judge(ground.graph, division.bounds, Weights())
    judged = judge.of(piece, range(len(division.microgrids))).values()
    if all(each.is_in_range for each in judged):
        assert sum(each.cost for each in judged) - judge.unavoidable == pytest.approx(division.cost)


def test_whoever_only_judges_by_hand_does_not_load_the_compiler():
    told = "import sys; import doorstep.engines.districting.editing; print('numba' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", told],
        env={"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
