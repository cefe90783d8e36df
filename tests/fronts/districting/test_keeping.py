"""On the desk's page: which micro-grids stay as they are when the community is drawn again."""

from __future__ import annotations

import re
from html import unescape

from tests.areas.actions.conftest import build_houses
from tests.town import Town
from tests.visiting import signed_in

GOOD = {"low": "50", "high": "100", "grid_low": "200", "grid_high": "500", "count": "lived_in", "effort": "quick"}


def test_dana_locks_one_draws_again_and_finds_it_locked(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    plan = dana.post(f"/desk/districting/{town.community}/", GOOD)["Location"]
    panel = dana.get(f"{plan}by-hand/").content.decode()
    code = re.findall(r"data-look=\"([0-9]{17})\"", panel)[0]
    dana.post(f"{plan}by-hand/", {"kind": "lock", "version": "0", "piece": code})
    page = dana.get(plan).content.decode()
    [again] = re.findall(r'href="([^"]*kept=[^"]*)"', page)
    form = dana.get(unescape(again)).content.decode()
    assert re.search(rf'value="{code}"[^>]* checked', form)
    [number] = re.findall(r'name="kept_of" value="(\d+)"', form)
    assert plan.endswith(f"/{number}/") and "（已选 1 个）" in form
    drawn = dana.post(f"/desk/districting/{town.community}/", {**GOOD, "kept": [code], "kept_of": number})["Location"]
    assert "1 个微网格保持不变" in dana.get(drawn).content.decode()
    assert "已锁定" in dana.get(f"{drawn}by-hand/").content.decode()


def test_what_cannot_stay_is_refused_beside_its_field(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    answer = dana.post(f"/desk/districting/{town.community}/", {**GOOD, "kept": ["32110200100100999"]})
    assert answer.status_code == 409 and "没有可以照着保持的方案" in answer.content.decode()
    plan = dana.post(f"/desk/districting/{town.community}/", GOOD)["Location"]
    number = plan.rstrip("/").rpartition("/")[2]
    answer = dana.post(f"/desk/districting/{town.community}/", {**GOOD, "kept": ["x"], "kept_of": number})
    page = answer.content.decode()
    assert answer.status_code == 409 and "这些微网格已经没有了：x" in page and 'id="keep" open' in page


def test_a_plan_of_another_community_is_not_offered(town: Town) -> None:
    build_houses(town)
    plan = signed_in(town, "dana").post(f"/desk/districting/{town.community}/", GOOD)["Location"]
    number = plan.rstrip("/").rpartition("/")[2]
    page = signed_in(town, "other_desk").get(f"/desk/districting/{town.other_community}/?kept_of={number}")
    assert 'id="keep"' not in page.content.decode()
