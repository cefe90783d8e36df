"""The queue of a desk: order, bounds, filters, search, pages, export."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.town import MORNING

from doorstep.cases import queue
from doorstep.cases.actions import act
from doorstep.cases.actions.report import Place
from doorstep.cases.queue import Cursor, Tab, Wanted, read_cursor
from doorstep.core.access import Actor, acting_as
from doorstep.core.cells import harmless


def numbers(page: queue.Page) -> list[str]:
    return [row.number for row in page.rows]


def seen_by(actor: Actor, **wanted) -> list[str]:
    with acting_as(actor):
        return numbers(queue.page(Wanted(**wanted), by=actor, at=MORNING))


def test_dana_sees_what_waits_in_her_community(sign_in, reported):
    case = reported()
    page = sign_in("dana").get("/desk/")
    assert page.status_code == 200
    assert case.number in page.content.decode() and "楼道里堆满了杂物" in page.content.decode()


def test_the_neighbouring_desk_does_not_see_it(sign_in, reported):
    case = reported()
    assert case.number not in sign_in("other_desk").get("/desk/").content.decode()


@pytest.mark.parametrize("who", ["dana", "subdistrict", "command"])
def test_every_desk_above_the_case_sees_it(who, town, reported):
    case = reported()
    assert seen_by(town.actor(who)) == [case.number]


def test_a_department_sees_only_what_it_holds(town, reported):
    reported()
    water = reported("自来水管爆了，路上都是水", item="water-outage")
    assert water.holder_unit_id == town.units["water"]
    assert seen_by(town.actor("water")) == [water.number]


@pytest.mark.parametrize("who", ["chen", "ben", "audit"])
@pytest.mark.parametrize("address", ["/desk/", "/desk/exports/", "/desk/report/"])
def test_a_post_without_a_desk_is_turned_away(who, address, sign_in):
    assert sign_in(who).get(address).status_code == 403


@pytest.mark.parametrize("address", ["/desk/", "/desk/exports/", "/desk/report/"])
def test_a_passer_by_is_asked_to_sign_in(address, db, now):
    answer = Client().get(address)
    assert answer.status_code == 302 and "sign-in" in answer["Location"]


def test_the_overdue_come_first_then_the_next_due(town, reported):
    late = reported(at=MORNING - timedelta(days=30))
    soon = reported(at=MORNING - timedelta(days=2))
    fresh = reported(at=MORNING)
    assert seen_by(town.actor("dana")) == [late.number, soon.number, fresh.number]
    assert seen_by(town.actor("dana"), tab=Tab.OVERDUE) == [late.number]


def test_a_parked_question_is_shown_with_who_answers_it(sign_in, town, reported):
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = reported("那个东西坏了", item="", place=place)
    assert case.question == "where"
    shown = sign_in("dana").get("/desk/?tab=asked").content.decode()
    assert case.number in shown and "等社区受理台答复，还剩" in shown


def test_what_is_done_waits_for_its_reporter_and_is_not_late(town, reported):
    case, chen = reported(at=MORNING - timedelta(days=30)), town.actor("chen")
    with acting_as(chen):
        act.do(case.pk, "已经清理干净", by=chen, at=MORNING)
    assert seen_by(town.actor("dana"), tab=Tab.OVERDUE) == []
    assert seen_by(town.actor("dana")) == [case.number]


def test_dana_finds_a_word_of_two_characters(town, reported):
    case = reported("三号楼的路灯不亮了", item="street-light")
    reported()
    dana = town.actor("dana")
    assert seen_by(dana, tab=Tab.ALL, words="路灯") == [case.number]
    assert seen_by(dana, tab=Tab.ALL, words="路灯 三号楼") == [case.number]
    assert seen_by(dana, tab=Tab.ALL, words="灯路") == []


def test_letters_are_found_whatever_their_case_or_width(town, reported):
    case = reported("The Street Light is out", item="street-light")
    assert seen_by(town.actor("dana"), tab=Tab.ALL, words="ｓｔｒｅｅｔ light") == [case.number]
    assert seen_by(town.actor("dana"), tab=Tab.ALL, words="sleet") == []


def test_eli_finds_nothing_of_another_community_by_its_words(town, reported):
    reported("三号楼的路灯不亮了", item="street-light")
    assert seen_by(town.actor("other_desk"), tab=Tab.ALL, words="路灯") == []


def test_a_case_is_found_by_its_number_however_it_is_typed(town, reported):
    case = reported()
    assert seen_by(town.actor("dana"), tab=Tab.ALL, words=case.number.replace("-", " ")) == [case.number]


@pytest.mark.parametrize("typed", ["灯", "261123-000001-00"])
def test_a_search_that_cannot_be_right_says_so(typed, sign_in):
    answer = sign_in("dana").get("/desk/", {"q": typed})
    assert answer.status_code == 200 and 'role="alert"' in answer.content.decode()


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"state": "dispatched"}, True),
        ({"state": "taken"}, False),
        ({"case_class": "05"}, True),
        ({"case_class": "09"}, False),
        ({"urgency": "ordinary"}, True),
        ({"urgency": "critical"}, False),
        ({"source": "resident"}, True),
        ({"source": "visit"}, False),
        ({"since": MORNING.date(), "until": MORNING.date()}, True),
        ({"until": MORNING.date() - timedelta(days=1)}, False),
        ({"question": "where"}, False),
    ],
)
def test_each_filter_keeps_what_fits(filters, fits, town, reported):
    case = reported()
    expected = [case.number] if fits else []
    assert seen_by(town.actor("dana"), **filters) == expected


def test_filters_by_area_and_unit(town, reported):
    case, dana = reported(), town.actor("dana")
    assert seen_by(dana, area=town.grid) == [case.number]
    assert seen_by(dana, area=town.other_grid) == []
    assert seen_by(dana, holder=town.units["grid_team"]) == [case.number]
    assert seen_by(dana, tab=Tab.MINE) == []


@pytest.mark.parametrize("tab", [Tab.OPEN, Tab.ALL])
def test_pages_lead_on_and_back_without_a_gap(tab, town, reported):
    cases = [reported(at=MORNING - timedelta(days=day)) for day in (5, 4, 3, 3, 1)]
    expected = [case.number for case in cases]
    if tab is Tab.ALL:
        expected.reverse()
    dana = town.actor("dana")
    with acting_as(dana):
        first = queue.page(Wanted(tab=tab), by=dana, at=MORNING, limit=2)
        second = queue.page(Wanted(tab=tab), by=dana, at=MORNING, limit=2, cursor=first.later)
        third = queue.page(Wanted(tab=tab), by=dana, at=MORNING, limit=2, cursor=second.later)
        back = queue.page(Wanted(tab=tab), by=dana, at=MORNING, limit=2, cursor=third.earlier)
        start = queue.page(Wanted(tab=tab), by=dana, at=MORNING, limit=2, cursor=back.earlier)
    assert numbers(first) + numbers(second) + numbers(third) == expected
    assert (first.earlier, third.later, start.earlier) == (None, None, None)
    assert numbers(back) == numbers(second) and numbers(start) == numbers(first)


def test_a_place_in_the_list_survives_its_address():
    cursor = Cursor(42, MORNING + timedelta(microseconds=7), backwards=True)
    assert read_cursor(str(cursor)) == cursor


@pytest.mark.parametrize(
    "query",
    [
        "tab=nonsense", "state=%00", "area=-1", "area=99999999999999999999", "since=2026-99-99", "from=%3E1@x",
        "from=%3E9999999999999999999", "from=%3E1@99999999999999999", "class=%27%3BDROP", "holder=%D9%A1", "q=%25%25",
        "q=%5C%5C", "q=%00", "q=a%00b", "until=0001-01-01",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_shows_a_page_all_the_same(query, sign_in, reported):
    reported()
    assert sign_in("dana").get(f"/desk/?{query}").status_code == 200


def test_words_that_look_like_a_page_are_shown_as_words(sign_in, reported):
    reported("<script>alert(1)</script> 楼道堆物")
    shown = sign_in("dana").get("/desk/").content.decode()
    assert "<script>alert(1)" not in shown and "&lt;script&gt;alert(1)" in shown


def test_the_queue_takes_few_statements_however_long_it_is(sign_in, reported):
    for day in range(60):
        reported(at=MORNING - timedelta(hours=day))
    dana = sign_in("dana")
    dana.get("/desk/")
    with CaptureQueriesContext(
        connection,
    ) as statements:
        answer = dana.get("/desk/")
    assert answer.content.decode().count('class="queue-title"') == 50
    assert len([each for each in statements if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 8


def test_counting_stops_at_a_hundred(town, reported, monkeypatch):
    monkeypatch.setattr(queue, "MOST_COUNTED", 2)
    for _ in range(5):
        reported()
    with acting_as(town.actor("dana")):
        assert queue.counts(by=town.actor("dana"), at=MORNING)[Tab.OPEN] == 3


@pytest.mark.parametrize("cell", ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "\n=1"])
def test_a_cell_that_could_be_a_formula_is_quoted(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "路灯", "3-2-1", "a=b"])
def test_a_plain_cell_stays_as_it_is(cell):
    assert harmless(cell) == cell
