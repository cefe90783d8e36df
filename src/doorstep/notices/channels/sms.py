"""Text messages by HTTP: `DOORSTEP_SMS=https://gateway.example.org/messages`, `DOORSTEP_SMS_SECRET=…`.

Gateways differ from one operator to the next; this is the one contract that we speak, for a gateway or for the few
lines that stand before it:

    POST {DOORSTEP_SMS}
    Content-Type: application/json
    Idempotency-Key: the same however often a message is tried; send such a message once
    X-Doorstep-Time: seconds since 1970; refuse what is older than five minutes
    X-Doorstep-Signature: sha256= and, in hexadecimal, HMAC-SHA256(secret, time + "." + body)

    {"to": "13800000000", "text": "…", "language": "zh"}

Hearing: the gateway hands on what people answer to

    POST {DOORSTEP_PUBLIC}/hooks/sms, with the same two headers made with the same secret
    {"id": "its own, the same however often it is delivered", "from": "13800000000", "text": "…"}

and gets `{"text": "…"}`, which it may send back, or `{}`. What answers a message of ours is put on its case, and the
number is shown to nobody; anything else becomes a case.

2xx: taken, and 409: taken before. 408, 425, 429 and 5xx: tried again later. Anything else: refused for good. The
address comes from the settings alone, and no redirect is followed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Final, Literal
from urllib.parse import urlsplit

from django.conf import settings

from doorstep.core.text import say
from doorstep.notices.channels import Letter, NotSent
from doorstep.notices.hearing import LARGEST, Answer, Asked, Heard, key_of, refuse_old, refused, sender_of

CONTACT: Literal["phone"] = "phone"
LONGEST: Final = 300
TIMEOUT_S: Final = 10
TRY_AGAIN: Final = {408, 425, 429}
SENDS_ONCE: Final = True
"""The gateway sends the same key once, so it may be given it again."""


def is_configured() -> bool:
    return bool(settings.SMS_URL)


def send(letter: Letter) -> None:
    """Hand one message to the gateway."""
    with line() as hand:
        hand(letter)


@contextmanager
def line() -> Iterator[Callable[[Letter], None]]:
    """Hand over many messages on one connection, if the gateway keeps it open."""
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("DOORSTEP_SMS is the http or https address of a gateway.")
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname, parts.port, timeout=TIMEOUT_S)
    path = parts.path + (f"?{parts.query}" if parts.query else "") or "/"
    try:
        yield lambda letter: _hand(connection, path, letter)
    finally:
        connection.close()


def _hand(connection: HTTPConnection, path: str, letter: Letter) -> None:
    body = json.dumps({"to": letter.to, "text": letter.body, "language": letter.language}, ensure_ascii=False).encode()
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": letter.key,
        "X-Doorstep-Time": moment,
        "X-Doorstep-Signature": f"sha256={signature(settings.SMS_SECRET, moment, body)}",
    }
    status = _posted(connection, path, body, headers)
    if 200 <= status < 300 or status == 409:
        return
    raise NotSent(say("notices-trouble-refused", code=str(status)), for_good=status < 500 and status not in TRY_AGAIN)


def signature(secret: str, moment: str, body: bytes) -> str:
    """What proves to the gateway that the message is ours and new."""
    return hmac.new(secret.encode(), moment.encode() + b"." + body, hashlib.sha256).hexdigest()


def hears() -> bool:
    return bool(settings.SMS_SECRET)


def hear(asked: Asked, *, at: datetime) -> Heard | Answer:
    """One text message that somebody sent."""
    moment, signed = asked.headers.get("x-doorstep-time", ""), asked.headers.get("x-doorstep-signature", "")
    wanted = f"sha256={signature(settings.SMS_SECRET, moment, asked.body)}"
    if len(asked.body) > LARGEST or not hmac.compare_digest(wanted.encode(), signed.encode()):
        raise refused()
    refuse_old(moment, ticks_a_second=1, at=at)
    try:
        message = json.loads(asked.body)
        key, phone, words = (message[name] for name in ("id", "from", "text"))
    except (ValueError, RecursionError, KeyError, TypeError) as error:
        raise refused() from error
    if not all(isinstance(each, str) for each in (key, phone, words)) or not key or not phone:
        raise refused()
    return Heard("sms", key_of("sms", key), sender_of("sms", phone), words, False, {"phone": phone})


def answer(heard: Heard, words: str, *, at: datetime) -> Answer:
    """The words for the gateway to send back."""
    said = {"text": words} if words else {}
    return Answer(json.dumps(said, ensure_ascii=False).encode(), "application/json")


def _posted(connection: HTTPConnection, path: str, body: bytes, headers: dict[str, str]) -> int:
    # A connection that the gateway has closed since is opened again; its key makes sure that it counts once.
    was_open = connection.sock is not None
    try:
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        answer.read(10_000)
        if not answer.isclosed():
            connection.close()
    except (OSError, HTTPException) as error:
        connection.close()
        if was_open and not isinstance(error, TimeoutError):
            return _posted(connection, path, body, headers)
        raise NotSent(say("notices-trouble-unreachable")) from error
    return answer.status
