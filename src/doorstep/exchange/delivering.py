"""Tell subscribers what happened: signed after Standard Webhooks, each case in order, until they have it.

    POST {url}
    Content-Type: application/json
    webhook-id: the same however often this is tried
    webhook-timestamp: seconds since 1970; refuse what is older than five minutes
    webhook-signature: v1,… — one a secret, with spaces between; after a secret was renewed there are two for a while

    {"type": "case.closed.v1", "timestamp": "…", "data": {…}}

One thread claims and marks, in transactions of their own; others only wait for the network, a few a receiver, so that a
slow receiver holds up nobody else. What a killed worker had claimed is claimed again after `CLAIMED_FOR`.
"""

from __future__ import annotations

import logging
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from django.db import connection
from standardwebhooks.webhooks import Webhook

from doorstep.core import outward
from doorstep.core.access import WORKER, acting_as
from doorstep.core.calling import NotReached
from doorstep.core.crypto import unseal
from doorstep.core.text import Message, as_json, say
from doorstep.exchange import payloads
from doorstep.exchange.rules import delivering as rules
from doorstep.exchange.rules.delivering import Standing
from doorstep.exchange.stopping import tell_that_it_stopped

A_RECEIVER: Final = 6
"""Calls to one receiver at the same time, a worker."""
CALL_TAKES_S: Final = 10.0
CLAIMED_FOR: Final = timedelta(seconds=20)
"""Twice what a call takes at most; after a kill, what waits behind a claim waits so long."""
WAITS_S: Final = 0.05
KEPT_OF_ANSWER: Final = 500
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Due:
    """One claimed delivery with what it is sent with."""

    id: int
    subscription: int
    attempts: int
    kind: str
    happened_at: datetime
    said: dict[str, Any]
    url: str
    secrets: tuple[bytes, ...]

    @property
    def message_id(self) -> str:
        """By which a receiver knows it again."""
        return payloads.message_id(self.subscription, self.id)


@dataclass(frozen=True)
class Called:
    """What came back, or why nothing did."""

    status: int | None
    answer: str
    trouble: Message | None
    wait_s: int
    took_ms: int


class Courier:
    """Carries deliveries out: `deliver` is one round, called again and again by the worker."""

    def __init__(self, a_receiver: int = A_RECEIVER) -> None:
        self.a_receiver = a_receiver
        # A thread begins only when it is needed.
        self._pool = ThreadPoolExecutor(rules.MOST_RECEIVERS * a_receiver, thread_name_prefix="webhook")
        self._under_way: dict[Future[Called], Due] = {}

    def deliver(self, at: datetime) -> int:
        """Mark what came back, call for what is due; how many deliveries were marked or sent off."""
        moved = self._mark_finished(at)
        for due in claim(at, Counter(due.subscription for due in self._under_way.values()), self.a_receiver):
            self._under_way[self._pool.submit(call, due)] = due
            moved += 1
        if self._under_way:
            wait(self._under_way, timeout=WAITS_S, return_when=FIRST_COMPLETED)
            # Whoever waits for the network is asked again at once.
            return max(moved, 1)
        return moved

    def finish(self, now: Callable[[], datetime], within_s: float = CALL_TAKES_S) -> None:
        """Wait for the calls under way and mark them; what takes longer is tried again by the next worker."""
        until = time.monotonic() + within_s
        while self._under_way and time.monotonic() < until:
            wait(self._under_way, timeout=WAITS_S, return_when=FIRST_COMPLETED)
            self._mark_finished(now())
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _mark_finished(self, at: datetime) -> int:
        done = [future for future in self._under_way if future.done()]
        if done:
            mark([(self._under_way[future], future.result()) for future in done], at)
        for future in done:
            del self._under_way[future]
        return len(done)


# Claiming ------------------------------------------------------------------------------------------------------------


def claim(at: datetime, under_way: Counter[int], a_receiver: int) -> list[Due]:
    """The heads of their streams, a few a receiver, so that no other worker sends them."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_READY, {"at": at, "rests_after": rules.RESTS_AFTER})
        rooms = [(pk, (1 if rests else a_receiver) - under_way[pk]) for pk, rests in cursor.fetchall()]
        rooms = [(pk, room) for pk, room in rooms if room > 0]
        if not rooms:
            return []
        given = {"ids": [pk for pk, _ in rooms], "rooms": [room for _, room in rooms]}
        cursor.execute(_CLAIM, given | {"at": at, "until": at + CLAIMED_FOR})
        rows = cursor.fetchall()
    return [_due(row, at) for row in rows]


_READY = """
SELECT s.id, s.failures >= %(rests_after)s FROM exchange_subscription s
WHERE s.ended_at IS NULL AND s.paused_at IS NULL AND s.stopped_at IS NULL
    AND (s.rest_until IS NULL OR s.rest_until <= %(at)s)
    AND EXISTS (SELECT FROM exchange_delivery d
        WHERE d.subscription_id = s.id AND d.state = 'waiting' AND d.look_again_at <= %(at)s)
"""
# What was claimed is still waiting, so that nothing behind it in its stream is a head.
_CLAIM = """
WITH due AS (
    SELECT head.id FROM unnest(%(ids)s::bigint[], %(rooms)s::integer[]) AS r(subscription_id, room)
    CROSS JOIN LATERAL (
        SELECT d.id FROM exchange_delivery d
        WHERE d.subscription_id = r.subscription_id AND d.state = 'waiting' AND d.look_again_at <= %(at)s
            AND NOT EXISTS (SELECT FROM exchange_delivery b WHERE b.subscription_id = d.subscription_id
                AND b.stream = d.stream AND b.nth < d.nth AND b.state = 'waiting')
        ORDER BY d.look_again_at, d.id LIMIT r.room FOR UPDATE SKIP LOCKED) head
)
UPDATE exchange_delivery d SET attempts = least(d.attempts + 1, 1000), look_again_at = %(until)s
FROM due JOIN exchange_delivery k ON k.id = due.id JOIN exchange_subscription s ON s.id = k.subscription_id
WHERE d.id = due.id
RETURNING d.id, d.subscription_id, d.attempts, d.kind, d.happened_at, d.said::text, s.url, s.secret,
    CASE WHEN s.old_until > %(at)s THEN s.old_secret END
"""


def _due(row: Sequence[Any], at: datetime) -> Due:
    pk, subscription, attempts, kind, happened_at, said, url, *sealed = row
    secrets = tuple(unseal(bytes(each)) for each in sealed if each is not None)
    return Due(pk, subscription, attempts, kind, happened_at, orjson.loads(said), url, secrets)


# Calling -------------------------------------------------------------------------------------------------------------


def call(due: Due) -> Called:
    """One signed call; whatever goes wrong becomes an answer, so that one receiver never stops the others."""
    began = time.monotonic()
    status, answer, trouble, wait_s = _answered(due)
    return Called(status, answer, trouble, wait_s, round(1000 * (time.monotonic() - began)))


def _answered(due: Due) -> tuple[int | None, str, Message | None, int]:
    try:
        body = payloads.body(due.kind, due.happened_at, due.said)
        back = outward.call("POST", due.url, body, signed(due, body), total_s=CALL_TAKES_S, most_bytes=KEPT_OF_ANSWER)
    except outward.AddressRefused as refused:
        return None, "", refused.message, 0
    except NotReached:
        return None, "", say("webhooks-trouble-unreachable"), 0
    except Exception:
        _log.exception("Delivery %s could not be sent.", due.id)
        return None, "", say("webhooks-trouble-ours"), 0
    answer = back.body[:KEPT_OF_ANSWER].decode(errors="replace").replace("\0", "")
    return back.status, answer, _trouble(back.status), _wait_s(back.headers.get("retry-after", ""))


def _trouble(status: int) -> Message | None:
    if rules.is_taken(status):
        return None
    if status == rules.GONE:
        return say("webhooks-trouble-gone")
    return say("webhooks-trouble-redirect" if 300 <= status < 400 else "webhooks-trouble-refused", code=str(status))


def _wait_s(retry_after: str) -> int:
    return int(retry_after) if retry_after.isascii() and retry_after.isdigit() and len(retry_after) < 7 else 0


def signed(due: Due, body: bytes, at: datetime | None = None) -> dict[str, str]:
    """The headers by which a receiver knows that it is ours, whole and new."""
    moment = at or datetime.now(UTC)
    words = body.decode()
    signatures = [Webhook(secret).sign(due.message_id, moment, words) for secret in due.secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "Doorstep-Webhooks/1",
        "webhook-id": due.message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


# Marking -------------------------------------------------------------------------------------------------------------


def mark(finished: Sequence[tuple[Due, Called]], at: datetime) -> None:
    """Keep each attempt, what became of its delivery, and how its receiver stands now: one transaction for all."""
    with acting_as(WORKER):
        standings = _standings({due.subscription for due, _ in finished})
        was = dict(standings)
        answered: set[int] = set()
        rows = []
        for due, called in finished:
            standing = standings[due.subscription]
            if rules.is_taken(called.status):
                standing = Standing()
                answered.add(due.subscription)
            else:
                standing = rules.after_failure(standing, called.status, called.wait_s, at)
            standings[due.subscription] = standing
            end = rules.ending(due.attempts, called.status, called.wait_s, standing, at, random.random())  # noqa: S311
            rows.append(_row(due, called, end, at))
        with connection.cursor() as cursor:
            cursor.execute(_MARK, {"rows": orjson.dumps(rows).decode(), "at": at})
        _keep(standings, was, answered, at)


def _row(due: Due, called: Called, end: rules.Ending, at: datetime) -> dict[str, Any]:
    trouble = "" if called.trouble is None else orjson.dumps(as_json(called.trouble)).decode()[:200]
    return {
        "id": due.id,
        "attempts": due.attempts,
        "state": end.state,
        "look_again_at": end.look_again_at,
        "took_ms": called.took_ms,
        "status": called.status,
        "answer": called.answer,
        "trouble": trouble,
    }


# Whose claim ran out meanwhile is somebody else's now: only the attempt is kept.
_MARK = """
WITH r AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id bigint, attempts smallint, state text,
        look_again_at timestamptz, took_ms integer, status smallint, answer text, trouble text)
), kept AS (
    INSERT INTO exchange_attempt (delivery_id, at, took_ms, status, answer, trouble)
    SELECT id, %(at)s, took_ms, status, answer, trouble FROM r
)
UPDATE exchange_delivery d SET state = r.state, look_again_at = r.look_again_at,
    answered_at = CASE WHEN r.state = 'taken' THEN %(at)s ELSE d.answered_at END
FROM r WHERE d.id = r.id AND d.attempts = r.attempts AND d.state = 'waiting'
"""


def _standings(subscriptions: set[int]) -> dict[int, Standing]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, failures, failing_since, rest_until FROM exchange_subscription WHERE id = ANY(%s)"
            " ORDER BY id FOR NO KEY UPDATE",
            [sorted(subscriptions)],
        )
        return {pk: Standing(*rest) for pk, *rest in cursor.fetchall()}


def _keep(standings: dict[int, Standing], was: dict[int, Standing], answered: set[int], at: datetime) -> None:
    changed = {pk: now for pk, now in standings.items() if now != was[pk] or pk in answered}
    with connection.cursor() as cursor:
        for pk, now in changed.items():
            cursor.execute(
                "UPDATE exchange_subscription SET failures = %s, failing_since = %s, rest_until = %s,"
                " answered_at = CASE WHEN %s THEN %s ELSE answered_at END WHERE id = %s",
                [now.failures, now.failing_since, now.rest_until, pk in answered, at, pk],
            )
            if now.stopped_because:
                tell_that_it_stopped(pk, now.stopped_because, at)
