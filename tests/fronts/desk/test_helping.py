"""The hall's call: one button for whoever works there, and for passers-by with the code on the wall."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.visiting import signed_in

from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.fronts import limits
from doorstep.notices.models import StaffNotice


@pytest.fixture(autouse=True)
def nobody_has_reported_yet(monkeypatch):
    for name in ("_devices", "_addresses"):
        monkeypatch.setattr(limits, name, limits.Allowance(1000))


def cases() -> list[Case]:
    with acting_as(WORKER):
        return list(Case.objects.all())


@pytest.mark.parametrize("who", ["dana", "chen", "water", "subdistrict", "command"])
def test_whoever_works_with_cases_can_call_help(town, who):
    visitor = signed_in(town, who)
    page = visitor.get("/desk/help/").content.decode()
    assert page.index("tel:120") < page.index('<form class="stack"')
    answer = visitor.post("/desk/help/", {"place_words": "一楼大厅"})
    assert answer.status_code == 303
    (case,) = cases()
    assert (case.source, case.urgency, case.item) == ("hall", "critical", "injured-person")
    assert case.number in visitor.get(answer["Location"]).content.decode()


@pytest.mark.parametrize("who", ["ben", "system", "audit"])
def test_others_use_the_public_page(town, who):
    assert signed_in(town, who).get("/desk/help/").status_code == 403
    assert Client().get("/desk/help/").status_code == 302


def test_the_hall_is_chosen_from_its_own_community_alone(town):
    dana, other = signed_in(town, "dana"), signed_in(town, "other_desk")
    assert dana.post("/desk/help/", {"door": str(town.door)}).status_code == 303
    assert cases()[0].door_id == town.door
    assert other.post("/desk/help/", {"door": str(town.door)}).status_code == 422
    assert len(cases()) == 1


def test_where_it_is_must_be_said_and_the_numbers_to_dial_stay_on_top(town):
    page = signed_in(town, "dana").post("/desk/help/", {"words": "老人摔倒"})
    shown = page.content.decode()
    assert page.status_code == 422 and "老人摔倒" in shown and "tel:120" in shown and cases() == []


def test_a_passer_by_calls_with_the_code_and_gets_a_receipt(town):
    ava = Client()
    form = dict(re.findall(r'name="(form)" value="([^"]*)"', ava.get("/help/DOOR0001").content.decode()))
    first, again = (ava.post("/help/DOOR0001", {**form, "item": "lost-person"}) for _ in range(2))
    assert first.status_code == 303 and first["Location"] == again["Location"]
    (case,) = cases()
    assert (case.door_id, case.item, case.urgency) == (town.door, "lost-person", "critical")
    with acting_as(WORKER):
        assert StaffNotice.objects.filter(post=town.posts["dana"], channel="sms").count() == 1
    assert "tel:110" in ava.get(first["Location"]).content.decode()


def test_a_call_without_any_place_and_a_code_that_is_gone_are_refused_in_words(town):
    ava = Client()
    assert ava.post("/help/", {"item": "crime"}).status_code == 422
    assert ava.get("/help/NOTHERE2").status_code == 404
    assert ava.post("/help/", {"item": "crime", "place_words": "菜场门口"}).status_code == 303
