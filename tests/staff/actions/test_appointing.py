"""Who may be appointed where, from when, and by whom."""

from __future__ import annotations

from datetime import date

import pytest
from tests.town import MORNING
from tests.visiting import open_account

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.staff import posts
from doorstep.staff.actions.appointing import (
    AppointmentRefused,
    SeatRefused,
    add_person,
    add_post,
    appoint,
    end_appointment,
    name_post,
)
from doorstep.staff.models import Appointment, Person, Post

TODAY = date(2026, 11, 23)
SYSTEM = Actor(Role.SYSTEM_ADMIN)


@pytest.fixture
def dana(town):
    return town.actor("dana")


@pytest.fixture
def liaison(town):
    with acting_as(WORKER):
        return Post.objects.create(kind="liaison", area_id=town.microgrids[0]).pk


def somebody(name="示例本"):
    with acting_as(WORKER):
        return Person.objects.create(name=name, is_invented=True).pk


def put(post, person, by, from_on=TODAY, until_on=None):
    with acting_as(by):
        return appoint(post, person, from_on, until_on, by=by, at=MORNING)


def holder(post, today=TODAY):
    with acting_as(WORKER):
        return posts.one(post, None, today).person


def test_dana_appoints_a_liaison_in_her_community(dana, liaison):
    put(liaison, somebody("示例本"), dana)
    assert holder(liaison) == "示例本"
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert Deed.objects.filter(what="appointed", post=dana.post).count() == 1


def test_from_a_later_day_the_seat_is_vacant_until_then(dana, liaison):
    put(liaison, somebody(), dana, from_on=date(2026, 12, 1))
    assert holder(liaison) == ""
    assert holder(liaison, date(2026, 12, 1)) == "示例本"


def test_one_seat_is_held_by_one_person_at_a_time(dana, liaison):
    put(liaison, somebody("示例甲"), dana, until_on=date(2026, 12, 31))
    with pytest.raises(AppointmentRefused):
        put(liaison, somebody("示例乙"), dana, from_on=date(2026, 12, 30))
    put(liaison, somebody("示例丙"), dana, from_on=date(2026, 12, 31))
    assert holder(liaison, date(2026, 12, 31)) == "示例丙"


def test_an_appointment_in_the_future_is_not_overrun_by_one_without_end(dana, liaison):
    put(liaison, somebody("示例甲"), dana, from_on=date(2027, 1, 1))
    with pytest.raises(AppointmentRefused):
        put(liaison, somebody("示例乙"), dana)
    put(liaison, somebody("示例乙"), dana, until_on=date(2027, 1, 1))


def test_one_person_may_hold_several_posts(town, dana, liaison):
    ben = somebody()
    put(liaison, ben, dana)
    with acting_as(dana):
        second = add_post("volunteer", town.microgrids[1], by=dana, at=MORNING)
    put(second, ben, dana)
    assert holder(second) == holder(liaison) == "示例本"


@pytest.mark.parametrize("kind", ["system_admin", "security_admin", "audit_admin"])
def test_an_administrator_holds_no_other_post_at_the_same_time(town, liaison, kind):
    ben = somebody()
    put(liaison, ben, SYSTEM, until_on=date(2026, 12, 1))
    with acting_as(SYSTEM):
        post = add_post(kind, None, by=SYSTEM, at=MORNING)
    with pytest.raises(AppointmentRefused):
        put(post, ben, SYSTEM)
    put(post, ben, SYSTEM, from_on=date(2026, 12, 1))


def test_the_three_administrators_cannot_be_one_person(town):
    ben = somebody()
    with acting_as(SYSTEM):
        first, second = (add_post(kind, None, by=SYSTEM, at=MORNING) for kind in ("system_admin", "audit_admin"))
    put(first, ben, SYSTEM)
    with pytest.raises(AppointmentRefused):
        put(second, ben, SYSTEM)


@pytest.mark.parametrize(
    ("from_on", "until_on"), [(None, None), (TODAY, TODAY), (TODAY, date(2026, 11, 1))]
)  # fmt: skip
def test_days_that_make_no_sense_are_refused(dana, liaison, from_on, until_on):
    with pytest.raises(AppointmentRefused):
        put(liaison, somebody(), dana, from_on, until_on)
    assert holder(liaison) == ""


def test_nobody_cannot_be_appointed(dana, liaison):
    with pytest.raises(AppointmentRefused):
        put(liaison, 10**9, dana)
    with acting_as(dana), pytest.raises(AppointmentRefused):
        add_person("", "", "", by=dana, at=MORNING)


@pytest.mark.parametrize("who", ["other_desk", "subdistrict", "command", "chen", "water", "ben"])
def test_only_the_desk_of_the_community_fills_its_seats(town, liaison, who):
    with pytest.raises(SeatRefused):
        put(liaison, somebody(), town.actor(who))
    assert holder(liaison) == ""


def test_dana_does_not_appoint_to_desks_or_administrators(town, dana):
    for post in (town.posts["dana"], town.posts["subdistrict"]):
        with pytest.raises(SeatRefused):
            put(post, somebody(), dana)
    for kind in ("community_desk", "system_admin", "command_centre"):
        with acting_as(dana), pytest.raises(SeatRefused):
            add_post(kind, town.community, by=dana, at=MORNING)


def test_dana_adds_no_seat_in_another_community(town, dana):
    with acting_as(dana), pytest.raises((SeatRefused, AppointmentRefused)):
        add_post("grid_worker", town.other_community, by=dana, at=MORNING)


def test_a_new_grid_worker_acts_for_the_team_of_the_grid(town, dana):
    with acting_as(dana):
        post = add_post("grid_worker", town.grid, by=dana, at=MORNING)
        assert Post.objects.get(pk=post).unit_id == town.units["grid_team"]


def test_where_no_unit_acts_no_seat_is_made_that_could_do_nothing(town):
    with acting_as(SYSTEM), pytest.raises(AppointmentRefused):
        add_post("community_desk", town.grid, by=SYSTEM, at=MORNING)


def test_an_appointment_ends_on_its_day_and_the_seat_is_vacant(dana, liaison):
    held = put(liaison, somebody(), dana, from_on=date(2026, 1, 1))
    with acting_as(dana):
        end_appointment(held, date(2026, 12, 1), by=dana, at=MORNING)
    assert (holder(liaison), holder(liaison, date(2026, 12, 1))) == ("示例本", "")


@pytest.mark.parametrize("until_on", [None, date(2026, 1, 1), date(2025, 1, 1)])
def test_an_end_before_the_beginning_is_refused(dana, liaison, until_on):
    held = put(liaison, somebody(), dana, from_on=date(2026, 1, 1))
    with acting_as(dana), pytest.raises(AppointmentRefused):
        end_appointment(held, until_on, by=dana, at=MORNING)


def test_what_has_ended_is_not_ended_again(dana, liaison):
    held = put(liaison, somebody(), dana, from_on=date(2026, 1, 1), until_on=date(2026, 2, 1))
    with acting_as(dana), pytest.raises(AppointmentRefused):
        end_appointment(held, date(2026, 12, 1), by=dana, at=MORNING)


def test_the_other_desk_cannot_end_what_dana_began(town, dana, liaison):
    held = put(liaison, somebody(), dana, from_on=date(2026, 1, 1))
    other = town.actor("other_desk")
    with acting_as(other), pytest.raises(SeatRefused):
        end_appointment(held, date(2026, 12, 1), by=other, at=MORNING)
    with acting_as(WORKER):
        assert Appointment.objects.get(pk=held).until_on is None


def test_a_seat_carries_the_citys_own_word(dana, liaison):
    with acting_as(dana):
        name_post(liaison, "楼院长", by=dana, at=MORNING)
        assert Post.objects.get(pk=liaison).title == "楼院长"


def test_vacancies_are_counted_by_area_and_one_place_too_many_fills_no_other(town, dana, liaison):
    with acting_as(dana):
        extra = [add_post("liaison", town.microgrids[0], by=dana, at=MORNING) for _ in range(2)]
    for post in (liaison, *extra):
        put(post, somebody(), dana)
    with acting_as(dana):
        found = {each.kind: each for each in posts.counts(town.community, TODAY)}
    assert found["liaison"] == ("liaison", 3, 3, 3)
    assert found["volunteer"] == ("volunteer", 0, 0, 8)
    assert found["grid_worker"] == ("grid_worker", 2, 2, 0)
    assert found["grid_lead"] == ("grid_lead", 0, 0, 2)


def test_people_are_found_by_name_with_what_they_hold(town, dana):
    account = open_account(town, "chen")
    with acting_as(dana):
        found = posts.people_named("示例chen", TODAY)
        assert [(each.id, each.holds) for each in found] == [(account.person_id, (("grid_worker", "第1网格"),))]
        assert posts.people_named("", TODAY) == []
