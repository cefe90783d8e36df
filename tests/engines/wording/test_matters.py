"""Ava writes of the lift and of the lamp in one breath; of one thing she may write as long as she likes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.engines.wording.test_model import LABELS, TEXTS

from doorstep.engines.wording import matters, train


@pytest.fixture(scope="module")
def predict():
    return train(TEXTS, LABELS).predict


def found(text, predict, **more):
    return [matter.guess.label for matter in matters(text, predict, **more)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("电梯坏了好几天。路灯不亮", ["lift", "lamp"]),
        ("电梯停了好几天，另外遛狗不牵绳", ["lift", "dogs"]),
        ("路灯不亮\n流浪狗追人", ["lamp", "dogs"]),
        ("1、电梯坏了 2、路灯不亮 3、流浪狗追人", ["lift", "lamp", "dogs"]),
        ("The elevator is broken. Also a stray dog barks", ["lift", "dogs"]),
    ],
)
def test_different_things_are_parted_where_one_ends(predict, text, labels):
    assert found(text, predict) == labels


@pytest.mark.parametrize(
    "text",
    [
        "",
        "电梯坏了",
        "电梯坏了。电梯门关不上",
        "电梯坏了好几天。谢谢您。",
        "路灯不亮，楼下的灯坏了很黑",
        "电梯坏了，遛狗不牵绳",
        "。。。，，，；",
        "电梯。路灯",
    ],
)
def test_one_thing_stays_one(predict, text):
    assert found(text, predict) == []


def test_the_same_thing_told_again_after_another_is_not_a_third(predict):
    assert found("电梯坏了好几天。路灯不亮。电梯停了好几天", predict) in ([], ["lift", "lamp"])


def test_what_is_no_item_is_no_matter(predict):
    assert found("电梯坏了好几天。路灯不亮", predict, is_item=lambda label: label != "lamp") == []


def test_a_very_long_text_is_left_whole_and_soon(predict):
    assert found("电梯坏了好几天。路灯不亮。" * 200, predict) == []


@given(st.text("电梯坏了路灯不亮流浪狗追人，。；\n另外 also dog.", max_size=120))
def test_the_parts_stand_in_the_text_in_their_order_and_ask_for_different_things(predict, text):
    parts = matters(text, predict)
    assert len(parts) != 1 and len({part.guess.label for part in parts}) == len(parts)
    assert all(part.text == text[part.start : part.end].strip(" \t\r\n，,；;") and part.text for part in parts)
    assert all(one.end == other.start for one, other in pairwise(parts))
    assert not parts or (parts[0].start, parts[-1].end) == (0, len(text))
