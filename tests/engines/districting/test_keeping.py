from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.engines.districting.keeping import UNMATCHED, best_match, keep_numbers
from doorstep.engines.districting.numbering import NumbersExhausted


@st.composite
def shares(draw):
    """How many households up to four new pieces have from up to four old ones; most pairs share none."""
    rows, columns = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    entries = st.sampled_from([0, 0, 0, 1, 2, 3, 50])
    return np.array(draw(st.lists(st.lists(entries, min_size=columns, max_size=columns), min_size=rows, max_size=rows)))


@given(shares())
def test_no_other_match_lets_more_households_keep_their_number(shared):
    match = best_match(shared.astype(float))
    matched = match[match != UNMATCHED]
    assert len(set(matched.tolist())) == len(matched)
    kept = sum(shared[row, column] for row, column in enumerate(match) if column != UNMATCHED)
    padded = np.c_[shared, np.zeros((len(shared), len(shared)))]
    by_brute_force = max(
        sum(padded[row, column] for row, column in enumerate(chosen))
        for chosen in permutations(range(padded.shape[1]), len(shared))
    )
    assert kept == by_brute_force


def numbers(piece, number, households, used, places=None, most=99):
    xy = np.c_[np.arange(max(piece) + 1) * 100.0, np.zeros(max(piece) + 1)] if places is None else places
    columns = (np.array(each) for each in (piece, number, households))
    return keep_numbers(*columns, xy, np.array(used), "micro-grids", most).tolist()


def test_an_unchanged_piece_keeps_its_number_wherever_it_lies():
    assert numbers([0, 1, 2], [7, 3, 9], [60, 70, 80], [3, 7, 9]) == [7, 3, 9]


def test_of_two_halves_the_larger_keeps_the_number_and_the_other_gets_the_next():
    assert numbers([0, 1, 2], [1, 1, 2], [40, 60, 75], [1, 2]) == [3, 1, 2]


def test_of_two_joined_the_larger_gives_its_number():
    assert numbers([0, 0], [4, 5], [30, 31], [4, 5]) == [5]


def test_the_number_of_a_piece_that_is_gone_is_given_again_only_when_no_other_is_left():
    rows = ([0, 0, 1], [1, 2, 3], [60, 10, 70])
    places = np.array([[0.0, 0], [100, 0], [200, 0]])
    assert numbers(*rows, [1, 2, 3], places) == [1, 3, 4]
    assert numbers(*rows, [1, 2, 3], places, most=3) == [1, 3, 2]


def test_a_number_below_the_highest_that_nobody_had_comes_before_that_of_one_gone():
    places = np.array([[0.0, 0], [100, 0]])
    assert numbers([0], [4], [60], [2, 4], places, most=4) == [4, 1]


def test_more_pieces_than_numbers_are_refused():
    with pytest.raises(NumbersExhausted):
        numbers([0, 1], [1, 1], [3, 4], [1], most=1)
