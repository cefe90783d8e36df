"""The pages of units: who acts where, begun, renamed and ended by the system administrator alone."""

from __future__ import annotations

import re

import pytest
from tests.cases.test_life import moves, the
from tests.cases.test_reactions import reported
from tests.visiting import EVERYBODY, signed_in

from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.text import text
from doorstep.staff.models import Appointment, Post, Unit

COMPANY = {"kind": "property_company", "area_code": "321102001001", "name": "示例安心物业", "subject": ""}
CLEANERS = {
    "kind": "department",
    "area_code": "321102",
    "name": "示例环卫所",
    "subject": "sanitation",
    "on_call": "yes",
}


def shown(answer):
    return answer.content.decode()


def unit(key):
    with acting_as(WORKER):
        return Unit.objects.get(pk=key)


def named(name):
    with acting_as(WORKER):
        return list(Unit.objects.filter(name=name))


def deeds(what):
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        return Deed.objects.filter(what=what).count()


@pytest.fixture
def system(town):
    return signed_in(town, "system")


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "system"])
def test_units_are_for_the_system_administrator(town, who):
    visitor, water = signed_in(town, who), town.units["water"]
    for address in ("", "add", f"{water}/", f"{water}/end"):
        assert visitor.get(f"/staff/units/{address}").status_code == 403
        assert visitor.post(f"/staff/units/{address}", COMPANY).status_code == 403
    assert named("示例安心物业") == [] and unit(water).closed_at is None


def test_the_list_names_each_unit_with_its_area_and_who_is_there(town, system):
    page = shown(system.get("/staff/units/"))
    assert "示例water" in page and "供水" in page and "321102" in page
    assert text("staff-unit-seats", seats=1, held=1) in page


@pytest.mark.parametrize(
    ("query", "is_there"),
    [("?q=water", True), ("?q=没有", False), ("?kind=department", True), ("?kind=grid_team", False),
     ("?q=321102", True), ("?kind=king", True), ("?page=99999999999", False), ("?page=x", True)],
)  # fmt: skip
def test_filters_find_it_or_not_and_never_break(town, system, query, is_there):
    answer = system.get(f"/staff/units/{query}")
    assert answer.status_code == 200
    assert (f"/staff/units/{town.units['water']}/" in shown(answer)) is is_there


def test_many_units_come_page_by_page(town, system):
    with acting_as(WORKER):
        Unit.objects.bulk_create(
            Unit(kind="property_company", name=f"示例物业{n:03d}", area_id=town.community) for n in range(120)
        )
    first = shown(system.get("/staff/units/?kind=property_company"))
    assert "示例物业049" in first and "示例物业050" not in first and "page=2" in first
    last = shown(system.get("/staff/units/?kind=property_company&page=3"))
    assert "示例物业119" in last and "page=4" not in last


def test_a_company_and_a_department_begin_and_leave_a_trace(town, system):
    for form in (COMPANY, CLEANERS):
        answer = system.post("/staff/units/add", form)
        assert answer.status_code == 303
        assert text("staff-told-unit-began") in shown(system.get(answer.url))
    [company], [department] = named(COMPANY["name"]), named(CLEANERS["name"])
    assert (company.kind, company.area_id, company.is_on_call) == ("property_company", town.community, False)
    assert (department.subject, department.area_id, department.is_on_call) == ("sanitation", town.county, True)
    assert deeds("began-unit") == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"kind": "grid_team"}, "staff-unit-no-kind"),
        ({"kind": "king"}, "staff-unit-no-kind"),
        ({"area_code": "999"}, "staff-post-no-area"),
        ({"name": "  "}, "staff-unit-no-name"),
        ({"name": "物" * 121}, "staff-unit-no-name"),
        ({"kind": "department"}, "staff-unit-no-subject"),
        ({"kind": "department", "subject": "weather"}, "staff-unit-no-subject"),
        ({"kind": "subdistrict_office"}, "staff-unit-level"),
    ],
)
def test_a_unit_that_could_not_act_is_refused_and_what_was_written_is_kept(town, system, wrong, said):
    form = COMPANY | wrong
    answer = system.post("/staff/units/add", form)
    assert answer.status_code == 422
    assert text(said) in shown(answer)
    assert form["name"].strip() in shown(answer)
    assert named(form["name"]) == []


def test_two_of_one_name_in_one_place_are_refused_and_elsewhere_they_are_not(town, system):
    system.post("/staff/units/add", COMPANY)
    again = system.post("/staff/units/add", COMPANY)
    assert again.status_code == 422 and text("staff-unit-twin") in shown(again)
    assert system.post("/staff/units/add", COMPANY | {"area_code": "321102001002"}).status_code == 303


def test_a_unit_is_renamed_and_keeps_its_cases_and_people(town, system):
    water = town.units["water"]
    answer = system.post(f"/staff/units/{water}/", {"name": "示例水务", "subject": "water", "on_call": "yes"})
    assert answer.status_code == 303 and text("staff-told-unit-changed") in shown(system.get(answer.url))
    row = unit(water)
    assert (row.name, row.subject, row.is_on_call, row.area_id) == ("示例水务", "water", True, town.county)
    assert deeds("changed-unit") == 1


def test_a_name_that_is_none_changes_nothing(town, system):
    answer = system.post(f"/staff/units/{town.units['water']}/", {"name": "", "subject": "water"})
    assert answer.status_code == 422
    assert unit(town.units["water"]).name == "示例water"


def test_a_new_unit_is_given_a_post_of_its_own_beside_another_of_its_kind(town, system):
    for name in ("示例安心物业", "示例放心物业"):
        system.post("/staff/units/add", COMPANY | {"name": name})
    [second] = named("示例放心物业")
    page = shown(system.get(f"/staff/units/{second.pk}/"))
    form = dict(re.findall(r'<input type="hidden" name="(kind|area_code|unit)" value="([^"]*)">', page))
    answer = system.post("/staff/posts/add", form)
    assert answer.status_code == 303
    with acting_as(WORKER):
        assert Post.objects.get(unit=second).kind == "department"


def test_before_a_unit_ends_it_is_said_what_will_happen(town, system):
    page = system.get(f"/staff/units/{town.units['water']}/end")
    assert page.status_code == 200
    assert text("staff-unit-end-seats", seats=1, held=1) in shown(page)
    assert unit(town.units["water"]).closed_at is None


def test_when_a_unit_ends_nobody_sits_in_it_and_it_leaves_the_list(town, system):
    water = town.units["water"]
    answer = system.post(f"/staff/units/{water}/end")
    assert answer.status_code == 303
    page = shown(system.get(answer.url))
    assert text("staff-told-unit-ended") in page and f"/staff/units/{water}/" not in page
    with acting_as(WORKER):
        post = Post.objects.get(unit=water)
        assert post.abolished_on is not None
        assert Appointment.objects.get(post=post).until_on == post.abolished_on
    assert deeds("ended-unit") == 1
    assert system.post(f"/staff/units/{water}/end").status_code == 404
    assert system.post(f"/staff/units/{water}/", {"name": "示例", "subject": "water"}).status_code == 404


def test_what_an_ended_unit_held_waits_for_the_desk_to_name_another(town, system):
    held, elsewhere = reported(town, 0.5, 0.5), reported(town, 1.5, 0.5)
    with acting_as(WORKER):
        Unit.objects.filter(pk=town.units["grid_team"]).update(kind="property_company")
    system.post(f"/staff/units/{town.units['grid_team']}/end")
    assert (the(held).question, moves(held)[-1]) == ("which-unit", "ask")
    assert the(elsewhere).question == ""


def test_the_team_of_a_grid_ends_with_its_plan_alone(town, system):
    team = town.units["grid_team"]
    assert f"/staff/units/{team}/end" not in shown(system.get(f"/staff/units/{team}/"))
    assert system.get(f"/staff/units/{team}/end").status_code == 404
    answer = system.post(f"/staff/units/{team}/end")
    assert answer.status_code == 409 and text("staff-unit-of-plan") in shown(answer)
    assert unit(team).closed_at is None


def test_there_is_no_such_unit(town, system):
    for address in ("999999/", "999999/end"):
        assert system.get(f"/staff/units/{address}").status_code == 404
        assert system.post(f"/staff/units/{address}", COMPANY).status_code == 404


def test_forms_from_elsewhere_are_not_taken(town, system):
    system.handler.enforce_csrf_checks = True
    for address in ("add", f"{town.units['water']}/", f"{town.units['water']}/end"):
        assert system.post(f"/staff/units/{address}", COMPANY).status_code == 403


def test_how_a_unit_is_reached_is_written_on_its_page_and_a_wrong_number_is_said_there(town, system):
    address, said = f"/staff/units/{town.units['water']}/", {"name": "示例供水公司", "subject": "water"}
    good = {**said, "phone": "0511-8555 0101", "duty_phone": "138 0000 1234", "duty_email": "duty@water.example.org"}
    assert system.post(address, good).status_code == 303
    page = shown(system.get(address))
    assert "0511-8555 0101" in page and "13800001234" in page and "duty@water.example.org" in page
    for field, wrong in (("phone", "call me"), ("duty_phone", "12"), ("duty_email", "nobody")):
        answer = system.post(address, {**good, field: wrong})
        assert answer.status_code == 422 and wrong in shown(answer)
    assert unit(town.units["water"]).phone == "0511-8555 0101"
