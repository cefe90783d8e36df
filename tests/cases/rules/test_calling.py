"""Several units at one case: who can be called, where and when they meet, and when the whole is done."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from doorstep.cases.rules.calling import (
    CallRefused,
    Meeting,
    Part,
    PartsOpen,
    all_did_their_part,
    answer_by,
    can_come,
    part_limit,
    refuse_call,
    refuse_meeting,
    refuse_open,
    score_named,
)
from doorstep.cases.rules.facts import UnitId

WORDS = "请到 3 号楼下一起看"


@pytest.fixture
def call(place, everybody):
    """`call(units…)`: refused or not, from a case that Dana's desk holds."""

    def refused(*units, words=WORDS, parts=(), is_part=False):
        able = [unit for unit in everybody if unit.is_staffed]
        refuse_call([unit.id for unit in units], words, able=able, holder=place.desk.id, parts=parts, is_part=is_part)

    return refused


def test_units_that_may_act_can_be_called(call, place):
    call(place.lamps, place.gas, place.estate)


@pytest.mark.parametrize(
    ("trades", "may"), [((), True), (("water",), True), (("platform",), False), (("platform", "water"), True)]
)
def test_whoever_only_keeps_the_platform_running_has_nobody_to_send(place, trades, may):
    assert can_come(replace(place.lamps, departments=frozenset(trades))) is may


def test_nobody_is_called_without_saying_what_for(call, place):
    with pytest.raises(CallRefused) as refused:
        call(place.lamps, words="  来 ")
    assert refused.value.where == "words"


def test_a_call_to_nobody_is_refused(call):
    with pytest.raises(CallRefused):
        call()


def test_more_than_a_meeting_can_hold_are_refused(place):
    with pytest.raises(CallRefused):
        refuse_call([UnitId(str(n)) for n in range(9)], WORDS, able=[], holder=None, parts=(), is_part=False)


def test_whoever_holds_the_case_is_not_called_to_it(call, place):
    with pytest.raises(CallRefused):
        call(place.desk)


def test_a_unit_from_elsewhere_is_not_called(place):
    with pytest.raises(CallRefused) as refused:
        refuse_call([place.lamps.id], WORDS, able=[place.gas], holder=None, parts=(), is_part=False)
    assert refused.value.where == "unit"


def test_whoever_is_at_a_part_is_not_called_again_until_it_has_ended(call, place):
    with pytest.raises(CallRefused):
        call(place.lamps, parts=[Part("1", place.lamps.id, is_open=True)])
    call(place.lamps, parts=[Part("1", place.lamps.id, is_open=False, outcome="solved")])


def test_a_part_calls_nobody(call, place):
    with pytest.raises(CallRefused):
        call(place.lamps, is_part=True)


def test_a_meeting_has_a_place_and_a_time_to_come(at):
    now = at("2026-11-10", 10)
    refuse_meeting(Meeting("东门", now + timedelta(hours=3)), at=now)
    for place, moment in (("", now + timedelta(hours=3)), ("东门", now), ("东门", now + timedelta(days=32))):
        with pytest.raises(CallRefused):
            refuse_meeting(Meeting(place, moment), at=now)


def test_whoever_is_called_answers_within_a_working_hour(at, limits, calendar):
    assert answer_by(at("2026-11-10", 10), limits, calendar).at == at("2026-11-10", 11)
    assert answer_by(at("2026-11-10", 17, 30), limits, calendar).at == at("2026-11-11", 9, 30)


def test_a_part_has_ten_working_days_from_the_meeting_but_never_outlasts_a_promise_that_holds(at, limits, calendar):
    now, meeting = at("2026-11-10", 10), Meeting("东门", at("2026-11-12", 14))

    def due(meeting: Meeting | None, promised: datetime | None) -> datetime:
        return calendar.add(now, part_limit(now, meeting, promised, limits, calendar)).at

    assert due(meeting, None) == at("2026-11-26", 18)
    assert due(None, None) == at("2026-11-24", 18)
    promised = at("2026-11-17", 18)
    assert due(meeting, promised) == promised
    assert due(None, at("2026-11-09", 18)) == at("2026-11-24", 18)
    # A promise of clock hours is kept at night too, and one that runs out now leaves a moment.
    assert due(None, at("2026-11-10", 11, 30)) == at("2026-11-10", 11, 30)
    assert due(None, now + timedelta(seconds=1)) <= now + timedelta(minutes=1)


@pytest.mark.parametrize(("typed", "score"), [("", None), ("1", 1), ("5", 5)])
def test_a_score_is_one_of_five_or_none(typed, score):
    assert score_named(typed) == score


@pytest.mark.parametrize("typed", ["0", "6", "4.5", "五", "²", "-1"])
def test_any_other_score_is_refused(typed):
    with pytest.raises(CallRefused):
        score_named(typed)


def test_a_case_is_not_done_while_somebody_is_at_a_part():
    refuse_open([])
    refuse_open([Part("1", UnitId("a"), is_open=False)])
    with pytest.raises(PartsOpen) as refused:
        refuse_open([Part("1", UnitId("a"), is_open=False), Part("2", UnitId("b"), is_open=True)])
    assert refused.value.message.params["numbers"] == "2"


def test_all_did_their_part_when_nobody_is_at_it_and_somebody_solved_it():
    solved, gone = Part("1", UnitId("a"), False, "solved"), Part("2", UnitId("b"), False, "withdrawn")
    assert all_did_their_part([solved, gone])
    assert not all_did_their_part([])
    assert not all_did_their_part([gone])
    assert not all_did_their_part([solved, Part("3", UnitId("c"), True)])
