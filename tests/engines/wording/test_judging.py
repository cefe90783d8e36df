"""What a classifier is worth is told by texts it has not seen, label by label and by how sure it was."""

import random

import pytest
from tests.engines.wording.test_folds import messages

from doorstep.engines.wording import fold_by_fold, judge, train, train_best
from doorstep.engines.wording.judging import Said


def test_each_label_has_its_precision_and_recall():
    found = judge(["a", "a", "b", "b"], [Said("a", 0.9), Said("b", 0.5), Said("b", 0.8), Said("", 0.0)])
    rows = {row.label: row[1:] for row in found.labels}
    assert rows["a"] == pytest.approx((2, 1.0, 0.5, 2 / 3))
    assert rows["b"] == pytest.approx((2, 0.5, 0.5, 0.5))
    assert found.right == 0.5 and found.macro_f1 == pytest.approx((2 / 3 + 0.5) / 2)


def test_the_most_confused_pair_comes_first():
    found = judge(["a", "b", "b", "b"], [Said("b", 1), Said("a", 1), Said("a", 1), Said("b", 1)])
    assert found.confused[0] == ("b", "a", 2)


def test_certainties_are_set_against_what_came_true():
    said = [Said("a", 0.9)] * 10
    always, half = judge(["a"] * 10, said), judge(["a", "b"] * 5, said)
    assert always.off == pytest.approx(0.1)
    assert half.off == pytest.approx(0.4)
    assert [(band.least, band.texts, band.right) for band in half.bands] == [(0.8, 10, 0.5)]


def test_five_folds_tell_every_message_once_and_how_much_they_differ():
    texts, labels = zip(*messages(150), strict=True)
    found = fold_by_fold(texts, labels, order=random.Random(1).sample(range(150), 150))
    assert len(found.folds) == len(found.fits) == 5 and found.whole.texts == 150
    assert found.mean > 0.95 and found.spread < 0.1
    assert sum(band.texts for band in found.whole.bands) == 150


def test_labels_given_by_chance_are_told_by_chance_though_the_fit_is_chosen():
    texts, labels = zip(*messages(150), strict=True)
    mixed = random.Random(3).sample(labels, len(labels))
    assert fold_by_fold(texts, mixed).mean < 0.55


def test_few_labels_with_many_messages_and_many_with_few_are_fitted_each_in_its_way():
    texts, labels = zip(*messages(150), strict=True)
    fitted, name = train_best(texts, labels)
    assert name in ("naive_bayes", "least_squares")
    assert fitted.predict("电梯轿厢停运").label == "lift"


def test_what_may_not_be_kept_is_as_if_nobody_had_written_it():
    texts, labels = zip(*messages(150), strict=True)
    fitted = train(texts, labels, may_keep=lambda piece: "梯" not in piece)
    assert not [piece for piece in fitted.scales.columns if "梯" in piece]
    assert "电" in fitted.scales.columns
    assert fitted.predict("梯") is None
