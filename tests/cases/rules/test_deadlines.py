"""Two clocks: the resident's promise runs from the report, the holder's from the dispatch to that holder."""

from datetime import timedelta

import pytest

from doorstep.cases.rules.deadlines import (
    ExtensionRefused,
    due_after_pause,
    end_of_day_after,
    extended,
    holder_due_at,
    promised_by,
)
from doorstep.catalogue.item import Urgency
from doorstep.core.text import text
from doorstep.core.time.limits import Hours, WorkingDays, WorkingHours


@pytest.mark.parametrize(
    ("urgency", "contact", "finish"),
    [
        (Urgency.CRITICAL, ("2026-11-13", 23, 15), ("2026-11-14", 1)),
        (Urgency.URGENT, ("2026-11-14", 1), ("2026-11-14", 23)),
        (Urgency.ORDINARY, ("2026-11-14", 23), ("2026-11-20", 18)),
        (Urgency.COMPLEX, ("2026-11-14", 23), ("2026-12-04", 18)),
    ],
)
def test_ava_who_reports_on_friday_night_is_promised(at, catalogue, calendar, urgency, contact, finish):
    promise = promised_by(at("2026-11-13", 23), catalogue.promise(None, urgency), calendar)
    assert (promise.first_contact, promise.finish) == (at(*contact), at(*finish))
    assert not promise.provisional


def test_a_promise_into_a_year_not_announced_is_provisional(at, catalogue, calendar):
    assert promised_by(at("2026-12-29", 9), catalogue.promise(None, Urgency.ORDINARY), calendar).provisional
    assert not promised_by(at("2026-12-29", 9), catalogue.promise(None, Urgency.URGENT), calendar).provisional


def test_a_hand_over_gives_the_new_holder_time_and_moves_no_promise(at, catalogue, calendar):
    promise = catalogue.promise(None, Urgency.ORDINARY)
    promised = promised_by(at("2026-11-10", 10), promise, calendar)
    first = holder_due_at(at("2026-11-10", 10), promise.finish, calendar)
    second = holder_due_at(at("2026-11-12", 10), promise.finish, calendar)
    assert first.at == promised.finish
    assert second.at > promised.finish
    assert promised_by(at("2026-11-10", 10), promise, calendar) == promised


def test_a_pause_over_night_gives_back_clock_hours(at, calendar):
    due = due_after_pause(at("2026-11-11", 10), Hours(24), at("2026-11-10", 12), at("2026-11-10", 15), calendar)
    assert due.at == at("2026-11-11", 13)


def test_a_pause_over_the_week_end_gives_back_no_working_hours(at, calendar):
    paused, resumed = at("2026-11-13", 18), at("2026-11-16", 9)
    due_at = at("2026-11-16", 10)
    assert due_after_pause(due_at, WorkingHours(2), paused, resumed, calendar).at == due_at
    later = due_after_pause(due_at, WorkingHours(2), at("2026-11-13", 17), resumed, calendar)
    assert later.at == at("2026-11-16", 11)


def test_a_pause_of_two_working_days_gives_back_two(at, calendar):
    due_at = at("2026-11-17", 18)
    due = due_after_pause(due_at, WorkingDays(5), at("2026-11-11", 9), at("2026-11-13", 9), calendar)
    assert due.at == at("2026-11-19", 18)
    assert due_after_pause(due_at, WorkingDays(5), at("2026-11-11", 9), at("2026-11-11", 17), calendar).at == due_at


def test_one_extension_is_granted_before_the_promise_runs_out_and_told(at, limits, calendar):
    due, told = extended(
        at("2026-11-17", 18), WorkingDays(3), times_before=0, at=at("2026-11-16", 9), limits=limits, calendar=calendar
    )
    assert due.at == at("2026-11-20", 18)
    assert "3" in text(told, "zh")
    assert "3 working days" in text(told, "en")


@pytest.mark.parametrize(
    ("days", "times_before", "late", "why"),
    [
        (3, 1, False, "cases-extend-once"),
        (3, 0, True, "cases-extend-too-late"),
        (11, 0, False, "cases-extend-too-long"),
        (0, 0, False, "cases-extend-too-long"),
    ],
)
def test_an_extension_is_refused(at, limits, calendar, days, times_before, late, why):
    promised = at("2026-11-17", 18)
    asked_at = promised if late else promised - timedelta(minutes=1)
    with pytest.raises(ExtensionRefused) as refused:
        extended(promised, WorkingDays(days), times_before=times_before, at=asked_at, limits=limits, calendar=calendar)
    assert refused.value.message.key == why


def test_a_day_ends_with_its_last_moment_whatever_the_hour(at):
    assert end_of_day_after(at("2026-11-10", 0, 1), 7) == end_of_day_after(at("2026-11-10", 23, 59), 7)
    assert end_of_day_after(at("2026-11-10", 12), 7) < at("2026-11-18")
