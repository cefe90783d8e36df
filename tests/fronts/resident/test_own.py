"""Ava reads who saw her case, takes her data with her, and has it erased; her link is all she needs."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest
from django.test import Client
from tests.fronts.resident.test_following import closed, link, reported
from tests.visiting import Visitor, signed_in

from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock


@pytest.fixture
def ava(town) -> Client:
    return Visitor()


def number(case: int) -> str:
    with acting_as(WORKER):
        return Case.objects.get(pk=case).number


def page(ava: Client, case: int) -> str:
    answer = ava.get(f"{link(case)}own/")
    assert answer.status_code == 200 and answer["Referrer-Policy"] == "same-origin"
    return answer.content.decode()


def test_she_reads_which_units_opened_it_and_what_for_and_no_persons_name(town, ava):
    case = reported(town)
    advance(at=clock.now())
    assert "还没有人打开过" in page(ava, case)
    dana = signed_in(town, "dana")
    dana.get(f"/desk/cases/{number(case)}/")
    dana.post(f"/desk/cases/{number(case)}/contact/", {"purpose": "visit", "because": "约定上门时间"})
    shown = page(ava, case)
    assert "示例community_desk" in shown and "社区受理台" in shown
    assert "约定上门" in shown and "约定上门时间" in shown
    assert "示例dana" not in shown


def test_she_sees_nothing_of_who_saw_the_case_of_another(town, ava):
    one, other = reported(town), reported(town)
    advance(at=clock.now())
    signed_in(town, "dana").get(f"/desk/cases/{number(other)}/")
    assert "还没有人打开过" in page(ava, one)
    assert ava.get("/c/nobodys-link/own/").status_code == 404
    assert ava.get("/c/nobodys-link/own.json").status_code == 404


def test_her_copy_holds_everything_and_proves_itself(town, ava):
    case = reported(town)
    advance(at=clock.now())
    answer = ava.get(f"{link(case)}own.json")
    assert "attachment" in answer["Content-Disposition"]
    copy = json.loads(answer.content)
    assert copy["contact"]["phone"] == "13800001234" and copy["case"]["number"] == number(case)
    first = copy["life"][0]
    assert first["words"] == "楼道里堆满了杂物"
    assert sha256(bytes.fromhex(first["salt"]) + first["words"].encode()).hexdigest() == first["words_hash"]
    assert [row["row"] for row in copy["life"]] == list(range(1, len(copy["life"]) + 1))


def test_erasing_needs_one_tick_and_then_says_what_stays_and_why(town, ava):
    case = closed(town, ava)
    refused = ava.post(f"{link(case)}own/erase/")
    assert refused.status_code == 422 and "楼道里堆满了杂物" in ava.get(link(case)).content.decode()
    answer = ava.post(f"{link(case)}own/erase/", {"sure": "yes"}, follow=True)
    shown = answer.content.decode()
    assert "能删的已经删除" in shown and "起可以删除" in shown and "留存 180 天" in shown
    assert "楼道里堆满了杂物" not in ava.get(link(case)).content.decode()
    assert "13800001234" not in page(ava, case)
    advance(at=clock.now())


def test_staff_find_the_erased_case_in_order_and_without_words(town, ava):
    case = closed(town, ava)
    ava.post(f"{link(case)}own/erase/", {"sure": "yes"})
    shown = signed_in(town, "dana").get(f"/desk/cases/{number(case)}/")
    assert shown.status_code == 200 and "楼道里堆满了杂物" not in shown.content.decode()
    assert signed_in(town, "dana").get("/desk/?tab=all").status_code == 200


def test_a_form_from_elsewhere_erases_nothing(town):
    case = reported(town)
    stranger = Visitor(enforce_csrf_checks=True)
    assert stranger.post(f"{link(case)}own/erase/", {"sure": "yes"}).status_code == 403
