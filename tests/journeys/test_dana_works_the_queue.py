"""Dana at the community's desk: she walks the queue by keyboard, puts right what the machine took wrong, and prints."""

from __future__ import annotations

import re
from typing import Any

import pytest

pytestmark = pytest.mark.journey

PILED_UP = "楼道里堆满了杂物，轮椅过不去"


def write_down(page: Any, site: Any, words: str = PILED_UP, **given: str) -> str:
    """What a caller told Dana; the number that she tells the caller."""
    page.goto("/desk/report/")
    page.fill("#field-words", words)
    page.select_option("#field-door", str(site.town.door))
    for name, value in given.items():
        page.fill(f"#field-{name}", value)
    page.click("form[action='/desk/report/'] button.first")
    return str(re.search(r"\d{6}-\d{6}-\d{2}", page.url)[0])  # type: ignore[index]


def test_dana_writes_down_a_call_which_goes_to_the_grid(screen, enter, site):
    page = enter(screen, "dana", "/desk/")
    page.get_by_role("link", name="代为反映").click()
    number = write_down(page, site, phone="13800000000")
    assert number in page.inner_text(".notice[data-tone=done]")
    case = site.wait_for(number, "dispatched")
    assert (case["source"], case["holder_unit_id"]) == ("hotline-12345", site.town.units["grid_team"])


def test_dana_walks_the_queue_without_a_mouse(desktop, enter, site):
    page = enter(desktop, "dana", "/desk/")
    for _ in range(2):
        site.wait_for(write_down(page, site), "dispatched")
    page.goto("/desk/")
    page.keyboard.press("j")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.getAttribute('href')") != first
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{first}")
    page.keyboard.press("u")
    page.wait_for_url("**/desk/")
    page.keyboard.press("?")
    page.wait_for_selector("dialog#keys[open]")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("轮椅")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=%E8%BD%AE%E6%A4%85"))
    assert all("轮椅" in title for title in page.locator(".queue-title").all_inner_texts())


def test_dana_puts_the_item_right_and_sends_it_to_her_own_desk(screen, enter, site):
    page = enter(screen, "dana", "/desk/")
    number = write_down(page, site)
    site.wait_for(number, "dispatched")
    page.goto(f"/desk/cases/{number}/")
    page.click("#move-classify summary")
    page.select_option("#move-classify [name=item]", "water-outage")
    page.click("#move-classify form button")
    page.wait_for_url("**done=classify")
    site.wait_for(number, "dispatched")
    page.goto(f"/desk/cases/{number}/")
    page.click("#move-dispatch summary")
    page.check(f"#move-dispatch [name=unit][value='{site.town.units['community_desk']}']")
    page.fill("#move-dispatch [name=words]", "请先看现场")
    page.click("#move-dispatch form button")
    page.wait_for_url("**done=dispatch")
    case = site.case(number)
    assert (case["item"], case["holder_unit_id"]) == ("water-outage", site.town.units["community_desk"])
    page.get_by_role("button", name="接单").click()
    page.wait_for_url("**done=take")
    assert site.case(number)["state"] == "taken"


def test_what_dana_wrote_is_still_there_when_chen_was_faster(desktop, phone, enter, site):
    dana = enter(desktop, "dana", "/desk/")
    number = write_down(dana, site)
    site.wait_for(number, "dispatched")
    dana.goto(f"/desk/cases/{number}/")
    chen = enter(phone, "chen", f"/desk/cases/{number}/")
    chen.get_by_role("button", name="接单").click()
    chen.wait_for_url("**done=take")
    dana.click("#move-dispatch summary")
    dana.fill("#move-dispatch [name=words]", "请今天上门")
    dana.check(f"#move-dispatch [name=unit][value='{site.town.units['community_desk']}']")
    dana.click("#move-dispatch form button")
    assert "刚刚有了新的进展" in dana.inner_text("#move-dispatch")
    assert dana.input_value("#move-dispatch [name=words]") == "请今天上门"
    dana.click("#move-dispatch form button")
    dana.wait_for_url("**done=dispatch")
    assert site.case(number)["holder_unit_id"] == site.town.units["community_desk"]


def test_dana_sees_who_called_only_after_saying_what_for(screen, enter, site):
    page = enter(screen, "dana", "/desk/")
    number = write_down(page, site, phone="13800000000", name="王小明")
    assert "13800000000" not in page.content()
    page.click("#reporter summary")
    page.select_option("#reporter [name=purpose]", "visit")
    page.fill("#reporter [name=because]", "约定上门时间")
    page.click("#reporter form button")
    page.wait_for_selector("#contact a[href='tel:13800000000']")
    kept = site.rows("SELECT because FROM access_read WHERE what = 'contact' AND subject = %s", site.case(number)["id"])
    assert kept == [{"because": "visit: 约定上门时间"}]


def test_dana_does_the_same_where_no_script_runs(without_scripts, enter, site):
    page = enter(without_scripts, "dana", "/desk/?q=轮椅")
    number = write_down(page, site, phone="13800000000")
    page.click("#reporter summary")
    page.select_option("#reporter [name=purpose]", "visit")
    page.fill("#reporter [name=because]", "约定上门时间")
    page.click("#reporter form button")
    assert "13800000000" in page.inner_text("#contact")
    site.wait_for(number, "dispatched")
    page.goto(f"/desk/cases/{number}/")
    page.click("#move-note summary")
    page.fill("#move-note [name=words]", "已电话联系")
    page.click("#move-note form button")
    assert "已电话联系" in page.inner_text("#life")


def test_dana_shows_the_place_on_the_map_and_picks_the_micro_grid_beside_it(desktop, enter, site):
    page = enter(desktop, "dana", "/desk/")
    number = write_down(page, site)
    site.wait_for(number, "dispatched")
    page.goto(f"/desk/cases/{number}/")
    page.click("[data-shows=case-map]")
    page.wait_for_selector("#case-map[data-ready=yes]")
    code = site.rows("SELECT code FROM areas_area WHERE id = %s", site.town.microgrids[1])[0]["code"]
    page.evaluate(
        "code => document.getElementById('case-map')"
        ".dispatchEvent(new CustomEvent('chosen', { bubbles: true, detail: { code } }))",
        code,
    )
    assert page.input_value("#move-locate [name=microgrid]") == code
    page.click("#move-locate form button")
    page.wait_for_url("**done=locate")
    assert site.case(number)["microgrid_id"] == site.town.microgrids[1]


def test_dana_prints_the_codes_for_the_doors(screen, enter, site):
    page = enter(screen, "dana", "/desk/doors/")
    page.check("input[name=code][value=DOOR0001]")
    page.click("#print button[value=a6]")
    assert page.locator(".label img").count() == 1
    assert page.evaluate("document.querySelector('.label img').naturalWidth > 100")
    paper = page.pdf(prefer_css_page_size=True)
    widths_pt = [float(width) for width in re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+)", paper)]
    assert len(widths_pt) == 1 and widths_pt[0] == pytest.approx(105 / 25.4 * 72, abs=1)
