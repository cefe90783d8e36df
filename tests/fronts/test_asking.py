"""What an item asks is asked where somebody can answer: receipt, the reporter's page, desks, the field."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.town import Town
from tests.visiting import signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.ids import CaseId
from doorstep.core.time import clock

LEAK = "leak-between-flats"
ASKED = "现在还在漏吗？"


@pytest.fixture
def leak(town: Town) -> CaseId:
    place = Place(door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county)
    case = report(Report("楼上卫生间漏水，把我家天花板泡坏了", place), at=clock.now()).case
    advance(at=clock.now())
    return case


def the(case: CaseId) -> Case:
    with acting_as(WORKER):
        return Case.objects.get(pk=case)


def link(case: CaseId) -> str:
    return f"/c/{follow_token(case, at=clock.now())}/"


def test_the_receipt_and_the_page_ask_and_what_was_answered_is_asked_no_more(leak):
    ava = Client()
    assert ASKED in ava.get(f"{link(leak)}received/").content.decode()
    page = ava.get(link(leak)).content.decode()
    assert ASKED in page and "仅当“现在还在漏吗？”为一直在漏或时漏时停时回答" in page
    sent = {"item": LEAK, "answer_still": "stopped", "answer_power": "yes", "answer_upstairs": "absent"}
    answer = ava.post(f"{link(leak)}do/answer/", sent)
    assert answer.status_code == 302 or answer.status_code == 303
    page = ava.get(link(leak)).content.decode()
    assert "已经停了" in page and "联系不上" in page
    assert 'id="questions"' not in page and "插座" not in page


def test_what_does_not_fit_is_said_and_what_was_answered_is_still_there(leak):
    answer = Client().post(f"{link(leak)}do/answer/", {"item": LEAK, "answer_upstairs": "absent"})
    said = answer.content.decode()
    assert answer.status_code >= 400 and "请回答“现在还在漏吗？”" in said
    assert 'name="answer_upstairs" value="absent" checked' in said


@pytest.mark.parametrize(("who", "where"), [("dana", "/desk/cases/"), ("chen", "/field/cases/")])
def test_staff_write_down_what_they_hear_or_see(town, leak, who, where):
    visitor, number = signed_in(town, who), the(leak).number
    assert ASKED in visitor.get(f"{where}{number}/").content.decode()
    sent = {"item": LEAK, "answer_still": "always", "answer_power": "maybe"}
    refused = visitor.post(f"{where}{number}/answer/", sent)
    assert "请回答是或否" in refused.content.decode()
    answer = visitor.post(f"{where}{number}/answer/", {**sent, "answer_power": "yes"})
    assert answer.status_code == 303
    page = visitor.get(answer.url).content.decode()
    assert "现在还在漏吗：一直在漏" in page and 'name="answer_upstairs"' in page and 'name="answer_still"' not in page


def test_whom_the_case_does_not_concern_is_not_asked(town, leak):
    number = the(leak).number
    assert signed_in(town, "other_desk").get(f"/desk/cases/{number}/").status_code == 404
    assert signed_in(town, "water").post(f"/desk/cases/{number}/answer/", {"item": LEAK}).status_code == 404


def test_an_item_without_questions_asks_nothing(town):
    case = report(Report("楼道里堆满了杂物", item="thanks"), at=clock.now()).case
    assert 'id="questions"' not in Client().get(f"{link(case)}received/").content.decode()
