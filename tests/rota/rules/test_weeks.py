"""A weekly meeting over holidays: moved to the next working day, or left out in a whole week off."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from doorstep.core.time.working_days import Calendar
from doorstep.rota.rules.weeks import Week, first_day, weeks

WORKS = Calendar().is_working_day


def held(weekday: int, first: date, to: date, until: date | None = None) -> list[Week]:
    return list(weeks(weekday, first, until, to, WORKS))


def test_an_ordinary_week_is_held_on_its_day():
    assert held(0, date(2026, 11, 2), date(2026, 11, 9)) == [
        Week(date(2026, 11, 2), date(2026, 11, 2)),
        Week(date(2026, 11, 9), date(2026, 11, 9)),
    ]


def test_a_holiday_moves_the_meeting_to_the_next_working_day():
    # 1 May 2026 is a Friday; the holidays last until 5 May, and Wednesday the 6th is worked.
    (labour_day,) = held(4, date(2026, 5, 1), date(2026, 5, 1))
    assert labour_day == Week(date(2026, 5, 1), date(2026, 5, 6))


def test_the_week_of_the_national_day_gives_way_to_the_next_working_day_before_the_next_meeting():
    (monday,) = held(0, date(2026, 10, 5), date(2026, 10, 5))
    assert monday == Week(date(2026, 10, 5), date(2026, 10, 8))
    # 1 October is a Thursday: until the 8th, the next meeting's own day, nobody works.
    thursday = held(3, date(2026, 10, 1), date(2026, 10, 8))
    assert thursday == [Week(date(2026, 10, 1), None), Week(date(2026, 10, 8), date(2026, 10, 8))]


def test_nothing_is_held_from_the_day_on_which_it_ends():
    assert held(0, date(2026, 11, 2), date(2026, 12, 1), until=date(2026, 11, 9)) == [
        Week(date(2026, 11, 2), date(2026, 11, 2))
    ]
    (last,) = held(4, date(2026, 5, 1), date(2026, 6, 1), until=date(2026, 5, 6))
    assert last.held_on is None, "it would have moved past its end"


@given(
    st.integers(0, 4),
    st.dates(date(2020, 1, 1), date(2026, 12, 1)),
    st.integers(0, 300),
    st.sets(st.integers(0, 320), max_size=60),
)
def test_each_week_is_held_once_on_a_day_that_is_worked_and_before_the_next(weekday, first, length, off):
    closed = {first + timedelta(days=each) for each in off}

    def works(day: date) -> bool:
        return day.weekday() < 5 and day not in closed

    found = list(weeks(weekday, first, None, first + timedelta(days=length), works))
    assert [week.day for week in found] == [first_day(weekday, first) + timedelta(weeks=n) for n in range(len(found))]
    days = [week.held_on for week in found if week.held_on is not None]
    assert days == sorted(set(days)) and all(works(day) for day in days)
    for week in found:
        if week.held_on is None:
            assert not any(works(week.day + timedelta(days=n)) for n in range(7))
        else:
            assert not any(works(week.day + timedelta(days=n)) for n in range((week.held_on - week.day).days))
