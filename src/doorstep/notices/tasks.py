"""Send what is due. Every letter goes out at least once; the same key each time lets the other side see it once.

No transaction is open while the network is waited for: notices are claimed and committed, sent, and marked one by one.
A notice whose worker was killed in between is claimed again after `CLAIMED_FOR`.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import orjson
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message, as_json, say
from doorstep.notices import to_handlers, to_staff
from doorstep.notices.channels import Channel, Letter, NotSent, channels
from doorstep.notices.letters import COLUMNS, Due, letter
from doorstep.notices.models import Notice, StaffNotice
from doorstep.notices.rules.retrying import try_again_at
from doorstep.notices.to_handlers import LinkDue
from doorstep.notices.to_staff import StaffDue

CLAIMED_FOR: Final = timedelta(minutes=10)
BATCH: Final = 20
AnyDue = Due | StaffDue | LinkDue
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Ending:
    """What became of one attempt."""

    state: str
    trouble: Message | None = None
    look_again_at: datetime | None = None


def send_due(at: datetime, limit: int = BATCH) -> int:
    """Send the notices that are due, to reporters, desks and outside handlers; how many were looked at."""
    claimed: list[AnyDue] = [
        *claim(at, limit),
        *to_staff.claim(at, limit, CLAIMED_FOR),
        *to_handlers.claim(at, limit, CLAIMED_FOR),
    ]
    for due in claimed:
        _mark(due, _attempt(due, at), at)
    return len(claimed)


def claim(at: datetime, limit: int) -> Sequence[Due]:
    """Take notices so that no other worker sends them, with the addresses as they are now."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + CLAIMED_FOR, "limit": limit})
        return [Due.read(row) for row in cursor.fetchall()]


_CLAIM = f"""
WITH due AS (
    SELECT id FROM notices_notice WHERE look_again_at <= %(at)s ORDER BY look_again_at
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE notices_notice n SET state = 'sending', attempts = n.attempts + 1, look_again_at = %(until)s
    FROM due WHERE n.id = due.id RETURNING n.*
)
SELECT {COLUMNS}
FROM claimed n JOIN cases_case c ON c.id = n.case_id LEFT JOIN cases_contact k ON k.case_id = n.case_id
ORDER BY n.id
"""  # noqa: S608 - our own column names


def _attempt(due: AnyDue, at: datetime) -> Ending:
    channel = channels().get(due.channel)
    if channel is None or not channel.is_configured():
        return Ending("unsent", say("notices-trouble-no-server"))
    if not due.address(channel.CONTACT):
        no_address = "notices-trouble-no-duty" if isinstance(due, LinkDue) else "notices-trouble-no-address"
        return Ending("unsent", say(no_address))
    return _sent(due, channel, at)


def _sent(due: AnyDue, channel: Channel, at: datetime) -> Ending:
    try:
        channel.send(_written(due, channel, at))
    except NotSent as trouble:
        again = None if trouble.for_good else try_again_at(due.attempts, at)
        return Ending("waiting" if again else "failed", trouble.trouble, again)
    except Exception:
        # One letter that cannot be written must not hold up the others.
        _log.exception("Notice %s could not be sent.", due.id)
        again = try_again_at(due.attempts, at)
        return Ending("waiting" if again else "failed", say("notices-trouble-ours"), again)
    return Ending("sent")


def _written(due: AnyDue, channel: Channel, at: datetime) -> Letter:
    if isinstance(due, LinkDue):
        return to_handlers.letter(due, channel)
    return to_staff.letter(due, channel) if isinstance(due, StaffDue) else letter(due, channel, at=at)


def _mark(due: AnyDue, ending: Ending, at: datetime) -> None:
    trouble = "" if ending.trouble is None else orjson.dumps(as_json(ending.trouble)).decode()
    told = {
        "state": ending.state,
        "trouble": trouble[:200],
        "look_again_at": ending.look_again_at,
        "sent_at": at if ending.state == "sent" else None,
    }
    with acting_as(WORKER):
        if isinstance(due, LinkDue):
            to_handlers.mark(due, told)
            return
        kind = StaffNotice if isinstance(due, StaffDue) else Notice
        kind.objects.filter(pk=due.id, attempts=due.attempts).update(**told)
