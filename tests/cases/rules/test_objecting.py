"""A neighbour who joined says that it is not solved."""

from datetime import datetime, timedelta

import pytest

from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.objecting import ObjectionRefused, may_object, object_to
from doorstep.cases.rules.questions import Question
from doorstep.core.time.zone import LOCAL

ENDED = datetime(2026, 11, 10, 10, tzinfo=LOCAL)
LATE = timedelta(days=9)


@pytest.fixture
def closing(limits):
    return {"ended_at": ENDED, "at": ENDED, "limits": limits, "has_objected": False}


def test_before_the_verdict_the_desk_is_asked_whether_it_is_done(closing):
    decided = object_to("还是不亮", State.DONE, **(closing | {"ended_at": None}))
    assert decided.question is Question.IS_IT_DONE


def test_after_the_end_the_desk_is_asked_to_look_for_seven_days(closing):
    assert object_to("还是不亮", State.CLOSED, **closing).question is Question.NEIGHBOUR_OBJECTS
    assert may_object(State.CLOSED, **(closing | {"at": ENDED + timedelta(days=7)}))
    assert not may_object(State.CLOSED, **(closing | {"at": ENDED + LATE}))


@pytest.mark.parametrize("state", [each for each in State if each not in (State.DONE, State.CLOSED)])
def test_while_nothing_came_of_it_there_is_nothing_to_object_to(closing, state):
    assert not may_object(state, **closing)
    with pytest.raises(ObjectionRefused) as refused:
        object_to("还是不亮", state, **closing)
    assert refused.value.message.key == "cases-object-not-yet"


@pytest.mark.parametrize(
    ("words", "change", "key"),
    [
        ("", {}, "cases-reopen-without-words"),
        ("还是不亮", {"has_objected": True}, "cases-object-again"),
        ("还是不亮", {"later": LATE}, "cases-object-too-late"),
    ],
)
def test_each_refusal_says_why(closing, words, change, key):
    later = change.pop("later", timedelta())
    with pytest.raises(ObjectionRefused) as refused:
        object_to(words, State.CLOSED, **(closing | {"at": ENDED + later} | change))
    assert refused.value.message.key == key
