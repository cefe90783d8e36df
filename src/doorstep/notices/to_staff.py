"""Letters to whoever holds a post: something waits for their answer. The address is read when it is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urljoin

import orjson
from django.conf import settings
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message, as_json, from_json, text, use_language
from doorstep.core.time.zone import local_date
from doorstep.notices.channels import Channel, Letter, channels
from doorstep.notices.models import StaffNotice

SPOKEN_AT_DESKS: Final = "zh"
REACHED_BY: Final = ("email", "phone")
"""What is known of a member of staff; other channels answer where a resident wrote to us."""


@dataclass(frozen=True)
class StaffDue:
    """A claimed notice, and how whoever holds the post at this moment is reached."""

    id: int
    channel: str
    attempts: int
    written_at: datetime
    page: str
    message: Mapping[str, Any]
    email: str
    phone: str

    def address(self, contact: str) -> str:
        """The part of the contact that a channel writes to."""
        return self.email if contact == "email" else self.phone


def write(posts: Sequence[int], about: str, page: str, message: Message, *, at: datetime) -> None:
    """Tell the holders of these posts, once of each thing that it is `about`; `page` is where they answer."""
    with acting_as(WORKER, because="tell desks"):
        StaffNotice.objects.bulk_create(
            (
                StaffNotice(
                    post_id=post,
                    about=about,
                    page=page,
                    channel=name,
                    message=as_json(message),
                    look_again_at=at,
                    written_at=at,
                )
                for post in posts
                for name, channel in channels().items()
                if channel.CONTACT in REACHED_BY
            ),
            ignore_conflicts=True,
        )


def claim(at: datetime, limit: int, claimed_for: timedelta) -> Sequence[StaffDue]:
    """Take notices so that no other worker sends them, with the addresses as they are now."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + claimed_for, "limit": limit, "today": local_date(at)})
        names = [each.name for each in fields(StaffDue)]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    return [StaffDue(**{**row, "message": orjson.loads(row["message"])}) for row in rows]


def letter(due: StaffDue, channel: Channel) -> Letter:
    """The letter, with the address of the page that waits."""
    with use_language(SPOKEN_AT_DESKS):
        said, link = text(from_json(due.message)), urljoin(settings.PUBLIC_ADDRESS, due.page)
        key = "notices-staff-short" if channel.CONTACT == "phone" else "notices-staff-long"
        body = text(key, said=said, link=link)
        return Letter(f"staff-notice-{due.id}", due.address(channel.CONTACT), said, body, SPOKEN_AT_DESKS)


# A post may change hands between the writing and the sending: whoever holds it by then is told.
_CLAIM = """
WITH due AS (
    SELECT id FROM notices_staff_notice WHERE look_again_at <= %(at)s ORDER BY look_again_at
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE notices_staff_notice n SET state = 'sending', attempts = n.attempts + 1, look_again_at = %(until)s
    FROM due WHERE n.id = due.id RETURNING n.*
)
SELECT n.id, n.channel, n.attempts, n.written_at, n.page, n.message::text,
    coalesce(held.email, ''), coalesce(held.phone, '')
FROM claimed n LEFT JOIN LATERAL (
    SELECT p.email, p.phone FROM staff_appointment a JOIN staff_person p ON p.id = a.person_id
    WHERE a.post_id = n.post_id AND a.from_on <= %(today)s AND (a.until_on IS NULL OR a.until_on > %(today)s)
    ORDER BY a.from_on DESC, a.id DESC LIMIT 1
) held ON true
ORDER BY n.id
"""
