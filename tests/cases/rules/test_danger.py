"""Danger to life is heard by rules, and what is only feared is not mistaken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.danger import alarm
from doorstep.catalogue.files import read_catalogue
from doorstep.core.text import text

DANGERS = read_catalogue().dangers


@pytest.mark.parametrize(
    ("said", "danger", "dial"),
    [
        ("三楼着火了快来人", "fire", "119"),
        ("Ｔｈｅ　kitchen is ON FIRE", "fire", "119"),
        ("楼道里一股煤气味", "gas", "119"),
        ("有人触电了", "electric-shock", "120"),
        ("有人晕倒在楼下，没有呼吸", "injured", "120"),
        ("老人摔倒起不来", "injured", "120"),
        ("孩子落水了", "drowning", "110"),
        ("楼下两个人打架，有一个持刀", "violence", "110"),
        ("我不想活了", "despair", "110"),
        ("我被困电梯里", "trapped", "119"),
        ("有人被电梯困住了", "trapped", "119"),
        ("My mother fell and cannot stand up", "injured", "120"),
        ("My mother fell and can’t get up", "injured", "120"),
        ("家里没人，灶上还烧着东西，火没关", "stove", "119"),
        ("Somebody is bleeding in the yard", "injured", "120"),
        ("没人管，楼上都着火了", "fire", "119"),
    ],
)
def test_danger_that_is_there_is_heard_and_the_right_number_is_told(said, danger, dial):
    heard = alarm(said, DANGERS)
    assert (heard.danger.id, heard.is_here) == (danger, True)
    for lang in ("zh", "en"):
        assert dial in text(heard.advice, lang)


@pytest.mark.parametrize(
    "said",
    [
        "消防通道堵了，万一着火消防车进不来",
        "楼道堆杂物，我担心哪天会着火",
        "电线老化容易引发火灾",
        "没有着火，只是有点糊味",
        "If there is a fire nobody could get out",
        "I am afraid of a gas leak",
        "The shed is not on fire",
    ],
)
def test_danger_that_is_feared_gets_advice_and_no_alarm(said):
    heard = alarm(said, DANGERS)
    assert heard.is_here is False
    assert heard.danger.dial in text(heard.advice, "zh")


@pytest.mark.parametrize(
    "said",
    [
        "路灯不亮",
        "",
        "消防通道被堵",
        "火灾隐患排查什么时候来",
        "落水管断了",
        "自行车车胎漏气了",
        "热水器打不着火",
        "The fire extinguisher is too old",
        "a fire lane is blocked",
        "firewood on the stairs",
    ],
)
def test_words_that_only_look_like_danger_raise_nothing(said):
    assert alarm(said, DANGERS) is None


def test_a_fear_in_one_clause_does_not_hide_the_danger_in_the_next():
    assert alarm("我很害怕，着火了", DANGERS).is_here
    assert alarm("担心着火。现在真的起火了！", DANGERS).is_here


def test_a_denial_counts_only_right_before_the_word():
    assert not alarm("没着火", DANGERS).is_here
    assert alarm("没人在家但是着火了", DANGERS).is_here
    assert alarm("Nobody knows, the shed is on fire", DANGERS).is_here


@pytest.mark.parametrize("danger", DANGERS.dangers, ids=lambda danger: danger.id)
def test_every_word_of_every_danger_is_heard(danger):
    for word in danger.words:
        heard = alarm(word, DANGERS)
        assert heard is not None, word
        assert heard.is_here, word


@given(st.text(max_size=80), st.sampled_from([word for danger in DANGERS.dangers for word in danger.words]))
def test_a_danger_word_in_a_sentence_of_its_own_is_heard_whatever_stands_around_it(noise, word):
    assert alarm(f"{noise}。{word}。{noise}", DANGERS).is_here
