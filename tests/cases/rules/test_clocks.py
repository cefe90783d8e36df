"""The clocks of a case follow from its ledger, whatever happens to it and whatever the calendar learns."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.clocks import Clocks, Turn, clocks
from doorstep.catalogue.item import PauseReason, Promise
from doorstep.core.time.limits import Hours, WorkingDays
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import LOCAL

ORDINARY = Promise(Hours(24), WorkingDays(5))
CALENDAR = Calendar()
TUESDAY = datetime(2026, 11, 10, 10, tzinfo=LOCAL)
any_time = st.datetimes(datetime(2020, 1, 1), datetime(2045, 1, 1), timezones=st.just(LOCAL))


def turn(move: str, at: datetime, *, was: str = "taken", now: str = "", by: str = "holder", **facts: object) -> Turn:
    return Turn(move, was, now or was, at, by, facts)


def sent(at: datetime, limit: str = "5 working days") -> Turn:
    return turn("dispatch", at, was="classified", now="dispatched", by="machine", limit=limit)


def paused(at: datetime, days: int = 3, reason: str = "material") -> Turn:
    return turn("pause", at, reason=reason, days=days)


def extended(at: datetime, days: int) -> Turn:
    return turn("extend", at, by="desk", granted=True, days=days)


def told(*turns: Turn, reported_at: datetime = TUESDAY, calendar: Calendar = CALENDAR) -> Clocks:
    return clocks(turns, reported_at=reported_at, promise=ORDINARY, calendar=calendar)


def later(days: float) -> datetime:
    return TUESDAY + timedelta(days=days)


def test_before_anybody_has_it_only_the_promise_runs(at):
    now = told()
    assert (now.promised.finish, now.due, now.paused) == (at("2026-11-17", 18), None, None)


def test_a_pause_gives_the_holder_its_days_back_and_moves_no_promise(at):
    now = told(sent(TUESDAY), paused(later(1)), turn("resume", later(3)))
    assert now.due.at == at("2026-11-19", 18)
    assert now.promised.finish == at("2026-11-17", 18)
    assert (now.paused, now.days_paused) == (None, 2)


def test_while_it_lasts_the_holder_is_due_as_if_it_lasted_to_its_end(at):
    now = told(sent(TUESDAY), paused(later(1), days=3))
    assert now.paused.until == at("2026-11-16", 18)
    assert now.due.at == at("2026-11-20", 18)


def test_work_that_is_done_in_a_pause_ends_it(at):
    now = told(sent(TUESDAY), paused(later(1)), turn("do", later(2), now="done"), turn("redo", later(6), was="done"))
    assert now.paused is None
    assert now.due.at == at("2026-11-18", 18)


def test_a_pause_that_the_machine_ends_late_counts_only_to_its_end(at):
    now = told(sent(TUESDAY), paused(later(1), days=1), turn("resume", later(9), by="machine"))
    assert (now.days_paused, now.due.at) == (1, at("2026-11-18", 18))


def test_even_a_short_pause_counts_for_a_day():
    turns = [each for n in range(4) for each in (paused(later(n)), turn("resume", later(n + 0.1)))]
    assert told(sent(TUESDAY), *turns).days_paused == 4


def test_an_extension_moves_the_promise_and_the_holder_alike(at):
    now = told(sent(TUESDAY), extended(later(1), 3))
    assert (now.promised.finish, now.due.at, now.days_extended) == (at("2026-11-20", 18), at("2026-11-20", 18), 3)


def test_an_extension_that_was_refused_moves_nothing(at):
    now = told(sent(TUESDAY), turn("extend", later(1), by="desk", granted=False, days=3))
    assert (now.promised.finish, now.days_extended) == (at("2026-11-17", 18), 0)


def test_an_extension_outlives_another_class_and_another_holder(at):
    again = turn(
        "classify", later(3), was="dispatched", now="classified", by="desk", promise=["24 h", "5 working days"]
    )
    now = told(sent(TUESDAY), extended(later(1), 3), again, sent(later(3)))
    assert now.promised.finish == at("2026-11-20", 18)
    assert now.due.at == at("2026-11-20", 18), "five working days from Friday's dispatch, none of them extended"


def test_what_was_promised_then_is_kept_whatever_the_catalogue_says_now(at):
    then = turn("classify", TUESDAY, was="located", now="classified", by="machine", promise=["2 h", "2 working days"])
    assert told(then).promised.finish == at("2026-11-12", 18)


def test_a_hand_over_begins_the_holders_time_anew_and_forgets_its_pauses(at):
    handed_back = turn("decline", later(2), now="classified")
    now = told(sent(TUESDAY), paused(later(1)), handed_back, sent(later(2)))
    assert (now.pauses, now.due.at, now.days_paused) == ((), at("2026-11-19", 18), 1)


def test_a_critical_case_counts_nights_too(at):
    now = told(
        sent(TUESDAY, "2 h"), paused(TUESDAY + timedelta(hours=1)), turn("resume", TUESDAY + timedelta(hours=11))
    )
    assert now.due.at == at("2026-11-10", 22)


def test_whoever_waits_for_the_reporter_goes_on_when_the_reporter_has_spoken():
    waits = [sent(TUESDAY), paused(later(1), reason=PauseReason.RESIDENT)]
    assert not told(*waits).reporter_answered
    assert told(*waits, turn("note", later(2), by="reporter")).reporter_answered
    assert not told(turn("note", later(0.5), by="reporter"), *waits).reporter_answered
    assert not told(*waits[:1], paused(later(1)), turn("note", later(2), by="reporter")).reporter_answered


def test_a_year_that_becomes_known_moves_the_dates_and_settles_them(at):
    december = datetime(2026, 12, 28, 10, tzinfo=LOCAL)
    before = told(sent(december), reported_at=december)
    known = Calendar(overrides={date(2027, 1, day): day > 3 for day in range(1, 9)})
    after = told(sent(december), reported_at=december, calendar=known)
    assert before.is_provisional and not after.is_provisional
    assert (before.promised.finish, after.promised.finish) == (at("2027-01-04", 18), at("2027-01-05", 18))


@given(start=any_time, first=st.integers(1, 10), second=st.integers(1, 10))
def test_so_many_days_and_then_so_many_are_as_many_at_once(start, first, second):
    then = CALENDAR.add_working_days(CALENDAR.add_working_days(start, first).at, second)
    assert then.at == CALENDAR.add_working_days(start, first + second).at


@given(start=any_time, days=st.integers(1, 10), hours=st.floats(0, 40))
def test_an_extended_promise_is_never_before_the_promise(start, days, hours):
    asked = extended(start + timedelta(hours=hours), days)
    before, after = (told(sent(start), *more, reported_at=start) for more in ((), (asked,)))
    assert after.promised.finish > before.promised.finish
    assert after.due.at > before.due.at
    assert before.is_provisional <= after.is_provisional


pauses = st.lists(st.tuples(st.floats(0.1, 60), st.integers(1, 5), st.floats(0.01, 200)), max_size=5)


def life(start: datetime, gaps: list[tuple[float, int, float]], limit: str) -> list[Turn]:
    """Dispatch, then pauses one after another: each after some hours, for some days, resumed after some hours.

    As the rule has it, nothing is paused whose time is over.
    """
    turns, now = [sent(start, limit)], start
    for wait, days, length in gaps:
        since = now + timedelta(hours=wait)
        if since >= told(*turns, reported_at=start).due.at:
            break
        until = CALENDAR.add_working_days(since, days).at
        now = min(since + timedelta(hours=length), until)
        turns += [paused(since, days), turn("resume", now)]
    return turns


@given(start=any_time, gaps=pauses, limit=st.sampled_from(["2 h", "24 h", "8 working hours", "5 working days"]))
def test_a_pause_never_shortens_the_holders_time_and_never_moves_the_promise(start, gaps, limit):
    turns = life(start, gaps, limit)
    dues = [told(*turns[: n + 1], reported_at=start).due.at for n in range(0, len(turns), 2)]
    assert dues == sorted(dues)
    assert told(*turns, reported_at=start).promised == told(reported_at=start).promised


@given(start=any_time, gaps=pauses)
def test_while_it_is_paused_the_holder_is_due_no_earlier_than_once_it_is_resumed(start, gaps):
    turns = life(start, gaps, "5 working days")
    for n in range(1, len(turns), 2):
        running, ended = (told(*turns[: n + more], reported_at=start) for more in (1, 2))
        assert running.due.at >= ended.due.at
        assert running.due.at >= running.paused.until


@given(start=any_time, gaps=pauses)
def test_the_days_that_a_case_stood_still_are_at_least_one_a_pause(start, gaps):
    turns = life(start, gaps, "5 working days")
    assert told(*turns, reported_at=start).days_paused >= len(turns) // 2


@given(start=st.datetimes(datetime(2027, 1, 2), datetime(2045, 1, 1), timezones=st.just(LOCAL)))
def test_what_is_reckoned_with_days_nobody_has_announced_says_so(start):
    assert told(sent(start), reported_at=start).is_provisional


@pytest.mark.parametrize("year", range(2004, 2027))
def test_announced_years_are_settled_to_their_last_day(year):
    start = datetime(year, 12, 1, 10, tzinfo=LOCAL)
    assert not told(sent(start), reported_at=start).is_provisional
