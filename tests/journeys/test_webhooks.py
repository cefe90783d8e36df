"""The administrator lets another system hear of cases: a secret, a verified event, its attempts, and a replay."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from tests.exchange.receiver import Receiver, receiver
from tests.journeys.conftest import DESKTOP, PHONE
from tests.journeys.test_story import AT_HOME, report

pytestmark = pytest.mark.journey


@pytest.fixture
def city() -> Iterator[Receiver]:
    with receiver() as server:
        yield server


@pytest.fixture
def system(open_context, enter) -> Any:
    return enter(open_context(**DESKTOP), "system")


def until(holds: Callable[[], bool], seconds: float = 60.0) -> None:
    give_up_at = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < give_up_at, "it did not come"
        time.sleep(0.05)


def subscribed(system: Any, city: Receiver, name: str) -> str:
    """Made in the page; the address of its page."""
    system.goto("/staff/webhooks/")
    system.click("a[href='/staff/webhooks/add']")
    system.fill("[name=name]", name)
    system.fill("[name=url]", city.url)
    system.click("main form button.first")
    city.secret = system.inner_text("#secret")
    assert city.secret.startswith("whsec_")
    system.click("main a.button.first")
    return str(system.url)


def test_a_case_moves_the_receiver_hears_and_the_administrator_sees_and_replays(open_context, system, city, site):
    page = subscribed(system, city, "市数据局")
    system.click("form[action$='/do/ping'] button")
    until(lambda: any(each.type == "webhook.ping.v1" for each in city.heard))

    ava = open_context(geolocation=AT_HOME, permissions=["geolocation"], **PHONE).new_page()
    number, _ = report(ava, "楼道里堆满了杂物，水管也在漏", pin=True)
    site.wait_for(number, "dispatched")
    until(lambda: any(each.data.get("number") == number and "dispatched" in each.type for each in city.heard))
    assert city.refused == []

    system.goto(page)
    assert number in system.inner_text("#deliveries") and "已送达" in system.inner_text("#deliveries")
    system.click(f"#deliveries li:has-text('已派单'):has-text('{number}') a.queue-title")
    assert "thank you" in system.inner_text("#calls") and "200" in system.inner_text("#calls")
    heard = len(city.heard)
    system.click("form[action$='/replay'] button")
    until(lambda: len(city.heard) > heard)
    assert city.heard[-1].id in {each.id for each in city.heard[:heard]}, "the same id"
    system.goto(page)
    system.click("form[action$='/do/end'] button")
    assert "已删除" in system.inner_text("main")


def test_a_receiver_that_refuses_is_seen_and_a_new_secret_signs_beside_the_old_one(system, city):
    city.answers = [500]
    city.body = "系统维护中".encode()
    page = subscribed(system, city, "维护中的系统")
    system.click("form[action$='/do/ping'] button")
    until(lambda: city.calls == 1)
    until(lambda: bool(system.goto(page)) and "500" not in system.inner_text("main h1"))
    system.click("#deliveries li a.queue-title")
    until(lambda: bool(system.reload()) and "系统维护中" in system.inner_text("#calls"))
    assert "对方没有收下" in system.inner_text("#calls")
    until(lambda: len(city.heard) == 1)
    system.goto(page)
    system.click("form[action$='/do/secret'] button")
    new = system.inner_text("#secret")
    assert new != city.secret
    system.goto(page)
    system.click("form[action$='/do/ping'] button")
    until(lambda: len(city.heard) == 2)
    system.goto(page)
    system.click("form[action$='/do/end'] button")


def test_nobody_else_comes_to_the_webhooks(open_context, enter):
    for who in ("dana", "security", "chen"):
        visitor = enter(open_context(**PHONE), who)
        assert visitor.goto("/staff/webhooks/").status == 403
        assert "whsec_" not in visitor.content()
