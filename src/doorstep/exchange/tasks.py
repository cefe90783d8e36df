"""Tell partners that gave an address what they would otherwise fetch: in order, signed, and until they have it.

    POST {address}
    Content-Type: application/json
    Idempotency-Key: the same however often these updates are tried
    X-Doorstep-Time: seconds since 1970; refuse what is older than five minutes
    X-Doorstep-Signature: sha256= and, in hexadecimal, HMAC-SHA256(secret, time + "." + body)

    {"updates": [...], "cursor": 17}

2xx: they have all of them, and 409: they had them before. Anything else is tried again, ever later, and nothing that
happened later overtakes it. No transaction is open while the network is waited for.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import time
from datetime import datetime, timedelta
from typing import Final

import orjson
from django.db import connection

from doorstep.core import calling
from doorstep.core.access import WORKER, acting_as
from doorstep.core.crypto import unseal
from doorstep.core.text import Message, as_json, say
from doorstep.exchange.models import Partner
from doorstep.exchange.queries import Known, updates

CLAIMED_FOR: Final = timedelta(minutes=5)
IDLE: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=2)
TOGETHER: Final = 50
_log = logging.getLogger(__name__)


def tell_due(at: datetime, limit: int = 5) -> int:
    """Call the partners that are due; how many were told something."""
    return sum(_told(partner, at) for partner in _claim(at, limit))


def _claim(at: datetime, limit: int) -> list[Partner]:
    """Take partners so that no other worker calls them in this moment."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE exchange_partner SET look_again_at = %s WHERE id IN (SELECT id FROM exchange_partner"
            " WHERE look_again_at <= %s AND ended_at IS NULL AND address <> ''"
            " ORDER BY look_again_at LIMIT %s FOR UPDATE SKIP LOCKED) RETURNING id",
            [at + CLAIMED_FOR, at, limit],
        )
        ids = [row[0] for row in cursor.fetchall()]
        return list(Partner.objects.filter(pk__in=ids).order_by("pk"))


def _told(partner: Partner, at: datetime) -> int:
    known = Known(partner.pk, partner.name, partner.org_id, partner.source, partner.unit_id)
    due = updates(known, partner.sent_up_to, TOGETHER)
    if not due:
        _mark(partner, look_again_at=at + IDLE)
        return 0
    cursor = due[-1]["position"]
    trouble = _sent(partner, orjson.dumps({"updates": due, "cursor": cursor}), cursor)
    if trouble is None:
        again = at if len(due) == TOGETHER else at + IDLE
        _mark(partner, sent_up_to=cursor, attempts=0, trouble="", look_again_at=again)
        return len(due)
    wait = min(timedelta(minutes=2) * 2 ** min(partner.attempts, 10), LONGEST_WAIT)
    said = orjson.dumps(as_json(trouble)).decode()[:200]
    _mark(partner, attempts=min(partner.attempts + 1, 1000), trouble=said, look_again_at=at + wait)
    return 0


def _mark(partner: Partner, **changes: object) -> None:
    with acting_as(WORKER):
        # A partner that was ended meanwhile stays so.
        Partner.objects.filter(pk=partner.pk, ended_at=None).update(**changes)


def _sent(partner: Partner, body: bytes, cursor: int) -> Message | None:
    """What went wrong; None when they have it."""
    moment = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": f"updates-{partner.pk}-{cursor}",
        "X-Doorstep-Time": moment,
        "X-Doorstep-Signature": f"sha256={signature(unseal(bytes(partner.secret or b'')), moment, body)}",
    }
    try:
        status = calling.post(partner.address, body, headers).status
    except calling.NotReached:
        return say("exchange-trouble-unreachable")
    except Exception:
        # One partner that cannot be called must not hold up the others.
        _log.exception("Partner %s could not be told.", partner.pk)
        return say("exchange-trouble-unreachable")
    if 200 <= status < 300 or status == 409:
        return None
    return say("exchange-trouble-refused", code=str(status))


def signature(secret: bytes, moment: str, body: bytes) -> str:
    """What proves to a partner that updates are ours and new."""
    return hmac.new(secret, moment.encode() + b"." + body, hashlib.sha256).hexdigest()
