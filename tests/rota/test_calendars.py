"""Calendars as files: read by the `icalendar` library, and unfolded week by week by `recurring-ical-events`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar
from tests.town import MORNING, Town
from tests.visiting import open_account

from doorstep.core.access import ANONYMOUS, GATE, Actor, acting_as
from doorstep.core.access.links import LinkRefused, hash_of_calendar
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.rota import calendars, queries
from doorstep.rota.actions import feeds, meeting
from doorstep.rota.actions.meeting import RotaRefused, RotaUnknown, Wanted
from doorstep.staff.models import Account, Appointment

MONDAYS = Wanted("周例会", 0, datetime(2026, 1, 1, 9, 30).time(), 60, "二楼会议室")


def set_meeting(town: Town, wanted: Wanted = MONDAYS, who: str = "dana", at: datetime = MORNING) -> int:
    by = town.actor(who)
    with acting_as(by):
        return meeting.set_meeting(wanted, by=by, at=at)


def account_of(town: Town, who: str) -> Account:
    return open_account(town, who)


def own(account: Account, at: datetime = MORNING) -> Calendar:
    with acting_as(GATE):
        meetings, shifts = queries.meetings_for(account.pk, at), queries.shifts_for(account.pk, at)
    return Calendar.from_ical(calendars.written("我的", meetings, shifts, "doorstep.example", "zh"))


def held(calendar: Calendar, first: date, last: date) -> list[tuple[date, str]]:
    found = recurring_ical_events.of(calendar).between(first, last + timedelta(days=1))
    return sorted((each.start.date(), str(each["STATUS"])) for each in found)


def test_the_file_is_whole_and_names_its_zone(town):
    set_meeting(town)
    calendar = own(account_of(town, "chen"))
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"
    event = calendar.events[0]
    assert event.start == datetime(2026, 11, 23, 9, 30, tzinfo=LOCAL) and event.duration == timedelta(hours=1)
    assert str(event["DTSTART"].params["TZID"]) == "Asia/Shanghai"
    assert (event["UID"], event["SEQUENCE"], event["LOCATION"]) == (event["UID"], 0, "二楼会议室")
    assert event["UID"].endswith("@doorstep.example") and event["RRULE"]["FREQ"] == ["WEEKLY"]
    assert event["DTSTAMP"].dt == MORNING and calendar["VERSION"] == "2.0" and calendar["PRODID"]


def test_whoever_leads_a_grid_meets_with_the_desk_and_others_do_not(town):
    set_meeting(town)
    for who, seen in (("chen", 1), ("dana", 1), ("command", 0), ("ben", 0), ("other_desk", 0)):
        assert len(own(account_of(town, who)).events) == seen, who


def test_weeks_over_the_holidays_are_unfolded_as_people_meet(town):
    start = datetime(2026, 9, 1, 9, tzinfo=LOCAL)
    set_meeting(town, at=start)
    calendar = own(account_of(town, "chen"), start)
    october = [day for day, _ in held(calendar, date(2026, 9, 28), date(2026, 10, 19))]
    # Monday the 5th is a holiday; people work again from Thursday the 8th.
    assert october == [date(2026, 9, 28), date(2026, 10, 8), date(2026, 10, 12), date(2026, 10, 19)]


def test_a_whole_week_off_has_no_meeting(town):
    start = datetime(2026, 9, 1, 9, tzinfo=LOCAL)
    set_meeting(town, Wanted("周四例会", 3, MONDAYS.begins, 45), at=start)
    calendar = own(account_of(town, "chen"), start)
    assert [day for day, _ in held(calendar, date(2026, 9, 24), date(2026, 10, 15))] == [
        date(2026, 9, 24),
        date(2026, 10, 8),
        date(2026, 10, 15),
    ]


def test_one_that_is_called_off_is_shown_as_cancelled_and_may_be_held_after_all(town):
    made, dana, day = set_meeting(town), town.actor("dana"), date(2026, 11, 30)
    chen = account_of(town, "chen")
    with acting_as(dana):
        meeting.call_off(made, day, by=dana, at=MORNING + timedelta(hours=1))
    calendar = own(chen)
    assert held(calendar, day, day) == [(day, "CANCELLED")]
    cancelled = next(event for event in calendar.events if "RECURRENCE-ID" in event)
    assert cancelled["UID"] == calendar.events[0]["UID"] and cancelled["SEQUENCE"] == 1
    with acting_as(dana):
        meeting.hold_after_all(made, day, by=dana, at=MORNING + timedelta(hours=2))
    assert held(own(chen), day, day) == [(day, "CONFIRMED")] and own(chen).events[0]["SEQUENCE"] == 2


def test_one_that_a_holiday_moved_is_called_off_where_it_moved_to(town):
    start, dana = datetime(2026, 9, 1, 9, tzinfo=LOCAL), town.actor("dana")
    made = set_meeting(town, at=start)
    with acting_as(dana):
        meeting.call_off(made, date(2026, 10, 5), by=dana, at=start)
    week = held(own(account_of(town, "chen"), start), date(2026, 10, 5), date(2026, 10, 9))
    assert week == [(date(2026, 10, 8), "CANCELLED")]


def test_another_day_ends_the_old_meeting_and_leaves_the_past_as_it_was(town):
    set_meeting(town)
    later = MORNING + timedelta(days=14)
    set_meeting(town, Wanted("周例会", 2, MONDAYS.begins, 60), at=later)
    days = [day for day, _ in held(own(account_of(town, "chen"), later), date(2026, 11, 23), date(2026, 12, 17))]
    assert days == [date(2026, 11, 23), date(2026, 11, 30), date(2026, 12, 9), date(2026, 12, 16)]


def test_another_place_is_the_same_meeting_one_sequence_on(town):
    first = set_meeting(town)
    assert set_meeting(town, Wanted("周例会", 0, MONDAYS.begins, 60, "一楼")) == first
    (event,) = own(account_of(town, "chen")).events[:1]
    assert (event["SEQUENCE"], event["LOCATION"]) == (1, "一楼")


def test_one_that_ended_before_it_began_is_shown_as_cancelled(town):
    dana = town.actor("dana")
    set_meeting(town, Wanted("周例会", 4, MONDAYS.begins, 60))
    with acting_as(dana):
        meeting.end_meeting(by=dana, at=MORNING)
    (event,) = own(account_of(town, "chen")).events
    assert event["STATUS"] == "CANCELLED"


def test_a_shift_is_in_the_calendar_of_whoever_holds_the_post_then(town):
    dana, begins = town.actor("dana"), MORNING + timedelta(days=3)
    with acting_as(dana):
        made = meeting.put_on_duty(
            town.posts["chen"], "周末值班", begins, begins + timedelta(hours=8), by=dana, at=MORNING
        )
    chen, eli = account_of(town, "chen"), account_of(town, "eli")
    (shift,) = own(chen).events
    assert (shift["SUMMARY"], shift.start, shift["STATUS"]) == ("周末值班", begins, "CONFIRMED")
    assert own(eli).events == []
    with acting_as(dana):
        meeting.call_shift_off(made, by=dana, at=MORNING)
        with pytest.raises(RotaUnknown):
            meeting.call_shift_off(made, by=dana, at=MORNING)
    (shift,) = own(chen).events
    assert (shift["STATUS"], shift["SEQUENCE"]) == ("CANCELLED", 1)
    with acting_as(dana):
        Appointment.objects.filter(post=town.posts["chen"]).update(until_on=local_date(begins))
    assert own(chen).events == [], "the post is somebody else's by then"


@pytest.mark.parametrize(
    ("wanted", "where"),
    [
        ({"name": ""}, "name"),
        ({"weekday": 6}, "weekday"),
        ({"weekday": None}, "weekday"),
        ({"begins": None}, "begins"),
        ({"minutes": 5}, "minutes"),
        ({"minutes": None}, "minutes"),
        ({"first_on": date(2026, 11, 1)}, "first_on"),
        ({"first_on": date(2028, 11, 1)}, "first_on"),
    ],
)
def test_what_is_no_meeting_is_refused_by_its_field(town, wanted, where):
    said = {"name": "周例会", "weekday": 0, "begins": MONDAYS.begins, "minutes": 60, **wanted}
    with pytest.raises(RotaRefused) as refused:
        set_meeting(town, Wanted(**said))
    assert refused.value.where == where


def test_what_is_no_shift_is_refused_by_its_field(town):
    dana, hour, post = town.actor("dana"), timedelta(hours=1), town.posts["chen"]
    at = MORNING + timedelta(days=1)

    def refused(*said: Any) -> str:
        with pytest.raises(RotaRefused) as error, acting_as(dana):
            meeting.put_on_duty(*said, by=dana, at=MORNING)
        return error.value.where

    assert refused(post, "", at, at + hour) == "shift_name"
    assert refused(post, "值班", at, at) == refused(post, "值班", at, at + 25 * hour) == "ends_at"
    assert refused(post, "值班", None, at) == "ends_at"
    assert refused(post, "值班", at - 99 * 24 * hour, at - 99 * 24 * hour + hour) == "begins_at"
    assert refused(town.posts["other_desk"], "值班", at, at + hour) == refused(None, "值班", at, at + hour) == "post"
    with acting_as(dana):
        meeting.put_on_duty(post, "值班", at, at + hour, by=dana, at=MORNING)
    assert refused(post, "另一班", at, at + hour) == "begins_at"


def test_another_area_changes_nothing_here(town):
    made, other = set_meeting(town), town.actor("other_desk")
    with acting_as(other), pytest.raises(RotaUnknown):
        meeting.call_off(made, date(2026, 11, 30), by=other, at=MORNING)
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(RotaRefused):
        meeting.call_off(made, date(2026, 12, 1), by=dana, at=MORNING)


def test_an_address_is_a_secret_that_can_be_renewed_and_ended(town):
    chen = account_of(town, "chen")
    by = Actor(town.actor("chen").role, account=chen.pk)
    with acting_as(GATE):
        first = feeds.give_address(by=by, at=MORNING)
        assert queries.account_of(hash_of_calendar(first)) == chen.pk
        second = feeds.give_address(by=by, at=MORNING)
        assert queries.account_of(hash_of_calendar(first)) is None
        assert queries.account_of(hash_of_calendar(second)) == chen.pk
        Account.objects.filter(pk=chen.pk).update(disabled_at=MORNING)
        assert queries.account_of(hash_of_calendar(second)) is None, "whoever is locked out sees nothing"
        Account.objects.filter(pk=chen.pk).update(disabled_at=None)
        feeds.take_address_back(by=by, at=MORNING)
        assert queries.account_of(hash_of_calendar(second)) is None
    with pytest.raises(LinkRefused):
        hash_of_calendar(second[:-2])


def test_anybody_sees_what_is_public_and_nothing_else(town):
    set_meeting(town, Wanted("议事会", 0, MONDAYS.begins, 60, is_public=True))
    set_meeting(town, MONDAYS, who="other_desk")
    with acting_as(ANONYMOUS):
        assert [each.name for each in queries.public_meetings(town.community, MORNING)] == ["议事会"]
        assert queries.public_meetings(town.other_community, MORNING) == []
