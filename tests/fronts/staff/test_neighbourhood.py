"""Ben is a neighbour with a post: he sees who serves his micro-grid and how much is open, and nothing else."""

from __future__ import annotations

import pytest
from tests.visiting import EVERYBODY, signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.core.time import clock

WORDS = "楼道里堆满了杂物"


def report_some(town, count):
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    for _ in range(count):
        report(Report(WORDS, place, Contact(phone="13800000000"), item="stairwell-rubbish"), at=clock.now())
    advance(at=clock.now())


def page_of(town):
    return signed_in(town, "ben").get("/staff/neighbourhood").content.decode()


@pytest.mark.parametrize("who", [who for who in EVERYBODY if who != "ben"])
def test_the_page_is_for_neighbours(town, who):
    assert signed_in(town, who).get("/staff/neighbourhood").status_code == 403


def test_ben_sees_who_serves_his_micro_grid(town):
    page = page_of(town)
    assert "示例chen" in page and "示例ben" in page
    assert "示例eli" not in page


def test_ben_sees_how_many_and_not_what(town):
    report_some(town, 3)
    page = page_of(town)
    assert '<b class="figure">3</b>' in page
    assert WORDS not in page and "楼道" not in page and "138" not in page


@pytest.mark.parametrize("count", [1, 2])
def test_a_number_that_could_point_at_one_door_is_not_told(town, count):
    report_some(town, count)
    page = page_of(town)
    assert "少于 3 件" in page
    assert f'<b class="figure">{count}</b>' not in page


def test_no_clock_runs_against_ben(town):
    report_some(town, 3)
    page = page_of(town)
    assert "时限" not in page.replace("没有时限", "") and "到期" not in page and "超时" not in page


@pytest.mark.parametrize(
    "address", ["/desk/", "/field/", "/field/report", "/staff/posts/", "/staff/accounts/", "/staff/audit/"]
)
def test_the_pages_of_staff_are_closed_to_ben(town, address):
    assert signed_in(town, "ben").get(address).status_code == 403
