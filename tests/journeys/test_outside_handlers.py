"""A firm without accounts does its part by a link: Dana gives it, a phone without scripts works, the whole ends."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from tests.journeys.conftest import DESKTOP, PHONE, house
from tests.journeys.furnishing import a_photo
from tests.journeys.test_story import AT_HOME, report
from tests.notices.outside import gateway

pytestmark = pytest.mark.journey

RUBBISH = "楼道里堆满了杂物，水管也在漏"
FIRM = "示例水管维修公司"
DUTY = "13800001234"


@pytest.fixture(scope="module")
def texts():
    """The gateway that this house sends its text messages to."""
    with gateway() as server:
        yield server


@pytest.fixture(scope="module")
def site(tmp_path_factory, texts):
    """A house of its own: in the other one nobody sends text messages."""
    with house(tmp_path_factory.mktemp("house"), DOORSTEP_SMS=texts.url, DOORSTEP_SMS_SECRET="shared") as site:
        yield site


@pytest.fixture
def open_screen(open_context):
    """`open_screen("phone")`: another person's browser."""
    return lambda size, **more: open_context(**{"phone": PHONE, "desktop": DESKTOP}[size], **more)


@pytest.fixture
def number(open_context, site) -> str:
    """A case that Chen's team holds."""
    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, _ = report(ava, RUBBISH, pin=True)
    site.wait_for(number, "dispatched")
    return number


@pytest.fixture
def firm(open_screen, enter, site) -> int:
    """The firm, which the system administrator has entered once: it gets no seat and no account."""
    if not (known := site.rows("SELECT id FROM staff_unit WHERE name = %s", FIRM)):
        system = enter(open_screen("desktop"), "system")
        system.goto("/staff/units/add")
        system.select_option("[name=kind]", "outside")
        system.fill("[name=area_code]", "321102001001")
        system.fill("[name=name]", FIRM)
        system.click("main form button.first")
        known = site.rows("SELECT id FROM staff_unit WHERE name = %s", FIRM)
        system.goto(f"/staff/units/{known[0]['id']}/")
        assert "没有账号" in system.inner_text("main")
    return known[0]["id"]


def call_in(dana: Any, number: str, firm: int, site: Any) -> str:
    """Dana calls the firm to the case; the number of its part."""
    dana.goto(f"/desk/cases/{number}/together/")
    dana.check(f"[name=unit][value='{firm}']")
    dana.fill("#call [name=words]", "请修好三楼的水管")
    dana.check("[name=finishes]")
    dana.click("#call form button")
    return site.rows("SELECT number FROM cases_part WHERE whole_number = %s", number)[0]["number"]


def give_link(dana: Any, number: str, part: str) -> str:
    """Dana gives a link to the part, which is shown once with its code."""
    dana.goto(f"/desk/cases/{number}/together/")
    dana.click(f"a[href='/desk/cases/{part}/outside/']")
    dana.check("[name=days][value='7']")
    dana.click("#give form button")
    assert dana.is_visible(".follow-qr svg")
    return dana.input_value("#outside-link")


def test_the_firm_takes_its_part_comes_and_does_it_and_the_whole_is_done(open_screen, enter, number, firm, site):
    dana = enter(open_screen("desktop"), "dana")
    part = call_in(dana, number, firm, site)
    link = give_link(dana, number, part)

    hand = open_screen("phone", java_script_enabled=False).new_page()
    hand.goto(link)
    shown = hand.inner_text("main")
    assert "请修好三楼的水管" in shown and RUBBISH not in shown
    assert hand.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
    hand.click("form[action$='/do/take/'] button")
    assert site.case(part)["state"] == "taken"
    hand.click("#move-note summary")
    hand.fill("#move-note [name=words]", "下午三点到，带两个人")
    hand.click("#move-note form button")
    assert "下午三点到" in hand.inner_text("#told")
    hand.fill("#move-do [name=words]", "换了阀门，不漏了")
    hand.set_input_files("#move-do [name=photo]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": a_photo()})
    hand.click("#move-do form button")
    assert hand.is_visible(".notice[data-tone=done]") and site.case(part)["state"] == "done"

    # The desk reads who did what, judges the part, and the case that it belongs to counts as done.
    dana.goto(f"/desk/cases/{part}/")
    assert f"{FIRM}（外部处理人）" in dana.inner_text("main") and "换了阀门" in dana.inner_text("main")
    dana.goto(f"/desk/cases/{number}/together/")
    dana.click(f"#judge-{part} summary")
    dana.check(f"#judge-{part} [name=score][value='4']")
    dana.click(f"#judge-{part} form button")
    site.wait_for(number, "done")
    site.wait_for(part, "closed")
    assert hand.goto(link).status == 410
    assert "已经结束" in hand.inner_text("main")


def test_dana_takes_the_link_back_and_it_opens_nothing(open_screen, enter, number, firm, site):
    dana = enter(open_screen("desktop"), "dana")
    part = call_in(dana, number, firm, site)
    link = give_link(dana, number, part)
    hand = open_screen("phone").new_page()
    assert hand.goto(link).status == 200
    dana.goto(f"/desk/cases/{part}/outside/")
    dana.click("form[action$='/withdraw/'] button")
    hand.click("form[action$='/do/take/'] button")
    assert "已经被收回" in hand.inner_text("main")
    assert site.case(part)["state"] == "dispatched"
    assert hand.goto(f"{link[:-3]}/").status == 404


def test_nobody_else_gives_a_link(open_screen, enter, number, firm, site):
    part = call_in(enter(open_screen("desktop"), "dana"), number, firm, site)
    for who, status in (("ben", 403), ("audit", 403), ("eli", 404), ("water", 404)):
        page = enter(open_screen("phone"), who)
        assert page.goto(f"/desk/cases/{part}/outside/").status == status


def wait_for_state(site, state):
    give_up_at = time.monotonic() + 60
    while (now := site.rows("SELECT state FROM notices_link_notice")[0]["state"]) != state:
        assert time.monotonic() < give_up_at, f"the message is {now}, not {state}"
        time.sleep(0.05)


def give_by_text(dana, part):
    dana.goto(f"/desk/cases/{part}/outside/")
    dana.check("#give [name=send][value='sms']")
    dana.click("#give form button")


def texts_to(texts, phone):
    return [each.message["text"] for each in texts.asked if each.message["to"] == phone]


def test_the_firm_on_duty_gets_the_link_and_opens_it_and_a_refused_message_is_sent_again(
    open_screen, enter, number, firm, site, texts
):
    dana = enter(open_screen("desktop"), "dana")
    part = call_in(dana, number, firm, site)

    # The firm has given nobody's number: only another number or nobody can be chosen.
    dana.goto(f"/desk/cases/{part}/outside/")
    assert not dana.is_visible("#give [name=send][value='sms']")

    system = enter(open_screen("desktop"), "system")
    system.goto(f"/staff/units/{firm}/")
    system.fill("[name=duty_phone]", DUTY)
    system.click("main form button.first")

    texts.answers[:] = [400]
    give_by_text(dana, part)
    assert "正在发到值班联系方式" in dana.inner_text(".receipt")
    wait_for_state(site, "failed")

    dana.goto(f"/desk/cases/{part}/outside/")
    assert "短信发到 值班联系方式" in dana.inner_text("#links") and "发送失败" in dana.inner_text("#links")
    dana.click("form[action$='/again/'] button")
    wait_for_state(site, "sent")
    dana.goto(f"/desk/cases/{part}/outside/")
    assert "已发出" in dana.inner_text("#links")

    refused, said = texts_to(texts, DUTY)
    assert said == refused and FIRM in said and "三楼" not in said
    hand = open_screen("phone", java_script_enabled=False).new_page()
    assert hand.goto(re.search(r"https?://\S+", said)[0]).status == 200
    assert "请修好三楼的水管" in hand.inner_text("main")
    hand.click("form[action$='/do/take/'] button")
    assert site.case(part)["state"] == "taken"
