"""Webhooks by program: made, tried, replayed and ended by an administrator; what is wrong is said by its field."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from doorstep.core.time import clock

NEW = {"name": "Data bureau", "url": "https://8.8.8.8/events", "kinds": ["case.closed.v1"], "area": "321102"}


@pytest.fixture
def system(program: Any) -> Any:
    return program("system")


def test_one_is_made_seen_changed_tried_and_ended(system):
    made = system.post("webhooks", NEW)
    assert made.status_code == 201 and made.json()["secret"].startswith("whsec_")
    one = f"webhooks/{made.json()['id']}"
    kept = system.get(one).json()
    assert (kept["state"], kept["area_code"], kept["kinds"]) == ("working", "321102", ["case.closed.v1"])
    assert "secret" not in kept
    assert system.send("PUT", one, {**NEW, "name": "Another"}).json()["name"] == "Another"
    delivery = system.post(f"{one}/ping").json()["delivery"]
    (row,) = system.get(f"{one}/deliveries").json()["rows"]
    assert (row["id"], row["kind"], row["state"]) == (delivery, "webhook.ping.v1", "waiting")
    assert row["webhook_id"] == f"msg_{made.json()['id']}_{delivery}"
    assert system.get(f"{one}/deliveries/{delivery}/attempts").json() == []
    assert system.post(f"{one}/deliveries/{delivery}/replay").status_code == 202
    since = {"since": (clock.now() - timedelta(hours=1)).isoformat()}
    assert system.post(f"{one}/replay", since).json() == {"count": 1}
    assert system.post(f"{one}/secret").json()["secret"] != made.json()["secret"]
    assert system.post(f"{one}/pause").json()["state"] == "paused"
    assert system.send("DELETE", f"{one}/pause").json()["state"] == "working"
    assert system.send("DELETE", one).status_code == 204
    assert system.get(one).json()["state"] == "ended" and system.post(f"{one}/ping").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"url": "https://127.0.0.1/"}, "url"),
        ({"url": "gopher://8.8.8.8/"}, "url"),
        ({"kinds": ["case.exploded.v1"]}, "kinds"),
        ({"area": "999"}, "area"),
        ({"secret": "whsec_QUJD"}, "secret"),
        ({"name": ""}, "name"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(system, wrong, where):
    answer = system.post("webhooks", {**NEW, **wrong})
    assert answer.status_code in (400, 422) and answer.json()["where"] == where and answer.json()["try_this"]
    assert system.get("webhooks").json() == []


def test_the_kinds_come_with_their_schema(system):
    kinds = {each["kind"]: each["json_schema"] for each in system.get("webhook-kinds").json()}
    assert "case.closed.v1" in kinds and kinds["plan.in_force.v1"]["properties"]["data"]["properties"]["begun"]


def test_what_is_not_there_is_not_found(system):
    for path in ("webhooks/99", "webhooks/99/deliveries", "webhooks/99/deliveries/1/attempts"):
        assert system.get(path).status_code == 404
    assert system.post("webhooks/99/replay", {"since": clock.now().isoformat()}).status_code == 404
