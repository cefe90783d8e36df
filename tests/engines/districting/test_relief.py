import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.districting.small import an_atom

from doorstep.engines.districting.relief import can_be_banded, cut_into_bands, join_bands

YES = np.array([True])


def test_a_tower_is_cut_into_bands_of_whole_floors():
    bands = cut_into_bands(an_atom(households=72, floors=18), YES)
    assert bands.households.tolist() == [24, 24, 24]
    assert bands.floor_from.tolist() == [1, 7, 13]
    assert bands.floor_to.tolist() == [6, 12, 18]
    assert bands.floors.tolist() == [6, 6, 6]


@given(households=st.integers(26, 400), floors=st.integers(2, 60), at_most=st.sampled_from([1, 12, 25]))
def test_bands_share_out_every_household_and_every_floor_once(households, floors, at_most):
    bands = cut_into_bands(an_atom(households, floors), YES, at_most)
    assert bands.households.sum() == households
    assert (bands.households > 0).all()
    assert bands.floor_from[0] == 1
    assert bands.floor_to[-1] == floors
    assert (bands.floor_from[1:] == bands.floor_to[:-1] + 1).all()
    assert ((bands.households <= at_most) | (bands.households <= -(-households // floors))).all()


def test_one_floor_or_few_households_cannot_be_banded():
    assert not can_be_banded(an_atom(80, 1)).any()
    assert not can_be_banded(an_atom(25, 9)).any()
    assert len(cut_into_bands(an_atom(80, 1), YES)) == 1


def test_what_is_not_chosen_stays_whole():
    whole = cut_into_bands(an_atom(72, 18), ~YES)
    assert whole.floor_from.tolist() == [0]
    assert whole.floors.tolist() == [18]


def test_bands_cut_again_keep_their_floors():
    bands = cut_into_bands(an_atom(72, 18), YES)
    finer = cut_into_bands(bands, np.array([False, True, False]), at_most=12)
    assert finer.floor_from.tolist() == [1, 7, 10, 13]
    assert finer.floor_to.tolist() == [6, 9, 12, 18]


def test_a_tower_that_stays_in_one_piece_is_whole_again():
    bands = cut_into_bands(an_atom(72, 18), YES)
    joined, piece, into = join_bands(bands, np.array([4, 4, 4]))
    assert joined.households.tolist() == [72]
    assert joined.floor_from.tolist() == [0]
    assert joined.floors.tolist() == [18]
    assert piece.tolist() == [4]
    assert into.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("pieces", "floors"), [([1, 1, 2], [(1, 12), (13, 18)]), ([1, 2, 1], [(1, 6), (7, 12), (13, 18)])]
)
def test_only_floors_that_follow_each_other_in_one_piece_are_joined(pieces, floors):
    bands = cut_into_bands(an_atom(72, 18), YES)
    joined, _, _ = join_bands(bands, np.array(pieces))
    assert list(zip(joined.floor_from.tolist(), joined.floor_to.tolist(), strict=True)) == floors
