"""An item's questions: asked where they make sense, read in their order, refused where they do not fit."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.shipped import shipped_catalogue

from doorstep.catalogue.item import AnswerKind, Condition, Named, Question
from doorstep.catalogue.rules.answering import AnswerRefused, Answers, read_answers, still_asked

LEAK = shipped_catalogue().item("leak-between-flats")


def question(key: str, kind: AnswerKind = AnswerKind.TEXT, **more: Any) -> Question:
    return Question(key, kind, Named(f"{key}？", f"{key}?"), **more)


def read(written: dict[str, str], *settled: str) -> Answers:
    return read_answers(still_asked(LEAK, settled), written, "zh")


def test_a_question_is_asked_where_the_one_before_was_answered_so():
    answers = read({"still": "always", "power": "yes", "upstairs": "absent"})
    assert answers.settled == ("still", "power", "upstairs")
    assert answers.as_words("zh").splitlines() == [
        "现在还在漏吗：一直在漏", "漏水的地方有插座、灯或电线吗：是", "联系过楼上邻居吗：联系不上",
    ]  # fmt: skip
    assert answers.as_words("en").splitlines()[0] == "Is it leaking now: All the time"


def test_what_is_out_of_place_is_left_out_and_never_asked_again():
    answers = read({"still": "stopped", "power": "yes"})
    assert [each.id for each, _ in answers.given] == ["still"]
    assert "power" in answers.settled


def test_what_was_not_answered_is_asked_again_later():
    answers = read({"still": "always"})
    assert answers.settled == ("still",)
    later = read({"power": "no"}, *answers.settled)
    assert later.settled == ("power",)


def test_a_needed_answer_is_asked_for_by_its_question():
    with pytest.raises(AnswerRefused, match="现在还在漏吗") as refused:
        read({"upstairs": "agrees"})
    assert refused.value.where == "answer_still"


def test_nothing_at_all_is_no_answer():
    with pytest.raises(AnswerRefused):
        read_answers([question("a")], {"b": "1"}, "zh")


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (AnswerKind.YES_NO, "yes", "maybe"),
        (AnswerKind.NUMBER, "-1.5", "nan"),
        (AnswerKind.NUMBER, "12", "1" * 21),
        (AnswerKind.NUMBER, "12", "a dozen"),
        (AnswerKind.DATE, "2026-11-22", "yesterday"),
        (AnswerKind.TEXT, "x" * 200, "x" * 201),
        (AnswerKind.CHOICE, "knee", "neck"),
    ],
)
def test_an_answer_fits_its_question_or_is_refused(kind, good, bad):
    options = (("knee", Named("到膝盖", "Up to the knee")),) if kind is AnswerKind.CHOICE else ()
    asks = [question("a", kind, options=options)]
    assert read_answers(asks, {"a": good}, "zh").settled == ("a",)
    with pytest.raises(AnswerRefused):
        read_answers(asks, {"a": bad}, "zh")


def test_below_a_question_that_is_out_of_place_everything_is():
    asks = [
        question("a", AnswerKind.YES_NO),
        question("b", AnswerKind.YES_NO, only_if=Condition("a", ("yes",))),
        question("c", only_if=Condition("b", ("yes",))),
    ]
    assert read_answers(asks, {"a": "no", "b": "yes", "c": "x"}, "zh").settled == ("a", "b", "c")


def test_every_item_can_be_answered_in_every_way_that_its_choices_allow():
    for item in shipped_catalogue().items.values():
        fixed = {AnswerKind.TEXT: "x", AnswerKind.NUMBER: "1", AnswerKind.DATE: "2026-11-22"}
        ways = [
            list(dict(each.options)) or (["yes", "no"] if each.kind is AnswerKind.YES_NO else [fixed[each.kind]])
            for each in item.questions
        ]
        for values in product(*ways) if ways else ():
            written = dict(zip((each.id for each in item.questions), values, strict=True))
            answers = read_answers(item.questions, written, "zh")
            assert {each.id for each, _ in answers.given} == {each.id for each in item.questions_after(written)}
            assert set(answers.settled) == {each.id for each in item.questions}


@given(some.dictionaries(some.sampled_from(["still", "power", "upstairs", "x"]), some.text(max_size=300)))
def test_whatever_is_sent_is_read_or_refused_in_words(written):
    try:
        answers = read(written)
    except AnswerRefused as refused:
        assert refused.message.key.startswith("answers-")
    else:
        assert answers.given and answers.as_words("zh")
