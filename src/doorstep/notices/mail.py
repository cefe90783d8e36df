"""A letter that somebody wrote to us becomes a case, or a note on the case that it answers.

Message-ID, sender and words together are its key: the same letter delivered again does nothing twice, and a letter that
borrows the Message-ID of another swallows none. What a machine wrote is let lie: answers of absent people, lists,
letters that came back, and our own. Only pictures are taken of what is attached, each made anew.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parseaddr
from enum import StrEnum
from html.parser import HTMLParser
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import transaction

from doorstep.cases.actions.contact import ContactRefused, readable_contact
from doorstep.cases.actions.ledger import MoveRefused, SomebodyWasFirst
from doorstep.cases.actions.photos import Picture, PictureRefused, clean
from doorstep.cases.actions.report import LONGEST_REPORT, Contact, Report, report
from doorstep.cases.actions.writing_back import TooLate, write_back
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.signs import plain
from doorstep.core.text import text
from doorstep.notices.actions.accounts import heard_since, keep_account
from doorstep.notices.channels.email import notice_answered, server_of
from doorstep.notices.hearing import key_of, sender_of
from doorstep.notices.models import Notice

LARGEST: Final = 25 * 1024 * 1024
MOST_PICTURES: Final = 3
MOST_PARTS: Final = 100
_BULK: Final = {"bulk", "junk", "list", "auto_reply"}
_MACHINES: Final = {"mailer-daemon", "postmaster", "no-reply", "noreply", "donotreply"}
CHANNEL: Final = "mail"
AN_HOUR: Final = timedelta(hours=1)
_THREAD: Final = re.compile(r"<[!-;=?-~]{1,240}>")
_QUOTED: Final = re.compile(  # read, not shown
    r"^(?:-{2,} ?(?:Original Message|原始邮件|转发的邮件).*|_{20,}|On .{4,200} wrote:"  # read, not shown
    r"|在 ?.{4,200}写道[:：]|发件人[:：].*|From: .*@.*)$"  # read, not shown
)
_SUBJECT: Final = re.compile(r"^(?:(?:re|fw|fwd|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)  # read, not shown


class Became(StrEnum):
    """What became of a letter."""

    CASE = "case"
    NOTE = "note"
    LATER = "later"
    MACHINE = "machine"
    EMPTY = "empty"
    LARGE = "large"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Letter:
    """What a person wrote, as far as we keep it."""

    key: UUID
    sender: str
    name: str
    words: str
    pictures: tuple[Picture, ...]
    answers: int | None
    """The notice of ours that it answers."""

    thread: str
    """Its own Message-ID, so that what we answer stands beside it."""


def receive(raw: bytes, *, at: datetime) -> Became:
    """Take one letter as a mail server hands it over; the same letter again does nothing twice.

    `LATER` when its sender has written too much in this hour, or another letter to the same case came first.
    """
    if len(raw) > LARGEST:
        return Became.LARGE
    try:
        message = message_from_bytes(raw, policy=policy.default)
        if is_from_a_machine(message):
            return Became.MACHINE
        letter = read(message)
    except (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError):
        # The standard library trips over broken headers in more ways than it names.
        return Became.UNREADABLE
    if not letter.words:
        return Became.EMPTY
    try:
        return Became.NOTE if _note(letter, at) else _case(letter, at)
    except SomebodyWasFirst:
        return Became.LATER


def _case(letter: Letter, at: datetime) -> Became:
    sender = sender_of(CHANNEL, letter.sender.lower())
    if letter.sender and heard_since(CHANNEL, sender, at - AN_HOUR) >= settings.REPORTS_PER_HOUR:
        return Became.LATER
    said = Report(letter.words, contact=_contact(letter), key=letter.key, pictures=letter.pictures)
    receipt = report(said, at=at)
    keep_account(receipt.case, CHANNEL, sender, thread=letter.thread)
    return Became.CASE


def is_from_a_machine(message: EmailMessage) -> bool:
    """Whether no person wrote this (RFC 3834), or we did: then an answer would go round in circles."""
    sender = _address(message)
    return (
        str(message.get("Auto-Submitted", "no")).split(";")[0].strip().lower() != "no"
        or str(message.get("Precedence", "")).strip().lower() in _BULK
        or any(message.get(name) is not None for name in ("List-Id", "List-Unsubscribe", "X-Autoreply", "X-Loop"))
        or str(message.get("Return-Path", "-")).strip() == "<>"
        or message.get_content_type() == "multipart/report"
        or sender.partition("@")[0].lower() in _MACHINES
        or (bool(sender) and sender.lower() == _our_address())
    )


def read(message: EmailMessage) -> Letter:
    """The words of a letter, without what it quotes, and its pictures."""
    thread = _THREAD.search(str(message.get("Message-ID", "")))
    sender, pictures, words = _address(message), _pictures(message), _words(message)
    if not words and pictures:
        words = text("notices-mail-only-pictures")
    known = "\0".join((thread[0] if thread else "", sender, words, *(_digest(each.image) for each in pictures)))
    above = f"{message.get('In-Reply-To', '')} {message.get('References', '')}"
    return Letter(
        key=key_of(CHANNEL, known),
        sender=sender,
        name=_line(parseaddr(str(message.get("From", "")))[0])[:60],
        words=words,
        pictures=pictures,
        answers=notice_answered(above),
        thread=thread[0] if thread else "",
    )


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _note(letter: Letter, at: datetime) -> bool:
    """Add it to the case whose notice it answers, if it comes from where that notice went."""
    if letter.answers is None or not letter.sender:
        return False
    with acting_as(WORKER):
        found = Notice.objects.filter(pk=letter.answers, case__contact__email__iexact=letter.sender).first()
    if found is None:
        return False
    try:
        with transaction.atomic():
            write_back(CaseId(found.case_id), letter.words, at=at, pictures=letter.pictures, key=letter.key)
    except (MoveRefused, TooLate):
        return False
    return True


def _contact(letter: Letter) -> Contact:
    try:
        return readable_contact(letter.sender, "", name=letter.name)
    except ContactRefused:
        return Contact()


def _address(message: EmailMessage) -> str:
    return parseaddr(str(message.get("From", "")))[1].strip()


def _our_address() -> str:
    return server_of(settings.EMAIL_URL).sender.addr_spec.lower() if settings.EMAIL_URL else ""


def _words(message: EmailMessage) -> str:
    subject = _SUBJECT.sub("", _line(str(message.get("Subject", ""))))
    body = _own_words(_body(message))
    words = body if not subject or subject in body else f"{subject}\n{body}".strip()
    return words if len(words) <= LONGEST_REPORT else f"{words[: LONGEST_REPORT - 1]}…"


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None or not isinstance(part, EmailMessage):
        return ""
    raw = part.get_payload(decode=True)
    written = _decoded(raw if isinstance(raw, bytes) else b"", part.get_content_charset() or "utf-8")
    if part.get_content_type() == "text/html":
        return _without_tags(written)
    return plain(written.replace("\r\n", "\n").replace("\r", "\n"))


def _decoded(raw: bytes, charset: str) -> str:
    # Many programs say GB2312 and write what only GB18030 holds.
    charset = "gb18030" if charset.lower().replace("-", "") in {"gb2312", "gbk", "gb18030", "cp936"} else charset
    try:
        return raw.decode(charset, errors="replace")
    except LookupError:
        return raw.decode("utf-8", errors="replace")


def _own_words(body: str) -> str:
    """What this letter adds: up to what it quotes or signs with."""
    kept = []
    for line in body.splitlines():
        if _QUOTED.match(line.strip()) or line.rstrip() == "--":
            break
        if not line.lstrip().startswith(">"):
            kept.append(line.rstrip())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _pictures(message: EmailMessage) -> tuple[Picture, ...]:
    """The first pictures that can be kept; everything else that is attached is left where it is."""
    kept: list[Picture] = []
    for nth, part in enumerate(message.walk()):
        if nth >= MOST_PARTS or len(kept) >= MOST_PICTURES:
            break
        if part.get_content_maintype() != "image":
            continue
        raw = part.get_payload(decode=True)
        try:
            kept.append(clean(raw if isinstance(raw, bytes) else b""))
        except PictureRefused:
            continue
    return tuple(kept)


def _line(words: str) -> str:
    return " ".join(plain(words).split())


class _Text(HTMLParser):
    """The words between the tags; scripts and styles are none."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li"):
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)


def _without_tags(html: str) -> str:
    reader = _Text()
    reader.feed(html)
    return plain("\n".join(" ".join(line.split()) for line in "".join(reader.words).splitlines()))
