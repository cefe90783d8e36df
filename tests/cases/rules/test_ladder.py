"""As time passes the holder is told, then the head, then one level above after the other; each once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.cases.rules.test_clocks import (
    CALENDAR,
    TUESDAY,
    any_time,
    extended,
    later,
    life,
    paused,
    pauses,
    sent,
    told,
    turn,
)
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.ladder import Rung, after_hand_over, ladder, look_again_at, part_of, rung_of, unsigned_at
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.time.limits import Hours, WorkingDays

LIMITS = shipped_catalogue().limits


def rungs(now, level=Level.GRID, reached=0):
    return list(ladder(now, level, reached=reached, limits=LIMITS, calendar=CALENDAR))


def test_the_rungs_of_an_ordinary_case_in_a_grid(at):
    told_at = {each.rung: each.at for each in rungs(told(sent(TUESDAY)))}
    assert list(told_at) == list(Rung)
    assert told_at[Rung.HOLDER] < told_at[Rung.HEAD] < told_at[Rung.COMMUNITY] == at("2026-11-17", 18)
    assert told_at[Rung.SUBDISTRICT] < told_at[Rung.COMMAND]
    assert told_at[Rung.HOLDER].date() == at("2026-11-13").date()


def test_a_critical_case_climbs_in_real_time_through_the_night(at):
    now = told(sent(at("2026-11-14", 23), "2 h"), reported_at=at("2026-11-14", 23))
    assert [each.at for each in rungs(now)] == [
        at("2026-11-15", 0), at("2026-11-15", 0, 36), at("2026-11-15", 1), at("2026-11-15", 2), at("2026-11-15", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("level", "above"),
    [
        (Level.PROPERTY, ["community", "subdistrict", "command"]),
        (Level.COMMUNITY, ["subdistrict", "command"]),
        (Level.DEPARTMENT, ["subdistrict", "command"]),
        (Level.SUBDISTRICT, ["command"]),
    ],
)
def test_nobody_is_pressed_by_themselves(level, above):
    found = rungs(told(sent(TUESDAY)), level)
    assert [str(each.rung) for each in found] == ["holder", "head", *above]
    assert found[2].at == told(sent(TUESDAY)).due.at, "the level above hears of it when the time is over"


def test_a_rung_that_was_reached_is_not_told_again():
    assert [each.rung for each in rungs(told(sent(TUESDAY)), reached=Rung.COMMUNITY.rank)] == [
        Rung.SUBDISTRICT,
        Rung.COMMAND,
    ]


def test_handing_it_round_keeps_nobody_above_from_hearing_of_it(at):
    late = told(sent(TUESDAY), turn("decline", later(6), now="classified"), sent(later(6)))
    above = next(each for each in rungs(late) if each.rung is Rung.COMMUNITY)
    assert (above.at, above.by_promise) == (at("2026-11-17", 18), True)
    assert late.due.at > above.at


def test_what_was_opened_again_is_not_late_from_the_start(at):
    again = turn("reopen", later(10), was="closed", now="classified", by="reporter")
    now = told(sent(TUESDAY), again, sent(later(10)))
    assert not any(each.by_promise for each in rungs(now))
    assert rungs(now)[2].at == now.due.at


def test_a_new_holder_is_pressed_anew_and_the_levels_above_are_not_told_twice():
    assert after_hand_over(Rung.HEAD.rank) == 0
    assert after_hand_over(Rung.COMMUNITY.rank) == Rung.COMMUNITY.rank
    assert rung_of(0) is None and rung_of(Rung.COMMAND.rank) is Rung.COMMAND


def test_before_anybody_holds_it_there_is_nobody_to_press():
    assert rungs(told()) == []


@pytest.mark.parametrize(
    ("urgency", "signed_at"),
    [
        (Urgency.CRITICAL, ("2026-11-10", 10, 5)),
        (Urgency.URGENT, ("2026-11-10", 10, 30)),
        (Urgency.ORDINARY, ("2026-11-10", 16)),
        (Urgency.COMPLEX, ("2026-11-11", 18)),
    ],
)
def test_what_nobody_signs_for_counts_as_signed_after_a_while(at, urgency, signed_at):
    assert unsigned_at(told(sent(TUESDAY)), urgency, LIMITS, CALENDAR) == at(*signed_at)


def look(now, **more):
    given = {"unsigned": None, "reached": 0, "at": TUESDAY, **more}
    return look_again_at(now, Level.GRID, limits=LIMITS, calendar=CALENDAR, **given)


def test_the_machine_looks_again_when_the_next_thing_is_due(at):
    now = told(sent(TUESDAY))
    assert look(now, unsigned=Urgency.ORDINARY) == at("2026-11-10", 16)
    assert look(now) == rungs(now)[0].at
    assert look(now, at=later(30)) == later(30), "what is overdue is due now"
    assert look(now, reached=Rung.COMMAND.rank) is None


def test_a_pause_is_looked_at_when_it_ends():
    now = told(sent(TUESDAY), paused(later(1), days=1))
    assert look(now, at=later(1)) == now.paused.until


def test_half_of_a_days_time_is_half_of_its_working_hours(at):
    half = part_of(0.5, at("2026-11-10", 18), at("2026-11-11", 18), WorkingDays(1), (), CALENDAR)
    assert half == at("2026-11-11", 14, 30)
    assert part_of(0.5, at("2026-11-10", 18), at("2026-11-11", 18), Hours(24), (), CALENDAR) == at("2026-11-11", 6)


limit = st.sampled_from(["2 h", "24 h", "8 working hours", "5 working days", "15 working days"])


@given(start=any_time, gaps=pauses, limit=limit, longer=st.integers(0, 10))
def test_each_rung_is_told_later_than_the_one_below_and_none_in_a_pause(start, gaps, limit, longer):
    turns = life(start, gaps, limit)
    if longer:
        turns.insert(1, extended(start, longer))
    now = told(*turns, reported_at=start)
    found = rungs(now)
    held = [each.at for each in found if not each.by_promise]
    assert held == sorted(held)
    assert all(start <= each for each in held)
    for pause in now.pauses:
        assert not any(pause.since < each < pause.until for each in held)


@given(start=any_time, gaps=pauses, limit=limit)
def test_the_holder_and_the_head_are_told_before_time_is_over_and_those_above_not_before(start, gaps, limit):
    now = told(*life(start, gaps, limit), reported_at=start)
    for each in rungs(now):
        is_early = each.rung in (Rung.HOLDER, Rung.HEAD)
        assert each.at <= now.due.at if is_early else each.at >= min(now.due.at, now.promised.finish)


@given(start=any_time, gaps=pauses, wait=st.timedeltas(timedelta(), timedelta(days=60)))
def test_the_machine_never_looks_back(start, gaps, wait):
    now = told(*life(start, gaps, "5 working days"), reported_at=start)
    again = look(now, at=start + wait)
    assert again is not None and again >= start + wait


@given(start=any_time, hours=st.floats(0.1, 100))
def test_a_longer_pause_presses_nobody_earlier(start, hours):
    def with_pause(length: float) -> list[datetime]:
        since = start + timedelta(hours=1)
        turns = [sent(start), paused(since, 20), turn("resume", since + timedelta(hours=length))]
        return [each.at for each in rungs(told(*turns, reported_at=start)) if not each.by_promise][:2]

    assert with_pause(hours) <= with_pause(hours + 5)
