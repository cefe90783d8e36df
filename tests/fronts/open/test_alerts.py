"""Urgent reminders, gong patrols and emergency mode by program, with the rules of the pages."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

import pytest
from tests.alerts.people import HOUSEHOLD, NEED, reachable

from doorstep.core.time import clock

GRID, COMMUNITY = "321102001001001", "321102001001"


@pytest.fixture
def caller(program):
    """The program of somebody, who has one account however often they call."""
    return cache(program)


@pytest.fixture
def on(town, caller):
    """The number of emergency mode that Dana asked for and the subdistrict approved."""
    dana, above = caller("dana"), caller("subdistrict")
    asked = dana.post("emergencies", {"area": COMMUNITY, "reason": "大雪封路，超市送不进来。", "days": 3})
    assert asked.status_code == 201, asked.content
    number = asked.json()["id"]
    assert dana.post(f"emergencies/{number}/approve").status_code in (403, 422)
    assert caller().get("emergencies").json() == []
    approved = above.post(f"emergencies/{number}/approve").json()
    assert (approved["is_on"], [each["kind"] for each in approved["steps"]]) == (True, ["asked", "approved"])
    return number


def test_two_others_let_a_reminder_go_and_one_takes_it_back(town, caller):
    reachable(town)
    chen, dana, above = caller("chen"), caller("dana"), caller("subdistrict")
    until = (clock.now() + timedelta(hours=6)).isoformat()
    wish = {"kind": "burst-pipe", "words": "水管爆裂，请绕行。", "area": GRID, "until": until}
    assert chen.post("reminders", {**wish, "words": ""}).json()["where"] == "words"
    number = chen.post("reminders", wish).json()["id"]
    assert dana.post(f"reminders/{number}/approve").json() == {"goes": False}
    assert dana.post(f"reminders/{number}/approve").status_code == 422
    assert caller().get("reminders/now").json() == []
    assert above.post(f"reminders/{number}/approve").json() == {"goes": True}
    (now,) = caller().get("reminders/now").json()
    assert (now["words"], now["area"]) == (wish["words"], GRID)
    over = chen.post(f"reminders/{number}/cancel", {"all_clear": "已修好"}).json()
    assert (over["state"], over["all_clear"]) == ("cancelled", "已修好")
    assert [each["kind"] for each in over["steps"]] == ["drafted", "approved", "approved", "cancelled"]
    assert [each["id"] for each in dana.get("reminders").json()] == [number]


def test_what_is_sent_back_goes_nowhere(town, caller):
    reachable(town)
    until = (clock.now() + timedelta(hours=6)).isoformat()
    wish = {"kind": "burst-pipe", "words": "水管爆裂", "area": GRID, "until": until}
    number = caller("chen").post("reminders", wish).json()["id"]
    back = caller("dana").post(f"reminders/{number}/send-back", {"words": "地点写错了"}).json()
    assert (back["state"], back["steps"][-1]["words"]) == ("sent-back", "地点写错了")


def test_neighbours_plan_their_own_rounds_and_nobody_else_reads_their_names(town, caller):
    dana, ben = caller("dana"), caller("ben")
    patrol = dana.post("patrols", {"name": "暖心平安锣", "about": "冬天防火"}).json()["id"]
    assert ben.post(f"patrols/{patrol}/rounds", {}).status_code == 422
    joined = ben.post(f"patrols/{patrol}/join").json()
    assert joined["is_mine"] and len(joined["members"]) == 1
    when = (clock.now() + timedelta(hours=30)).isoformat()
    walk = ben.post(f"patrols/{patrol}/rounds", {"begins_at": when, "meets": "凉亭", "reminds": "关紧\n窗户"}).json()[
        "id"
    ]
    assert ben.send("PUT", f"patrol-rounds/{walk}/coming", {"comes": False}).status_code == 204
    assert ben.send("PUT", f"patrol-rounds/{walk}", {"is_off": True}).status_code == 204
    (seen,) = caller().get("patrols").json()
    (round_,) = seen["rounds"]
    assert (seen["members"], round_["going"], round_["is_off"], round_["reminds"]) == ([], [], True, "关紧 窗户")
    assert not ben.post(f"patrols/{patrol}/leave").json()["is_mine"]
    assert dana.send("DELETE", f"patrols/{patrol}").status_code == 204
    assert ben.get(f"patrols/{patrol}").status_code == 404


def test_a_need_is_told_without_an_account_and_brought(caller, on):
    anybody, chen = caller(), caller("chen")
    assert [each["id"] for each in anybody.get("emergencies").json()] == [on]
    token = anybody.post(f"emergencies/{on}/needs", NEED).json()["token"]
    (need,) = chen.get(f"emergencies/{on}/needs").json()
    assert (need["missing"], HOUSEHOLD & set(map(str, need.values()))) == (2, set())
    at = f"emergencies/{on}/needs/{need['id']}"
    assert chen.post(f"{at}/supplies", {"quantity": 9, "who": "食堂"}).json()["where"] == "quantity"
    supply = chen.post(f"{at}/supplies", {"quantity": 2, "who": "食堂"}).json()["id"]
    whole = chen.get(at).json()
    assert (whole["home"], whole["supplies"][0]["promised_by"], whole["missing"]) == (NEED["home"], "食堂", 0)
    assert chen.send("PUT", f"supplies/{supply}", {"brought": True}).status_code == 204
    assert anybody.get(f"needs/{token}").json()["state"] == "done"
    assert anybody.send("DELETE", f"needs/{token}").status_code == 422


def test_a_need_is_taken_back_and_staff_tell_one_for_somebody(caller, on):
    anybody, dana = caller(), caller("dana")
    token = anybody.post(f"emergencies/{on}/needs", NEED).json()["token"]
    assert anybody.send("DELETE", f"needs/{token}").status_code == 204
    need = dana.post(f"emergencies/{on}/needs-of-others", {**NEED, "item": "water"}).json()["id"]
    assert [each["id"] for each in dana.get(f"emergencies/{on}/needs").json()] == [need]
    assert dana.send("DELETE", f"emergencies/{on}/needs/{need}").status_code == 204
    for method, path in (("GET", "needs/guessed"), ("DELETE", "needs/guessed"), ("GET", f"emergencies/{on}/needs/9")):
        assert dana.send(method, path).status_code == 404, path


def test_whoever_serves_elsewhere_reads_no_needs(caller, on):
    caller().post(f"emergencies/{on}/needs", NEED)
    other = caller("other_desk")
    assert other.get(f"emergencies/{on}/needs").status_code == 404
    assert other.post(f"emergencies/{on}/end", {"words": "好了"}).status_code == 404


def test_it_is_renewed_sent_back_and_ended_with_words(caller, on):
    dana, above = caller("dana"), caller("subdistrict")
    assert dana.post(f"emergencies/{on}/renew", {"reason": "雪还没停", "days": 2}).json()["asks_days"] == 2
    assert above.post(f"emergencies/{on}/send-back", {"words": "路通了"}).json()["asks_days"] is None
    ended = dana.post(f"emergencies/{on}/end", {"words": "路通了，超市照常"}).json()
    assert (ended["is_on"], ended["state"]) == (False, "ended")
    assert caller().get("emergencies").json() == []
    assert caller().post(f"emergencies/{on}/needs", NEED).status_code == 422
    assert [each["state"] for each in dana.get("emergencies/around").json()] == ["ended"]
