from itertools import chain, combinations

import numpy as np
from hypothesis import given, settings
from tests.engines.districting.small import is_connected, planar_graphs, row_of, some_division_fits

from doorstep.engines.districting import enumeration
from doorstep.engines.districting.enumeration import Verdict, can_be_covered, list_pieces
from doorstep.engines.districting.problem import Bounds

BOUNDS = Bounds(4, 5)


def pieces_in_range(graph, bounds):
    nodes = range(len(graph.size))
    for piece in chain.from_iterable(combinations(nodes, count) for count in range(1, len(nodes) + 1)):
        if bounds.holds(int(graph.size[list(piece)].sum())) and is_connected(graph, list(piece)):
            yield piece


@settings(max_examples=40, deadline=None)
@given(planar_graphs())
def test_every_connected_piece_in_range_is_listed_once(graph):
    everything = np.ones(len(graph.size), np.bool_)
    first, member, count = list_pieces(graph, BOUNDS.low, BOUNDS.high, everything, 1000, 8000)
    listed = sorted(tuple(sorted(member[first[row] : first[row + 1]].tolist())) for row in range(count))
    assert listed == sorted(pieces_in_range(graph, BOUNDS))


@settings(max_examples=40, deadline=None)
@given(planar_graphs())
def test_pieces_through_one_house_are_those_of_all_that_hold_it(graph):
    only = np.arange(len(graph.size)) == 0
    first, member, count = list_pieces(graph, BOUNDS.low, BOUNDS.high, only, 1000, 8000)
    listed = sorted(tuple(sorted(member[first[row] : first[row + 1]].tolist())) for row in range(count))
    assert listed == sorted(piece for piece in pieces_in_range(graph, BOUNDS) if 0 in piece)


@settings(max_examples=60, deadline=None)
@given(planar_graphs(most=7, largest=5))
def test_the_search_agrees_with_trying_every_division(graph):
    search = can_be_covered(graph, BOUNDS, np.ones(len(graph.size), np.bool_))
    assert (search.verdict is Verdict.POSSIBLE) == some_division_fits(graph, BOUNDS)
    if search.chosen:
        assert sorted(np.concatenate(search.chosen).tolist()) == list(range(len(graph.size)))
        assert all(BOUNDS.holds(int(graph.size[piece].sum())) for piece in search.chosen)


def test_a_house_that_fits_no_piece_is_found_without_looking_at_the_rest():
    graph = row_of([5, 5, 1, 5, 5])
    assert can_be_covered(graph, BOUNDS, np.arange(5) == 2).verdict is Verdict.IMPOSSIBLE
    assert can_be_covered(graph, BOUNDS, np.arange(5) == 0).verdict is Verdict.POSSIBLE


def test_too_many_pieces_to_list_is_not_taken_for_an_answer():
    graph = row_of([1] * 12)
    everything = np.ones(12, np.bool_)
    assert can_be_covered(graph, BOUNDS, everything, listed=3).verdict is Verdict.UNKNOWN
    assert list_pieces(graph, 100, 200, everything, 1, 100)[2] == -1


def test_too_long_a_search_is_not_taken_for_an_answer(monkeypatch):
    monkeypatch.setattr(enumeration, "MOST_STEPS", 5)
    graph = row_of([1] * 14)
    assert can_be_covered(graph, Bounds(4, 5), np.ones(14, np.bool_)).verdict is Verdict.UNKNOWN


def test_the_search_goes_back_when_a_choice_leads_nowhere():
    # 1 1 1 1 1 1 1 in threes and fours: 3 + 4 or 4 + 3, while 4 + 4 and 3 + 3 leave a rest.
    graph = row_of([1] * 7)
    search = can_be_covered(graph, Bounds(3, 4), np.ones(7, np.bool_))
    assert sorted(len(piece) for piece in search.chosen) == [3, 4]
    assert can_be_covered(row_of([1] * 5), Bounds(3, 4), np.ones(5, np.bool_)).verdict is Verdict.IMPOSSIBLE
