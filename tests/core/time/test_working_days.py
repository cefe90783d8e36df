"""When a promise runs out, with holidays, days worked in exchange, and years nobody has announced."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.core.time.limits import Hours, WorkingDays, WorkingHours
from doorstep.core.time.working_days import Calendar, Due
from doorstep.core.time.zone import LOCAL

calendar = Calendar()
announced = st.datetimes(datetime(2024, 1, 1), datetime(2026, 11, 1), timezones=st.just(LOCAL))
any_time = st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1), timezones=st.just(LOCAL))


def at(day: str, clock: str = "10:00") -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), LOCAL)


def test_five_working_days_from_a_tuesday_end_at_closing_time_on_the_next_tuesday():
    assert calendar.add_working_days(at("2026-11-10"), 5) == Due(at("2026-11-17", "18:00"))


def test_ava_who_reports_at_00_01_and_ben_at_23_59_are_promised_the_same_moment():
    assert calendar.add_working_days(at("2026-11-10", "00:01"), 5) == calendar.add_working_days(
        at("2026-11-10", "23:59"), 5
    )


def test_the_national_day_week_does_not_count():
    # 1 to 7 October 2026 are off; Saturday 10 October is worked in exchange.
    assert calendar.add_working_days(at("2026-09-30"), 1).at == at("2026-10-08", "18:00")
    assert calendar.add_working_days(at("2026-09-30"), 3).at == at("2026-10-10", "18:00")


def test_a_sunday_worked_in_exchange_counts():
    assert calendar.is_working_day(date(2026, 9, 20))
    assert not calendar.is_working_day(date(2026, 9, 27))


def test_a_promise_that_reaches_an_unannounced_year_is_provisional():
    due = calendar.add_working_days(at("2026-12-28"), 5)
    assert due == Due(at("2027-01-04", "18:00"), provisional=True)


def test_it_is_settled_once_the_days_are_known():
    known = Calendar(
        overrides={date(2027, 1, 1): False, date(2027, 1, 2): False, date(2027, 1, 3): False, date(2027, 1, 4): True}
        | {date(2027, 1, 5): True}
    )
    assert known.add_working_days(at("2026-12-28"), 5) == Due(at("2027-01-05", "18:00"))


def test_a_flood_that_closes_the_offices_moves_the_promise():
    closed = Calendar(overrides={date(2026, 11, 11): False})
    assert closed.add_working_days(at("2026-11-10"), 1).at == at("2026-11-12", "18:00")


def test_two_working_hours_skip_the_noon_break_and_the_night():
    assert calendar.add_working_hours(at("2026-11-10", "11:00"), 2).at == at("2026-11-10", "15:00")
    assert calendar.add_working_hours(at("2026-11-10", "17:30"), 1).at == at("2026-11-11", "09:30")
    assert calendar.add_working_hours(at("2026-11-14", "10:00"), 1).at == at("2026-11-16", "10:00")


def test_a_working_hour_that_ends_at_noon_ends_before_the_break():
    assert calendar.add_working_hours(at("2026-11-10", "11:00"), 1).at == at("2026-11-10", "12:00")


def test_working_hours_into_an_unannounced_year_are_provisional():
    assert not calendar.add_working_hours(at("2026-12-31", "16:00"), 2).provisional
    assert calendar.add_working_hours(at("2026-12-31", "17:30"), 1).provisional


def test_a_case_reported_in_another_zone_falls_due_by_the_clock_of_the_place():
    utc = at("2026-11-10", "07:00").astimezone(None)
    assert calendar.add_working_days(utc, 1).at == at("2026-11-11", "18:00")


def test_each_kind_of_limit_is_added_in_its_own_way():
    start = at("2026-11-13", "17:00")
    assert calendar.add(start, Hours(24)).at == at("2026-11-14", "17:00")
    assert calendar.add(start, WorkingHours(2)).at == at("2026-11-16", "10:00")
    assert calendar.add(start, WorkingDays(1)).at == at("2026-11-16", "18:00")


def test_a_city_may_keep_other_hours():
    summer = Calendar(hours=((time(8), time(12)), (time(15), time(18, 30))))
    assert summer.add_working_days(at("2026-11-10"), 1).at == at("2026-11-11", "18:30")


@pytest.mark.parametrize(
    "hours", [(), ((time(12), time(9)),), ((time(9), time(9)),), ((time(9), time(13)), (time(12), time(18)))]
)
def test_hours_that_overlap_or_run_backwards_are_refused(hours):
    with pytest.raises(ValueError, match="Office hours"):
        Calendar(hours=hours)


@given(start=any_time, days=st.integers(1, 30))
def test_a_working_day_more_is_always_later(start, days):
    one, more = calendar.add_working_days(start, days), calendar.add_working_days(start, days + 1)
    assert start < one.at < more.at
    assert one.provisional <= more.provisional


@given(start=any_time, later=st.timedeltas(timedelta(), timedelta(days=40)), days=st.integers(1, 20))
def test_whoever_reports_later_is_never_promised_an_earlier_day(start, later, days):
    assert calendar.add_working_days(start, days).at <= calendar.add_working_days(start + later, days).at


@given(start=announced, days=st.integers(1, 20))
def test_the_days_promised_are_the_days_that_can_be_counted(start, days):
    due = calendar.add_working_days(start, days).at
    assert calendar.working_days(start, due) == days
    assert calendar.is_working_day(due.date())


@given(start=any_time, hours=st.floats(0.1, 60))
def test_the_hours_promised_are_the_hours_offices_are_open(start, hours):
    due = calendar.add_working_hours(start, hours).at
    assert abs(calendar.working_time(start, due) - timedelta(hours=hours)) < timedelta(milliseconds=1)


@given(start=any_time, minutes=st.integers(0, 600), hours=st.floats(0.1, 20))
def test_whoever_starts_later_never_ends_earlier(start, minutes, hours):
    later = start + timedelta(minutes=minutes)
    assert calendar.add_working_hours(start, hours).at <= calendar.add_working_hours(later, hours).at
