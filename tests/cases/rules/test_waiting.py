"""While a desk does not answer, one level above after the other is told, and no level twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.rules.test_clocks import CALENDAR
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.clocks import Turn
from doorstep.cases.rules.ladder import Rung
from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.waiting import answer_by, next_told, put_at, told_of_holders, waits_for_a_desk
from doorstep.catalogue.item import Urgency
from doorstep.core.time.zone import LOCAL

LIMITS = shipped_catalogue().limits
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=LOCAL)


def asked(at: datetime = MONDAY) -> Turn:
    return Turn("ask", "located", "located", at, "machine", {"question": "which-class"})


def pressed(rung: Rung, at: datetime, **facts: str) -> Turn:
    return Turn("press", "located", "located", at, "machine", {"rung": str(rung), **facts})


def following(turns, question=Question.WHICH_CLASS, urgency="ordinary", reached=0):
    return next_told(turns, question, urgency, reached=reached, limits=LIMITS, calendar=CALENDAR)


def test_the_desk_that_owes_the_answer_is_told_first_then_the_levels_above():
    turns, told, reached = [asked()], [], 0
    while (each := following(turns, reached=reached)) is not None:
        told.append(each.rung)
        turns.append(pressed(each.rung, each.at, question="which-class"))
        reached = each.rung.rank
    assert told == [Rung.COMMUNITY, Rung.SUBDISTRICT, Rung.COMMAND]


def test_it_has_as_long_as_a_holder_has_to_sign():
    assert following([asked()]).at == MONDAY + timedelta(hours=6)  # four working hours and the noon break
    assert following([asked()], urgency="critical").at == MONDAY + timedelta(minutes=5)
    assert following([asked()], urgency="").at == following([asked()]).at


def test_what_was_told_last_counts_and_other_notes_do_not():
    later = MONDAY + timedelta(minutes=40)
    turns = [asked(), pressed(Rung.COMMUNITY, later), Turn("note", "located", "located", later, "desk", {})]
    assert following(turns, urgency="urgent", reached=Rung.COMMUNITY.rank).at == later + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("state", "question", "waits"),
    [
        ("classified", "which-unit", True),
        ("done", "is-it-done", True),
        ("located", "tell-us-more", False),
        ("located", "", False),
        ("dispatched", "objection", False),
        ("closed", "neighbour-objects", False),
    ],
)
def test_only_an_answer_that_a_desk_owes_and_that_stops_the_case_is_waited_for(state, question, waits):
    assert waits_for_a_desk(State(state), question) is waits


def test_what_was_told_of_a_late_answer_is_not_held_against_the_next_holder():
    late_answer = pressed(Rung.COMMAND, MONDAY, question="which-unit")
    assert told_of_holders([asked(), late_answer]) == 0
    assert told_of_holders([late_answer, pressed(Rung.COMMUNITY, MONDAY)]) == Rung.COMMUNITY.rank


@given(question=st.sampled_from(Question), urgency=st.sampled_from([*Urgency, ""]), reached=st.integers(0, 5))
def test_nobody_is_told_twice_nor_before_the_time_is_over(question, urgency, reached):
    told = following([asked()], question, str(urgency), reached)
    assert told is None or (told.rung.rank > reached and told.at > MONDAY)


class Row(NamedTuple):
    move: str
    heard_at: datetime
    facts: dict[str, str] = {}


def test_the_answer_is_owed_from_when_it_was_asked_whoever_was_told_since():
    later = MONDAY + timedelta(hours=1)
    rows = [Row("report", MONDAY), Row("ask", later), Row("press", later + timedelta(hours=9)), Row("note", later)]
    assert put_at(rows) == later
    assert put_at([*rows, Row("decline", later + timedelta(days=1))]) == later + timedelta(days=1)
    assert put_at([*rows, Row("note", later + timedelta(days=2), {"review": "agrees"})]) == later + timedelta(days=2)
    assert put_at(rows[:1]) is None


@pytest.mark.parametrize("question", ["unreasonable", "objection", "arbitrate", "more-time", "which-unit"])
def test_a_desk_that_reviews_or_decides_has_a_time_of_its_own(question):
    owed = answer_by(question, MONDAY, "ordinary", limits=LIMITS, calendar=CALENDAR)
    assert owed == MONDAY + timedelta(hours=6)
    assert answer_by(question, MONDAY, "urgent", limits=LIMITS, calendar=CALENDAR) < owed


@pytest.mark.parametrize("question", ["tell-us-more", "did-it-hold", ""])
def test_a_reporter_owes_no_answer_by_any_time(question):
    assert answer_by(question, MONDAY, "ordinary", limits=LIMITS, calendar=CALENDAR) is None


def test_what_was_never_put_is_owed_by_no_time():
    assert answer_by("objection", None, "ordinary", limits=LIMITS, calendar=CALENDAR) is None
