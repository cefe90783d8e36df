"""The way in and out for other platforms, over HTTP: once each, in order, and nothing to whoever has no key."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.town import MORNING, Town
from tests.visiting import Visitor

from doorstep.cases.actions import act, dispatch
from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Event, Said
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.access.models import Deed
from doorstep.core.ids import CaseId
from doorstep.core.time import clock
from doorstep.exchange.actions.partners import PartnerRefused, end_partner, open_partner, renew_key
from doorstep.exchange.models import Link, Partner

ORDER = {"number": "HL-1", "words": "楼道里堆满了杂物", "place": {"door": "DOOR0001"}}


class Platform:
    """A partner's program."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.visitor = Visitor()

    def asks(self, way: str, path: str, **sent: Any) -> tuple[int, Any]:
        given = {"data": json.dumps(sent), "content_type": "application/json"} if way == "post" else {"data": sent}
        answer = getattr(self.visitor, way)(
            f"/api/v1/exchange/{path}", HTTP_AUTHORIZATION=f"Bearer {self.key}", **given
        )
        return answer.status_code, answer.json()

    def sends(self, **changed: Any) -> tuple[int, Any]:
        return self.asks("post", "cases", **{**ORDER, **changed})

    def says(self, which: str, does: str, nth: int, **more: Any) -> tuple[int, Any]:
        return self.asks("post", f"cases/{which}/messages", does=does, nth=nth, **more)

    def hears(self, since: int = 0) -> list[dict[str, Any]]:
        status, told = self.asks("get", "updates", since=since)
        assert status == 200
        return told["updates"]


def a_platform(town: Town, name: str = "hotline", *, unit: int | None = None, wants_all: bool = False) -> Platform:
    by = town.actor("command")
    with acting_as(by):
        keys = open_partner(name, source="hotline-12345", unit=unit, address="", wants_all=wants_all, by=by, at=MORNING)
    return Platform(keys.key)


@pytest.fixture
def hotline(town: Town) -> Platform:
    return a_platform(town)


@pytest.fixture
def water(town: Town) -> Platform:
    """A platform that stands for the water company."""
    return a_platform(town, "water-works", unit=town.units["water"])


def the_case() -> Case:
    with acting_as(WORKER):
        return Case.objects.latest("id")


def given_to_water(town: Town) -> None:
    advance(at=clock.now())
    desk = town.actor("dana")
    if the_case().holder_unit_id == town.units["water"]:
        return  # The rules have sent it there already.
    with acting_as(desk):
        dispatch.dispatch_by_hand(
            CaseId(the_case().pk), town.units["water"], by=desk, at=clock.now(), reason="水管归自来水公司管。"
        )


def test_an_order_is_received_under_their_number_and_ours(hotline, town):
    status, told = hotline.sends()
    case = the_case()
    assert (status, told) == (201, {"number": "HL-1", "case": case.number, "came": "new"})
    assert (case.source, case.community_id) == ("hotline-12345", town.community)
    status, standing = hotline.asks("get", "cases/HL-1")
    assert status == 200 and standing["state"] == "reported" and standing["case"] == case.number


def test_a_delivery_that_is_repeated_is_one_case_and_has_the_same_answer(hotline):
    first = hotline.sends()[1]["case"]
    status, told = hotline.sends()
    assert (status, told["case"], told["came"]) == (200, first, "same")
    with acting_as(WORKER):
        assert Case.objects.count() == 1


def test_other_words_under_the_same_number_are_a_named_conflict(hotline):
    hotline.sends()
    status, told = hotline.sends(words="水管漏水了")
    assert (status, told["conflict"]) == (409, "other-content") and told["refused"] and told["try_this"]


def test_signs_that_no_keyboard_has_neither_stop_a_message_nor_are_kept(hotline):
    hotline.sends(known_as=[{"partner": "up\x00", "number": "U-\x001"}])
    advance(at=clock.now())
    assert hotline.says("HL-1", "add", 1, words="还在\x00堆\u202e着")[0] == 200
    with acting_as(WORKER):
        assert Said.objects.filter(case=the_case().pk).latest("seq").words == "还在堆着"


@pytest.mark.parametrize("key", ["", "doorstep-partner-wrong", "é" * 40])
def test_whoever_has_no_key_is_told_so_and_nothing_else(hotline, key):
    stranger = Platform(key)
    assert stranger.sends()[0] == stranger.asks("get", "updates")[0] == stranger.asks("get", "cases/HL-1")[0] == 401
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_an_ended_key_opens_nothing_and_a_new_one_replaces_the_old(hotline, town):
    by = town.actor("command")
    with acting_as(WORKER):
        partner = Partner.objects.get()
        assert hotline.key.encode() not in bytes(partner.key_hash)
    with acting_as(by):
        end_partner(partner.pk, by=by, at=MORNING)
    assert hotline.sends()[0] == 401
    with acting_as(by):
        new = Platform(renew_key(partner.pk, by=by, at=MORNING).key)
    assert (hotline.sends()[0], new.sends()[0]) == (401, 201)
    with acting_as(Actor(Role.AUDIT_ADMIN)):
        assert list(Deed.objects.filter(what__startswith="partner-").order_by("id").values_list("what", flat=True)) == [
            "partner-opened", "partner-ended", "partner-key-renewed",
        ]  # fmt: skip


def test_no_desk_ends_the_partner_of_another_area(hotline, town):
    with acting_as(WORKER):
        partner = Partner.objects.get().pk
    for who in ("dana", "subdistrict"):
        by = town.actor(who)
        with acting_as(by), pytest.raises(Exception, match="平台"):
            end_partner(partner, by=by, at=MORNING)
    assert hotline.sends()[0] == 201


@pytest.mark.parametrize("address", ["ftp://host/", "http://", "https://user:pass@host/", "http://" + "a" * 200])
def test_a_partner_is_called_at_a_web_address_only(town, address):
    by = town.actor("command")
    with acting_as(by), pytest.raises(PartnerRefused):
        open_partner("x1", source="from-above", unit=None, address=address, wants_all=False, by=by, at=MORNING)


@pytest.mark.parametrize(
    "changed",
    [
        {"number": ""},
        {"number": "9" * 65},
        {"number": "A\nB"},
        {"words": "  "},
        {"words": "灯" * 2001},
        {"words": "灯" * 1_000_000},
        {"happened_at": "2099-01-01T00:00:00Z"},
        {"happened_at": "2026-11-01T00:00:00"},
        {"item": "no-such-item"},
        {"place": {"community": "110101001001"}},
        {"place": {"point": {"lon": 1e9, "lat": 0}}},
        {"contact": {"phone": "abc"}},
        {"more": "than is known"},
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_place(hotline, changed):
    status, told = hotline.sends(**changed)
    assert status in (409, 422) and told["refused"] and told.get("where")
    with acting_as(WORKER):
        assert not Case.objects.exists()


def test_what_became_of_a_case_is_told_in_order_with_a_position_to_go_on_from(hotline, town):
    hotline.sends()
    advance(at=clock.now())
    chen = town.actor("chen")
    with acting_as(chen):
        act.take(CaseId(the_case().pk), by=chen, at=clock.now())
        act.do(CaseId(the_case().pk), "换了灯泡，已经亮了。", by=chen, at=clock.now())
    told = hotline.hears()
    assert [(each["position"], each["kind"]) for each in told] == [(1, "dispatched"), (2, "taken"), (3, "answered")]
    last = told[-1]
    assert (last["number"], last["outcome"], last["words"], last["came_in"]) == (
        "HL-1",
        "solved",
        "换了灯泡，已经亮了。",
        True,
    )
    assert told[0]["because"] and told[0]["promised_by"] and not told[0]["first_words"]
    assert [each["position"] for each in hotline.hears(since=2)] == [3] and hotline.hears(since=3) == []


def test_what_is_out_of_scope_is_returned_with_its_reason(hotline, town):
    from doorstep.cases.actions import close

    hotline.sends()
    advance(at=clock.now())
    dana = town.actor("dana")
    with acting_as(dana):
        close.close_by_hand(
            CaseId(the_case().pk), "out-of-scope", "这盏灯在高速公路上，由高速公路公司管理。", by=dana, at=clock.now()
        )
    last = hotline.hears()[-1]
    assert (last["kind"], last["outcome"]) == ("returned", "out-of-scope") and "高速公路" in last["words"]


def test_the_hotline_speaks_for_its_caller(hotline, town):
    hotline.sends()
    advance(at=clock.now())
    assert hotline.says("HL-1", "add", 1, words="是东边那盏。")[0] == 200
    chen = town.actor("chen")
    with acting_as(chen):
        act.do(CaseId(the_case().pk), "换了灯泡。", by=chen, at=clock.now())
    assert hotline.says("HL-1", "not-solved", 2, words="还是不亮。")[1]["state"] == "taken"
    with acting_as(chen):
        act.do(CaseId(the_case().pk), "换了线路。", by=chen, at=clock.now())
    status, standing = hotline.says("HL-1", "confirm", 3)
    assert (status, standing["state"], standing["heard"]) == (200, "verified", 3)
    advance(at=clock.now())
    assert hotline.says("HL-1", "not-solved", 4, words="今天又不亮了，请再来看。")[1]["state"] == "classified"
    # What it said itself it is not told again.
    assert [each["kind"] for each in hotline.hears()] == ["dispatched", "answered", "answered", "closed"]


def test_a_message_that_comes_again_does_nothing_twice_and_one_that_comes_early_waits(hotline):
    hotline.sends()
    status, told = hotline.says("HL-1", "add", 2, words="第二条")
    assert (status, told["conflict"], told["where"]) == (409, "out-of-order", "nth")
    for _ in range(2):
        assert hotline.says("HL-1", "add", 1, words="第一条")[0] == 200
    with acting_as(WORKER):
        assert Event.objects.filter(move="note").count() == 1


def test_the_holders_platform_takes_and_answers(water, hotline, town):
    hotline.sends(words="家里的自来水管爆了，水漏了一地")
    given_to_water(town)
    out = water.hears()[-1]
    assert (out["kind"], out["came_in"], out["first_words"]) == ("dispatched", False, "家里的自来水管爆了，水漏了一地")
    assert out["known_as"] == [{"partner": "hotline", "number": "HL-1"}]
    ours = out["case"]
    assert water.says(ours, "know-as", 1, number="W-7")[1]["number"] == "W-7"
    assert water.says("W-7", "take", 2)[1]["state"] == "taken"
    assert water.says("W-7", "answer", 3, words="水管已经修好。", outcome="solved")[1]["state"] == "done"
    assert {each["kind"] for each in water.hears()} == {"dispatched"}
    assert [each["kind"] for each in hotline.hears()][-2:] == ["taken", "answered"]
    with acting_as(WORKER):
        done = Event.objects.get(move="do")
        assert (done.by_hat, done.by_unit) == ("holder", town.units["water"])


def test_the_holders_platform_returns_with_a_reason_once_as_every_holder(water, hotline, town):
    hotline.sends(words="家里的自来水管爆了，水漏了一地")
    given_to_water(town)
    ours = water.hears()[0]["case"]
    status, told = water.says(ours, "return", 1, words="")
    assert status == 409 and "conflict" not in told
    assert water.says(ours, "return", 1, words="户内水管由用户自己负责，依据供水条例。")[0] == 200
    assert the_case().question.startswith("objection")
    assert water.says(ours, "return", 2, words="还是不归我们管，依据供水条例。")[0] == 409
    assert the_case().holder_unit_id == town.units["water"], "until a desk has decided"


def test_nobody_speaks_in_the_part_of_another(water, hotline, town):
    hotline.sends()
    given_to_water(town)
    assert hotline.says("HL-1", "answer", 1, words="好了")[1]["conflict"] == "not-the-holder"
    assert water.says(water.hears()[0]["case"], "confirm", 1)[1]["conflict"] == "not-the-sender"
    assert water.says("HL-1", "take", 1)[0] == 404


def test_a_move_that_is_not_due_is_a_named_conflict(hotline):
    hotline.sends()
    status, told = hotline.says("HL-1", "confirm", 1)
    assert (status, told["conflict"]) == (409, "not-now")


def test_what_comes_back_by_another_way_stays_one_case(hotline, town):
    province = a_platform(town, "province", wants_all=True)
    hotline.sends()
    advance(at=clock.now())
    (out,) = province.hears()
    status, told = province.sends(number="JS-5", known_as=[{"partner": "doorstep", "number": out["case"]}])
    assert (status, told["case"]) == (200, out["case"])
    again = a_platform(town, "city")
    assert again.sends(number="C-1", known_as=[{"partner": "hotline", "number": "HL-1"}])[1]["case"] == out["case"]
    with acting_as(WORKER):
        assert Case.objects.count() == 1
        assert sorted(Link.objects.values_list("number", "came_in")) == [
            ("C-1", False),
            ("HL-1", True),
            ("JS-5", False),
        ]


def test_a_number_is_given_to_one_case(water, hotline, town):
    hotline.sends()
    given_to_water(town)
    first = water.hears()[0]["case"]
    water.says(first, "know-as", 1, number="W-1")
    assert hotline.says("HL-1", "know-as", 1, number="HL-2")[1]["conflict"] == "number-taken"


def test_a_holder_that_was_removed_while_holding_is_told_that_it_holds_nothing(water, hotline, town):
    hotline.sends()
    given_to_water(town)
    ours = water.hears()[0]["case"]
    with acting_as(WORKER):
        Case.objects.update(holder_unit=None)
    assert water.says(ours, "answer", 1, words="办好了")[1]["conflict"] == "not-the-holder"


@pytest.mark.parametrize("number", ["%00", "nobody", "9" * 200, "%F0%9F%94%A6"])
def test_a_number_that_nobody_knows_leads_nowhere(hotline, number):
    assert hotline.asks("get", f"cases/{number}")[0] == 404
