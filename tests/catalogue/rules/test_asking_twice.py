"""A form that asks for what is held is found out by name, synonym and likeness; what is new is let pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.catalogue.files import CatalogueRefused
from doorstep.catalogue.held_facts import held_facts, name_of, read_facts
from doorstep.catalogue.rules.asking_twice import How, asked_again

FACTS = tuple(held_facts().values())


def found(label: str) -> tuple[str, str] | None:
    again = asked_again(label, FACTS)
    return None if again is None else (again.fact.id, str(again.how))


@pytest.mark.parametrize(
    ("label", "fact"),
    [
        ("社区名称", "area-name"),
        ("请填写所在社区", "area-name"),
        ("总户数（户）", "households"),
        ("总 户 数", "households"),
        ("１．总户数", "households"),
        ("网格员人数", "grid-workers"),
        ("Number of households", "households"),
        ("AREA CODE", "area-code"),
        ("群众诉求数量", "cases-reported"),
        ("填报单位", "area-name"),
        ("行政区划代码", "area-code"),
    ],
)
def test_the_same_is_asked_for_again(label: str, fact: str) -> None:
    again = found(label)
    assert again is not None and again[0] == fact


@pytest.mark.parametrize(
    "label", ["辖区内居民户数合计情况", "本网格微网格员数量及变化", "community name in English letters"]
)
def test_what_is_only_alike_is_told_apart_from_the_same(label: str) -> None:
    again = found(label)
    assert again is not None and again[1] == How.ALIKE


@pytest.mark.parametrize(
    "label",
    [
        "灭火器是否过期",
        "最近一次演练日期",
        "需要多少袋融雪盐",
        "Do the extinguishers work?",
        "意见和建议",
        "备注",
        "独居老人探访安排",
        "?",
        "",
    ],
)
def test_what_is_new_is_let_pass(label: str) -> None:
    assert found(label) is None


@given(
    st.sampled_from(FACTS),
    st.integers(min_value=0),
    st.sampled_from(["请填写", "本", "该", ""]),
    st.sampled_from(["", "：", "（个）", " "]),
)
def test_no_frill_hides_a_held_fact(fact, place, before, behind) -> None:
    """Whatever an office puts around a name, it is the same name."""
    word = (fact.name.zh, *fact.words)[place % (1 + len(fact.words))]
    if word.isascii():
        before = ""
    again = asked_again(f"{before}{word}{behind}", FACTS)
    assert again is not None and again.how is How.SAME


@given(st.text(max_size=200))
def test_any_label_is_answered(label: str) -> None:
    again = asked_again(label, FACTS)
    assert again is None or again.fact in FACTS


def test_every_fact_has_a_home_and_words_in_both_languages() -> None:
    assert len(FACTS) >= 15
    assert all(fact.name.zh and fact.name.en and fact.words for fact in FACTS)
    assert name_of("households").en == "Lived-in households" and name_of("gone").zh == "gone"


def test_a_slip_in_the_list_of_facts_is_named() -> None:
    with pytest.raises(CatalogueRefused):
        read_facts('[[fact]]\nid = "x"\nhome = "moon"\nname = { zh = "一", en = "a" }\nwords = ["一"]\n')
