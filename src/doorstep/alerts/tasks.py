"""Hand reminders to one channel, by several lines at once; each channel has a worker of its own and holds up no other.

None goes out twice. A line marks a few letters as in hand, in a transaction of its own, and holds their rows locked
until it has marked what became of each. What is in hand and not locked, a killed worker left behind, and nobody knows
whether it arrived: a channel that sends the same key once (`SENDS_ONCE`) is given it again, another is not, and the
figures say `unclear`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

import orjson
from django.db import connection

from doorstep.alerts.actions import emergency, patrolling, reminding, subscribing
from doorstep.alerts.letters import COLUMNS, Due, letter
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message, as_json, say
from doorstep.core.time import clock
from doorstep.notices.channels import Channel, Letter, NotSent, channels
from doorstep.notices.rules.retrying import try_again_at

LINES: Final = 4
TAKEN: Final = 25
HANDS_FOR: Final = timedelta(seconds=60)
IN_HAND_FOR: Final = timedelta(minutes=2)
"""So long the database keeps the locks of a line of which it hears nothing: its machine may be without power."""
LOCKED_WITHIN: Final = timedelta(seconds=10)
"""What a line marks as in hand it has locked by then; the moment between is some milliseconds."""
LOOKS_EVERY: Final = timedelta(seconds=0.25)
"""How long whoever takes a reminder back waits at most until a slow line stops."""
BATCH: Final = 1
"""Any work at all is followed by another look at once."""
_log = logging.getLogger(__name__)

Hand = Callable[[Letter], None]
Ending = tuple[int, str, str, datetime | None]


def send_by(name: str, now: Callable[[], datetime] = clock.now, lines: int = LINES) -> int:
    """Hand over all that is due on this channel; how many letters were in hand. With no `lines`, in this thread."""
    channel = channels()[name]
    done = _let_go_of_the_dead(name, channel, now())
    if not channel.is_configured():
        return done + _unsent(name, now())
    if not _is_due(name, now()):
        return done
    if not lines:
        return done + _line(name, channel, now)
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(_line_of_its_own(name, channel, now))) for _ in range(lines)
    ]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return done + sum(counts)


def _line_of_its_own(name: str, channel: Channel, now: Callable[[], datetime]) -> int:
    try:
        return _line(name, channel, now)
    except Exception:
        _log.exception("A line of %s broke off; what it had in hand is looked at again.", name)
        return 0
    finally:
        connection.close()


def _line(name: str, channel: Channel, now: Callable[[], datetime]) -> int:
    """Take a few, hand them over, mark them, until there are none; a channel that is dead is left alone for a while."""
    done = 0
    with _opened(channel) as hand:
        while taken := _take(name, now()):
            with _locked(taken) as held:
                endings, is_dead = _handed(held, channel, hand, now)
                _mark(endings, now())
            done += len(taken)
            if is_dead:
                break
    return done


@contextmanager
def _locked(taken: Sequence[Due]) -> Iterator[list[Due]]:
    """Those of them that are still in hand, their rows locked: by that others see that the line is alive."""
    with acting_as(WORKER), connection.cursor() as cursor:
        patience_ms = str(round(IN_HAND_FOR.total_seconds() * 1000))
        cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", [patience_ms])
        cursor.execute(
            "SELECT id FROM alerts_delivery WHERE id = ANY(%s) AND state = 'handing' ORDER BY id FOR UPDATE",
            [[each.id for each in taken]],
        )
        mine = {row[0] for row in cursor.fetchall()}
        yield [each for each in taken if each.id in mine]


@contextmanager
def _opened(channel: Channel) -> Iterator[Hand]:
    line = getattr(channel, "line", None)
    if line is None:
        yield channel.send
        return
    with line() as hand:
        yield hand


def _handed(
    taken: Sequence[Due], channel: Channel, hand: Hand, now: Callable[[], datetime]
) -> tuple[list[Ending], bool]:
    """What became of each; after one that was not reached, or when it takes too long, the rest go back unsent."""
    endings: list[Ending] = []
    began = looked = now()
    stopped: frozenset[int] = frozenset()
    for place, due in enumerate(taken):
        at = now()
        if at - looked >= LOOKS_EVERY:
            looked, stopped = at, _stopped([each.id for each in taken[place:]], at)
        if due.id in stopped:
            endings.append(_ended(due, "stopped"))
            continue
        ending, is_dead = _attempt(due, channel, hand, at)
        endings.append(ending)
        if is_dead or now() - began >= HANDS_FOR:
            again = try_again_at(due.attempts, now()) if is_dead else now()
            endings += [_ended(each, "waiting" if again else "failed", None, again) for each in taken[place + 1 :]]
            return endings, is_dead
    return endings, False


def _stopped(ids: Sequence[int], at: datetime) -> frozenset[int]:
    """Which of those in hand are not to go out any more: somebody took the reminder back a moment ago."""
    query = (
        "SELECT d.id FROM alerts_delivery d LEFT JOIN alerts_reminder r ON r.id = d.reminder_id"  # noqa: S608 - our own
        f" WHERE d.id = ANY(%(ids)s) AND NOT {_LIVE}"
    )
    return frozenset(row[0] for row in _asked(query, "", at, ids=list(ids)))


def _attempt(due: Due, channel: Channel, hand: Hand, at: datetime) -> tuple[Ending, bool]:
    if not due.address(channel.CONTACT):
        return _ended(due, "failed", say("notices-trouble-no-address")), False
    try:
        hand(letter(due, channel))
    except NotSent as trouble:
        again = None if trouble.for_good else try_again_at(due.attempts, at)
        is_dead = trouble.trouble.key == "notices-trouble-unreachable"
        return _ended(due, "waiting" if again else "failed", trouble.trouble, again), is_dead
    except Exception:
        # One letter that cannot be written must not hold up the others.
        _log.exception("Reminder %s could not be sent to one address.", due.reminder)
        return _ended(due, "failed", say("notices-trouble-ours")), False
    return _ended(due, "sent"), False


def _ended(due: Due, state: str, trouble: Message | None = None, again: datetime | None = None) -> Ending:
    return due.id, state, orjson.dumps(as_json(trouble)).decode()[:200] if trouble else "", again


def _take(name: str, at: datetime) -> list[Due]:
    """A few that are due, marked as in hand and committed, so that whoever comes after a kill knows."""
    return [Due.read(row) for row in _asked(_TAKE, name, at, until=at + IN_HAND_FOR, limit=TAKEN)]


# A reminder that was taken back in the meantime is taken by nobody any more; its all-clear only then.
_LIVE = """(d.phase = 'code' OR (d.phase = 'word' AND r.state = 'going' AND r.until > %(at)s)
    OR (d.phase = 'all-clear' AND r.state = 'cancelled'))"""

_TAKE = f"""
WITH due AS (
    SELECT d.id FROM alerts_delivery d LEFT JOIN alerts_reminder r ON r.id = d.reminder_id
    WHERE d.channel = %(channel)s AND d.look_again_at <= %(at)s AND d.state = 'waiting' AND {_LIVE}
    ORDER BY d.look_again_at, d.id LIMIT %(limit)s FOR UPDATE OF d SKIP LOCKED
), taken AS (
    UPDATE alerts_delivery d SET state = 'handing', attempts = d.attempts + 1, look_again_at = %(until)s
    FROM due WHERE d.id = due.id RETURNING d.*
)
SELECT {COLUMNS}
FROM taken d LEFT JOIN alerts_reminder r ON r.id = d.reminder_id LEFT JOIN areas_area a ON a.id = r.area_id
LEFT JOIN alerts_subscription s ON s.id = d.subscription_id LEFT JOIN staff_person n ON n.id = d.person_id
ORDER BY d.id
"""  # noqa: S608 - our own column names


def _is_due(name: str, at: datetime) -> bool:
    query = (
        "SELECT 1 FROM alerts_delivery d LEFT JOIN alerts_reminder r ON r.id = d.reminder_id"  # noqa: S608 - our own
        f" WHERE d.channel = %(channel)s AND d.look_again_at <= %(at)s AND d.state = 'waiting' AND {_LIVE} LIMIT 1"
    )
    return bool(_asked(query, name, at))


def _unsent(name: str, at: datetime) -> int:
    """Where no server is configured nothing goes out, and the figures say so."""
    query = (
        "UPDATE alerts_delivery SET state = 'unsent', look_again_at = NULL"
        " WHERE channel = %(channel)s AND look_again_at <= %(at)s AND state = 'waiting' RETURNING 1"
    )
    return len(_asked(query, name, at))


def _let_go_of_the_dead(name: str, channel: Channel, at: datetime) -> int:
    """What a worker had in hand when it was killed: nobody holds these rows any more."""
    again = bool(getattr(channel, "SENDS_ONCE", False))
    query = (
        "UPDATE alerts_delivery SET state = %(state)s, look_again_at = CASE WHEN %(again)s THEN %(at)s END"
        " WHERE id IN (SELECT id FROM alerts_delivery WHERE channel = %(channel)s AND look_again_at <= %(left)s"
        "   AND state = 'handing' FOR UPDATE SKIP LOCKED) RETURNING 1"
    )
    left = at + IN_HAND_FOR - LOCKED_WITHIN
    return len(_asked(query, name, at, left=left, again=again, state="waiting" if again else "unclear"))


def _mark(endings: Sequence[Ending], at: datetime) -> None:
    if not endings:
        return
    ids, states, troubles, agains = (list(each) for each in zip(*endings, strict=True))
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_delivery d SET state = e.state, trouble = e.trouble, look_again_at = e.again,"
            " sent_at = CASE WHEN e.state = 'sent' THEN %s END"
            " FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::timestamptz[]) AS e(id, state, trouble, again)"
            " WHERE d.id = e.id AND d.state = 'handing'",
            [at, ids, states, troubles, agains],
        )


def _asked(query: str, name: str, at: datetime, **more: Any) -> list[Any]:
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(query, {"channel": name, "at": at, **more})
        return list(cursor.fetchall())


def jobs() -> list[tuple[str, Callable[[datetime], int], int, float]]:
    """What the worker does here: each channel for itself, what has run out, and what is forgotten."""
    by_channel = [(f"reminders by {name}", lambda at, name=name: send_by(name), BATCH, 1.0) for name in channels()]
    return [
        *by_channel,
        ("reminders", reminding.look_again, 50, 1.0),
        ("old subscriptions", subscribing.forget, 500, 3600.0),
        ("emergency mode", emergency.look_again, 50, 5.0),
        ("past rounds", patrolling.forget, 500, 600.0),
    ]
