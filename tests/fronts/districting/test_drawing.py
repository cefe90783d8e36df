"""Dana draws, compares and publishes at the desk; whoever has no business there does not come in."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.areas.actions.conftest import build_houses
from tests.areas.plans import TOWN, a_draft
from tests.town import Town
from tests.visiting import EVERYBODY, signed_in

from doorstep.areas.models import Plan
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import text, use_language
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date
from doorstep.fronts.districting import drawing
from doorstep.fronts.templatetags.words import day

GOOD = {"low": "50", "high": "100", "grid_low": "200", "grid_high": "500", "count": "lived_in", "effort": "quick"}
MAY = {"dana", "subdistrict", "command"}


def pages(town: Town, plan: int) -> list[str]:
    return [
        f"/desk/districting/{town.community}/",
        f"/desk/districting/plans/{plan}/",
        f"/desk/districting/plans/{plan}/microgrids.geojson",
        f"/desk/districting/plans/{plan}/grids.geojson",
        f"/desk/districting/plans/{plan}/export/geopackage/",
        f"/desk/districting/plans/{plan}/export/shapefile-utf8/",
        f"/desk/districting/plans/{plan}/export/shapefile-gbk/",
        f"/desk/districting/plans/{plan}/export/workbook/",
    ]


def state(plan: int) -> str:
    with acting_as(WORKER):
        return Plan.objects.get(pk=plan).state


def drawn(town: Town, dana: Client) -> int:
    answer = dana.post(f"/desk/districting/{town.community}/", GOOD)
    assert answer.status_code == 302, answer.content.decode()
    return int(answer["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize("who", ["dana", "command"])
def test_from_the_form_to_the_plan_in_force(town: Town, who: str) -> None:
    build_houses(town)
    desk = signed_in(town, who)
    plan = drawn(town, desk)
    page = desk.get(f"/desk/districting/plans/{plan}/").content.decode()
    assert "600" in page and "50–100" in page
    today = local_date(clock.now()).isoformat()
    answer = desk.post(f"/desk/districting/plans/{plan}/publish/", {"from_on": today})
    assert answer["Location"] == f"/desk/districting/{town.community}/?plan={plan}"
    assert state(plan) == "in_force"
    after = desk.get(answer["Location"]).content.decode()
    assert f"/plans/{plan}/" in after and f"第 {plan} 号方案自" in after


CHANGED = {**TOWN, "2-2": (1, 1, 2, 1.5), "2-3": (1, 1.5, 2, 2)}


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["5 个微网格，组成 2 个网格", "新设或住户有变 2 个，保持不变 3 个，不再保留 0 个"]),
        ("en", ["5 micro-grids in 2 grids", "new or with other homes: 2; as they are: 3; no longer there: 0"]),
    ],
)
def test_dana_is_told_what_publishing_will_do_and_asked_before_it_is_done(
    town: Town, lang: str, said: list[str]
) -> None:
    plan = a_draft(town, CHANGED)
    dana = signed_in(town, "dana")
    dana.cookies["lang"] = lang
    tomorrow = local_date(clock.now()) + timedelta(days=1)
    asked = dana.get(f"/desk/districting/plans/{plan}/publish/?from_on={tomorrow}")
    page = asked.content.decode()
    assert asked.status_code == 200 and state(plan) == "draft"
    assert all(words in page for words in said)
    assert f'name="from_on" value="{tomorrow}"' in page
    with acting_as(WORKER):
        now = Plan.objects.get(state="in_force")
    assert text("districting-confirm-replaced", lang, number=now.pk, day=day_of(now.in_force_from, lang)) in page
    answer = dana.post(f"/desk/districting/plans/{plan}/publish/", {"from_on": str(tomorrow)})
    told = text("districting-told-published", lang, number=plan, day=day_of(tomorrow, lang))
    assert told in dana.get(answer["Location"]).content.decode()
    assert state(plan) == "published"


def test_whose_post_ends_is_told_in_the_language_of_the_page(town: Town) -> None:
    plan = a_draft(town, {"3" + name[1:] if name[0] == "1" else name: square for name, square in TOWN.items()})
    dana = signed_in(town, "dana")
    dana.cookies["lang"] = "en"
    page = dana.get(f"/desk/districting/plans/{plan}/publish/").content.decode()
    assert f"{text('areas-grid-name', 'en', number=1)} · {text('staff-post-grid-worker', 'en')}" in page
    assert "第1网格" not in page


def day_of(on: date | None, lang: str) -> str:
    with use_language(lang):
        return day(on)


def test_another_plan_that_waits_is_named_before_it_becomes_a_draft_again(town: Town) -> None:
    waiting, plan = a_draft(town, CHANGED), a_draft(town, {**CHANGED, "2-3": (1, 1.5, 2, 2.5)})
    dana = signed_in(town, "dana")
    tomorrow = local_date(clock.now()) + timedelta(days=1)
    dana.post(f"/desk/districting/plans/{waiting}/publish/", {"from_on": str(tomorrow)})
    page = dana.get(f"/desk/districting/plans/{plan}/publish/").content.decode()
    assert f"第 {waiting} 号方案退回为草案" in page


@pytest.mark.parametrize("address", ["", "publish/"])
def test_a_draft_like_the_plan_in_force_says_so_and_offers_nothing_to_publish(town: Town, address: str) -> None:
    page = signed_in(town, "dana").get(f"/desk/districting/plans/{a_draft(town)}/{address}").content.decode()
    assert text("districting-nothing-changes") in page
    assert 'name="from_on"' not in page


def test_the_same_borders_with_other_households_are_something_to_publish(town: Town) -> None:
    plan = a_draft(town, households=71)
    page = signed_in(town, "dana").get(f"/desk/districting/plans/{plan}/").content.decode()
    assert text("districting-nothing-changes") not in page and 'name="from_on"' in page


@pytest.mark.parametrize(
    ("sizes", "low", "high", "last"),
    [([55, 100], 50, 100, "90–100"), ([50], 50, 50, "50"), ([101], 50, 100, "101"), ([1200], 50, 100, "101–1,200")],
)
def test_sizes_are_counted_in_bands_none_of_which_begins_where_it_ends(
    sizes: list[int], low: int, high: int, last: str
) -> None:
    bands = drawing._bands(sizes, {"low": low, "high": high})
    assert sum(count for _, count in bands) == len(sizes)
    filled = [band for band, count in bands if count]
    assert filled[-1] == last
    assert not any(band.partition("–")[0] == band.partition("–")[2] for band, _ in bands)


def test_dana_comes_to_her_own_community_and_a_county_chooses(town: Town) -> None:
    assert signed_in(town, "dana").get("/desk/districting/")["Location"] == f"/desk/districting/{town.community}/"
    build_houses(town)
    page = signed_in(town, "command").get("/desk/districting/").content.decode()
    assert "示例1社区" in page and "示例2社区" not in page


def test_a_community_without_houses_is_told_so_and_not_lost(town: Town) -> None:
    assert signed_in(town, "other_desk").get(f"/desk/districting/{town.other_community}/").status_code == 200


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_open_to_the_community_and_its_county_alone(town: Town, who: str) -> None:
    plan = a_draft(town)
    visitor = signed_in(town, who)
    wanted = 200 if who in MAY else 404 if who == "other_desk" else 403
    assert {page: visitor.get(page).status_code for page in pages(town, plan)} == dict.fromkeys(
        pages(town, plan), wanted
    )


@pytest.mark.parametrize("who", [each for each in EVERYBODY if each not in MAY])
def test_nobody_else_draws_publishes_or_discards(town: Town, who: str) -> None:
    build_houses(town)
    plan = a_draft(town)
    visitor = signed_in(town, who)
    today = {"from_on": local_date(clock.now()).isoformat()}
    for page, form in (
        (f"/desk/districting/{town.community}/", GOOD),
        (f"/desk/districting/plans/{plan}/publish/", today),
        (f"/desk/districting/plans/{plan}/discard/", {}),
    ):
        assert visitor.post(page, form).status_code in {403, 404}
    assert state(plan) == "draft"
    with acting_as(WORKER):
        assert Plan.objects.filter(community=town.community).count() == 2


def test_a_stranger_is_led_to_sign_in(town: Town) -> None:
    for page in pages(town, a_draft(town)):
        assert Client().get(page)["Location"].startswith("/staff/sign-in?")


def test_pages_that_change_something_want_a_form_of_ours(town: Town) -> None:
    plan = a_draft(town)
    dana = signed_in(town, "dana")
    dana.handler.enforce_csrf_checks = True
    for page in (f"/desk/districting/plans/{plan}/publish/", f"/desk/districting/plans/{plan}/discard/"):
        assert dana.post(page, {"from_on": "2030-01-01"}).status_code == 403
    assert dana.get(f"/desk/districting/plans/{plan}/discard/").status_code == 405
    assert state(plan) == "draft"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"low": ""}, "districting-not-a-number"),
        ({"low": "0"}, "districting-not-a-number"),
        ({"high": "many"}, "districting-not-a-number"),
        ({"high": "-5"}, "districting-not-a-number"),
        ({"grid_high": "1000001"}, "districting-not-a-number"),
        ({"grid_low": "²"}, "districting-not-a-number"),
        ({"grid_low": "9" * 5000}, "districting-not-a-number"),
        ({"low": "101"}, "districting-bounds-crossed"),
        ({"grid_low": "501"}, "districting-bounds-crossed"),
    ],
)
def test_bounds_that_make_no_sense_are_told_in_words(town: Town, wrong: dict[str, str], said: str) -> None:
    build_houses(town)
    answer = signed_in(town, "dana").post(f"/desk/districting/{town.community}/", GOOD | wrong)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert text(said) in page
    # What was typed stands in the form still, to be mended.
    assert all(f'value="{typed}"' in page for typed in ({"high": "100"} | wrong).values() if typed)


@pytest.mark.parametrize("wrong", ["", "tomorrow", "2026-02-30", "2020-01-01"])
def test_a_day_that_is_none_or_past_publishes_nothing(town: Town, wrong: str) -> None:
    plan = a_draft(town)
    answer = signed_in(town, "dana").post(f"/desk/districting/plans/{plan}/publish/", {"from_on": wrong})
    assert answer.status_code == 409
    if wrong:
        asked = signed_in(town, "dana").get(f"/desk/districting/plans/{plan}/publish/?from_on={wrong}")
        assert asked.status_code == 409
    assert state(plan) == "draft"


def test_a_plan_that_is_none_is_not_found(town: Town) -> None:
    dana = signed_in(town, "dana")
    for page in ("/desk/districting/plans/999999/", "/desk/districting/plans/999999/grids.geojson"):
        assert dana.get(page).status_code == 404
    assert dana.get(f"/desk/districting/plans/{a_draft(town)}/houses.geojson").status_code == 404


def test_a_draft_that_is_discarded_leaves_the_list(town: Town) -> None:
    plan = a_draft(town)
    dana = signed_in(town, "dana")
    answer = dana.post(f"/desk/districting/plans/{plan}/discard/")
    assert state(plan) == "discarded"
    assert text("districting-told-discarded", number=plan, day="") in dana.get(answer["Location"]).content.decode()
    assert f"/plans/{plan}/" not in dana.get(f"/desk/districting/{town.community}/").content.decode()


def test_a_piece_out_of_range_is_shown_with_its_proof(town: Town) -> None:
    build_houses(town, rows=1, columns=1)
    dana = signed_in(town, "dana")
    plan = drawn(town, dana)
    page = dana.get(f"/desk/districting/plans/{plan}/").content.decode()
    assert "已证明无论怎样划分都不能落在 50–100 户之内" in page
    assert "证明：这里连片的总共只有 30 户，不足 50 户。" in page
    dana.cookies["lang"] = "en"
    assert "fewer than 50" in dana.get(f"/desk/districting/plans/{plan}/").content.decode()


def test_the_export_holds_every_micro_grid_with_its_digits(town: Town) -> None:
    answer = signed_in(town, "dana").get(f"/desk/districting/plans/{a_draft(town)}/microgrids.geojson?download")
    assert answer["Content-Disposition"].startswith("attachment")
    features = json.loads(answer.content)["features"]
    assert sorted(each["properties"]["code"][12:] for each in features) == ["00101", "00102", "00201", "00202"]
