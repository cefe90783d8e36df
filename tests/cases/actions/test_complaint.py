"""A complaint about staff is kept from whom it is about, on every page and in the database, and never held by them."""

from __future__ import annotations

import pytest
from django.db import connection
from tests.cases.test_life import moves, the
from tests.town import MORNING, Town

from doorstep.cases.actions import classify, dispatch
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.calling import able_to_come
from doorstep.cases.actions.dispatch import UnitRefused
from doorstep.cases.actions.ledger import CaseNotFound
from doorstep.cases.actions.looking import open_case, reveal_contact
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.models import Case
from doorstep.cases.queue import Tab, Wanted, page
from doorstep.cases.rules.complaint import kept_from
from doorstep.core.access import WORKER, acting_as
from doorstep.staff.models import Appointment, Person, Post, Unit

WORDS = "态度很差，去了三次都不理人"
ABOVE = {
    "grid": ["dana", "subdistrict", "command"],
    "community": ["subdistrict", "command"],
    "subdistrict": ["command"],
    "": ["command"],
}
EVERYBODY = ("chen", "dana", "subdistrict", "command")


def complain(town: Town, concerns: str = "", *, words: str = WORDS, item: str = "staff-complaint", **place) -> int:
    place = place or {"community": town.community, "subdistrict": town.subdistrict, "county": town.county}
    said = Report(words, Place(**place), Contact(phone="13800000000"), item=item, concerns=concerns)
    case = report(said, at=MORNING).case
    advance(at=MORNING)
    return case


def supervision(town: Town) -> int:
    """A department of supervision with somebody in it."""
    with acting_as(WORKER):
        unit = Unit.objects.create(kind="department", name="示例督查", subject="supervision", area_id=town.county)
        post = Post.objects.create(kind="department", area_id=town.county, unit=unit)
        Appointment.objects.create(
            person=Person.objects.create(name="示例gil", is_invented=True), post=post, from_on="2026-01-01"
        )
        return unit.pk


def who_sees(town: Town, case: int) -> list[str]:
    number, seen = the(case).number, []
    for who in EVERYBODY:
        actor = town.actor(who)
        with acting_as(actor):
            rows = [row.number for row in page(Wanted(tab=Tab.ALL), by=actor, at=MORNING).rows]
            try:
                open_case(number, by=actor, at=MORNING)
            except CaseNotFound:
                assert number not in rows
            else:
                assert number in rows
                seen.append(who)
    return seen


@pytest.mark.parametrize("concerns", list(ABOVE))
def test_only_those_above_whom_it_is_about_see_it(town, concerns):
    supervision(town)
    assert who_sees(town, complain(town, concerns)) == ABOVE[concerns]


@pytest.mark.parametrize("concerns", list(ABOVE))
def test_it_is_held_by_a_desk_that_it_does_not_concern(town, concerns):
    unit = supervision(town)
    case = complain(town, concerns)
    assert (the(case).state, the(case).holder_unit_id) == ("dispatched", unit)


@pytest.mark.parametrize("concerns", ["grid", "community"])
def test_without_a_supervision_the_level_above_looks_into_it(town, concerns):
    case = complain(town, concerns)
    assert (the(case).state, the(case).holder_unit_id) == ("dispatched", town.units["subdistrict_office"])


def test_without_anybody_else_the_county_is_asked_and_not_the_subdistrict(town):
    case = complain(town, "subdistrict")
    assert (the(case).state, the(case).question) == ("classified", "complaint")


@pytest.mark.parametrize(("concerns", "unit"), [("grid", "grid_team"), ("community", "community_desk"),
                                               ("subdistrict", "subdistrict_office")])  # fmt: skip
def test_nobody_gives_it_to_whom_it_is_about(town, concerns, unit):
    supervision(town)
    case, command = complain(town, concerns), town.actor("command")
    with acting_as(command), pytest.raises(UnitRefused):
        dispatch.dispatch_by_hand(case, town.units[unit], by=command, at=MORNING)


def test_a_department_does_not_look_into_itself(town):
    supervision(town)
    with acting_as(WORKER):
        Unit.objects.filter(pk=town.units["subdistrict_office"]).update(is_on_call=False)
    case = complain(town, "department:water")
    assert the(case).holder_unit_id != town.units["water"]
    command = town.actor("command")
    with acting_as(command), pytest.raises(UnitRefused):
        dispatch.dispatch_by_hand(case, town.units["water"], by=command, at=MORNING)


def test_a_complaint_that_came_by_the_usual_form_is_kept_too_once_it_is_known_for_one(town):
    supervision(town)
    case = complain(town, item="", words="社区工作人员态度很差，爱答不理", door=town.door, community=town.community,
                    subdistrict=town.subdistrict, county=town.county)  # fmt: skip
    assert the(case).item == "staff-complaint"
    assert who_sees(town, case) == ABOVE["community"]


def test_who_classifies_it_by_hand_does_not_see_it_any_more(town):
    supervision(town)
    case = complain(town, item="stairwell-rubbish", words="网格员看见了也不管", door=town.door,
                    community=town.community, subdistrict=town.subdistrict, county=town.county)  # fmt: skip
    dana = town.actor("dana")
    with acting_as(dana):
        classify.classify_by_hand(case, "staff-complaint", "", by=dana, at=MORNING)
    advance(at=MORNING)
    assert who_sees(town, case) == ABOVE["grid"]


def test_the_desk_that_it_is_about_learns_neither_the_words_nor_the_contact_by_sql(town):
    supervision(town)
    case = complain(town, "community")
    with acting_as(town.actor("dana")), connection.cursor() as cursor:
        for table, column in (("cases_case", "id"), ("cases_event", "case_id"), ("cases_said", "case_id")):
            cursor.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [case])
            assert cursor.fetchone() == (0,), table
    dana = town.actor("dana")
    with acting_as(dana), pytest.raises(CaseNotFound):
        reveal_contact(the(case).number, "visit", "想去看看", by=dana, at=MORNING)


def test_nobody_is_asked_where_a_complaint_lies(town):
    supervision(town)
    case = complain(town, "community")
    assert moves(case) == ["report", "locate", "classify", "dispatch"]
    with acting_as(WORKER):
        assert Case.objects.get(pk=case).microgrid_id is None


@pytest.mark.parametrize(
    ("named", "words", "kept"),
    [
        ("grid", "街道的人", 1),
        ("", "网格员不接电话", 1),
        ("", "社区的网格员", 2),
        ("", "街道办事处和社区互相推", 3),
        ("", "态度很差", 3),
        ("department:water", "街道", 0),
    ],
)
def test_what_the_reporter_chose_counts_and_else_the_highest_that_the_words_name(named, words, kept):
    assert kept_from("staff-complaint", named, words) == kept
    assert kept_from("street-light", named, words) == 0


def test_whom_it_is_about_is_neither_offered_nor_called(town):
    supervision(town)
    case, command = complain(town, "community"), town.actor("command")
    kept_away = {str(town.units[unit]) for unit in ("grid_team", "community_desk")}
    with acting_as(command):
        shown = open_case(the(case).number, by=command, at=MORNING)
    assert shown.units and not kept_away & {unit.id for unit in shown.units}
    assert not kept_away & {unit.id for unit in able_to_come(the(case), MORNING)}
