"""An owner who cannot be reached: an order that nobody jumps, a home that nobody enters, and never silence."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.cases.rules import pausing
from doorstep.cases.rules.absent_owner import (
    DANGER,
    HOWS,
    REST_DAYS,
    Done,
    Standing,
    Step,
    StepRefused,
    is_silent,
    look_at,
    may_do,
    next_step,
    record,
    refuse_wait,
    standing,
    steps_left,
)
from doorstep.cases.rules.clocks import Turn, clocks
from doorstep.cases.rules.ladder import Rung, ladder, look_again_at, rung_above
from doorstep.catalogue.item import Level, Promise, Urgency
from doorstep.core.time.limits import Hours, WorkingDays
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import LOCAL

CALENDAR = Calendar()
LIMITS = shipped_catalogue().limits
TUESDAY = datetime(2026, 11, 10, 10, tzinfo=LOCAL)
ORDINARY = Promise(Hours(24), WorkingDays(5))


def done(*steps: Step, day: int = 0) -> Standing:
    """These steps, each a day after the other."""
    return Standing(tuple(Done(step, HOWS[step][0], TUESDAY + timedelta(days=day + n)) for n, step in enumerate(steps)))


TRIED_ENOUGH = (Step.TRIED, Step.TRIED)
ALL_DONE = (*TRIED_ENOUGH, Step.ASKED, Step.NOTICE)


def test_the_order_is_try_ask_notice_and_then_a_review_date():
    seen, now = [], Standing(())
    while (step := next_step(now, Urgency.ORDINARY)) is not None:
        seen.append(step)
        now = done(*seen)
    assert seen == list(ALL_DONE)
    refuse_wait(now, Urgency.ORDINARY)


def test_where_something_is_urgent_once_is_enough_and_the_danger_comes_first():
    seen, now = [], Standing(())
    while (step := next_step(now, Urgency.URGENT)) is not None:
        seen.append(step)
        now = done(*seen)
    assert seen == [Step.TRIED, Step.ASKED, Step.SECURED, Step.NOTICE]


def test_knocking_twice_in_an_hour_is_knocking_once():
    twice = Standing(tuple(Done(Step.TRIED, "knocked", TUESDAY + timedelta(minutes=n)) for n in (0, 30)))
    assert next_step(twice, Urgency.ORDINARY) is Step.TRIED
    assert next_step(done(*TRIED_ENOUGH), Urgency.ORDINARY) is Step.ASKED


@pytest.mark.parametrize(
    ("step", "before", "urgency"),
    [
        (Step.ASKED, (), Urgency.ORDINARY),
        (Step.NOTICE, (Step.TRIED, Step.ASKED), Urgency.ORDINARY),
        (Step.NOTICE, TRIED_ENOUGH, Urgency.ORDINARY),
        (Step.SECURED, TRIED_ENOUGH, Urgency.ORDINARY),
        (Step.SECURED, (), Urgency.URGENT),
        (Step.ENTERED, ALL_DONE, Urgency.ORDINARY),
        (Step.ENTERED, (Step.TRIED,), Urgency.CRITICAL),
        (Step.FOUND, (), Urgency.ORDINARY),
    ],
)
def test_no_step_is_taken_before_what_has_to_come_before_it(step, before, urgency):
    with pytest.raises(StepRefused) as refused:
        record(step, HOWS[step][0], done(*before), urgency, with_police=True)
    assert refused.value.try_this


def test_nobody_enters_a_home_without_the_police_a_danger_and_a_legal_basis():
    now = done(Step.TRIED, Step.ASKED)
    for basis in HOWS[Step.ENTERED]:
        with pytest.raises(StepRefused) as refused:
            record("entered", basis, now, Urgency.CRITICAL, with_police=False)
        assert refused.value.where == "police"
        kept, told = record("entered", basis, now, Urgency.CRITICAL, with_police=True)
        assert kept is Step.ENTERED and told.params["basis"].key == f"absent-basis-{basis}"
    with pytest.raises(StepRefused):
        record("entered", "because-we-can", now, Urgency.CRITICAL, with_police=True)


@given(
    steps=st.lists(st.sampled_from(Step), max_size=8),
    urgency=st.sampled_from([Urgency.ORDINARY, Urgency.COMPLEX]),
    how=st.sampled_from(sorted(HOWS[Step.ENTERED])),
)
def test_where_nothing_is_urgent_nothing_ever_opens_a_door(steps, urgency, how):
    with pytest.raises(StepRefused):
        record("entered", how, done(*steps), urgency, with_police=True)


@pytest.mark.parametrize(("step", "how"), [("broke-in", "knocked"), ("tried", "kicked"), ("", "")])
def test_what_is_no_step_is_refused(step, how):
    with pytest.raises(StepRefused):
        record(step, how, done(*ALL_DONE), Urgency.ORDINARY, with_police=True)


@pytest.mark.parametrize("before", [(), (Step.TRIED,), TRIED_ENOUGH, (*TRIED_ENOUGH, Step.ASKED)])
def test_no_clock_waits_for_an_owner_before_a_notice_is_on_the_door(before):
    with pytest.raises(StepRefused) as refused:
        refuse_wait(done(*before), Urgency.ORDINARY)
    assert refused.value.where == "reason"


def test_once_the_owner_is_found_the_search_is_over_and_another_begins_anew():
    rows = [("note", {"absent": "tried", "how": "rang"}, TUESDAY), ("note", {"text": 1}, TUESDAY)]
    assert standing(rows).done == (Done(Step.TRIED, "rang", TUESDAY),)
    assert not standing([*rows, ("note", {"absent": "found", "how": "met"}, TUESDAY)]).is_absent
    assert not standing([*rows, ("reopen", {}, TUESDAY)]).is_absent


def test_the_page_shows_danger_only_where_there_is_one():
    assert Step.ENTERED not in steps_left(Standing(()), Urgency.ORDINARY)
    assert list(steps_left(Standing(()), Urgency.CRITICAL)) == list(Step)


# Never silent ---------------------------------------------------------------------------------------------------------


def turn(move: str, at: datetime, **facts: object) -> Turn:
    return Turn(move, "taken", "taken", at, "holder", facts)


def sent(at: datetime = TUESDAY) -> Turn:
    return Turn("dispatch", "classified", "dispatched", at, "machine", {"limit": "5 working days"})


def looked_at(turns: list[Turn], level: Level, reached: int, at: datetime) -> datetime | None:
    now = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    return look_again_at(now, level, unsigned=None, reached=reached, at=at, limits=LIMITS, calendar=CALENDAR)


def pressed_at(turns: list[Turn], level: Level, reached: int, at: datetime) -> tuple[list[Turn], int]:
    """What the machine does when it looks: end a pause that is over, then tell a level above."""
    now = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    silent = is_silent(now, at, CALENDAR)
    if pausing.resumes(now, at) is not None:
        turns = [*turns, turn("resume", at)]
        now = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    rungs = ladder(now, level, reached=reached, limits=LIMITS, calendar=CALENDAR)
    told = [each.rung for each in rungs if each.at <= at]
    rung = max(told, key=lambda each: each.rank) if told else rung_above(level, reached) if silent else None
    if rung is None:
        return turns, reached
    return [*turns, turn("press", at, rung=str(rung))], rung.rank


acts = st.lists(
    st.tuples(
        st.sampled_from(["tried", "asked", "notice", "secured", "entered", "pause", "resume", "wait"]),
        st.integers(1, 200),
        st.integers(1, 10),
    ),
    max_size=7,
)


@given(acts=acts, level=st.sampled_from(Level), urgency=st.sampled_from(Urgency), start=st.integers(0, 3650))
def test_whatever_was_done_last_the_case_is_looked_at_again_and_a_level_above_hears_of_it(acts, level, urgency, start):
    """From every state that a search can be in: there is a moment, and a rung is told within a few of them."""
    shift = timedelta(days=start % 300)
    at, reached = TUESDAY + shift, 0
    turns = [sent(at), turn("note", at, absent="tried", how="knocked")]
    for what, hours, days in acts:
        at += timedelta(hours=hours)
        now = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
        if what == "pause" and now.paused is None:
            turns.append(turn("pause", at, reason="owner-absent", days=days))
        elif what == "resume" and now.paused is not None:
            turns.append(turn("resume", at))
        elif what in set(Step):
            turns.append(turn("note", at, absent=what, how="knocked"))
    told = 0
    for _ in range(9):
        moment = looked_at(turns, level, reached, at)
        assert moment is not None and moment >= at, "it fell silent"
        assert moment <= CALENDAR.add_working_days(at, 11).at, "nothing would happen for more than two weeks"
        at = moment
        turns, reached_now = pressed_at(turns, level, reached, at)
        told += turns[-1].move == "press"
        reached = reached_now
    assert told >= 3 and reached >= Rung.COMMUNITY.rank


def test_when_the_wait_is_over_the_level_above_is_told_at_once():
    turns = [sent(), turn("note", TUESDAY, absent="tried"), turn("pause", TUESDAY, reason="owner-absent", days=3)]
    until = CALENDAR.add_working_days(TUESDAY, 3).at
    assert looked_at(turns, Level.GRID, 0, TUESDAY) <= until
    after, reached = pressed_at(turns, Level.GRID, Rung.HEAD.rank, until)
    assert [each.move for each in after[-2:]] == ["resume", "press"]
    assert reached == Rung.COMMUNITY.rank


def test_any_other_wait_that_ends_tells_nobody_by_itself():
    turns = [sent(), turn("pause", TUESDAY, reason="material", days=2)]
    until = CALENDAR.add_working_days(TUESDAY, 2).at
    after, _ = pressed_at(turns, Level.GRID, Rung.HEAD.rank, until)
    assert after[-1].move == "resume"


def test_an_owner_who_is_found_ends_the_wait():
    turns = [sent(), turn("note", TUESDAY, absent="tried"), turn("pause", TUESDAY, reason="owner-absent", days=3)]
    found = [*turns, turn("note", TUESDAY + timedelta(hours=3), absent="found")]
    now = clocks(found, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    assert pausing.resumes(now, TUESDAY + timedelta(hours=3)).because.key == "absent-resume-found"
    still = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    assert pausing.resumes(still, TUESDAY + timedelta(hours=3)) is None


def test_the_highest_level_is_told_again_rather_than_nobody():
    assert rung_above(Level.GRID, 0) is Rung.COMMUNITY
    assert rung_above(Level.GRID, Rung.COMMUNITY.rank) is Rung.SUBDISTRICT
    assert rung_above(Level.SUBDISTRICT, 0) is Rung.COMMAND
    assert rung_above(Level.GRID, Rung.COMMAND.rank) is Rung.COMMAND


def test_a_step_puts_the_telling_off_and_a_rest_of_days_brings_it():
    assert look_at(TUESDAY, CALENDAR) == CALENDAR.add_working_days(TUESDAY, REST_DAYS).at
    turns = [sent(), turn("note", TUESDAY, absent="tried")]
    now = clocks(turns, reported_at=TUESDAY, promise=ORDINARY, calendar=CALENDAR)
    assert not is_silent(now, TUESDAY + timedelta(days=1), CALENDAR)
    assert is_silent(now, look_at(TUESDAY, CALENDAR), CALENDAR)


def test_urgencies_in_danger_are_the_two_that_run_in_real_time():
    assert {Urgency.CRITICAL, Urgency.URGENT} == DANGER
    assert may_do(done(*ALL_DONE), Urgency.ORDINARY) == (Step.TRIED, Step.ASKED, Step.NOTICE, Step.FOUND)
