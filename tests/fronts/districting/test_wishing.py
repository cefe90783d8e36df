"""Dana says what is wished, sees what each weight costs and takes it, and reads what is proven of her plan."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import a_draft
from tests.town import MORNING, Town
from tests.visiting import signed_in

from doorstep.areas.actions.counting import keep_amounts
from doorstep.areas.actions.drawing import WEIGHTS
from doorstep.areas.actions.studying import work_on_next
from doorstep.areas.models import Plan, Study
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text
from doorstep.engines.districting.measuring import Measures, Trade
from doorstep.fronts.districting import trading

pytestmark = pytest.mark.integration

GOOD = {"low": "50", "high": "100", "grid_low": "200", "grid_high": "500", "count": "lived_in", "effort": "quick"}


def page(town: Town) -> str:
    return f"/desk/districting/{town.community}/"


def worked(times: int = 1) -> None:
    for _ in range(times):
        assert work_on_next(now=lambda: MORNING) == 1


def drawn(town: Town, dana: Client, **wishes: str) -> Plan:
    answer = dana.post(page(town), GOOD | wishes)
    assert answer.status_code == 302, answer.content.decode()
    with acting_as(WORKER):
        return Plan.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


@pytest.mark.parametrize(
    ("wishes", "sizes"),
    [
        ({"grid_low": "200", "grid_high": "500"}, (200, 500)),
        ({"grid_low": "300", "grid_high": "500"}, (300, 500)),
        ({"grid_low": "200", "grid_high": "400", "grid_target": "300", "target": "80"}, (200, 400)),
        ({"grid_low": "2", "grid_high": "4", "grid_unit": "microgrids"}, (2, 4)),
    ],
)
def test_grids_are_drawn_by_the_rule_that_is_wished(town: Town, wishes: dict[str, str], sizes: tuple[int, int]) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    plan = drawn(town, dana, **wishes)
    with acting_as(WORKER):
        codes = list(plan.pieces.values_list("code", "households"))
    by_number = wishes.get("grid_unit") == "microgrids"
    grids: dict[str, int] = {}
    for code, households in codes:
        grids[code[:15]] = grids.get(code[:15], 0) + (1 if by_number else households)
    assert all(sizes[0] <= size <= sizes[1] for size in grids.values())
    shown = dana.get(f"/desk/districting/plans/{plan.pk}/").content.decode()
    assert f"网格 {sizes[0]}–{sizes[1]} {'个微网格' if by_number else '户'}" in shown


def test_weights_are_kept_with_the_plan_and_stand_in_the_next_form(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    plan = drawn(town, dana, weight_compound="2", weight_perimeter="0.5")
    assert plan.settings["weights"]["compound"] == 2.0 and plan.settings["weights"]["perimeter"] == 0.5
    assert "边界圆整 0.5" in dana.get(f"/desk/districting/plans/{plan.pk}/").content.decode()
    offered = dana.get(f"{page(town)}?weight_compound=2").content.decode()
    assert re.search(r'name="weight_compound"[^>]* value="2"', offered) and 'wish-more" open' in offered
    assert 'wish-more" open' not in dana.get(page(town)).content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"weight_size": "-1"}, "wishes-not-a-weight"),
        ({"weight_barrier": "nan"}, "wishes-not-a-weight"),
        ({"weight_compactness": "much"}, "wishes-not-a-weight"),
        ({"weight_perimeter": ""}, "wishes-not-a-weight"),
        ({"target": "120"}, "wishes-target-outside"),
        ({"grid_target": "100"}, "wishes-target-outside"),
        ({"target": "x"}, "districting-not-a-number"),
        ({"grid_unit": "miles"}, "wishes-not-a-unit"),
    ],
)
def test_a_wish_that_makes_no_sense_is_named_and_stays_to_be_mended(
    town: Town, wrong: dict[str, str], said: str
) -> None:
    build_houses(town)
    answer = signed_in(town, "dana").post(page(town), GOOD | wrong)
    shown = answer.content.decode()
    assert answer.status_code == 409
    beginning = text(said, name=text("wishes-weight-" + next(iter(wrong))[7:]) if "weight" in said else "",
                     target=next(iter(wrong.values())), low=50 if "target" in wrong else 200,
                     high=100 if "target" in wrong else 500)  # fmt: skip
    assert beginning in shown
    if wrong.get("grid_unit") is None and all(wrong.values()):
        assert f'value="{next(iter(wrong.values()))}"' in shown


def test_the_usual_weights_come_back_and_what_else_was_typed_stays(town: Town) -> None:
    shown = signed_in(town, "dana").post(page(town), GOOD | {"do": "usual", "high": "90", "weight_size": "7"})
    words = shown.content.decode()
    assert shown.status_code == 200
    assert re.search(r'name="weight_size"[^>]* value="0.25"', words) and 'value="90"' in words


def trades_page(town: Town, dana: Client) -> str:
    answer = dana.post(page(town), GOOD | {"do": "trades", "weight_compound": "1"})
    assert answer.status_code == 302 and "weight_compound=1&" in answer["Location"]
    return str(answer["Location"])


def form_of(shown: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', shown))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_each_weight_costs_is_asked_for_waited_for_read_and_taken(town: Town, lang: str) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    dana.cookies["lang"] = lang
    address = trades_page(town, dana)
    first = dana.get(address)
    assert text("trades-work-out", lang) in first.content.decode() and "Refresh" not in first.headers
    sent = dana.post(address.partition("?")[0], form_of(first.content.decode()))
    assert sent["Location"] == address
    waiting = dana.get(address)
    assert waiting["Refresh"] and text("trades-waiting", lang) in waiting.content.decode()
    worked()
    done = dana.get(address)
    shown = done.content.decode()
    assert "Refresh" not in done.headers
    priced = [name for name in WEIGHTS if text(f"wishes-weight-{name}", lang) in shown]
    assert {"compactness", "size", "compound", "building", "barrier", "perimeter"} <= set(priced)
    assert shown.count("trade-table") == len([name for name in priced if name not in ("moved", "balance")])
    links = re.findall(r'href="([^"]*weight_compound=4[^"]*)"', shown)
    assert links
    form = dana.get(links[0].replace("&amp;", "&").removesuffix("#draw")).content.decode()
    assert re.search(r'name="weight_compound"[^>]* value="4"', form)


def test_what_looks_the_same_is_neither_better_nor_a_slope() -> None:
    measures = [Measures(9, 9, metres, 10, 0, 3, 0, 0.6) for metres in (26.34, 26.31, 26.26)]
    rows = [Trade("size", value, each) for value, each in enumerate(measures)]
    assert {y for _, y in trading._line("metres", rows).points} == {36}
    best = trading._best("metres", [trading._rounded("metres", row) for row in rows])
    assert not any(trading._cell(row, "metres", best).is_best for row in rows)


def test_a_second_question_waits_politely_for_the_first(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    address = trades_page(town, dana)
    dana.post(address.partition("?")[0], form_of(dana.get(address).content.decode()))
    other = dana.get(address.replace("weight_compound=1&", "weight_compound=3&"))
    assert text("trades-busy") in other.content.decode()
    refused = dana.post(page(town), GOOD | {"effort": "certified"})
    assert refused.status_code == 409 and text("trades-busy-try") in refused.content.decode()


def test_a_certified_plan_is_waited_for_and_says_what_is_proven(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    waits = dana.post(page(town), GOOD | {"effort": "certified"})["Location"]
    assert dana.get(waits)["Refresh"]
    worked()
    plan = dana.get(waits)["Location"]
    shown = dana.get(plan).content.decode()
    assert text("assured-optimal") in shown and text("counts-used") in shown
    with acting_as(WORKER):
        row = Plan.objects.get(pk=int(plan.rstrip("/").rpartition("/")[2]))
        report: dict[str, Any] = row.report
    for assurance, said in (
        ({"proof": "bounded", "cost": 10.0, "bound": 9.9, "gap": 0.0101}, text("assured-bounded", percent="1.1")),
        ({"proof": "none", "cost": 10.0, "bound": None, "gap": None}, text("assured-none-asked")),
    ):
        with acting_as(WORKER):
            Plan.objects.filter(pk=row.pk).update(report=report | {"assurance": assurance})
        assert said in dana.get(plan).content.decode()


def test_a_plan_drawn_without_a_certificate_says_how_to_get_one(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    shown = dana.get(f"/desk/districting/plans/{drawn(town, dana).pk}/").content.decode()
    assert text("assured-none-not-asked") in shown and text("assured-tighten-certified") in shown
    assert text("counts-used") in shown


def test_a_plan_of_an_earlier_release_is_shown_without_what_it_did_not_keep(town: Town) -> None:
    plan = a_draft(town)
    shown = signed_in(town, "dana").get(f"/desk/districting/plans/{plan}/")
    assert shown.status_code == 200 and text("assured-title") not in shown.content.decode()


def test_nobody_else_sees_or_asks_for_it(town: Town) -> None:
    build_houses(town)
    dana = signed_in(town, "dana")
    waits = dana.post(page(town), GOOD | {"effort": "certified"})["Location"]
    for who, status in (("other_desk", 404), ("chen", 403)):
        visitor = signed_in(town, who)
        assert visitor.get(waits).status_code == status
        assert visitor.get(f"{page(town)}trades/").status_code == status
        assert visitor.post(f"{page(town)}trades/", {}).status_code == status
    assert dana.get(f"{page(town)}studies/999999/").status_code == 404
    dana.handler.enforce_csrf_checks = True
    assert dana.post(f"{page(town)}trades/", {}).status_code == 403
    with acting_as(WORKER):
        assert Study.objects.count() == 1


def test_lines_amounts_and_grids_are_wished_on_the_form_and_told_on_the_page_of_the_plan(town: Town) -> None:
    houses = build_houses(town)
    with acting_as(WORKER):
        keep_amounts(town.community, "60岁以上", dict.fromkeys(houses, 5.0))
    dana = signed_in(town, "dana")
    form = dana.get(page(town)).content.decode()
    assert 'name="balances"' in form and "20 栋楼，合计 100" in form and 'value="railway"' in form
    plan = drawn(town, dana, uncrossable="water", balances="60岁以上")  # type: ignore[arg-type]
    shown = dana.get(f"/desk/districting/plans/{plan.pk}/").content.decode()
    assert "不得跨越：河湖" in shown and "均分：60岁以上" in shown and 'id="shares"' in shown
    again = re.search(r'href="([^"]*uncrossable=water[^"]*)"', shown)
    assert again and "balances=60" in again[1]
    offered = dana.get(again[1].replace("&amp;", "&")).content.decode()
    assert re.search(r'value="water"[^>]*checked', offered) and 'wish-more" open' in offered


def test_without_amounts_the_form_says_how_to_bring_some(town: Town) -> None:
    build_houses(town)
    form = signed_in(town, "dana").get(page(town)).content.decode()
    assert 'name="balances"' not in form and "doorstep import amounts" in form


@pytest.mark.parametrize("wrong", [{"uncrossable": "dragon"}, {"balances": "nothing"}, {"grids_stay": "on"}])
def test_what_cannot_be_kept_uncrossed_or_shared_is_refused_with_the_form(town: Town, wrong: dict[str, str]) -> None:
    build_houses(town)
    with acting_as(WORKER):
        Plan.objects.filter(community=town.community).update(state="past")
    answer = signed_in(town, "dana").post(page(town), GOOD | wrong)
    assert answer.status_code in (400, 409, 422) and 'name="low"' in answer.content.decode()
