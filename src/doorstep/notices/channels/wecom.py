"""WeCom (企业微信): a robot in a group that tells, and an application to which people write.

Telling: `DOORSTEP_WECOM=https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=…`, the address of a group's robot.

    POST {DOORSTEP_WECOM}     {"msgtype": "text", "text": {"content": "…"}}     → {"errcode": 0}

Hearing: the application's page names `https://…/hooks/wecom`, the token `DOORSTEP_WECOM_TOKEN`, the EncodingAESKey
`DOORSTEP_WECOM_AES_KEY` and the company `DOORSTEP_WECOM_CORP`. Each request is signed with SHA-1 over the sorted token,
time, nonce and ciphertext. The ciphertext is AES-256-CBC (key: the 43 letters and "=", base64; IV: its first 16 bytes;
PKCS#7 to 32 bytes) of 16 random bytes, the length of the message in 4, the message, and the company. The address is
tried out by a GET whose `echostr` goes back in the clear; messages come by POST as XML, and so does the answer go back.
"""  # read, not shown

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import struct
from datetime import datetime
from typing import Final, Literal
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from doorstep.core import calling
from doorstep.core.text import say
from doorstep.notices.channels import Letter, NotSent
from doorstep.notices.hearing import LARGEST, Answer, Asked, Heard, key_of, refuse_old, refused, sender_of

CONTACT: Literal["account"] = "account"
LONGEST: Final = 500
BLOCK: Final = 32
# The robot's own bound of messages a minute, and "busy"; everything else stays refused.
LATER: Final = {-1, 45009, 45033}


# Telling -------------------------------------------------------------------------------------------------------------


def is_configured() -> bool:
    return bool(settings.WECOM_ROBOT)


def send(letter: Letter) -> None:
    """Say it in the group, without a name and without a link."""
    body = json.dumps({"msgtype": "text", "text": {"content": letter.body}}, ensure_ascii=False).encode()
    told(settings.WECOM_ROBOT, body, LATER)


def told(url: str, body: bytes, later: set[int]) -> None:
    """Call a robot: it answers 200 whatever it thinks, and says what it thinks as `errcode`."""
    try:
        answer = calling.post(url, body, {"Content-Type": "application/json"})
    except calling.NotReached as error:
        raise NotSent(say("notices-trouble-unreachable")) from error
    if answer.status != 200:
        raise NotSent(say("notices-trouble-refused", code=str(answer.status)), for_good=400 <= answer.status < 500)
    try:
        code = int(json.loads(answer.body)["errcode"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotSent(say("notices-trouble-refused", code="?")) from error
    if code:
        raise NotSent(say("notices-trouble-refused", code=str(code)), for_good=code not in later)


# Hearing -------------------------------------------------------------------------------------------------------------


def hears() -> bool:
    return bool(settings.WECOM_TOKEN and len(settings.WECOM_AES_KEY) == 43 and settings.WECOM_CORP)


def hear(asked: Asked, *, at: datetime) -> Heard | Answer:
    """One message of the application; pictures, places and events are none."""
    if asked.method == "GET":
        return Answer(opened(asked, asked.query.get("echostr", ""), at), "text/plain; charset=utf-8")
    message = _xml(opened(asked, _xml(asked.body).get("Encrypt", ""), at))
    if message.get("MsgType") != "text":
        return Answer(b"", "text/plain")
    sender, ours = message.get("FromUserName", ""), message.get("ToUserName", "")
    return Heard(
        channel="wecom",
        key=key_of("wecom", message.get("MsgId", "") or f"{sender} {message.get('CreateTime')}"),
        sender=sender_of("wecom", sender),
        words=message.get("Content", ""),
        in_group=False,
        back={"to": sender, "from": ours},
    )


def answer(heard: Heard, words: str, *, at: datetime) -> Answer:
    """The words as a passive answer, which the sender alone reads."""
    if not words:
        return Answer(b"", "text/plain")
    moment = str(int(at.timestamp()))
    to, ours = (escape(heard.back[name]) for name in ("to", "from"))
    plain = (
        f"<xml><ToUserName>{to}</ToUserName><FromUserName>{ours}</FromUserName><CreateTime>{moment}</CreateTime>"
        f"<MsgType>text</MsgType><Content>{escape(words)}</Content></xml>"
    )
    sealed, nonce = encrypted(plain.encode()), secrets.token_hex(8)
    whole = (
        f"<xml><Encrypt>{sealed}</Encrypt><MsgSignature>{signature(moment, nonce, sealed)}</MsgSignature>"
        f"<TimeStamp>{moment}</TimeStamp><Nonce>{nonce}</Nonce></xml>"
    )
    return Answer(whole.encode(), "application/xml; charset=utf-8")


def opened(asked: Asked, sealed: str, at: datetime) -> bytes:
    """What was sealed for us, if it is signed and new."""
    query = asked.query
    moment, nonce = query.get("timestamp", ""), query.get("nonce", "")
    expected = signature(moment, nonce, sealed)
    if not hmac.compare_digest(expected.encode(), query.get("msg_signature", "").encode()):
        raise refused()
    refuse_old(moment, ticks_a_second=1, at=at)
    return decrypted(sealed)


def signature(moment: str, nonce: str, sealed: str) -> str:
    parts = sorted([settings.WECOM_TOKEN, moment, nonce, sealed])
    return hashlib.sha1("".join(parts).encode()).hexdigest()  # noqa: S324 - WeCom's own choice


def decrypted(sealed: str) -> bytes:
    """The message inside; refused when it was not sealed for this company."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        opener = _cipher().decryptor()
        padded = opener.update(raw) + opener.finalize()
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise ValueError("padding")
        plain = padded[16:-pad]
        (length,) = struct.unpack(">I", plain[:4])
        message, company = plain[4 : 4 + length], plain[4 + length :]
    except (ValueError, IndexError, struct.error) as error:
        raise refused() from error
    if not hmac.compare_digest(company, settings.WECOM_CORP.encode()):
        raise refused()
    return message


def encrypted(message: bytes) -> str:
    """The message sealed as WeCom opens it."""
    plain = secrets.token_bytes(16) + struct.pack(">I", len(message)) + message + settings.WECOM_CORP.encode()
    pad = BLOCK - len(plain) % BLOCK
    sealer = _cipher().encryptor()
    return base64.b64encode(sealer.update(plain + bytes([pad]) * pad) + sealer.finalize()).decode()


def _cipher() -> Cipher[modes.CBC]:
    key = base64.b64decode(settings.WECOM_AES_KEY + "=")
    return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def _xml(body: bytes) -> dict[str, str]:
    """The fields of a flat message; what declares types of its own is refused before it is read."""
    if len(body) > LARGEST or b"<!" in body.replace(b"<![CDATA[", b""):
        raise refused()
    try:
        return {each.tag: each.text or "" for each in ElementTree.fromstring(body)}  # noqa: S314 - no declarations
    except ElementTree.ParseError as error:
        raise refused() from error
