"""The question after the end comes after a working day, and early enough to be answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.follow_up import (
    LEFT_TO_ANSWER,
    awaits_answer,
    follow_up_at,
    is_followed_up,
    is_to_be_asked,
)
from doorstep.cases.rules.reopen import reopen_by
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import LOCAL

LIMITS = shipped_catalogue().limits
CALENDAR = Calendar()
CLOSED = ("close", "machine", {"outcome": "solved"})
ASKED = ("ask", "machine", {"question": "did-it-hold"})


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("closed", "asked"),
    [
        ("2026-11-23", "2026-11-24 18:00"),  # Monday: Tuesday evening
        ("2026-11-27", "2026-11-30 18:00"),  # Friday: Monday evening
        ("2026-09-30", "2026-10-05 23:59"),  # before eight days of holiday: two days before it could not be opened
    ],
)
def test_a_working_day_passes_before_ava_is_asked(closed, asked):
    assert f"{follow_up_at(at(closed), LIMITS, CALENDAR):%Y-%m-%d %H:%M}" == asked


@given(st.datetimes(datetime(2006, 1, 1), datetime(2040, 1, 1)))
def test_there_are_always_two_days_left_to_answer(closed_at):
    closed = closed_at.replace(tzinfo=LOCAL)
    asked = follow_up_at(closed, LIMITS, CALENDAR)
    assert closed < asked <= reopen_by(closed, LIMITS) - LEFT_TO_ANSWER


def test_only_what_was_solved_for_somebody_can_fail_to_hold():
    assert [each for each in Outcome if is_followed_up(each, "resident")] == [Outcome.SOLVED]
    assert not is_followed_up(Outcome.SOLVED, "part")


@pytest.mark.parametrize(
    ("after", "is_asked"),
    [
        ([], True),
        ([("note", "desk", {})], True),
        ([ASKED], False),
        ([("erase", "reporter", {})], False),
        ([("erase", "machine", {})], True),
        ([ASKED, ("reopen", "reporter", {}), CLOSED], True),
    ],
)
def test_it_is_asked_once_after_each_end(after, is_asked):
    assert is_to_be_asked([CLOSED, *after]) is is_asked


def test_a_reporter_who_took_back_their_part_is_asked_nothing():
    assert not is_to_be_asked([CLOSED, ("note", "reporter", {"voice_ended": True})])


@pytest.mark.parametrize(
    ("life", "state", "days", "awaits"),
    [
        ([CLOSED], "closed", 1, False),
        ([CLOSED, ASKED], "closed", 1, True),
        ([CLOSED, ASKED], "closed", 8, False),
        ([CLOSED, ASKED], "dispatched", 1, False),
        ([CLOSED, ASKED, ("verify", "reporter", {"verdict": "held"})], "closed", 1, False),
    ],
)
def test_the_answer_is_waited_for_until_it_came_or_its_time_is_over(life, state, days, awaits):
    ended = at("2026-11-23")
    now = ended + timedelta(days=days)
    assert awaits_answer(life, state, ended_at=ended, at=now, limits=LIMITS) is awaits
