"""A notice becomes a letter: in the reader's language, with the number, the promise and the link."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final
from urllib.parse import urljoin

import orjson
from django.conf import settings

from doorstep.core.access.links import follow_token
from doorstep.core.text import from_json, language, languages, say, text, use_language
from doorstep.core.time.zone import local
from doorstep.notices.channels import Channel, Letter

COLUMNS: Final = """n.id, n.case_id, c.number, n.channel, n.attempts, n.written_at, n.message::text,
    coalesce(k.email, ''), coalesce(k.phone, ''), coalesce(k.language, 'zh'),
    CASE WHEN c.is_open THEN c.promised_by END,
    coalesce((SELECT a.sender FROM notices_account a WHERE a.case_id = n.case_id), ''),
    coalesce((SELECT a.thread FROM notices_account a WHERE a.case_id = n.case_id), '')"""
"""What a letter is made of, from notices n, cases c and contacts k. Nothing is promised of a case that has ended."""


@dataclass(frozen=True)
class Due:
    """A claimed notice, and what is known of its case and its reader at this moment."""

    id: int
    case: int
    number: str
    channel: str
    attempts: int
    written_at: datetime
    message: Mapping[str, Any]
    email: str
    phone: str
    language: str
    promised_by: datetime | None
    account: str = ""
    thread: str = ""

    @classmethod
    def read(cls, row: Sequence[Any]) -> Due:
        """From a row of `COLUMNS`."""
        named = dict(zip((each.name for each in fields(cls)), row, strict=True))
        return cls(**{**named, "message": orjson.loads(named["message"])})

    def address(self, contact: str) -> str:
        """The part of the contact that a channel writes to."""
        return {"email": self.email, "phone": self.phone, "account": self.account}[contact]

    @property
    def key(self) -> str:
        """The same for every attempt; another when the same thing was asked for again."""
        return f"notice-{self.id}-{int(self.written_at.timestamp())}"


def letter(due: Due, channel: Channel, *, at: datetime) -> Letter:
    """The letter, short or long as the channel takes it; the link in it is good from now."""
    with use_language(due.language if due.language in languages else "zh"):
        said = text(from_json(due.message))
        link = follow_link(due.case, at=at)
        subject = text("notices-subject", number=due.number)
        if channel.CONTACT == "account":
            # Others read along in a group: what happened to a number, and nothing by which to follow or judge it.
            body = _cut(text("notices-group", said=said, number=due.number), channel.LONGEST)
        elif channel.CONTACT == "phone":
            room = channel.LONGEST - len(text("notices-short", said="", number=due.number, link=link))
            body = text("notices-short", said=_cut(said, room), number=due.number, link=link)
        else:
            body = text(
                "notices-long", said=said, number=due.number, link=link, promise=_promise(due), foot=say("notices-foot")
            )
        return Letter(due.key, due.address(channel.CONTACT), subject, body, language(), due.thread)


def follow_link(case: int, *, at: datetime) -> str:
    """The address by which a reporter follows the case."""
    return urljoin(settings.PUBLIC_ADDRESS, f"/c/{follow_token(case, at=at)}/")


def _promise(due: Due) -> str:
    if due.promised_by is None:
        return ""
    by = local(due.promised_by)
    return text("notices-promise", when=say("parts-moment", month=by.month, day=by.day, time=f"{by:%H:%M}"))


def _cut(words: str, room: int) -> str:
    return words if len(words) <= room else f"{words[: max(0, room - 1)]}…"
