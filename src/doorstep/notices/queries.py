"""What was told, and what went wrong on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import orjson
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message, from_json, say
from doorstep.notices import to_parties
from doorstep.notices.channels import Letter, channels
from doorstep.notices.letters import COLUMNS, Due, letter
from doorstep.notices.models import Notice


def notices_of(case: int) -> list[Notice]:
    """What the reporter of a case was told, oldest first, as far as whoever asks may see the case."""
    return list(Notice.objects.filter(case=case).order_by("id"))


def trouble_of(notice: Notice) -> Message | None:
    """Why a notice did not go out, in words; None when there was no trouble."""
    if not notice.trouble:
        return None
    try:
        return from_json(orjson.loads(notice.trouble))
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return say("notices-trouble-ours")


@dataclass(frozen=True)
class Unsent:
    """A letter that would have gone out, had there been a server to hand it to."""

    at: datetime
    channel: str
    letter: Letter


def outbox(*, at: datetime, limit: int = 20) -> list[Unsent]:
    """The latest letters that were not sent because no server is configured; for the demo."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}"  # noqa: S608 - our own column names
            " FROM notices_notice n JOIN cases_case c ON c.id = n.case_id JOIN cases_contact k ON k.case_id = n.case_id"
            " WHERE n.state = 'unsent' ORDER BY n.id DESC LIMIT %s",
            [limit],
        )
        due = [Due.read(row) for row in cursor.fetchall()]
    to_reporters = [
        Unsent(each.written_at, each.channel, letter(each, channels()[each.channel], at=at)) for each in due
    ]
    both = [*to_reporters, *_to_parties(at, limit)]
    return sorted(both, key=lambda each: each.at, reverse=True)[:limit]


def _to_parties(at: datetime, limit: int) -> list[Unsent]:
    return [
        Unsent(written_at, due.channel, to_parties.letter(due, channels()[due.channel], at=at))
        for due, written_at in to_parties.unsent(limit)
    ]
