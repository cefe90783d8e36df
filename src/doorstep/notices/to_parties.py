"""Letters to the parties of a mediation, each with the link of their own; the address is read when it is sent.

A party who left no address is told nothing from here: the mediator hands the link over.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urljoin

import orjson
from django.conf import settings
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import party_token
from doorstep.core.text import Message, as_json, from_json, languages, say, text, use_language
from doorstep.events import on
from doorstep.events.mediation import MediatorAsked, PartyTold
from doorstep.mediation.models import Contact
from doorstep.mediation.models import Letter as Kept
from doorstep.mediation.sealed import opened
from doorstep.notices import to_staff
from doorstep.notices.channels import Channel, Letter, NotSent, channels
from doorstep.notices.rules.retrying import try_again_at

CLAIMED_FOR: Final = timedelta(minutes=10)
BATCH: Final = 20
ADDRESSES: Final = ("email", "phone")
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PartyDue:
    """A claimed letter, and what is known of its reader at this moment."""

    id: int
    party: int
    turn: int
    number: str
    channel: str
    attempts: int
    message: Mapping[str, Any]
    reached: Mapping[str, str]
    language: str


@on(PartyTold)
def tell_parties(events: Sequence[PartyTold]) -> None:
    """Write down what parties are to be told, once of each thing, by every channel for which they left an address."""
    with acting_as(WORKER, because="tell parties"):
        found = {each.party_id: opened(each.sealed) for each in Contact.objects.filter(party__in=_parties(events))}
        ways = [(name, channel.CONTACT) for name, channel in channels().items() if channel.CONTACT in ADDRESSES]
        Kept.objects.bulk_create(
            (
                Kept(
                    party_id=event.party,
                    about=event.about,
                    channel=name,
                    message=as_json(event.message),
                    look_again_at=event.at,
                    written_at=event.at,
                )
                for event in events
                for name, contact in ways
                if found.get(event.party, {}).get(contact)
            ),
            ignore_conflicts=True,
        )


def _parties(events: Sequence[PartyTold]) -> list[int]:
    return [each.party for each in events]


@on(MediatorAsked)
def ask_posts(events: Sequence[MediatorAsked]) -> None:
    """The mediator who is asked, or the desk that must find another, hears where to answer."""
    for event in events:
        to_staff.write(event.posts, event.about, f"/desk/mediation/{event.mediation}/", event.message, at=event.at)


def send_due(at: datetime, limit: int = BATCH) -> int:
    """Send the letters that are due, the oldest first; how many were looked at."""
    claimed = claim(at, limit)
    for due in claimed:
        _mark(due, at, *_attempt(due, at))
    return len(claimed)


def claim(at: datetime, limit: int) -> list[PartyDue]:
    """Take letters so that no other worker sends them, with the addresses as they are now."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"at": at, "until": at + CLAIMED_FOR, "limit": limit})
        return [_read(*row) for row in cursor.fetchall()]


def _read(*row: Any) -> PartyDue:
    *plain, message, sealed, lang = row
    spoken = lang if lang in languages else languages[0]
    named = zip(("id", "party", "turn", "number", "channel", "attempts"), plain, strict=True)
    return PartyDue(**dict(named), message=orjson.loads(message), reached=opened(sealed) or {}, language=spoken)


def unsent(limit: int) -> list[tuple[PartyDue, datetime]]:
    """The latest letters that no channel took, each with the time when it was written; for the demo."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_UNSENT, {"limit": limit})
        found = [(_read(*row), written_at) for *row, written_at in cursor.fetchall()]
    return [(due, at) for due, at in found if due.reached.get(channels()[due.channel].CONTACT)]


_UNSENT: Final = """
SELECT n.id, p.id, p.turn, m.number, n.channel, n.attempts, n.message::text, c.sealed, c.language, n.written_at
FROM mediation_letter n JOIN mediation_party p ON p.id = n.party_id JOIN mediation_mediation m ON m.id = p.mediation_id
JOIN mediation_contact c ON c.party_id = p.id
WHERE n.state = 'unsent' ORDER BY n.id DESC LIMIT %(limit)s
"""

_CLAIM: Final = """
WITH due AS (
    SELECT id FROM mediation_letter WHERE look_again_at <= %(at)s ORDER BY look_again_at
    LIMIT %(limit)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE mediation_letter n SET state = 'sending', attempts = n.attempts + 1, look_again_at = %(until)s
    FROM due WHERE n.id = due.id RETURNING n.*
)
SELECT n.id, p.id, p.turn, m.number, n.channel, n.attempts, n.message::text, c.sealed, c.language
FROM claimed n JOIN mediation_party p ON p.id = n.party_id JOIN mediation_mediation m ON m.id = p.mediation_id
LEFT JOIN mediation_contact c ON c.party_id = p.id
ORDER BY n.id
"""


def letter(due: PartyDue, channel: Channel, *, at: datetime) -> Letter:
    """The letter with the party's own link, good from now."""
    with use_language(due.language):
        link = urljoin(settings.PUBLIC_ADDRESS, f"/m/{party_token(due.party, due.turn, at=at)}/")
        key = "mediation-letter-short" if channel.CONTACT == "phone" else "mediation-letter-long"
        body = text(key, said=text(from_json(due.message)), link=link)
        subject = text("mediation-letter-subject", number=due.number)
        return Letter(f"mediation-{due.id}", due.reached[channel.CONTACT], subject, body, due.language)


def _attempt(due: PartyDue, at: datetime) -> tuple[str, Message | None, datetime | None]:
    """What became of one attempt: its state, what was wrong, and when it is tried again."""
    channel = channels().get(due.channel)
    if channel is None or not channel.is_configured():
        return "unsent", say("notices-trouble-no-server"), None
    if not due.reached.get(channel.CONTACT):
        return "unsent", say("notices-trouble-no-address"), None
    try:
        channel.send(letter(due, channel, at=at))
    except NotSent as trouble:
        again = None if trouble.for_good else try_again_at(due.attempts, at)
        return ("waiting" if again else "failed"), trouble.trouble, again
    except Exception:
        # One letter that cannot be written must not hold up the others.
        _log.exception("Letter %s to a party could not be sent.", due.id)
        again = try_again_at(due.attempts, at)
        return ("waiting" if again else "failed"), say("notices-trouble-ours"), again
    return "sent", None, None


def _mark(due: PartyDue, at: datetime, state: str, trouble: Message | None, again: datetime | None) -> None:
    told = "" if trouble is None else orjson.dumps(as_json(trouble)).decode()
    with acting_as(WORKER):
        Kept.objects.filter(pk=due.id, attempts=due.attempts).update(
            state=state, trouble=told[:200], look_again_at=again, sent_at=at if state == "sent" else None
        )
