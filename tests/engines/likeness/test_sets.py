"""Texts as sets of pieces: what counts, and the exact likeness of one to many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.engines.likeness import grams_of, jaccards, packed, shingles, unpacked

TEXTS = st.text("路灯坏了井盖没 lamp broken3，", max_size=60)


def test_chinese_is_read_in_pairs_and_english_in_words_and_their_neighbours():
    assert shingles("路灯坏了") == {"路灯", "灯坏", "坏了"}
    assert shingles("The lamps are broken") == {"lamp", "broken", "lamp broken"}


def test_what_does_not_change_the_matter_does_not_count():
    assert shingles("３号楼　路灯 坏了！！") == shingles("9号楼路灯坏了")


@pytest.mark.parametrize("nothing", ["", "😀😀", "，。！", "the of"])
def test_a_text_without_pieces_is_like_nothing_not_even_itself(nothing):
    assert jaccards(grams_of(nothing), [grams_of(nothing), grams_of("路灯坏了")]).tolist() == [0, 0]


@given(TEXTS, st.lists(TEXTS, max_size=6))
def test_the_likeness_is_that_of_the_sets(one, others):
    found = jaccards(grams_of(one), [grams_of(other) for other in others])
    mine = shingles(one)
    for other, likeness in zip(others, found, strict=True):
        either = mine | shingles(other)
        assert likeness == pytest.approx(len(mine & shingles(other)) / len(either) if either else 0)


@given(TEXTS)
def test_what_a_database_keeps_comes_back(text):
    assert np.array_equal(unpacked(packed(grams_of(text))), grams_of(text))


def test_the_numbers_are_the_same_on_every_machine_and_in_every_year():
    assert grams_of("路灯").tolist() == [4033619951]
