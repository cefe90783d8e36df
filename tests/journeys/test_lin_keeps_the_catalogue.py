"""What may be asked for, and of whom: grids are asked for more, Lin changes an item, Ava answers what an item asks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey

LEAK = "楼上卫生间漏水，把我家天花板泡坏了"
PRESSURE = "家里停水了，水龙头一滴水都没有"
METERS = "上门抄水表"
LIGHT = "/desk/catalogue/items/street-light/"


@pytest.fixture
def seated(open_context: Any, enter: Any) -> Any:
    """`seated("water")`: this person's own page at a desk."""
    return lambda who: enter(open_context(**DESKTOP), who)


@pytest.fixture
def ava(open_context: Any) -> Any:
    return open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()


def today(site: Any) -> date:
    return site.rows("SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day")[0]["day"]


def ask(page: Any, site: Any, *, item: str = "water-outage", is_duty: str = "no", days: int = 20) -> None:
    """The form for work off the list, filled and sent."""
    page.goto("/desk/admission/ask/")
    page.fill("[name=area_code]", "321102001001")
    page.fill("[name=what]", METERS)
    page.select_option("[name=item]", item)
    page.fill("[name=why]", "两千户人工水表本月要换，人手不够")
    page.fill("[name=basis]", "水务〔2026〕7号")
    page.check(f"[name=is_duty][value={is_duty}]")
    page.fill("[name=from_on]", today(site).isoformat())
    page.fill("[name=until_on]", (today(site) + timedelta(days=days)).isoformat())
    page.click("main form button.first")


def answer(page: Any, *, yes: bool, words: str = "") -> None:
    """On the list, for what waits first."""
    page.goto("/desk/admission/")
    form = page.locator("form[action$='/answer/']").first
    form.locator("[name=answer]").fill(words)
    form.locator(f"[name=yes][value={'yes' if yes else 'no'}]").click()


def offers_the_grid(page: Any, site: Any, number: str) -> bool:
    page.goto(f"/desk/cases/{number}/")
    return page.locator(f"[name=unit][value='{site.town.units['grid_team']}']").count() > 0


def test_water_asks_grids_to_read_meters_and_a_case_goes_there_while_they_agree(ava, seated, site):
    water, dana = seated("water"), seated("dana")
    number, _ = report(ava, PRESSURE, pin=True)
    assert site.wait_for(number, "dispatched")["holder_unit_id"] == site.town.units["water"]
    assert not offers_the_grid(dana, site, number)

    # What the law gives to the department is refused by the name of the law; what has no end, too.
    ask(water, site, is_duty="yes")
    assert "国办函〔2025〕66号" in water.inner_text("main") and water.input_value("[name=what]") == METERS
    ask(water, site, days=300)
    assert "183" in water.inner_text("main")
    ask(water, site)
    assert "等待对方答复" in water.inner_text("main")

    # Dana says no, and has to say why; asked once more, she consents until the day.
    answer(dana, yes=False)
    assert "请写明原因" in dana.inner_text("main")
    answer(dana, yes=False, words="本周网格都在走访")
    water.goto("/desk/admission/")
    assert "本周网格都在走访" in water.inner_text("main")
    ask(water, site)
    assert METERS not in ava.goto("/grids/").text()
    answer(dana, yes=True)
    public = ava.goto("/grids/").text()
    assert METERS in public and "水务〔2026〕7号" in public

    # While it counts, Dana gives such a case to the grid, and the ledger says on which consent.
    assert offers_the_grid(dana, site, number)
    dana.locator(".decision", has=dana.locator("#move-dispatch")).locator("summary").click()
    dana.check(f"[name=unit][value='{site.town.units['grid_team']}']")
    dana.fill("#move-dispatch [name=words]", "抄表时一并看看")
    dana.click("#move-dispatch form button")
    assert site.case(number)["holder_unit_id"] == site.town.units["grid_team"]
    facts = site.rows(
        "SELECT facts FROM cases_event WHERE case_id = %s AND move = 'dispatch' ORDER BY seq DESC LIMIT 1",
        site.case(number)["id"],
    )[0]["facts"]
    assert facts["consent"] == site.rows("SELECT max(id) AS id FROM catalogue_consent")[0]["id"]

    # It ends early, and with it what it allowed.
    dana.goto("/desk/admission/")
    dana.locator("details summary").first.click()
    dana.locator("form[action$='/end/'] [name=why]").first.fill("表已经抄完")
    dana.locator("form[action$='/end/'] button").first.click()
    assert "已提前终止" in dana.inner_text("main")
    second, _ = report(ava, "停水一整天了，整栋楼都没水", pin=True)
    site.wait_for(second, "dispatched")
    assert not offers_the_grid(dana, site, second)


@pytest.mark.parametrize("who", ["chen", "ben"])
def test_those_who_serve_a_grid_ask_it_for_nothing_and_keep_no_catalogue(enter, open_context, who):
    page = enter(open_context(**PHONE), who)
    for address in ("/desk/admission/ask/", "/desk/catalogue/", f"{LIGHT}edit/"):
        assert page.goto(address).status == 403


def test_lin_changes_a_limit_from_tomorrow_tries_it_publishes_it_and_takes_it_back(seated, site):
    lin = seated("command")
    lin.goto(LIGHT)
    lin.click(f"a[href='{LIGHT}edit/']")
    lin.fill("[name=first_contact]", "一天")
    lin.fill("[name=finish]", "3 working days")
    lin.click("form button.first")
    assert "一天" in lin.inner_text(".summary-of-errors")
    lin.fill("[name=first_contact]", "24 h")
    lin.fill("[name=why]", "城管〔2026〕8号")
    lin.click("form button.first")
    said = lin.inner_text("main")
    assert "3 working days" in said and "城管〔2026〕8号" in said

    # It binds nobody yet; tried, it still knows its own words.
    lin.click(f"a[href='{LIGHT}try/']")
    lin.fill("[name=text]", "楼下的路灯坏了好几天")
    lin.click("form button.first")
    expect(lin.locator("#found")).to_contain_text("就是本项")

    lin.goto(LIGHT)
    tomorrow = today(site) + timedelta(days=1)
    lin.fill("[name=from_on]", (today(site) - timedelta(days=1)).isoformat())
    lin.click(f"form[action='{LIGHT}publish/'] button")
    assert "已经过去" in lin.inner_text("main")
    lin.fill("[name=from_on]", tomorrow.isoformat())
    lin.click(f"form[action='{LIGHT}publish/'] button")
    assert "待生效" in lin.inner_text("main")
    lin.goto("/desk/catalogue/?state=coming")
    assert "路灯不亮" in lin.inner_text("main")
    versions = (
        "SELECT from_at > now() AS coming, taken_back_at FROM catalogue_version WHERE name = 'items/street-light'"
    )
    assert [row["coming"] for row in site.rows(f"{versions} AND published_at IS NOT NULL ORDER BY id")] == [False, True]

    lin.goto(LIGHT)
    lin.click(f"form[action='{LIGHT}take-back/'] button")
    assert "已撤回" in lin.inner_text("main")
    assert [row["taken_back_at"] is None for row in site.rows(f"{versions} ORDER BY id")] == [True, False]


def test_lin_takes_the_catalogue_home_and_brings_it_back_unchanged_then_with_a_fault(seated, tmp_path):
    from openpyxl import load_workbook

    lin = seated("command")
    lin.goto("/desk/catalogue/")
    with lin.expect_download() as fetched:
        lin.click("a[href$='catalogue.xlsx']")
    file = tmp_path / "目录.xlsx"
    fetched.value.save_as(file)
    lin.goto("/desk/catalogue/import/")
    lin.set_input_files("[name=file]", file)
    lin.click("form button.second")
    assert "没有改动" in lin.inner_text("main")
    book = load_workbook(file)
    heads = {cell.value: cell.column for cell in book["items"][1]}
    row = next(row[0].row for row in book["items"].iter_rows() if row[0].value == "street-light")
    book["items"].cell(row, heads["urgency"]).value = "soon"
    book.save(file)
    lin.set_input_files("[name=file]", file)
    lin.click("form button.second")
    assert f"items:{row}" in lin.inner_text("main") and "soon" in lin.inner_text("main")


def test_ava_answers_what_her_item_asks_and_dana_writes_down_the_rest(ava, seated, site):
    number, link = report(ava, LEAK, pin=True)
    power = ava.locator("#field-answer_power")
    expect(power).to_be_hidden()
    ava.check("[name=answer_still][value=always]")
    expect(power).to_be_visible()
    ava.check("[name=answer_power][value=yes]")
    ava.check("[name=answer_still][value=stopped]")
    expect(power).to_be_hidden()
    ava.check("[name=answer_still][value=sometimes]")
    ava.click("#questions button")
    assert "现在还在漏吗：时漏时停" in ava.inner_text("main")
    site.wait_for(number, "dispatched")

    dana = seated("dana")
    dana.goto(f"/desk/cases/{number}/")
    assert "时漏时停" in dana.inner_text("#life")
    dana.check("#questions [name=answer_upstairs][value=absent]")
    dana.click("#questions button")
    assert "联系过楼上邻居吗：联系不上" in dana.inner_text("#life") and dana.locator("#questions").count() == 0
    ava.goto(link)
    assert ava.locator("#questions").count() == 0


def test_without_scripts_each_question_says_when_it_is_meant(without_scripts):
    page = without_scripts.new_page()
    page.goto("/report/")
    page.fill("#field-words", LEAK)
    page.click("form.report button.first.big")
    page.click("form.report button.first.big")
    said = page.inner_text("#questions")
    assert "仅当“现在还在漏吗？”为一直在漏或时漏时停时回答" in said
    page.check("[name=answer_upstairs][value=absent]")
    page.click("#questions button")
    assert "请回答“现在还在漏吗？”" in page.inner_text("main")
