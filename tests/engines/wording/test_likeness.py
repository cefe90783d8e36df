"""Ava and Ben tell of the same thing in other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.engines.wording import likeness


def test_ava_and_ben_who_mean_the_same_are_more_alike_than_chen_who_means_another():
    ava, ben, chen = "小区门口井盖没了", "门口的井盖不见了", "楼上漏水"
    assert likeness(ava, ben) > 0.3 > likeness(ava, chen)


@pytest.mark.parametrize(("one", "other"), [("", ""), ("", "路灯"), ("😀", "路灯"), ("路灯", "狗叫")])
def test_texts_that_share_nothing_are_not_alike(one, other):
    assert likeness(one, other) == 0.0


@given(st.text("路灯坏了 lamp井盖", max_size=40), st.text("路灯坏了 lamp井盖", max_size=40))
def test_likeness_is_mutual_and_lies_between_nought_and_one(one, other):
    assert likeness(one, other) == pytest.approx(likeness(other, one))
    assert 0.0 <= likeness(one, other) <= 1.0


@given(st.text("路灯坏了wxz", min_size=1, max_size=40))
def test_a_text_is_wholly_like_itself(text):
    assert likeness(text, text) == pytest.approx(1.0)
