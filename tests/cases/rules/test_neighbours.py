"""Neighbours are asked for what they signed up for, at hours that they named, a few at a time, the nearest first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue
from tests.town import MORNING

from doorstep.cases.rules.neighbours import (
    FIRST_WAVE,
    MOST_ASKED,
    NEXT_WAVE,
    Call,
    Days,
    NeighboursRefused,
    Over,
    ReadinessRefused,
    Ready,
    Terms,
    ends_on,
    may_be_asked,
    next_asked,
    over,
    refuse_call,
    refuse_nobody,
    terms,
)
from doorstep.catalogue.item import Help
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local

CALENDAR = Calendar()
ITEMS = shipped_catalogue().items
HERE, GRID = 11, 1
ALL_DAY = Terms(frozenset({Help.LOOK_IN}), Days.ALL, time(0), time(23, 59))
CALL = Call("261123-000001-00", Help.LOOK_IN, HERE, GRID, wanted=2)
SATURDAY = MORNING + timedelta(days=5)


def ready(appointment: int, microgrid: int = HERE, **more) -> Ready:
    given = {"post": appointment, "kind": "volunteer", "grid": GRID, "terms": ALL_DAY, "until_on": date(2027, 11, 1)}
    return Ready(appointment=appointment, microgrid=microgrid, **{**given, **more})


def asked_now(found: list[Ready], asked=(), call: Call = CALL, at: datetime = MORNING) -> list[int]:
    return [each.appointment for each in next_asked(call, found, asked=asked, at=at, calendar=CALENDAR)]


def test_those_of_the_micro_grid_are_asked_before_those_of_the_grid():
    far = [ready(each, microgrid=12) for each in (1, 2)]
    assert asked_now([*far, ready(3)])[0] == 3
    assert sorted(asked_now([*far, ready(3)])) == [1, 2, 3]


def test_households_of_party_members_come_first_among_equals_and_no_nearer_neighbour_waits_for_them():
    hub, far_hub = ready(9, kind="hub_household"), ready(8, microgrid=12, kind="hub_household")
    neighbours = [ready(each) for each in (1, 2, 3, 4)]
    assert asked_now([*neighbours, hub, far_hub])[0] == 9
    assert 8 not in asked_now([*neighbours, hub, far_hub])


def test_the_first_wave_is_small_and_nobody_is_asked_twice():
    crowd = [ready(each) for each in range(1, 40)]
    first = asked_now(crowd)
    second = asked_now(crowd, asked=first)
    assert (len(first), len(second)) == (FIRST_WAVE, NEXT_WAVE)
    assert not set(first) & set(second)


def test_no_call_ever_asks_more_than_its_share():
    crowd = [ready(each) for each in range(1, 40)]
    asked: list[int] = []
    while wave := asked_now(crowd, asked=asked):
        asked += wave
    assert len(asked) == MOST_ASKED


def test_it_is_not_always_the_same_people_who_are_asked_first():
    crowd = [ready(each) for each in range(1, 40)]
    firsts = {tuple(asked_now(crowd, call=replace(CALL, number=f"261123-{n:06}-00"))) for n in range(10)}
    assert len(firsts) > 1


def test_whoever_lives_in_another_grid_is_not_asked():
    assert asked_now([ready(1, microgrid=99, grid=2)]) == []


@pytest.mark.parametrize(
    ("more", "at", "may"),
    [
        ({}, MORNING, True),
        ({"from_hour": time(10)}, MORNING, False),
        ({"until_hour": time(9, 30)}, MORNING, False),
        ({"helps": frozenset({Help.CARRY})}, MORNING, False),
        ({"days": Days.WORKING}, MORNING, True),
        ({"days": Days.WORKING}, SATURDAY, False),
        ({"days": Days.FREE}, SATURDAY, True),
        ({"days": Days.FREE}, MORNING, False),
    ],
)
def test_nobody_is_asked_for_something_else_or_at_another_hour(more, at, may):
    assert may_be_asked(ready(1, terms=replace(ALL_DAY, **more)), Help.LOOK_IN, at, CALENDAR) is may


def test_a_consent_that_has_ended_is_none():
    assert not may_be_asked(ready(1, until_on=date(2026, 11, 23)), Help.LOOK_IN, MORNING, CALENDAR)
    assert may_be_asked(ready(1, until_on=date(2026, 11, 24)), Help.LOOK_IN, MORNING, CALENDAR)
    assert ends_on(date(2026, 11, 23)) == date(2027, 11, 23)


hours = st.times()


@given(helps=st.frozensets(st.sampled_from(Help), min_size=1), start=hours, end=hours, at=st.datetimes(
    min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(MORNING.tzinfo)
))  # fmt: skip
def test_quiet_hours_are_kept_whatever_is_needed(helps, start, end, at):
    who = ready(1, terms=Terms(helps, Days.ALL, start, end), until_on=date(2031, 1, 1))
    for wanted in Help:
        if may_be_asked(who, wanted, at, CALENDAR):
            assert start <= local(at).time() < end and wanted in helps


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (([], "all", time(8), time(20)), "helps"),
        ((["fight-fires"], "all", time(8), time(20)), "helps"),
        ((["carry"], "never", time(8), time(20)), "days"),
        ((["carry"], "all", time(20), time(8)), "from_hour"),
        ((["carry"], "all", None, time(8)), "from_hour"),
    ],
)
def test_nobody_signs_up_for_what_makes_no_sense(given, where):
    with pytest.raises(ReadinessRefused) as refused:
        terms(*given)
    assert refused.value.where == where


def test_a_call_ends_when_enough_come_or_its_time_is_over():
    until = MORNING + timedelta(hours=2)
    assert over(CALL, until=until, at=MORNING) is None
    assert over(replace(CALL, coming=2), until=until, at=MORNING) is Over.ENOUGH
    assert over(replace(CALL, coming=1), until=until, at=until) is Over.TIME


def call_for(item="elder-alone", wanted="look-in", words="请去敲敲门", place="3 号楼", number=1, hours=2, **more):
    given = {"kept_from": 0, "is_part": False, **more}
    return refuse_call(ITEMS.get(item), wanted, words, place, number, hours, **given)


def test_the_catalogue_says_for_what_neighbours_may_be_called():
    assert call_for() is Help.LOOK_IN
    for item in ("gas-leak", "fire", "crime", "neighbour-dispute", "petition-matter", "staff-complaint"):
        with pytest.raises(NeighboursRefused):
            call_for(item)


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"wanted": "search"}, "help"),
        ({"words": "  "}, "words"),
        ({"place": ""}, "place"),
        ({"number": 0}, "wanted"),
        ({"number": 7}, "wanted"),
        ({"hours": 5}, "hours"),
        ({"kept_from": 1}, None),
        ({"is_part": True}, None),
        ({"item": "no-such-item"}, None),
    ],
)
def test_a_call_without_what_it_needs_is_refused_where_it_lacks(more, where):
    with pytest.raises(NeighboursRefused) as refused:
        call_for(**more)
    assert (refused.value.where or None) == where


def test_that_nobody_near_by_signed_up_is_said_with_what_to_do_instead():
    with pytest.raises(NeighboursRefused) as refused:
        refuse_nobody([])
    assert refused.value.try_this
    refuse_nobody([ready(1)])
