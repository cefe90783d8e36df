"""Where a private case lies: on the page, in the queue and on the map, for each who may see it."""

from __future__ import annotations

import pytest
from tests.cases.test_life import the
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.looking import open_case, reveal_contact
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.meeting import agenda
from doorstep.cases.models import Case
from doorstep.cases.queue import Tab, Wanted, page
from doorstep.cases.today import grid_today
from doorstep.cases.whole import place_of
from doorstep.core.access import WORKER, acting_as

# What each sees of: door, words of the place, micro-grid, grid.
SEEN = {
    "chen": (False, False, False, True),
    "dana": (False, False, False, True),
    "subdistrict": (False, False, False, False),
    "command": (False, False, False, False),
}


@pytest.fixture
def private(town) -> Case:
    """A quarrel in a family that nobody near holds."""
    place = Place(LON + SQUARE_DEG / 2, LAT - SQUARE_DEG / 2, None, town.door, town.community, town.subdistrict,
                  town.county, "三单元 402")  # fmt: skip
    case = report(Report("家里吵得厉害", place, Contact(phone="13800000000"), item="family-dispute"), at=MORNING).case
    advance(at=MORNING)
    with acting_as(WORKER):
        Case.objects.filter(pk=case).update(holder_unit=town.units["water"])
    return the(case)


@pytest.mark.parametrize("who", list(SEEN))
def test_the_page_and_the_list_show_the_same_step(town: Town, private, who):
    actor = town.actor(who)
    with acting_as(actor):
        shown = open_case(private.number, by=actor, at=MORNING).case
        rows = [row for row in page(Wanted(tab=Tab.ALL), by=actor, at=MORNING).rows if row.number == private.number]
        assert place_of(private.number, by=actor) is None
    (row,) = rows
    names = (shown.door_name, shown.place_words, shown.microgrid_name, shown.grid_name)
    assert tuple(bool(name) for name in names) == SEEN[who]
    assert tuple(bool(name) for name in (row.door, row.place_words, row.microgrid, row.grid)) == SEEN[who]
    assert (shown.lon, shown.lat, shown.place_lon) == (None, None, None)


def test_the_holder_sees_the_door(town, private):
    water = town.actor("water")
    with acting_as(water):
        shown = open_case(private.number, by=water, at=MORNING)
        assert (shown.case.door_name, shown.case.place_words) == ("1 号楼", "三单元 402")
        assert not shown.is_place_blurred
        assert place_of(private.number, by=water) is not None


def test_the_grid_of_today_names_no_door_of_what_others_hold(town, private):
    chen = town.actor("chen")
    with acting_as(chen):
        rows = [row for rows in grid_today(by=chen, at=MORNING).parts.values() for row in rows]
    assert [(row.place, row.microgrid) for row in rows] == [("", "")]


def test_for_a_purpose_that_the_reporter_reads_it_opens_with_the_contact(town, private):
    dana = town.actor("dana")
    with acting_as(dana):
        opened = reveal_contact(private.number, "visit", "上门调解", by=dana, at=MORNING)
    assert opened.place == "1-1 · 1 号楼 · 三单元 402"


def test_an_ordinary_case_shows_its_door_to_all_who_see_it(town):
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case
    advance(at=MORNING)
    for who in SEEN:
        actor = town.actor(who)
        with acting_as(actor):
            assert open_case(the(case).number, by=actor, at=MORNING).case.door_name == "1 号楼"


def test_nothing_of_the_place_is_lost_by_being_shown_less_exactly(town, private):
    dana = town.actor("dana")
    with acting_as(dana):
        open_case(private.number, by=dana, at=MORNING)
    kept = the(private.pk)
    assert (kept.lon, kept.place_words, kept.microgrid_id) == (private.lon, "三单元 402", town.microgrids[0])


@pytest.mark.parametrize(
    ("who", "by_community", "by_grid", "by_microgrid"),
    [
        ("dana", True, True, False),
        ("subdistrict", True, False, False),
        ("command", True, False, False),
        ("water", True, True, True),  # who holds it knows the door
    ],
)
def test_a_private_case_is_found_by_no_area_finer_than_is_shown(
    town, private, who, by_community, by_grid, by_microgrid
):
    actor = town.actor(who)
    with acting_as(actor):
        found = [
            [row.number for row in page(Wanted(tab=Tab.ALL, area=area), by=actor, at=MORNING).rows]
            for area in (town.community, town.grid, town.microgrids[0])
        ]
    assert [private.number in each for each in found] == [by_community, by_grid, by_microgrid]


def test_an_ordinary_case_and_one_in_danger_are_found_by_their_microgrid(town, private):
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    ordinary = the(report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case)
    advance(at=MORNING)
    with acting_as(WORKER):
        Case.objects.filter(pk=private.pk).update(urgency="critical")
    command = town.actor("command")
    with acting_as(command):
        rows = page(Wanted(tab=Tab.ALL, area=town.microgrids[0]), by=command, at=MORNING).rows
    assert {row.number for row in rows} == {ordinary.number, private.number}


# The name of a grid's team is the name of its grid --------------------------------------------------------------------


@pytest.fixture
def held_by_the_grid(town, private) -> Case:
    with acting_as(WORKER):
        Case.objects.filter(pk=private.pk).update(holder_unit=town.units["grid_team"], rung=3)
    return the(private.pk)


def listed(town: Town, who: str, **wanted) -> list:
    actor = town.actor(who)
    with acting_as(actor):
        return list(page(Wanted(tab=Tab.ALL, **wanted), by=actor, at=MORNING).rows)


@pytest.mark.parametrize("who", list(SEEN))
def test_the_list_names_the_team_that_has_it_to_those_who_see_the_grid(town, held_by_the_grid, who):
    (row,) = listed(town, who)
    sees_the_grid = SEEN[who][3]
    assert (bool(row.holder), row.holder_unit is not None) == (sees_the_grid, sees_the_grid)


@pytest.mark.parametrize("who", list(SEEN))
def test_looking_for_the_cases_of_a_team_finds_none_whose_grid_is_not_seen(town, held_by_the_grid, who):
    found = listed(town, who, holder=town.units["grid_team"])
    assert bool(found) is SEEN[who][3]


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command"])
def test_the_agenda_of_the_meeting_names_no_team_either(town, held_by_the_grid, who):
    actor = town.actor(who)
    with acting_as(actor):
        (point,) = agenda(actor, MORNING)
    assert bool(point.holder) is SEEN[who][3]


@pytest.mark.parametrize("who", list(SEEN))
def test_a_department_that_has_it_is_named_to_all_who_see_the_case(town, private, who):
    (row,) = listed(town, who)
    assert row.holder == "示例water" and listed(town, who, holder=town.units["water"]) == [row]


def test_what_is_no_secret_names_its_team(town):
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING)
    advance(at=MORNING)
    for who in SEEN:
        assert [bool(row.holder) for row in listed(town, who, holder=town.units["grid_team"])] == [True]
