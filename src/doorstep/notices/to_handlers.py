"""Letters to outside handlers: the link to their one case, at their unit's duty contact or at an address typed once.

What somebody at a desk sends by hand goes out at once, at any hour: it is work, and they chose the moment.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from urllib.parse import urljoin

import orjson
from django.conf import settings
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.contacts import masked
from doorstep.core.crypto import seal
from doorstep.core.text import Message, from_json, say, text, use_language
from doorstep.core.time.zone import local
from doorstep.events.cases import LinkToSend
from doorstep.notices.channels import Channel, Letter
from doorstep.notices.models import LinkNotice
from doorstep.staff.duty import opened

SPOKEN_BY_FIRMS: Final = "zh"
LONGEST_NAME: Final = 40
UNDER_WAY: Final = frozenset({"waiting", "sending"})


@dataclass(frozen=True)
class LinkDue:
    """A claimed link, and where it goes at this moment."""

    id: int
    channel: str
    attempts: int
    written_at: datetime
    until: datetime
    unit: str
    giver: str
    to: str
    secret: str

    def address(self, contact: str) -> str:
        """Where a channel writes to."""
        return self.to


class LinkSent(NamedTuple):
    """What became of a link that was to be sent, as the desk sees it."""

    link: int
    channel: str
    hint: str
    state: str
    look_again_at: datetime | None
    sent_at: datetime | None
    trouble: str

    @property
    def is_under_way(self) -> bool:
        """Whether it is still to be sent."""
        return self.state in UNDER_WAY

    @property
    def trouble_told(self) -> Message | None:
        """Why it did not go out."""
        return from_json(orjson.loads(self.trouble)) if self.trouble else None


def sent_of(links: Collection[int]) -> dict[int, LinkSent]:
    """What became of these links, as far as whoever asks may see them."""
    found = LinkNotice.objects.filter(pk__in=links).values_list("link_id", *LinkSent._fields[1:])
    return {row[0]: LinkSent(*row) for row in found}


def write(told: LinkToSend) -> None:
    """One link to be sent; what opens it and where it goes are sealed."""
    with acting_as(WORKER, because="send a link"):
        LinkNotice.objects.create(
            link_id=told.link,
            channel=told.channel,
            to=seal(told.to.encode()) if told.to else None,
            hint=masked(told.to),
            secret=seal(told.secret.encode()),
            look_again_at=told.at,
            written_at=told.at,
        )


def stop(links: Collection[int]) -> None:
    """These links have ended: what has not gone out does not, and nothing of where it was to go is left."""
    with acting_as(WORKER, because="a link ended"), connection.cursor() as cursor:
        cursor.execute(f"{_STOP} WHERE link_id = ANY(%s)", [list(links)])


_STOP: Final = """
UPDATE notices_link_notice SET secret = NULL, "to" = NULL, look_again_at = NULL,
    state = CASE WHEN state IN ('waiting', 'sending') THEN 'stopped' ELSE state END"""


def claim(at: datetime, limit: int, claimed_for: timedelta) -> Sequence[LinkDue]:
    """Take links so that no other worker sends them; those that are over by now are stopped."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            f"{_STOP} FROM cases_outside_link l WHERE l.id = link_id AND look_again_at <= %(at)s"
            " AND (l.ended_at IS NOT NULL OR l.until <= %(at)s)",
            {"at": at},
        )
        cursor.execute(_CLAIM, {"at": at, "until": at + claimed_for, "limit": limit})
        return [_read(*row) for row in cursor.fetchall()]


def _read(*row: Any) -> LinkDue:
    link, channel, attempts, written_at, until, unit, giver, typed, phone, email, secret = row
    to = opened(typed) if typed else opened({"sms": phone, "email": email}.get(channel))
    return LinkDue(link, channel, attempts, written_at, until, unit, giver, to, opened(secret))


# The duty contact may have changed between the writing and the sending: whoever is on duty by then is told.
_CLAIM: Final = """
WITH due AS (
    SELECT link_id FROM notices_link_notice WHERE look_again_at <= %(at)s ORDER BY look_again_at
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE notices_link_notice n SET state = 'sending', attempts = n.attempts + 1, look_again_at = %(until)s
    FROM due WHERE n.link_id = due.link_id RETURNING n.*
)
SELECT n.link_id, n.channel, n.attempts, n.written_at, l.until, u.name, coalesce(g.name, ''),
    n."to", d.phone, d.email, n.secret
FROM claimed n JOIN cases_outside_link l ON l.id = n.link_id JOIN staff_unit u ON u.id = l.unit_id
LEFT JOIN staff_unit g ON g.id = l.given_unit_id LEFT JOIN staff_duty_contact d ON d.unit_id = l.unit_id
ORDER BY n.link_id
"""


def mark(due: LinkDue, ending: Mapping[str, Any]) -> None:
    """What became of one attempt, unless the link ended meanwhile; looked at again when it expires, to be forgotten."""
    told = {**ending, "look_again_at": ending["look_again_at"] or due.until}
    LinkNotice.objects.filter(pk=due.id, attempts=due.attempts, state="sending").update(**told)


def letter(due: LinkDue, channel: Channel) -> Letter:
    """The link, until when it is good and who gives it; nothing of the case, which stays behind the link."""
    with use_language(SPOKEN_BY_FIRMS):
        until = local(due.until)
        named: dict[str, Message | str] = {
            "giver": due.giver[:LONGEST_NAME] or text("parts-name"),
            "unit": due.unit[:LONGEST_NAME],
            "until": say("parts-moment", month=until.month, day=until.day, time=f"{until:%H:%M}"),
            "link": urljoin(settings.PUBLIC_ADDRESS, f"/h/{due.secret}/"),
        }
        body = text("outside-sent-short" if channel.CONTACT == "phone" else "outside-sent-long", None, **named)
        subject = text("outside-sent-subject", giver=named["giver"], unit=named["unit"])
        key = f"link-notice-{due.id}-{int(due.written_at.timestamp())}"
        return Letter(key, due.to, subject, body, SPOKEN_BY_FIRMS)
