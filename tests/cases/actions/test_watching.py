"""Somebody opens far more than they work on: the security administrator is told, and nobody is stopped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.town import MORNING
from tests.visiting import open_account, signed_in

from doorstep.cases.actions import act
from doorstep.cases.actions.looking import turn_to
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.actions.watching import watch
from doorstep.cases.queue import Tab, Wanted
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.access.models import Alarm

SOON = MORNING + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def few(settings_of_few):
    return settings_of_few


@pytest.fixture
def settings_of_few(monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "BULK_VIEWS", (4, 2, 3, 5))


@pytest.fixture
def dana(town) -> Actor:
    account = open_account(town, "dana")
    found = town.actor("dana")
    return Actor(found.role, org=found.org, unit=found.unit, post=found.post, account=account.pk)


@pytest.fixture
def cases(town) -> list[int]:
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county)
    return [report(Report("楼道里堆满了杂物", place, item="stairwell-rubbish"), at=MORNING).case for _ in range(7)]


def look(actor: Actor, cases, what: str = "case", at=SOON) -> None:
    with acting_as(actor):
        for case in cases:
            audit.read(what, case, by=actor, at=at)


def alarms() -> list[tuple]:
    with acting_as(WORKER):
        return list(Alarm.objects.order_by("id").values_list("what", "opened", "worked_on", "account"))


def test_five_cases_in_an_hour_without_any_work_are_an_alarm_and_one_alone(dana, cases):
    look(dana, cases[:5])
    look(dana, cases[:5])
    assert watch(SOON) == 1
    assert alarms() == [("case", 5, 0, dana.account)]
    assert watch(SOON + timedelta(minutes=1)) == 0, "the same hour is told once"


def test_the_same_case_many_times_is_no_alarm(dana, cases):
    for _ in range(30):
        look(dana, cases[:1])
    assert watch(SOON) == 0


def turn_pages(dana: Actor, how_many: int) -> None:
    """One case a page, so that seven cases are seven pages."""
    cursor = None
    with acting_as(dana):
        for _ in range(how_many):
            cursor = turn_to(Wanted(tab=Tab.ALL), by=dana, at=SOON, cursor=cursor, limit=1).later


def test_whoever_turns_page_after_page_and_opens_nothing_is_told_of(dana, cases):
    turn_pages(dana, 1 + 5)
    assert watch(SOON) == 0, "the first page is everybody's, and five more are a look around"
    turn_pages(dana, 1 + 6)
    assert watch(SOON) == 1
    assert alarms() == [("case-list", 6, 0, dana.account)]


def test_whoever_opens_what_the_pages_show_works_through_them(dana, cases):
    turn_pages(dana, 1 + 6)
    look(dana, cases[:2])
    assert watch(SOON) == 0


def test_a_long_page_counts_as_what_it_holds(dana, cases, monkeypatch):
    monkeypatch.setattr("doorstep.cases.actions.looking.PAGE", 1)
    with acting_as(dana):
        assert len(turn_to(Wanted(tab=Tab.ALL), by=dana, at=SOON, limit=7).rows) == 7
    assert watch(SOON) == 1


def test_the_alarm_of_turned_pages_says_so(town, dana, cases):
    turn_pages(dana, 1 + 6)
    watch(SOON)
    shown = signed_in(town, "security").get("/staff/alarms/").content.decode()
    assert "翻看了 6 页诉求列表" in shown and "打开 0 件" in shown


def test_what_she_works_on_she_opens(dana, cases):
    look(dana, cases[:5])
    with acting_as(dana):
        for case in cases[:2]:
            act.note(case, "已电话联系", by=dana, at=SOON)
    assert watch(SOON) == 0


def test_contacts_have_a_lower_bound(dana, cases):
    look(dana, cases[:3], "contact")
    assert watch(SOON) == 1 and alarms() == [("contact", 3, 0, dana.account)]


def test_what_is_longer_ago_than_an_hour_counts_no_more(dana, cases):
    look(dana, cases[:5])
    assert watch(SOON + timedelta(hours=1, seconds=1)) == 0


def test_the_security_administrator_reads_the_facts_and_writes_what_it_was(town, dana, cases):
    look(dana, cases[:5])
    watch(SOON)
    security = signed_in(town, "security")
    shown = security.get("/staff/alarms/").content.decode()
    assert "打开了 5 件诉求" in shown and "dana" in shown and "经办 0 件" in shown
    with acting_as(WORKER):
        alarm = Alarm.objects.get().pk
    assert "请写明核实到的情况" in security.post(f"/staff/alarms/{alarm}/", {"words": " "}).content.decode()
    assert security.post(f"/staff/alarms/{alarm}/", {"words": "专项整治，逐件核对"}).status_code == 303
    assert "专项整治" in security.get("/staff/alarms/").content.decode()
    assert "已有人核实" in security.post(f"/staff/alarms/{alarm}/", {"words": "再写一次"}).content.decode()


@pytest.mark.parametrize("who", ["dana", "system", "audit", "chen"])
def test_nobody_else_reads_alarms(town, who):
    assert signed_in(town, who).get("/staff/alarms/").status_code == 403


def test_an_alarm_stops_nobody(town, dana, cases):
    look(dana, cases[:5])
    watch(SOON)
    with acting_as(dana):
        act.note(cases[0], "继续办理", by=dana, at=SOON)
