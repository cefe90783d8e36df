"""A subdistrict's form at its pages: refused, mended, published, filled in; everybody reads the meter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.town import Town
from tests.visiting import Visitor, signed_in

from doorstep.catalogue.models import Demand
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.time import clock

LIST, ASK, PUBLIC = "/desk/demands/", "/desk/demands/ask/", "/burden/"


def form(**more: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "kind": "form", "title": "冬季备货", "to_level": "grid", "area_code": "321102001", "why": "下雪前备齐",
        "basis": "城管〔2026〕9号", "is_duty": "no", "minutes": "5", "times_a_year": "1", "from_on": today.isoformat(),
        "until_on": (today + timedelta(days=20)).isoformat(), "label-0": "所属社区", "type-0": "held:community-name",
        "label-1": "需要多少袋融雪盐", "type-1": "number", "do": "publish", **more,
    }  # fmt: skip


def published(town: Town, **more: Any) -> int:
    answer = signed_in(town, "subdistrict").post(ASK, form(**more))
    assert answer.status_code == 303, answer.content.decode()
    with acting_as(ANONYMOUS):
        return Demand.objects.latest("pk").pk


def test_a_held_fact_is_refused_beside_its_row_and_the_rest_stays_written(town: Town) -> None:
    page = signed_in(town, "subdistrict").post(ASK, form(**{"label-2": "总户数", "type-2": "number"}))
    shown = page.content.decode()
    assert page.status_code == 422
    assert "第 3 栏“总户数”" in shown and 'id="fault-2"' in shown and "需要多少袋融雪盐" in shown


def test_trying_says_the_minutes_and_publishes_nothing(town: Town) -> None:
    page = signed_in(town, "subdistrict").post(ASK, form(do="try")).content.decode()
    assert "每次至少 4 分钟" in page
    assert Client().get(PUBLIC).content.decode().count("冬季备货") == 0


def test_more_rows_are_given_and_nothing_is_tried(town: Town) -> None:
    page = signed_in(town, "subdistrict").post(ASK, form(do="rows")).content.decode()
    assert 'name="label-5"' in page and "需要多少袋融雪盐" in page


def test_it_is_filled_in_with_what_is_held_and_read_by_all(town: Town) -> None:
    demand = published(town)
    chen = signed_in(town, "chen")
    assert "冬季备货" in chen.get(LIST).content.decode()
    page = chen.get(f"{LIST}{demand}/").content.decode()
    assert "示例1社区" in page and 'name="cell-0"' not in page
    assert chen.post(f"{LIST}{demand}/", {"cell-1": "多"}).status_code == 422
    assert chen.post(f"{LIST}{demand}/", {"cell-1": "12"}).status_code == 303
    answers = signed_in(town, "subdistrict").get(f"{LIST}{demand}/answers/").content.decode()
    assert "第1网格" in answers and "12" in answers
    public = Client().get(PUBLIC).content.decode()
    assert "冬季备货" in public and "城管〔2026〕9号" in Client().get(f"{PUBLIC}{demand}/").content.decode()
    told = Client().get("/api/v1/burden").json()
    assert told["alive"][0]["fields"][1]["label"] == "需要多少袋融雪盐"
    assert told["burdens"][0]["minutes"] == 10


def test_no_cell_of_the_files_is_a_formula(town: Town) -> None:
    demand = published(town, **{"label-1": "=1+1 备注说明", "type-1": "text"})
    signed_in(town, "chen").post(f"{LIST}{demand}/", {"cell-1": "=cmd|' /C calc'!A0"})
    sheet = b"".join(signed_in(town, "subdistrict").get(f"{LIST}{demand}/answers.csv").streaming_content).decode()
    assert "'=1+1 备注说明" in sheet and "'=cmd|" in sheet and "321102001001001" in sheet
    meter = b"".join(Client().get("/burden.csv").streaming_content).decode("utf-8-sig").splitlines()
    assert meter[0].startswith("布置单位,") and len(meter) == 2


@pytest.mark.parametrize("who", ["water", "dana", "command"])
def test_answers_are_for_whoever_asked(town: Town, who: str) -> None:
    demand = published(town)
    assert signed_in(town, who).get(f"{LIST}{demand}/answers/").status_code == 404


def test_a_form_of_ten_thousand_fields_is_refused_in_words(town: Town) -> None:
    many = {f"label-{n}": f"第{n}栏" for n in range(10_000)}
    assert signed_in(town, "subdistrict").post(ASK, form(**many)).status_code == 400
    said = {
        "kind": "form", "title": "t", "why": "w", "basis": "b", "area": "321102001", "to_level": "grid", "minutes": 5,
        "from_on": "2026-11-23", "until_on": "2026-12-23",
        "fields": [{"label": f"第{n}栏", "kind": "text"} for n in range(10_000)],
    }  # fmt: skip
    key = signed_in(town, "subdistrict").cookies["doorstep_session"].value
    answer = Visitor().post(
        "/api/v1/burden", said, content_type="application/json", headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 422 and len(answer.json()["faults"]) == 1


def test_a_program_publishes_and_is_told_each_fault_by_its_place(town: Town) -> None:
    today = clock.today()
    said = {
        "kind": "form", "title": "冬季备货", "why": "下雪", "basis": "9号", "area": "321102001", "to_level": "grid",
        "minutes": 5, "from_on": today.isoformat(), "until_on": today.isoformat(), "is_duty": False,
        "fields": [{"label": "总户数", "kind": "number"}],
    }  # fmt: skip
    key = signed_in(town, "subdistrict").cookies["doorstep_session"].value
    headers = {"Authorization": f"Bearer {key}"}
    refused = Visitor().post("/api/v1/burden", said, content_type="application/json", headers=headers)
    assert refused.status_code == 422 and refused.json()["where"] == "fields.1"
    said["fields"] = [{"label": "需要多少袋融雪盐", "kind": "number"}]
    kept = Visitor().post("/api/v1/burden", said, content_type="application/json", headers=headers).json()
    assert kept["state"] == "published"
    assert Client().get(f"/api/v1/burden/{kept['demand']}").json()["recipients"] == 2


def test_a_form_published_twice_is_asked_and_counted_once(town: Town) -> None:
    first = published(town)
    assert published(town) == first
    assert published(town, title="另一份") != first
    assert Client().get("/api/v1/burden").json()["burdens"][0]["forms"] == 2


def test_a_number_as_a_chinese_keyboard_writes_it_is_a_number(town: Town) -> None:
    demand = published(town)
    chen = signed_in(town, "chen")
    assert chen.post(f"{LIST}{demand}/", {"cell-1": "１，２００"}).status_code == 303
    sheet = signed_in(town, "subdistrict").get(f"{LIST}{demand}/answers.csv")
    assert ",1200\r\n" in b"".join(sheet.streaming_content).decode()
    assert chen.post(f"{LIST}{demand}/", {"cell-1": "一千"}).status_code == 422
