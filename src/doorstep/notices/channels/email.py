"""Letters by SMTP: `DOORSTEP_SMTP=smtp://user:password@host:port?tls=starttls&from=desk@example.org`.

`tls` is `starttls` (as a rule, port 587), `tls` (from the first byte, port 465) or `none` (loopback and trusted
networks only). User and password may be left out. The Message-ID is made from the notice, so that a letter which
arrives twice is known to be one, and carries a seal, so that nobody can make up a letter of ours to answer.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import lru_cache
from typing import Any, Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from doorstep.core.text import say, text
from doorstep.notices.channels import Letter, NotSent

CONTACT: Literal["email"] = "email"
LONGEST: Final = 10_000
TIMEOUT_S: Final = 15
TLS: Final = ("starttls", "tls", "none")
_OURS: Final = re.compile(r"<(notice-(\d{1,18})-\d{1,15})\.([0-9a-f]{20})@")
PORTS: Final = {"starttls": 587, "tls": 465, "none": 25}


@dataclass(frozen=True)
class Server:
    """Where letters are handed in, and whom they come from."""

    host: str
    port: int
    tls: str
    sender: Address
    user: str = ""
    password: str = ""


def is_configured() -> bool:
    return bool(settings.EMAIL_URL)


def send(letter: Letter) -> None:
    """Hand in one letter. A refusal with 5xx is for good, all else is tried again."""
    with line() as hand:
        hand(letter)


@contextmanager
def line() -> Iterator[Callable[[Letter], None]]:
    """Hand in many letters in one session; after a trouble the next letter opens another."""
    server = server_of(settings.EMAIL_URL)
    with ExitStack() as open_ones:
        sessions: list[smtplib.SMTP] = []

        def hand(letter: Letter) -> None:
            message = written(letter, server)
            try:
                if not sessions:
                    sessions.append(open_ones.enter_context(_session(server)))
                sessions[0].send_message(message)
            except smtplib.SMTPRecipientsRefused as error:
                raise _refused(next(iter(error.recipients.values()))[0]) from error
            except (smtplib.SMTPException, OSError) as error:
                sessions.clear()
                with suppress(smtplib.SMTPException, OSError):
                    open_ones.close()
                if isinstance(error, smtplib.SMTPResponseException):
                    raise _refused(error.smtp_code) from error
                raise NotSent(say("notices-trouble-unreachable")) from error

        yield hand


def server_of(url: str) -> Server:
    """The server that an address as above names; `ValueError` for any other."""
    parts = urlsplit(url)
    options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    tls = options.get("tls", "starttls")
    if parts.scheme != "smtp" or not parts.hostname or tls not in TLS:
        raise ValueError("DOORSTEP_SMTP is written smtp://user:password@host:port?tls=starttls&from=desk@example.org")
    return Server(
        host=parts.hostname,
        port=parts.port or PORTS[tls],
        tls=tls,
        sender=Address(display_name=text("parts-name"), addr_spec=options.get("from", f"doorstep@{_domain()}")),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


def written(letter: Letter, server: Server) -> EmailMessage:
    """The letter as mail. An address or a subject that would begin another header is refused, never sent."""
    message = EmailMessage(policy=SMTP)
    try:
        message["From"] = _parsed("From", str(server.sender))
        message["To"] = Address(addr_spec=letter.to)
        message["Subject"] = _parsed("Subject", letter.subject)
        message["Message-ID"] = f"<{letter.key}.{_seal(letter.key)}@{_domain()}>"
        if letter.thread:
            message["In-Reply-To"] = message["References"] = letter.thread
        # RFC 3834: no out-of-office answers to a machine.
        message["Auto-Submitted"] = _parsed("Auto-Submitted", "auto-generated")
    except (ValueError, MessageError, IndexError) as error:
        raise NotSent(say("notices-trouble-address"), for_good=True) from error
    message.set_content(letter.body)
    message["Content-Language"] = _parsed("Content-Language", letter.language)
    return message


@lru_cache(maxsize=32)
def _parsed(name: str, value: str) -> Any:
    """A header as a message parses it; the ten thousand letters of one reminder share most of theirs."""
    return SMTP.header_store_parse(name, value)[1]


@contextmanager
def _session(server: Server) -> Iterator[smtplib.SMTP]:
    context = ssl.create_default_context()
    if server.tls == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    else:
        session = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
    with session:
        if server.tls == "starttls":
            session.starttls(context=context)
        if server.user:
            session.login(server.user, server.password)
        yield session


def _refused(code: int) -> NotSent:
    # Only the number is kept: what the server says beside it often repeats the address.
    return NotSent(say("notices-trouble-refused", code=str(code)), for_good=500 <= code < 600 and code != 530)


def notice_answered(above: str) -> int | None:
    """The number of the notice among these Message-IDs, the last of them that bears our seal."""
    for key, number, seal in reversed(_OURS.findall(above)):
        if constant_time_compare(seal, _seal(key)):
            return int(number)
    return None


def _seal(key: str) -> str:
    # Hexadecimal, because some programs write Message-IDs in small letters.
    return salted_hmac("doorstep letter", key, algorithm="sha256").hexdigest()[:20]


def _domain() -> str:
    return urlsplit(settings.PUBLIC_ADDRESS).hostname or "localhost"
