"""The leak between two flats, from the report to the follow-up: Ava below, Ben above, Dana's desk, and the mediator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

from doorstep.core import pades

pytestmark = pytest.mark.journey

LEAK = "楼上卫生间漏水，我家天花板往下滴水，邻居不肯修"
SEALED_WITHIN_MS = 90_000
SECRET = "青灯笼，三千以内都能接受"


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size, **more: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size], **more)


def ask(ava: Any, link: str) -> None:
    """Ava asks for mediation from the page of her case; her own page in it opens."""
    ava.goto(link)
    ava.click("#mediation a")
    ava.fill("[name=matter]", "楼上卫生间漏水，修漏和粉刷的钱谈不拢")
    ava.fill("[name=name1]", "王一（虚构）")
    ava.fill("[name=phone1]", "13800000001")
    ava.click("main form button.first")
    assert "还没有写姓名" in ava.inner_text("main")
    ava.fill("[name=name2]", "李二（虚构）")
    ava.click("main form button.first")
    assert "/m/" in ava.url


def draw(page: Any) -> None:
    """A signature with the mouse."""
    pad = page.locator("canvas.sign-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 60)
    page.mouse.down()
    for step in range(1, 9):
        page.mouse.move(box["x"] + 20 + 25 * step, box["y"] + 60 + (25 if step % 2 else -25))
    page.mouse.up()


def checked(pdf: bytes, key: Any) -> pades.Checked:
    """What the seal says; apart, since pyhanko wants a loop of its own and the browser holds the one of this thread."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(pades.check, pdf, bytes(key)).result()


def test_from_the_leak_to_the_agreement_and_what_became_of_it(open_screen, open_context, enter, site):
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, LEAK, pin=True)
    site.wait_for(number, "dispatched")
    ava_case = ava.url if "/c/" in ava.url else link
    ask(ava, ava_case.split("received/")[0])
    ava_page = ava.url.split("?")[0]
    assert ava.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    file = site.rows("SELECT id, number FROM mediation_mediation WHERE case_number = %s", number)[0]
    desk = f"/desk/mediation/{file['id']}/"

    # Nobody else has any business with it.
    for who, status in (("chen", 403), ("audit", 403), ("other_desk", 404)):
        assert enter(open_screen("desktop"), who).goto(desk).status == status
    eve = enter(open_screen("desktop"), "mediator")
    assert eve.goto(desk).status == 404
    assert "/staff/sign-in" in open_screen("phone").new_page().goto(desk).url

    # Dana names the mediator, and hands Ben the link of his own.
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/cases/{number}/")
    dana.goto(desk)
    dana.check("#mediator [name=mediator] >> nth=0")
    dana.click("#mediator form button")
    dana.click("#sides li:nth-child(2) form button")
    ben_page = dana.input_value("#party-link")
    assert dana.is_visible(".follow-qr svg")

    # The mediator has no tie; both say yes, Ben without scripts.
    eve.goto(desk)
    eve.click("#mediator form[action$='/accept/'] button")
    ben = open_screen("phone", java_script_enabled=False).new_page()
    for page, address in ((ava, ava_page), (ben, ben_page)):
        page.goto(address)
        for box in page.query_selector_all("#consent [type=checkbox]"):
            box.check()
        page.click("#consent form[action$='/consent/'] button")
    assert "调解中" in ben.inner_text("main header")

    # They meet; what one side says in confidence stays with the mediator.
    eve.goto(desk)
    eve.fill("#place-new", "社区调解室")
    eve.fill("#starts-new", (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT14:30"))
    eve.click("#meetings form:last-of-type button")
    eve.fill("[name=note]", SECRET)
    eve.click("#notes form button")
    assert SECRET in eve.inner_text("#notes")
    ava.goto(ava_page)
    assert "社区调解室" in ava.inner_text("#meetings") and SECRET not in ava.content()
    dana.goto(desk)
    assert SECRET not in dana.content() and dana.query_selector("#notes") is None

    # The text, signed by each on their own screen.
    eve.goto(desk)
    eve.select_option("#who1", "2")
    eve.fill("#what1", "请人修好卫生间防水")
    eve.fill("#until1", (datetime.now(UTC) + timedelta(days=10)).date().isoformat())
    eve.click("#agreement form[action$='/draw-up/'] button")
    ava.goto(ava_page)
    assert "请人修好卫生间防水" in ava.inner_text("#agreement")
    draw(ava)
    ava.click("#agreement form[action$='/sign/'] button.first")
    expect(ava.locator("#agreement")).to_contain_text("已经签字")
    ben.goto(ben_page)
    ben.click("#agreement details summary")
    ben.fill("[name=typed]", "李二")
    ben.click("#agreement form[action$='/sign/'] button.first")
    assert "不一样" in ben.inner_text("main")
    ben.fill("[name=typed]", "李二（虚构）")
    ben.click("#agreement form[action$='/sign/'] button.first")
    eve.goto(desk)
    draw(eve)
    # The last hand: a key is made, the page set and sealed before the answer comes.
    eve.click("#agreement form[action$='/sign/'] button.first", timeout=SEALED_WITHIN_MS)
    expect(eve.locator("main header")).to_contain_text("已达成协议", timeout=SEALED_WITHIN_MS)
    assert site.rows("SELECT state FROM mediation_mediation WHERE id = %s", file["id"])[0]["state"] == "agreed"

    # The file that each takes home is sealed by this installation.
    ava.goto(ava_page)
    pdf = ava.request.get(f"{ava_page}agreement.pdf").body()
    key = site.rows("SELECT public FROM mediation_seal_key WHERE kind = 'pdf'")[0]["public"]
    assert checked(pdf, key).is_good and not checked(pdf.replace(b"obj", b"obk", 1), key).is_good
    assert "司法确认" in ava.inner_text("main")

    # The case knows; and on the day of asking both say that it was kept.
    ava.goto(ava_case.split("received/")[0])
    assert "达成协议" in ava.inner_text("main")
    site.rows(
        "UPDATE mediation_follow_up SET due_on = current_date - 1, asked_at = now()"
        " WHERE mediation_id = %s RETURNING id",
        file["id"],
    )
    for page, address in ((ava, ava_page), (ben, ben_page)):
        page.goto(address)
        page.check("#follow [name=answer][value=kept]")
        page.click("#follow form button.first")
    assert site.rows("SELECT outcome FROM mediation_mediation WHERE id = %s", file["id"])[0]["outcome"] == "kept"
    dana.goto("/desk/mediation/?all=yes")
    assert file["number"] in dana.inner_text("main") and "已履行" in dana.inner_text("main")


def test_ben_leaves_and_everybody_hears_that_it_is_over(open_screen, open_context, enter, site):
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, link = report(ava, LEAK, pin=True)
    site.wait_for(number, "dispatched")
    ask(ava, link)
    ava_page = ava.url.split("?")[0]
    file = site.rows("SELECT id FROM mediation_mediation WHERE case_number = %s", number)[0]["id"]
    dana = enter(open_screen("desktop"), "dana")
    dana.goto(f"/desk/mediation/{file}/")
    dana.click("#sides li:nth-child(2) form button")
    ben = open_screen("phone").new_page()
    ben.goto(dana.input_value("#party-link"))
    ben.click("form[action$='/withdraw/'] button")
    assert "到此为止" in ben.inner_text("main")
    ava.goto(ava_page)
    assert "到此为止" in ava.inner_text("main") and "12348" in ava.inner_text("main")
    assert ava.query_selector("#consent") is None
