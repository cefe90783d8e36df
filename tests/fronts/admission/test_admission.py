"""The water company asks grids for work off their list at a page; Dana answers; everybody reads what counts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from tests.town import Town
from tests.visiting import Visitor, signed_in

from doorstep.areas.models import Area
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.classify import classify_by_hand
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.models import Case
from doorstep.catalogue.models import Consent
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time import clock

LIST, ASK, PUBLIC = "/desk/admission/", "/desk/admission/ask/", "/grids/"
OFF_THE_LIST = "activity-signup"
WHAT = "协助入户发放换表通知"


def code_of(area: int) -> str:
    with acting_as(WORKER):
        return Area.objects.get(pk=area).code


def form(town: Town, **more: Any) -> dict[str, Any]:
    today = clock.today()
    return {
        "area_code": code_of(town.community), "what": WHAT, "why": "水表需要入户更换", "basis": "水务〔2026〕7号",
        "is_duty": "no", "item": "", "from_on": today.isoformat(), "until_on": (today + timedelta(days=20)).isoformat(),
        **more,
    }  # fmt: skip


def asked(town: Town, **more: Any) -> int:
    answer = signed_in(town, "water").post(ASK, form(town, **more))
    assert answer.status_code == 303, answer.content.decode()
    with acting_as(WORKER):
        return Consent.objects.latest("pk").pk


def answered(visitor: Visitor, consent: int, yes: str = "yes", words: str = "") -> Any:
    return visitor.post(f"{LIST}{consent}/answer/", {"yes": yes, "answer": words})


def test_it_is_asked_answered_and_read_by_everybody(town):
    consent = asked(town)
    assert WHAT not in Client().get(PUBLIC).content.decode()
    dana = signed_in(town, "dana")
    page = dana.get(LIST).content.decode()
    assert WHAT in page and "水务〔2026〕7号" in page and f"{LIST}{consent}/answer/" in page
    assert answered(dana, consent).status_code == 303
    public = Client().get(PUBLIC).content.decode()
    assert WHAT in public and "水务〔2026〕7号" in public and "楼道堆放杂物" in public
    assert WHAT in Client().get(PUBLIC, HTTP_COOKIE="lang=en").content.decode()


def test_a_no_needs_its_reason_which_who_asked_reads(town):
    consent, dana = asked(town), signed_in(town, "dana")
    refused = answered(dana, consent, yes="no")
    assert refused.status_code == 422 and "请写明原因" in refused.content.decode()
    assert answered(dana, consent, yes="no", words="人手不足，请水务自行通知").status_code == 303
    assert "人手不足" in signed_in(town, "water").get(LIST).content.decode()
    assert WHAT not in Client().get(PUBLIC).content.decode()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"is_duty": "yes"}, "国办函〔2025〕66号"),
        ({"is_duty": ""}, "国办函〔2025〕66号"),
        ({"item": "passport"}, "国办函〔2025〕66号"),
        ({"item": "stairwell-rubbish"}, "已在网格准入清单内"),
        ({"until_on": ""}, "缺少起止日期"),
        ({"from_on": "2020-01-01"}, "开始日期已经过去"),
        ({"until_on": "2040-01-01"}, "最长 183 天"),
        ({"basis": " "}, "缺少必填内容"),
        ({"area_code": "999999999999"}, "没有这个社区或网格"),
        ({"area_code": "321102"}, "没有这个社区或网格"),
        ({"item": "no-such-item"}, "no-such-item"),
    ],
)
def test_what_may_not_be_asked_is_refused_and_what_was_written_is_still_there(town, changes, words):
    answer = signed_in(town, "water").post(ASK, form(town, **changes))
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page and "水表需要入户更换" in page


@pytest.mark.parametrize("who", ["water", "subdistrict", "command", "other_desk", "chen"])
def test_whoever_is_not_asked_cannot_answer(town, who):
    consent = asked(town)
    assert answered(signed_in(town, who), consent).status_code in (403, 422)
    with acting_as(WORKER):
        assert Consent.objects.get(pk=consent).state == "asked"


@pytest.mark.parametrize("who", ["ben", "system", "audit", "chen"])
def test_neighbours_administrators_and_grids_ask_nothing(town, who):
    assert signed_in(town, who).post(ASK, form(town)).status_code == 403


def test_it_is_ended_early_with_a_reason_by_either_side(town):
    consent, dana = asked(town), signed_in(town, "dana")
    answered(dana, consent)
    assert dana.post(f"{LIST}{consent}/end/", {"why": ""}).status_code == 422
    assert dana.post(f"{LIST}{consent}/end/", {"why": "已经发完"}).status_code == 303
    assert "已提前终止" in signed_in(town, "water").get(LIST).content.decode()
    assert WHAT not in Client().get(PUBLIC).content.decode()


def test_dana_gives_such_a_case_to_a_grid_only_while_it_counts(town):
    at = clock.now()
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county, door=town.door)
    case = report(Report("请帮忙报名社区的太极班", place), at=at).case
    advance(at=at)
    dana, seat = signed_in(town, "dana"), town.actor("dana")
    with acting_as(seat):
        classify_by_hand(case, OFF_THE_LIST, "", by=seat, at=at)
        number = Case.objects.get(pk=case).number
    offered = f'value="{town.units["grid_team"]}"'
    page = f"/desk/cases/{number}/"
    assert offered not in dana.get(page).content.decode()
    with acting_as(WORKER):
        seq = Case.objects.get(pk=case).seq
    sent = {"seen": seq, "unit": town.units["grid_team"], "words": "请网格帮忙"}
    refused = dana.post(f"{page}dispatch/", sent).content.decode()
    assert "准入" in refused
    answered(dana, asked(town, item=OFF_THE_LIST))
    assert offered in dana.get(page).content.decode()
    assert dana.post(f"{page}dispatch/", sent).status_code == 303
    with acting_as(WORKER):
        assert Case.objects.get(pk=case).holder_unit_id == town.units["grid_team"]


def test_department_work_is_given_to_no_grid_and_the_law_is_named(town):
    at = clock.now()
    place = Place(community=town.community, subdistrict=town.subdistrict, county=town.county, door=town.door)
    case = report(Report("护照怎么办", place), at=at).case
    advance(at=at)
    dana, seat = signed_in(town, "dana"), town.actor("dana")
    with acting_as(seat):
        classify_by_hand(case, "passport", "", by=seat, at=at)
        number = Case.objects.get(pk=case).number
        seq = Case.objects.get(pk=case).seq
    sent = {"seen": seq, "unit": town.units["grid_team"], "words": "x"}
    assert "国办函〔2025〕66号" in dana.post(f"/desk/cases/{number}/dispatch/", sent).content.decode()


def test_html_in_what_is_asked_is_only_words(town):
    consent = asked(town, what="<script>alert(1)</script>")
    answered(signed_in(town, "dana"), consent)
    assert "<script>alert" not in Client().get(PUBLIC).content.decode()


def test_a_community_is_found_by_its_name_and_a_communitys_own_desk_chooses_a_grid(town):
    page = signed_in(town, "water").get(ASK).content.decode()
    assert f'<option value="{code_of(town.community)}">示例街道 · 示例1社区</option>' in page
    page = signed_in(town, "dana").get(ASK).content.decode()
    assert "<datalist" not in page and code_of(town.grid) in page


def test_the_way_to_what_grids_do_is_on_the_first_page(town):
    assert PUBLIC in Client().get("/").content.decode()
