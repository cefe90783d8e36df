"""Ava answers a text message: Chen reads her words and never her number, and she reads his and never his."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client, override_settings
from tests.cases.test_life import moves, reported, the
from tests.town import MORNING, Town

from doorstep.cases.actions import act, close, objecting, verify
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.looking import open_case
from doorstep.cases.models import Case
from doorstep.cases.queries import followed
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.time import clock
from doorstep.notices.channels.sms import signature
from doorstep.notices.models import Notice

PHONE = "13800000000"
SECRET = "a secret of the gateway"


@pytest.fixture(autouse=True)
def hearing(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: MORNING)
    with override_settings(SMS_SECRET=SECRET):
        yield


@pytest.fixture
def told(town: Town) -> int:
    """A case in Chen's hands, about which Ava was sent a message."""
    case = reported(town)
    advance(at=MORNING)
    sent(case)
    return case


def sent(case: int) -> None:
    with acting_as(WORKER):
        Notice.objects.filter(case=case).update(state="sent", sent_at=MORNING)


def text_from(phone: str, words: str, key: str = "m-1", *, secret: str = SECRET, at=MORNING):
    body = json.dumps({"id": key, "from": phone, "text": words}).encode()
    moment = str(int(at.timestamp()))
    headers = {"X-Doorstep-Time": moment, "X-Doorstep-Signature": f"sha256={signature(secret, moment, body)}"}
    return Client().post("/hooks/sms", body, content_type="application/json", headers=headers)


@pytest.mark.parametrize("phone", [PHONE, f"+86{PHONE}", f"86{PHONE}"])
def test_her_answer_reaches_chen_without_her_number(town, told, phone):
    answer = text_from(phone, "杂物还在，就在二楼拐角")
    assert answer.json() == {"text": f"已经把您的话转给受理编号 {the(told).number} 的经办人员，不用再发。"}
    chen = town.actor("chen")
    with acting_as(chen):
        shown = open_case(the(told).number, by=chen, at=MORNING)
    assert shown.life[-1].words == "杂物还在，就在二楼拐角"
    assert PHONE not in repr(shown.life)


def test_chens_answer_reaches_her_without_his_name_or_number(town, told):
    chen = town.actor("chen")
    with acting_as(chen):
        act.note(told, "下午三点来清，请让一下车。我的电话 13911112222", by=chen, at=MORNING)
    ava = follower_of(told)
    with acting_as(ava):
        words = followed(told).words
    assert "13911112222" not in str(words) and "下午三点来清" in str(words)
    with acting_as(WORKER):
        last = Notice.objects.filter(case=told).order_by("id").last()
    assert last.message["key"] == "notices-noted"


def test_the_same_message_twice_is_one_note(town, told):
    text_from(PHONE, "还在那里")
    text_from(PHONE, "还在那里")
    assert moves(told).count("note") == 1


def test_a_message_from_a_number_that_we_never_wrote_to_is_a_case_of_its_own(town, told):
    answer = text_from("13700000000", "楼道的灯不亮了")
    assert "note" not in moves(told) and the(told).number not in answer.json()["text"]
    with acting_as(WORKER):
        assert Case.objects.count() == 2


@pytest.mark.parametrize(
    "wrong", [{"secret": "another"}, {"at": MORNING - timedelta(minutes=6)}, {"at": MORNING + timedelta(minutes=6)}]
)
def test_what_the_gateway_did_not_sign_or_signed_long_ago_is_refused(town, told, wrong):
    assert text_from(PHONE, "开门", **wrong).status_code == 403
    assert "note" not in moves(told)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 1, "from": "1", "text": "x"}', b"{" * 10_000])
def test_a_message_that_is_none_is_refused(town, body):
    moment = str(int(MORNING.timestamp()))
    headers = {"X-Doorstep-Time": moment, "X-Doorstep-Signature": f"sha256={signature(SECRET, moment, body)}"}
    assert Client().post("/hooks/sms", body, content_type="application/json", headers=headers).status_code == 403


def closed(town: Town, case: int) -> None:
    chen, ava = town.actor("chen"), follower_of(case)
    with acting_as(chen):
        act.do(case, "已清理干净。", by=chen, at=MORNING)
    with acting_as(ava):
        verify.say_solved(case, by=ava, at=MORNING)
    advance(at=MORNING)
    sent(case)


def test_after_the_end_the_desk_is_asked_to_look_and_nothing_opens_by_itself(town, told):
    closed(town, told)
    text_from(PHONE, "谢谢，不过又堆上了")
    assert (the(told).state, the(told).question) == ("closed", "reporter-wrote")
    dana = town.actor("dana")
    with acting_as(dana):
        close.reopen(told, "反映人来短信说又堆上了", by=dana, at=MORNING)
    assert the(told).state == "classified"


def test_the_desk_may_answer_and_keep_it_closed(town, told):
    closed(town, told)
    text_from(PHONE, "谢谢你们")
    dana = town.actor("dana")
    with acting_as(dana):
        objecting.uphold(told, "不客气，有事再找我们。", by=dana, at=MORNING)
    assert (the(told).state, the(told).question) == ("closed", "")


def test_long_after_the_end_it_is_a_case_of_its_own(town, told, monkeypatch):
    closed(town, told)
    later = MORNING + timedelta(days=9)
    monkeypatch.setattr(clock, "now", lambda: later)
    text_from(PHONE, "楼道又堆满了", at=later)
    with acting_as(WORKER):
        assert Case.objects.count() == 2
    assert "note" not in moves(told)
