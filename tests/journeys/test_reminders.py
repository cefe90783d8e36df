"""A pipe bursts: Chen drafts, Dana and the subdistrict approve, Ava who subscribed reads it, and it is taken back."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.test import override_settings
from tests.journeys.conftest import DESKTOP, PHONE

from doorstep.alerts.letters import code_of, stop_link
from doorstep.core.time import clock
from doorstep.core.time.zone import local

pytestmark = pytest.mark.journey

WORDS = "5 号楼前水管爆裂，请绕行并关好自家阀门。"


def token_of(page) -> str:
    return page.locator("input[name=csrfmiddlewaretoken]").first.input_value()


@pytest.fixture
def house_key(site):
    """What the house signs with, for what otherwise only reaches somebody's telephone."""
    with override_settings(SECRET_KEY=site.environment["DOORSTEP_SECRET_KEY"], PUBLIC_ADDRESS=site.address):
        yield


@pytest.fixture
def phone_of_chen(site):
    """Chen's number, so that there is somebody to reach."""
    import psycopg

    with psycopg.connect(site.dsn, autocommit=True) as superuser:
        superuser.execute("UPDATE staff_person SET phone = '13800000001' WHERE name = '示例chen'")


def draft(page, **more):
    """Fill in the form and save it; the address of the draft."""
    page.goto("/desk/reminders/")
    page.click("a.first")
    page.check(f"[name=kind][value={more.get('kind', 'burst-pipe')}]")
    page.fill("[name=words]", more.get("words", WORDS))
    page.fill("[name=door]", more.get("door", "DOOR0001"))
    page.select_option("[name=metres]", "100")
    page.fill("[name=until]", f"{local(clock.now() + timedelta(hours=5)):%Y-%m-%dT%H:%M}")
    page.click("form.stack button.first")
    return page.url.split("?")[0]


def subscribe(page, site, number):
    page.goto("/reminders/")
    page.click("a[href='/reminders/subscribe/']")
    page.fill("[name=contact]", number)
    page.fill("[name=door]", "DOOR0001")
    page.click("form.panel button.first")
    assert "没有勾选同意" in page.inner_text("main")
    page.check("[name=agreed]")
    page.click("form.panel button.first")
    (row,) = site.rows("SELECT * FROM alerts_subscription WHERE confirmed_at IS NULL")
    assert number.encode() not in bytes(row["sealed"])
    page.fill("[name=code]", "000000" if code_of(row["id"], row["code_until"]) != "000000" else "000001")
    page.click("form.panel button.first")
    assert "确认码不对" in page.inner_text("main")
    page.fill("[name=code]", code_of(row["id"], row["code_until"]))
    page.click("form.panel button.first")
    assert "已确认" in page.inner_text("[role=status]")
    return row["id"]


def test_a_burst_pipe_from_draft_to_all_clear(open_context, enter, site, house_key, phone_of_chen):
    ava = open_context(**PHONE).new_page()
    subscription = subscribe(ava, site, "13900000000")

    chen = enter(open_context(**PHONE), "chen")
    address = draft(chen, words=f"{WORDS} 点 http://evil.example")
    assert "不能写网址" in chen.inner_text("main") and chen.input_value("[name=door]") == "DOOR0001"
    chen.fill("[name=words]", WORDS)
    chen.click("form.stack button.first")
    address = chen.url.split("?")[0]
    number = int(re.search(r"/(\d+)/$", address)[1])
    assert "短信" in chen.inner_text("#preview") and "2 个" in chen.inner_text("#preview")
    # Who wrote it may take it back, and waits for the others.
    assert not chen.locator("#approve button.first").count()

    dana = enter(open_context(**DESKTOP), "dana")
    dana.goto(address)
    dana.click("#approve button.first")
    assert "还差一个人" in dana.inner_text("[role=status]")
    # The button of a page that stood open: one yes each.
    assert not dana.locator("#approve button.first").count()
    again = dana.request.post(f"{address}approve/", headers={"X-CSRFToken": token_of(dana), "Referer": address})
    assert "只算一次" in again.text()
    ava.goto("/reminders/")
    assert WORDS not in ava.inner_text("main")

    subdistrict = enter(open_context(**DESKTOP), "subdistrict")
    subdistrict.goto(address)
    subdistrict.click("#approve button.first")
    assert "正在从各渠道发出" in subdistrict.inner_text("[role=status]")
    ava.goto("/reminders/")
    assert WORDS in ava.inner_text(f"#reminder-{number}")
    kept = site.rows("SELECT * FROM alerts_delivery WHERE reminder_id = %s", number)
    assert {each["subscription_id"] for each in kept} == {subscription, None}

    # No gateway is configured in this house: the figures say so, and hide nothing.
    for _ in range(100):
        if not site.rows("SELECT FROM alerts_delivery WHERE reminder_id = %s AND state = 'waiting'", number):
            break
        time.sleep(0.2)
    dana.goto(address)
    assert "渠道没接通" in dana.inner_text("#figures")

    dana.fill("[name=all_clear]", "水管已修好，恢复供水。")
    dana.click("#cancel button.danger")
    assert "已叫停" in dana.inner_text("[role=status]")
    ava.goto(f"/reminders/{number}/")
    assert "已解除" in ava.inner_text("main") and "恢复供水" in ava.inner_text("main")
    assert WORDS not in ava.inner_text("main")

    ava.goto(stop_link(subscription))
    ava.click("main form button")
    assert "已停止" in ava.inner_text("[role=status]")
    assert site.rows("SELECT FROM alerts_subscription WHERE id = %s", subscription) == []


def test_a_drill_is_seen_as_one_and_not_by_the_public(open_context, enter, phone_of_chen):
    chen = enter(open_context(**DESKTOP), "chen")
    chen.goto("/desk/reminders/new/")
    chen.select_option("[name=drill]", "counted")
    chen.check("[name=kind][value=fire-lane]")
    chen.fill("[name=words]", "演练：请挪车。")
    chen.fill("[name=door]", "DOOR0001")
    chen.click("form.stack button.first")
    assert "【演练】" in chen.inner_text("h1")
    address = chen.url.split("?")[0]
    for who in ("dana", "subdistrict"):
        page = enter(open_context(**DESKTOP), who)
        page.goto(address)
        page.click("#approve button.first")
    passer_by = open_context(**PHONE).new_page()
    passer_by.goto("/reminders/")
    assert "请挪车" not in passer_by.inner_text("main")
    assert passer_by.goto(f"/reminders/{address.rstrip('/').rsplit('/', 1)[1]}/").status == 404


def test_wrong_roles_neither_see_nor_draft_nor_approve(open_context, enter, phone_of_chen):
    chen = enter(open_context(**DESKTOP), "chen")
    address = draft(chen)
    for who, status in (("eli", 404), ("other_desk", 404), ("ben", 403), ("water", 403), ("system", 403)):
        page = enter(open_context(**DESKTOP), who)
        assert page.goto(address).status == status, who
        assert page.request.post(f"{address}approve/").status in (403, 404), who
    passer_by = open_context(**PHONE).new_page()
    passer_by.goto("/desk/reminders/")
    assert "/staff/sign-in" in passer_by.url
