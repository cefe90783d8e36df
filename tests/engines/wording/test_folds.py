"""Before a classifier is trusted, each example is told by a classifier that never saw it."""

import random

import pytest

from doorstep.engines.wording import guessed_apart, least_squares, macro_f1, naive_bayes
from doorstep.engines.wording.folds import dealt

TOPICS = {"lift": "电梯轿厢停运按钮困人", "lamp": "路灯灯杆不亮漆黑照明", "dogs": "狗遛犬拴绳咬吠流浪"}


def messages(count):
    """Sentences of common characters with a few of a topic among them, the same on every run."""
    chance = random.Random(7)
    for at in range(count):
        label = list(TOPICS)[at % len(TOPICS)]
        said = [chance.choice("我们小区今天又来了请处理一下谢谢大家都很急") for _ in range(12)]
        yield "".join(said[:6] + chance.choices(TOPICS[label], k=4) + said[6:]), label


@pytest.mark.parametrize("fit", [naive_bayes, least_squares])
def test_messages_of_three_topics_are_told_by_the_others(fit):
    texts, labels = zip(*messages(150), strict=True)
    assert macro_f1(labels, guessed_apart(texts, labels, fit)) > 0.95


@pytest.mark.parametrize("fit", [naive_bayes, least_squares])
def test_labels_given_by_chance_are_not_told(fit):
    texts, labels = zip(*messages(150), strict=True)
    mixed = random.Random(3).sample(labels, len(labels))
    assert macro_f1(mixed, guessed_apart(texts, mixed, fit)) < 0.55


def test_every_fold_has_its_share_of_every_label():
    assert dealt(["a", "a", "b", "a", "b"], 2) == [0, 1, 0, 0, 1]


def test_a_rare_label_counts_as_much_as_a_common_one():
    assert macro_f1(["a", "a", "a", "b"], ["a", "a", "a", "a"]) == pytest.approx((6 / 7 + 0) / 2)
    assert macro_f1(["a", "b"], ["a", "b"]) == 1.0
