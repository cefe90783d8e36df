"""WeCom and DingTalk, both ways, against stand-ins that sign, seal and answer as those platforms say they do."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit
from xml.etree import ElementTree

import pytest
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.test import override_settings
from tests.notices.outside import free_port
from tests.visiting import Visitor

from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.contact import erase_contact
from doorstep.cases.models import Case, Contact, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.time import clock
from doorstep.notices.channels import Letter, NotSent, channels, wecom
from doorstep.notices.hearing import Asked, NotFromThere
from doorstep.notices.models import Account, Notice
from doorstep.notices.tasks import send_due

WORDS = "三号楼的路灯不亮了"
SENDER = "zhang.san"


@dataclass
class Robot:
    """A group's robot: it answers 200 and says what it thinks as errcode, as both platforms' robots do."""

    url: str = ""
    told: list[str] = field(default_factory=list)
    asked: list[dict[str, list[str]]] = field(default_factory=list)
    codes: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


@contextmanager
def robot() -> Iterator[Robot]:
    kept = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kept.asked.append(parse_qs(urlsplit(self.path).query))
            code = kept.codes.pop(0) if kept.codes else 0
            if not code:
                kept.told.append(body["text"]["content"])
            answer = json.dumps({"errcode": code, "errmsg": ""}).encode()
            self.send_response(kept.statuses.pop(0) if kept.statuses else 200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: object) -> None:
            """Nothing is printed."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        kept.url = f"http://127.0.0.1:{server.server_port}/robot/send?key=1"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield kept
        finally:
            server.shutdown()
            thread.join()


class WeCom:
    """The platform's side of an application: it signs and seals what it sends, and opens what comes back."""

    name = "wecom"
    token, company = "QDG6eK", "wx5823bf96d3bd56c7"
    aes_key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
    settings = {"WECOM_TOKEN": token, "WECOM_AES_KEY": aes_key, "WECOM_CORP": company}
    robot = "WECOM_ROBOT"

    def cipher(self) -> Any:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))

    def seal(self, message: bytes) -> str:
        plain = os.urandom(16) + struct.pack(">I", len(message)) + message + self.company.encode()
        padder = padding.PKCS7(32 * 8).padder()
        sealer = self.cipher().encryptor()
        return base64.b64encode(sealer.update(padder.update(plain) + padder.finalize()) + sealer.finalize()).decode()

    def open(self, sealed: str) -> bytes:
        opener, unpadder = self.cipher().decryptor(), padding.PKCS7(32 * 8).unpadder()
        plain = unpadder.update(opener.update(base64.b64decode(sealed)) + opener.finalize()) + unpadder.finalize()
        (length,) = struct.unpack(">I", plain[16:20])
        assert plain[20 + length :] == self.company.encode()
        return plain[20 : 20 + length]

    def sign(self, moment: str, nonce: str, sealed: str) -> str:
        return hashlib.sha1("".join(sorted([self.token, moment, nonce, sealed])).encode()).hexdigest()

    def query(self, sealed: str, at: datetime, **more: str) -> str:
        moment, nonce = str(int(at.timestamp())), "1372623149"
        named = {"msg_signature": self.sign(moment, nonce, sealed), "timestamp": moment, "nonce": nonce, **more}
        return "&".join(f"{name}={quote(value)}" for name, value in named.items())

    def send(self, words: str, *, key: str = "m1", at: datetime | None = None, kind: str = "text", **more: str) -> Any:
        plain = (
            f"<xml><ToUserName><![CDATA[{self.company}]]></ToUserName><FromUserName><![CDATA[{SENDER}]]></FromUserName>"
            f"<CreateTime>1</CreateTime><MsgType><![CDATA[{kind}]]></MsgType><Content><![CDATA[{words}]]></Content>"
            f"<MsgId>{key}</MsgId><AgentID>218</AgentID></xml>"
        )
        sealed = self.seal(plain.encode())
        body = f"<xml><ToUserName>{self.company}</ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>"
        query = self.query(sealed, at or clock.now(), **more)
        return Visitor().post(f"/hooks/wecom?{query}", body, content_type="text/xml")

    def forged(self) -> Any:
        return self.send(WORDS, msg_signature="0" * 40)

    def heard(self, answer: Any) -> str:
        outer = {each.tag: each.text or "" for each in ElementTree.fromstring(answer.content)}
        assert outer["MsgSignature"] == self.sign(outer["TimeStamp"], outer["Nonce"], outer["Encrypt"])
        inner = {each.tag: each.text or "" for each in ElementTree.fromstring(self.open(outer["Encrypt"]))}
        assert (inner["ToUserName"], inner["MsgType"]) == (SENDER, "text")
        return inner["Content"]


class DingTalk:
    """The platform's side of a robot: it signs with the AppSecret, and takes JSON back."""

    name = "dingtalk"
    secret = "app-secret"
    settings = {"DINGTALK_APP_SECRET": secret}
    robot = "DINGTALK_ROBOT"

    def sign(self, moment: str, secret: str) -> str:
        digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
        return base64.b64encode(digest).decode()

    def send(self, words: str, *, key: str = "m1", at: datetime | None = None, kind: str = "text", **more: str) -> Any:
        moment = str(int((at or clock.now()).timestamp() * 1000))
        body = {
            "msgId": key, "msgtype": kind, "conversationType": "1", "senderStaffId": SENDER, "senderNick": "张三",
            "sessionWebhook": "https://example.org/elsewhere", "text": {"content": f" {words}"}, **more,
        }  # fmt: skip
        headers = {"HTTP_TIMESTAMP": moment, "HTTP_SIGN": more.get("sign") or self.sign(moment, self.secret)}
        return Visitor().post("/hooks/dingtalk", json.dumps(body), content_type="application/json", **headers)

    def forged(self) -> Any:
        return self.send(WORDS, sign="0" * 40)

    def heard(self, answer: Any) -> str:
        said = json.loads(answer.content)
        assert said["msgtype"] == "text"
        return str(said["text"]["content"])


@pytest.fixture(params=[WeCom, DingTalk])
def platform(request: Any, town: Any) -> Iterator[Any]:
    side = request.param()
    with robot() as group, override_settings(**side.settings, **{side.robot: group.url}):
        side.group = group
        yield side


def cases() -> list[Case]:
    with acting_as(WORKER):
        return list(Case.objects.order_by("id"))


# They speak to us ----------------------------------------------------------------------------------------------------


def test_a_message_becomes_a_case_and_its_sender_is_given_the_number_and_the_link(platform):
    answer = platform.send(WORDS)
    (case,) = cases()
    said = platform.heard(answer)
    assert answer.status_code == 200 and case.number in said and "/c/" in said
    with acting_as(WORKER):
        assert Said.objects.get(case=case).words == WORDS


def test_the_sender_is_kept_only_as_a_hash_and_goes_with_the_contact(platform):
    platform.send(WORDS)
    platform.send("楼道里堆满了杂物", key="m2")
    with acting_as(WORKER):
        first, second = Account.objects.order_by("contact_id")
        assert first.sender == second.sender and SENDER not in first.sender and len(first.sender) == 32
        assert SENDER not in str(list(Contact.objects.values()))
        erase_contact(CaseId(first.pk))
        assert Account.objects.count() == 1


def test_what_is_delivered_again_is_one_case_and_gives_the_link_once(platform):
    platform.send(WORDS)
    again = platform.heard(platform.send(WORDS, at=clock.now() + timedelta(seconds=20)))
    assert len(cases()) == 1 and cases()[0].number in again and "/c/" not in again


@pytest.mark.parametrize("late", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=-30)])
def test_what_was_signed_at_another_time_is_refused(platform, late):
    assert platform.send(WORDS, at=clock.now() + late).status_code == 403 and cases() == []


def test_a_forged_signature_is_refused(platform):
    answer = platform.forged()
    assert answer.status_code == 403 and cases() == []


@pytest.mark.parametrize("words", ["", "  ", "你好", "灯" * 2001, "灯" * 20_000])
def test_what_is_no_report_is_answered_with_what_is_missing(platform, words):
    assert "请用一句话" in platform.heard(platform.send(words)) and cases() == []


@pytest.mark.parametrize(
    "words", ["路灯坏了🔦很久了", "<script>alert(1)</script>灯", "=HYPERLINK(1)灯", "‮路灯坏了", "路灯坏了\x0b"]
)
def test_strange_signs_are_words_like_others(platform, words):
    if platform.name == "wecom" and "\x0b" in words:
        assert platform.send(words).status_code == 403, "no XML holds this sign"
    else:
        assert platform.send(words).status_code == 200
        assert "\u202e" not in str([case.number for case in cases()]) and len(cases()) == 1


def test_danger_is_answered_with_whom_to_call(platform):
    assert "119" in platform.heard(platform.send("楼道里着火了，冒黑烟"))


def test_a_picture_is_not_a_report(platform):
    assert platform.send(WORDS, kind="image").status_code == 200 and cases() == []


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"<xml", b"[]", b"null", b"\xff\xfe", b"<!DOCTYPE a [<!ENTITY b 'c'>]><xml>&b;</xml>", b"[" * 90_000],
)
def test_a_body_that_cannot_be_read_is_refused(platform, body):
    moment = str(int(clock.now().timestamp() * 1000))
    more = {"HTTP_TIMESTAMP": moment, "HTTP_SIGN": DingTalk().sign(moment, DingTalk.secret)}
    answer = Visitor().post(f"/hooks/{platform.name}", body, content_type="application/json", **more)
    assert answer.status_code == 403 and cases() == []


def test_a_sender_who_sends_without_end_is_told_to_stop(platform, monkeypatch):
    from doorstep.fronts.groups import hooks
    from doorstep.fronts.limits import Allowance

    monkeypatch.setattr(hooks, "_senders", Allowance(2))
    answers = [platform.heard(platform.send(WORDS, key=f"m{n}")) for n in range(3)]
    assert "消息太多" in answers[2] and len(cases()) == 2


@pytest.mark.parametrize("channel", ["wecom", "dingtalk", "email", "sms", "nothing"])
def test_a_platform_that_is_not_set_up_has_no_address(town, channel):
    assert Visitor().post(f"/hooks/{channel}", b"{}", content_type="application/json").status_code == 404


def test_in_a_group_nobody_is_given_the_link(town):
    side = DingTalk()
    with override_settings(**side.settings):
        said = side.heard(side.send(WORDS, conversationType="2"))
    assert cases()[0].number in said and "/c/" not in said


def test_the_address_is_tried_out_with_a_sealed_word_that_comes_back_open(town):
    side = WeCom()
    sealed = side.seal(b"4561255354251345929")
    with override_settings(**side.settings):
        answer = Visitor().get(f"/hooks/wecom?{side.query(sealed, clock.now(), echostr=sealed)}")
    assert (answer.status_code, answer.content) == (200, b"4561255354251345929")


def test_what_was_sealed_for_another_company_is_refused(town):
    side = WeCom()
    side.company = "another"
    with override_settings(**WeCom.settings):
        assert side.send(WORDS).status_code == 403


def test_the_example_of_the_specification_opens():
    """document/path/90968 of developer.work.weixin.qq.com: the message “hello”."""
    sealed = (
        "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvu"
        "JTs3TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwG"
        "c2hgf5gsijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9"
        "EL4EhzJWrQUax5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0"
        "lXdQ2YoyyH2uyPIGHBZZIs2pDBS8R07+qN+E7Q=="
    )
    asked = Asked(
        "POST",
        {
            "msg_signature": "477715d11cdb4164915debcba66cb864d751f3e6",
            "timestamp": "1409659813",
            "nonce": "1372623149",
        },
        {},
        f"<xml><Encrypt><![CDATA[{sealed}]]></Encrypt></xml>".encode(),
    )
    then = datetime.fromtimestamp(1409659813, UTC)
    with override_settings(**WeCom.settings):
        heard = wecom.hear(asked, at=then)
        assert heard.words == "hello" and heard.back["to"] == "mycreate"
        with pytest.raises(NotFromThere):
            wecom.hear(asked, at=then + timedelta(minutes=6))


# We speak to them ----------------------------------------------------------------------------------------------------


def test_the_result_is_told_in_the_channel_where_it_was_reported_without_link_and_name(platform):
    platform.send(WORDS)
    at = clock.now()
    advance(at=at)
    send_due(at)
    (told,) = platform.group.told
    assert cases()[0].number in told and "/c/" not in told and SENDER not in told and WORDS not in told
    with acting_as(WORKER):
        assert set(Notice.objects.values_list("channel", "state")) == {(platform.name, "sent")}


def test_dingtalk_can_check_that_the_robot_is_called_by_us(town):
    with robot() as group, override_settings(DINGTALK_ROBOT=group.url, DINGTALK_SECRET="SEC1"):
        channels()["dingtalk"].send(Letter("k", "x", "", "已经办好。", "zh"))
    (asked,) = group.asked
    assert asked["sign"] == [DingTalk().sign(asked["timestamp"][0], "SEC1")] and group.told == ["已经办好。"]


@pytest.mark.parametrize(
    ("code", "status", "for_good"), [(93000, 200, True), (-1, 200, False), (0, 500, False), (0, 404, True)]
)
def test_what_is_lost_for_good_is_told_apart(platform, code, status, for_good):
    platform.group.codes, platform.group.statuses = [code], [status]
    with pytest.raises(NotSent) as refused:
        channels()[platform.name].send(Letter("k", "x", "", "b", "zh"))
    assert refused.value.for_good is for_good


def test_a_robot_that_is_not_there_may_be_there_later(platform):
    with (
        override_settings(**{platform.robot: f"http://127.0.0.1:{free_port()}/?a=1"}),
        pytest.raises(NotSent) as refused,
    ):
        channels()[platform.name].send(Letter("k", "x", "", "b", "zh"))
    assert not refused.value.for_good


def test_nobody_else_is_told_in_a_group(platform):
    from doorstep.cases.actions.report import Report, report

    report(Report(WORDS), at=clock.now())
    advance(at=clock.now())
    send_due(clock.now())
    assert platform.group.told == []
