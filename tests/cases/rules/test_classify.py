"""What Ava's report is about: danger first, then her own choice, then her words."""

import pytest

from doorstep.cases.rules.classify import BAR, classify, urgency_of
from doorstep.cases.rules.danger import alarm
from doorstep.catalogue.item import Kind, Urgency
from doorstep.core.text import text
from doorstep.engines.wording import Guess


def guess(label: str, certainty: float = 0.9) -> Guess:
    return Guess(label, certainty, ("路灯", "黑"), ((label, certainty),))


def test_clear_words_say_what_it_is_and_which_of_them_decided(catalogue):
    found = classify("路灯坏了很黑", catalogue, guess=guess("street-light"))
    assert (found.item.id, found.class_code, found.kind) == ("street-light", "0202", Kind.REPORT)
    assert (found.urgency, found.certainty) == (Urgency.ORDINARY, 0.9)
    assert "路灯 · 黑" in text(found.because, "zh")
    assert "90%" in text(found.because, "en")


def test_below_the_bar_a_person_is_asked(catalogue):
    assert classify("灯", catalogue, guess=guess("street-light", BAR)) is not None
    assert classify("灯", catalogue, guess=guess("street-light", BAR - 0.01)) is None
    assert classify("灯", catalogue, guess=guess("street-light", 0.7), bar=0.8) is None
    assert classify("灯", catalogue) is None


def test_an_item_that_has_left_the_catalogue_is_not_guessed(catalogue):
    assert classify("灯", catalogue, guess=guess("gone")) is None


def test_what_ava_chose_is_not_argued_with(catalogue):
    found = classify("路灯", catalogue, chosen=catalogue.item("trees"), guess=guess("street-light"))
    assert (found.item.id, found.certainty) == ("trees", 1.0)
    assert found.because.key == "cases-classify-chosen"


def test_danger_wins_over_words_and_wishes(catalogue):
    said = "路灯杆着火了"
    heard = alarm(said, catalogue.dangers)
    found = classify(said, catalogue, guess=guess("street-light"), alarm=heard, wished=Urgency.ORDINARY)
    assert (found.item.id, found.urgency) == ("fire", Urgency.CRITICAL)
    assert "着火" in text(found.because, "zh")


def test_danger_keeps_the_item_that_ava_chose_and_makes_it_critical(catalogue):
    said = "电梯里有人晕倒了"
    heard = alarm(said, catalogue.dangers)
    found = classify(said, catalogue, chosen=catalogue.item("lift-fault"), alarm=heard)
    assert (found.item.id, found.urgency) == ("lift-fault", Urgency.CRITICAL)


def test_a_danger_that_is_only_feared_changes_nothing(catalogue):
    said = "消防通道堵了，万一着火怎么办"
    heard = alarm(said, catalogue.dangers)
    found = classify(said, catalogue, guess=guess("fire-lane"), alarm=heard)
    assert (found.item.id, found.urgency) == ("fire-lane", Urgency.URGENT)


def test_statistics_alone_never_sound_the_alarm(catalogue):
    assert classify("有点怪味", catalogue, guess=guess("gas-leak")).urgency is Urgency.URGENT
    assert classify("有点怪味", catalogue, chosen=catalogue.item("gas-leak")).urgency is Urgency.CRITICAL


@pytest.mark.parametrize("by", ["chosen", "guess"])
def test_ava_may_say_how_soon_where_there_is_no_danger(catalogue, by):
    means = {"chosen": catalogue.item("street-light")} if by == "chosen" else {"guess": guess("street-light")}
    assert classify("路灯", catalogue, **means, wished=Urgency.URGENT).urgency is Urgency.URGENT


@pytest.mark.parametrize(
    ("said", "urgency"),
    [
        ("电梯停了", Urgency.URGENT),
        ("有人被困在电梯里", Urgency.CRITICAL),
        ("somebody TRAPPED inside", Urgency.CRITICAL),
    ],
)
def test_words_that_make_it_worse_make_it_more_urgent(catalogue, said, urgency):
    assert urgency_of(said, catalogue.item("lift-fault")) is urgency


def test_words_never_make_it_less_urgent(catalogue):
    assert urgency_of("着火了，楼上爆裂", catalogue.item("fire")) is Urgency.CRITICAL


def test_a_real_sentence_goes_the_whole_way(catalogue, classifier):
    said = "小区门口的井盖不见了，晚上太危险"
    found = classify(said, catalogue, guess=classifier.predict(said), alarm=alarm(said, catalogue.dangers))
    assert (found.item.id, found.urgency) == ("manhole-cover", Urgency.URGENT)


def test_what_says_nothing_clear_is_for_a_person(catalogue):
    assert classify("在吗", catalogue, guess=guess("other", 0.99)) is None
    assert classify("在吗", catalogue, chosen=catalogue.item("other")).item.id == "other"
