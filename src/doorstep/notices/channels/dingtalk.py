"""DingTalk (钉钉): a robot in a group that tells, and the same or another robot to which people write.

Telling: `DOORSTEP_DINGTALK=https://oapi.dingtalk.com/robot/send?access_token=…` and `DOORSTEP_DINGTALK_SECRET=SEC…`,
the secret of its signed mode. Each call carries the time in milliseconds and

    sign = urlencode(base64(HMAC-SHA256(secret, time + "\\n" + secret)))

Hearing: the robot's page names `https://…/hooks/dingtalk`; `DOORSTEP_DINGTALK_APP_SECRET` is the AppSecret of its
application. Requests come by POST as JSON with the headers `timestamp` and `sign`, made in the same way with the
AppSecret. The signature does not cover the body, so only TLS keeps that; a message is known by its `msgId`.
"""  # read, not shown

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from datetime import datetime
from typing import Any, Final, Literal
from urllib.parse import quote_plus

from django.conf import settings

from doorstep.notices.channels import Letter, wecom
from doorstep.notices.hearing import LARGEST, Answer, Asked, Heard, key_of, refuse_old, refused, sender_of

CONTACT: Literal["account"] = "account"
LONGEST: Final = 500
# Too many in a minute, or busy.
LATER: Final = {-1, 130101, 410100}


# Telling -------------------------------------------------------------------------------------------------------------


def is_configured() -> bool:
    return bool(settings.DINGTALK_ROBOT)


def send(letter: Letter) -> None:
    """Say it in the group, without a name and without a link."""
    body = json.dumps({"msgtype": "text", "text": {"content": letter.body}}, ensure_ascii=False).encode()
    moment = str(int(time.time() * 1000))
    signed = quote_plus(signature(settings.DINGTALK_SECRET, moment)) if settings.DINGTALK_SECRET else ""
    more = f"&timestamp={moment}&sign={signed}" if signed else ""
    wecom.told(settings.DINGTALK_ROBOT + more, body, LATER)


def signature(secret: str, moment: str) -> str:
    """What both sides sign with."""
    digest = hmac.new(secret.encode(), f"{moment}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


# Hearing -------------------------------------------------------------------------------------------------------------


def hears() -> bool:
    return bool(settings.DINGTALK_APP_SECRET)


def hear(asked: Asked, *, at: datetime) -> Heard | Answer:
    """One message to the robot; whatever is no text is none."""
    moment, signed = asked.headers.get("timestamp", ""), asked.headers.get("sign", "")
    if not hmac.compare_digest(signature(settings.DINGTALK_APP_SECRET, moment).encode(), signed.encode()):
        raise refused()
    refuse_old(moment, ticks_a_second=1000, at=at)
    message = _json(asked.body)
    if message.get("msgtype") != "text":
        return Answer(b"{}", "application/json")
    sender = str(message.get("senderStaffId") or message.get("senderId") or "")
    content = message.get("text")
    words = str(content.get("content", "")) if isinstance(content, dict) else ""
    key = str(message.get("msgId") or "")
    if not key or not sender:
        raise refused()
    return Heard(
        channel="dingtalk",
        key=key_of("dingtalk", key),
        sender=sender_of("dingtalk", sender),
        words=words,
        in_group=str(message.get("conversationType")) != "1",
        back={},
    )


def answer(heard: Heard, words: str, *, at: datetime) -> Answer:
    """The words as the robot's answer in the same conversation."""
    said = {"msgtype": "text", "text": {"content": words}} if words else {}
    return Answer(json.dumps(said, ensure_ascii=False).encode(), "application/json")


def _json(body: bytes) -> dict[str, Any]:
    if len(body) > LARGEST:
        raise refused()
    try:
        read = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise refused() from error
    if not isinstance(read, dict):
        raise refused()
    return read
