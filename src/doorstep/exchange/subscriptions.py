"""Subscribers and what was sent to them, for the page and the interface of the system administrator."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from django.db import connection
from django.db.models import Count, Q, Value
from django.db.models.functions import Coalesce

from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message, from_json, say
from doorstep.exchange.models import Attempt, Delivery, Subscription
from doorstep.exchange.rules.announcing import KINDS as KINDS

PAGE: Final = 50
KEPT_FOR: Final = timedelta(days=30)
"""How long a delivery that is over is kept, to be looked at and replayed."""
STATES: Final = ("waiting", "taken", "given-up")
_FORGOTTEN_AT_ONCE: Final = 2000


class Row(NamedTuple):
    """One subscriber and how it stands."""

    id: int
    name: str
    url: str
    partner: str
    kinds: Sequence[str]
    area: str
    area_code: str
    case_class: str
    made_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    stopped_because: str
    ended_at: datetime | None
    failing_since: datetime | None
    rest_until: datetime | None
    answered_at: datetime | None
    old_until: datetime | None
    waiting: int
    given_up: int

    @property
    def state(self) -> str:
        """In one word: ended, stopped, paused, failing or working."""
        for name, moment in (("ended", self.ended_at), ("stopped", self.stopped_at), ("paused", self.paused_at)):
            if moment is not None:
                return name
        return "failing" if self.failing_since else "working"


_FIELDS: Final = (
    *("pk", "name", "url", "of_partner", "kinds", "of_area", "of_code", "case_class", "made_at", "paused_at"),
    *("stopped_at", "stopped_because", "ended_at", "failing_since", "rest_until", "answered_at", "old_until"),
)
_NAMED: Final = {"of_partner": "partner__name", "of_area": "area__name", "of_code": "area__code"}


def listed() -> list[Row]:
    """All subscribers: those at work first, then by name."""
    return _rows(Subscription.objects.order_by("-ended_at", "name", "pk"))


def one(subscription: int) -> Row | None:
    """One of them."""
    return next(iter(_rows(Subscription.objects.filter(pk=subscription))), None)


def _rows(found: Any) -> list[Row]:
    named = {name: Coalesce(column, Value("")) for name, column in _NAMED.items()}
    rows = list(found.annotate(**named).values_list(*_FIELDS))
    counts = (
        Delivery.objects.filter(subscription__in=[row[0] for row in rows], state__in=("waiting", "given-up"))
        .values_list("subscription")
        .annotate(waiting=Count("pk", filter=Q(state="waiting")), over=Count("pk", filter=Q(state="given-up")))
    )
    by_pk = {pk: (waiting, over) for pk, waiting, over in counts}
    return [Row._make((*row, *by_pk.get(row[0], (0, 0)))) for row in rows]


class Sent(NamedTuple):
    """One delivery as the list shows it."""

    id: int
    kind: str
    stream: str
    happened_at: datetime
    state: str
    attempts: int
    look_again_at: datetime | None
    answered_at: datetime | None


def deliveries(subscription: int, state: str = "", *, before: int | None = None, limit: int = PAGE) -> list[Sent]:
    """The latest first, one more than `limit` if there are more; go on with the id of the last as `before`."""
    found = Delivery.objects.filter(subscription=subscription)
    if state in STATES:
        found = found.filter(state=state)
    if before is not None:
        found = found.filter(pk__lt=before)
    rows = found.order_by("-pk")[: limit + 1]
    return [Sent(*row) for row in rows.values_list("pk", *Sent._fields[1:])]


class Call(NamedTuple):
    """One attempt: the status and the beginning of the answer, or why there was none."""

    at: datetime
    took_ms: int
    status: int | None
    answer: str
    trouble: Message | str


def calls(delivery: int) -> list[Call]:
    """What was tried for one delivery, the latest first."""
    rows = Attempt.objects.filter(delivery=delivery).order_by("-pk")[:PAGE]
    return [Call(each.at, each.took_ms, each.status, each.answer, _said(each.trouble)) for each in rows]


def _said(trouble: str) -> Message | str:
    return from_json(orjson.loads(trouble)) if trouble else ""


def body_of(delivery: int, subscription: int) -> Delivery | None:
    """One delivery of a subscriber with what it says."""
    return Delivery.objects.filter(pk=delivery, subscription=subscription).first()


def kind_name(kind: str) -> Message:
    """What a kind of event is called in words."""
    return say(f"webhooks-kind-{kind.replace('.', '-').replace('_', '-')}")


def forget(at: datetime) -> int:
    """What is over and old goes, with what was answered; how many deliveries."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_FORGET, {"before": at - KEPT_FOR, "most": _FORGOTTEN_AT_ONCE})
        return int(cursor.rowcount)


_FORGET = """
WITH old AS (
    SELECT id FROM exchange_delivery WHERE state <> 'waiting' AND written_at < %(before)s LIMIT %(most)s
), calls AS (
    DELETE FROM exchange_attempt a USING old WHERE a.delivery_id = old.id RETURNING a.id
)
DELETE FROM exchange_delivery d USING old WHERE d.id = old.id AND (SELECT count(*) FROM calls) >= 0
"""
