"""The whole story, from Ava's sentence to the figures of the county, as each person lives it on their own screen."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import expect
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.furnishing import a_photo
from tests.town import LAT, LON, SQUARE_DEG

pytestmark = pytest.mark.journey

RUBBISH = "楼道里堆满了杂物，走路都困难"
AT_HOME = {"longitude": LON + SQUARE_DEG / 2, "latitude": LAT - SQUARE_DEG / 2}
MOVED_WITHIN_MS = 20_000


@pytest.fixture(
    params=[
        ("phone", "zh"),
        ("desktop", "en"),
        pytest.param(("phone", "en"), marks=pytest.mark.long),
        pytest.param(("desktop", "zh"), marks=pytest.mark.long),
    ],
    ids="-".join,
)
def open_screen(request, open_context, site):
    """`open_screen()`: a browser of the size and in the language of this telling, on a device of its own."""
    size, lang = request.param

    def opened(size: str = size, **more: Any) -> Any:
        context = open_context(**{"phone": PHONE, "desktop": DESKTOP}[size], **more)
        context.add_cookies([{"name": "lang", "value": lang, "url": site.address}])
        return context

    return opened


def report(page: Any, words: str, *, photo: bool = False, pin: bool = False, **fields: str) -> tuple[str, str]:
    """Write, choose what is given, and send: the number and the link."""
    page.goto("/report/")
    page.fill("#field-words", words)
    for name, value in fields.items():
        field = page.locator(f"[name={name}]").first
        field.select_option(value) if field.evaluate("field => field.localName") == "select" else field.fill(value)
    if photo:
        page.set_input_files("#field-photo", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    if pin:
        page.click("[data-here]")
        expect(page.locator("[name=pin]")).not_to_have_value("")
    page.click("form.report button.first:visible")
    page.wait_for_selector(".case-number")
    return page.inner_text(".case-number").strip(), page.input_value("#follow-link")


def do_in_the_field(page: Any, number: str, words: str) -> None:
    """Find the case in today's list, take it where it is not taken yet, and say what was done."""
    page.goto("/field/")
    page.click(f"a[href='/field/cases/{number}/']")
    take = page.locator(f"form[action='/field/cases/{number}/take/'] button")
    if take.count():
        take.click()
        page.wait_for_selector(".notice[data-tone=done]")
    if page.locator("#move-do:not([open])").count():
        page.click("#move-do summary")
    page.fill("#move-do textarea", words)
    page.click("#move-do form button")
    page.wait_for_url("**/field/?done=do")


def move_at_the_desk(page: Any, number: str, name: str, **fields: str) -> None:
    """Open the case, unfold one move, fill it in and send it."""
    page.goto(f"/desk/cases/{number}/")
    form = page.locator(f"#move-{name}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for field, value in fields.items():
        place = form.locator(f"[name={field}]")
        match place.first.evaluate("field => field.type"):
            case "radio":
                form.locator(f"[name={field}][value='{value}']").check()
            case "select-one":
                place.select_option(value)
            case _:
                place.fill(value)
    form.locator("form button").last.click()
    page.wait_for_url(lambda url: f"done={name}" in url)


def figure(page: Any, name: str) -> int:
    """What the command centre shows now."""
    return int(page.inner_text(f"[data-figure={name}] [data-value]"))


def wait_until_moved(page: Any, name: str, from_: int) -> int:
    """The figure once it has moved by itself."""
    expect(page.locator(f"[data-figure={name}] [data-value]")).not_to_have_text(str(from_), timeout=MOVED_WITHIN_MS)
    return figure(page, name)


def test_the_whole_story(open_screen, enter, site):
    wall = enter(open_screen("desktop"), "command", f"/command/areas/{site.town.community}/")
    open_before = figure(wall, "open")

    # Ava reports with a photo and a pin.
    ava = open_screen(geolocation=AT_HOME, permissions=["geolocation"]).new_page()
    number, link = report(ava, RUBBISH, photo=True, pin=True)
    assert re.fullmatch(r"[0-9]{6}-[0-9]{6}-[0-9]{2}", number)
    case = site.wait_for(number, "dispatched")
    assert case["grid_id"] == site.town.grid and case["holder_unit_id"] == site.town.units["grid_team"]
    assert wait_until_moved(wall, "open", open_before) > open_before

    # Her photo is kept without the place that her phone wrote into it.
    ava.goto(link)
    shown = ava.request.get(ava.locator(".photos a").first.get_attribute("href"))
    assert shown.headers["content-type"] == "image/webp"
    with Image.open(BytesIO(shown.body())) as picture:
        assert dict(picture.getexif()) == {}

    # Chen takes it and does it; Ava says that it is not solved; he does it again; she is content.
    chen = enter(open_screen("phone"), "chen")
    do_in_the_field(chen, number, "杂物已经清走了一半。")
    ava.reload()
    assert "杂物已经清走了一半。" in ava.inner_text(".life")
    ava.fill("#not-solved textarea", "还有一半在原地")
    ava.click("#not-solved button")
    assert site.wait_for(number, "taken")["holder_unit_id"] == site.town.units["grid_team"]
    do_in_the_field(chen, number, "另一半也清走了。")
    ava.reload()
    ava.click("form[action$='/do/solved/'] button")
    closed = site.wait_for(number, "closed")
    assert closed["outcome"] == "solved" and closed["promised_by"] == case["promised_by"]

    # Next day it is back: she opens it again, under the first promise.
    ava.reload()
    ava.fill("#reopen textarea", "第二天又堆上了")
    ava.click("#reopen button")
    assert site.wait_for(number, "dispatched")["promised_by"] == case["promised_by"]


def test_dana_answers_what_the_machine_could_not(open_screen, enter, site):
    ava = open_screen().new_page()
    number, _ = report(ava, RUBBISH, community=str(site.town.community))
    site.wait_for(number, "reported")
    dana = enter(open_screen(), "dana")

    # The case waits with its question; the answer sends it on.
    dana.goto("/desk/?tab=all")
    dana.click(f"#case-{number}")
    assert dana.locator("#move-locate[open]").count() == 1
    code = site.rows("SELECT code FROM areas_area WHERE id = %s", site.town.microgrids[0])[0]["code"]
    move_at_the_desk(dana, number, "locate", microgrid=code)
    assert site.wait_for(number, "dispatched")["holder_unit_id"] == site.town.units["grid_team"]

    # She sends it to somebody else by hand, and says why.
    desk = str(site.town.units["community_desk"])
    move_at_the_desk(dana, number, "dispatch", unit=desk, words="网格员今天请假。")
    assert site.case(number)["holder_unit_id"] == int(desk)

    # It is no work for anybody: explained, in words that Ava can use.
    move_at_the_desk(dana, number, "close", outcome="explained", words="物业每周五统一清运，请放到指定地点。")
    assert site.wait_for(number, "closed")["outcome"] == "explained"


def test_an_objection_goes_round_once_and_is_then_decided_above(open_screen, enter, site):
    ava = open_screen(geolocation=AT_HOME, permissions=["geolocation"]).new_page()
    number, _ = report(ava, RUBBISH, pin=True)
    site.wait_for(number, "dispatched")

    chen = enter(open_screen("phone"), "chen", f"/field/cases/{number}/")
    object_in_the_field(chen, "这栋楼归物业公司管，不归网格。")
    assert site.case(number)["question"] == "objection"

    office = enter(open_screen(), "subdistrict")
    move_at_the_desk(office, number, "reject", words="楼道清理在准入清单上。")
    assert site.case(number)["question"] == ""

    chen.goto(f"/field/cases/{number}/")
    object_in_the_field(chen, "网格没有清运的车辆。")
    assert site.case(number)["question"] == "arbitrate"

    county = enter(open_screen("desktop"), "command", "/desk/")
    move_at_the_desk(county, number, "reject", words="由网格先清。")
    chen.goto(f"/field/cases/{number}/")
    # What stands is not offered to be objected to once more.
    assert chen.locator("#move-decline").count() == 0 and chen.locator("#move-do").count() == 1
    assert site.case(number)["holder_unit_id"] == site.town.units["grid_team"]


def object_in_the_field(chen, words):
    """Object on the ground that it is none of the grid's duties."""
    chen.click("#move-decline summary")
    chen.select_option("#move-decline [name=basis]", "duties")
    chen.fill("#move-decline [name=words]", words)
    chen.click("#move-decline form button")


def test_two_that_are_one_and_one_that_is_taken_back(open_screen, enter, site):
    at_home = {"geolocation": AT_HOME, "permissions": ["geolocation"]}
    first, _ = report(open_screen(**at_home).new_page(), RUBBISH, pin=True)
    bens = open_screen(**at_home).new_page()
    second, bens_link = report(bens, RUBBISH, pin=True)
    for number in (first, second):
        site.wait_for(number, "dispatched")

    dana = enter(open_screen(), "dana")
    move_at_the_desk(dana, second, "merge", into=first)
    assert site.case(second)["state"] == "merged"
    bens.goto(bens_link)
    assert first in bens.inner_text("main")

    third, link = report(bens, RUBBISH, pin=True)
    site.wait_for(third, "dispatched")
    bens.goto(link)
    bens.click("#withdraw button")
    assert site.wait_for(third, "withdrawn")["is_open"] is False


def test_ava_walks_all_of_her_way_without_scripts(without_scripts, enter, phone, site):
    ava = without_scripts.new_page()
    ava.goto("/d/DOOR0001")
    ava.fill("#field-words", RUBBISH)
    ava.click("button.first")
    # What was understood is asked on a page of its own, and the photo is chosen there.
    ava.set_input_files("#field-photo", {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    ava.click("button.first")
    number, link = ava.inner_text(".case-number").strip(), ava.input_value("#follow-link")
    site.wait_for(number, "dispatched")
    assert (
        len(site.rows("SELECT 1 FROM cases_photo p JOIN cases_case c ON c.id = case_id WHERE number = %s", number)) == 1
    )

    chen = enter(phone, "chen")
    do_in_the_field(chen, number, "清走了一半。")
    ava.goto(link)
    ava.fill("#not-solved textarea", "还有一半")
    ava.click("#not-solved button")
    do_in_the_field(chen, number, "全部清走了。")
    ava.goto(link)
    ava.click("form[action$='/do/solved/'] button")
    site.wait_for(number, "closed")
    ava.goto(link)
    ava.fill("#reopen textarea", "又堆上了")
    ava.click("#reopen button")
    assert site.wait_for(number, "dispatched")["is_open"] is True
