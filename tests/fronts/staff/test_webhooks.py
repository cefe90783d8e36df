"""The page of the webhooks: made, tried, replayed and ended by the system administrator; nobody else sees it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.visiting import signed_in

from doorstep.core.access import WORKER, acting_as
from doorstep.exchange.models import Delivery, Subscription

WANTED = {"name": "市数据局", "url": "https://8.8.8.8/events", "kinds": ["case.closed.v1"], "area": "321102"}


@pytest.fixture
def system(town: Any) -> Any:
    return signed_in(town, "system")


@pytest.fixture
def made(system: Any) -> int:
    assert system.post("/staff/webhooks/add", WANTED).status_code == 200
    with acting_as(WORKER):
        return Subscription.objects.get().pk


def test_the_secret_is_shown_once(system):
    shown = system.post("/staff/webhooks/add", WANTED).content.decode()
    secret = re.search(r"whsec_[A-Za-z0-9+/=&;#x]+", shown)
    assert secret is not None
    with acting_as(WORKER):
        row = Subscription.objects.get()
    for address in ("/staff/webhooks/", f"/staff/webhooks/{row.pk}/"):
        page = system.get(address).content.decode()
        assert "市数据局" in page and "whsec_" not in page.replace("以 whsec_ 开头", "")
    assert row.kinds == ["case.closed.v1"] and row.area_id is not None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"url": "http://127.0.0.1/"}, "内"),
        ({"url": "no address"}, "地址"),
        ({"area": "999"}, "没有这个辖区"),
        ({"secret": "whsec_QUJD"}, "签名密钥不合要求"),
        ({"name": ""}, "没有填名称"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_in_the_form(system, wrong, words):
    answer = system.post("/staff/webhooks/add", {**WANTED, **wrong})
    page = answer.content.decode()
    assert answer.status_code == 422 and words in page
    assert "321102" in page if "area" not in wrong else "999" in page
    with acting_as(WORKER):
        assert not Subscription.objects.exists()


def test_each_button_does_what_it_says(system, made):
    base = f"/staff/webhooks/{made}/"

    def row() -> Subscription:
        with acting_as(WORKER):
            return Subscription.objects.get(pk=made)

    assert system.post(f"{base}do/pause").status_code == 303 and row().paused_at
    assert "已暂停" in system.get(f"{base}?told=paused").content.decode()
    assert system.post(f"{base}do/go-on").status_code == 303 and row().paused_at is None
    assert system.post(f"{base}do/ping").status_code == 303
    with acting_as(WORKER):
        delivery = Delivery.objects.get()
    page = system.get(f"{base}deliveries/{delivery.pk}/").content.decode()
    assert "webhook.ping.v1" in page and f"msg_{made}_{delivery.pk}" in page
    assert system.post(f"{base}deliveries/{delivery.pk}/replay").status_code == 303
    assert "whsec_" in system.post(f"{base}do/secret").content.decode() and row().old_until
    assert system.post(f"{base}do/replay", {"since": "2001-01-01T00:00"}).status_code == 422
    assert system.post(f"{base}do/replay", {"since": "yesterday"}).status_code == 422
    assert system.post(base, {**WANTED, "name": "另一个名字"}).status_code == 303 and row().name == "另一个名字"
    assert system.post(base, {**WANTED, "url": "ftp://8.8.8.8/"}).status_code == 422
    assert system.post(f"{base}do/end").status_code == 303 and row().ended_at
    for name in ("pause", "go-on", "ping", "end", "secret"):
        assert system.post(f"{base}do/{name}").status_code == 404, "it has ended"
    assert system.get(base).status_code == 200


@pytest.mark.parametrize("page", ["999999/", "do/nothing", "deliveries/999999/", "deliveries/999999/replay"])
def test_what_is_not_there_is_not_found(system, made, page):
    address = f"/staff/webhooks/{page}" if page.startswith("9") else f"/staff/webhooks/{made}/{page}"
    send = system.post if "do/" in page or "replay" in page else system.get
    assert send(address).status_code == 404


@pytest.mark.parametrize("who", ["dana", "command", "chen", "water", "security", "audit", "ben"])
def test_nobody_else_opens_them(town, made, who):
    visitor = signed_in(town, who)
    for address in ("", "add", f"{made}/", f"{made}/deliveries/1/"):
        assert visitor.get(f"/staff/webhooks/{address}").status_code == 403
    for address in (f"{made}/do/end", f"{made}/deliveries/1/replay"):
        assert visitor.post(f"/staff/webhooks/{address}").status_code == 403
    with acting_as(WORKER):
        assert Subscription.objects.get().ended_at is None
