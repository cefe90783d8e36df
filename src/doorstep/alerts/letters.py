"""A reminder becomes a letter: marked as what it is, in the reader's language, with the way to stop it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.core.signing import BadSignature, Signer

from doorstep.core.crypto import SealBroken, mark, unseal
from doorstep.core.text import Message, languages, say, text, use_language
from doorstep.core.time.zone import local
from doorstep.notices.channels import Channel, Letter

COLUMNS: Final = """d.id, d.phase, d.channel, d.attempts, d.reminder_id, d.subscription_id,
    coalesce(s.language, 'zh'), s.sealed, s.code_until, coalesce(n.phone, ''), coalesce(n.email, ''),
    r.kind, r.words, r.all_clear, r.drill, r.issuer, r.warning, r.severity, r.issued_at, r.source, r.until,
    coalesce(nullif(r.place, ''), a.name)"""
"""What a letter is made of, from deliveries d, reminders r, areas a, subscriptions s and people n."""


@dataclass(frozen=True)
class Due:
    """A delivery in hand, and what is known of its reminder and its reader at this moment."""

    id: int
    phase: str
    channel: str
    attempts: int
    reminder: int | None
    subscription: int | None
    language: str
    sealed: bytes | None
    code_until: datetime | None
    phone: str
    email: str
    kind: str
    words: str
    all_clear: str
    drill: str
    issuer: str
    warning: str
    severity: str
    issued_at: datetime | None
    source: str
    until: datetime | None
    place: str

    @classmethod
    def read(cls, row: Sequence[Any]) -> Due:
        """From a row of `COLUMNS`."""
        return cls(**dict(zip((each.name for each in fields(cls)), row, strict=True)))

    def address(self, contact: str) -> str:
        """Where the channel writes to; nothing when it is gone."""
        if contact == "account":
            return self.channel
        if self.sealed is not None:
            try:
                return unseal(bytes(self.sealed)).decode()
            except SealBroken:
                return ""
        return self.phone if contact == "phone" else self.email


def letter(due: Due, channel: Channel) -> Letter:
    """The letter; what is too long for a short message is not cut, but stands behind the link."""
    with use_language(due.language if due.language in languages else "zh"):
        subject, body = _code(due) if due.phase == "code" else _reminded(due, channel)
        return Letter(f"reminder-{due.id}", due.address(channel.CONTACT), subject, body, due.language)


def marks(drill: str, kind: str, phase: str = "word") -> str:
    """What it is, before all else: a drill, a relay, an all-clear."""
    told = [
        text(key)
        for key, holds in (
            ("reminders-mark-drill", bool(drill)),
            ("reminders-mark-relay", kind == "relay"),
            ("reminders-mark-all-clear", phase == "all-clear"),
        )
        if holds
    ]
    return "".join(told)


def headline(due: Any) -> Message:
    """What it is about: a kind, or whose warning of which number."""
    if due.kind == "relay":
        return say(
            "reminders-relayed",
            issuer=due.issuer,
            severity=due.severity,
            warning=due.warning,
            when=_moment(due.issued_at),
        )
    return say(f"reminders-kind-{due.kind}")


def stop_link(subscription: int) -> str:
    """By which whoever reads it is reminded no more, without an account."""
    return urljoin(settings.PUBLIC_ADDRESS, f"/reminders/stop/{_signer().sign(str(subscription))}/")


def subscription_of(token: str) -> int | None:
    """The subscription that a link of ours names."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def code_of(subscription: int, until: datetime) -> str:
    """The six digits that confirm an address: made from its row and its hour, and kept nowhere."""
    return f"{int(mark('reminder code', f'{subscription} {until.timestamp():.0f}'), 16) % 1_000_000:06d}"


def _code(due: Due) -> tuple[str, str]:
    assert due.subscription is not None and due.code_until is not None
    said = text("reminders-code", code=code_of(due.subscription, due.code_until))
    return text("reminders-code-subject"), said


def _reminded(due: Due, channel: Channel) -> tuple[str, str]:
    said, told = text(headline(due)), due.all_clear if due.phase == "all-clear" else due.words
    subject = f"{marks(due.drill, due.kind, due.phase)}{said}"
    gaps: dict[str, Any] = {
        "subject": subject,
        "place": due.place,
        "until": _moment(due.until),
        "link": urljoin(settings.PUBLIC_ADDRESS, f"/reminders/{due.reminder}/"),
        "stop": text("reminders-stop-line", link=stop_link(due.subscription)) if due.subscription else "",
    }
    key = "reminders-body-drill" if due.drill else "reminders-body"
    whole = text(key, words=told, **gaps)
    if len(whole) > channel.LONGEST:
        whole = text(key, words=text("reminders-behind-link"), **gaps)
    return subject, whole.strip()


def _moment(at: datetime | None) -> Message | str:
    if at is None:
        return ""
    when = local(at)
    return say("parts-moment", month=when.month, day=when.day, time=f"{when:%H:%M}")


def _signer() -> Signer:
    return Signer(salt="doorstep reminders", sep=".")
