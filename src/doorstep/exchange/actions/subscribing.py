"""Subscribers begin, pause, get another secret, are tried and end: by the system administrator, each with a trace."""

from __future__ import annotations

import base64
import binascii
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F

from doorstep.areas.models import Area
from doorstep.core import outward
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.crypto import seal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.turns import take_turn
from doorstep.exchange.models import Delivery, Partner, Subscription
from doorstep.exchange.rules.announcing import KINDS, PING
from doorstep.exchange.rules.delivering import MOST_RECEIVERS
from doorstep.exchange.subscriptions import KEPT_FOR

PREFIX: Final = "whsec_"
SHORTEST_SECRET: Final = 24
LONGEST_SECRET: Final = 64
BOTH_SIGN_FOR: Final = timedelta(hours=24)
"""After a secret was renewed the old one signs too, so that a receiver changes over when it suits."""
LONGEST_URL: Final = 500


class SubscriptionRefused(Refusal):
    """Not with this address, secret or filter."""


class SubscriptionUnknown(Refusal):
    """No such subscriber, or it has ended; answered as 404."""

    status = 404


@dataclass(frozen=True)
class Wanted:
    """What a subscriber wants to hear of, and where; empty means everything."""

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    area_code: str = ""
    case_class: str = ""
    partner: int | None = None
    secret: str = ""


@dataclass(frozen=True)
class Shown:
    """What is shown once and then only known to the receiver."""

    subscription: int
    secret: str


def subscribe(wanted: Wanted, classes: Iterable[str], *, by: Actor, at: datetime) -> Shown:
    """One more subscriber; from now on it is told."""
    _room()
    secret = new_secret() if not wanted.secret else _readable_secret(wanted.secret)
    said = _said(wanted, classes)
    if Subscription.objects.filter(**said, ended_at=None).exists():
        raise SubscriptionRefused(say("webhooks-there-already"), say("webhooks-there-already-try"), "url")
    row = Subscription.objects.create(
        **said, secret=seal(_bytes(secret)), made_at=at, partner_id=_partner(wanted.partner)
    )
    audit.deed("webhook-made", wanted.name, by=by, at=at, facts={"subscription": row.pk, "url": row.url})
    return Shown(row.pk, secret)


def change(subscription: int, wanted: Wanted, classes: Iterable[str], *, by: Actor, at: datetime) -> None:
    """Another name, address or filter; what waits goes to the new address."""
    said = _said(wanted, classes)
    _change(subscription, **said)
    audit.deed("webhook-changed", wanted.name, by=by, at=at, facts={"subscription": subscription, "url": said["url"]})


def renew_secret(subscription: int, *, by: Actor, at: datetime) -> Shown:
    """Another secret; for a day the old one signs beside it."""
    secret = new_secret()
    # Nobody but the machine reads the secret that goes to the second place.
    with acting_as(WORKER):
        _change(subscription, old_secret=F("secret"), old_until=at + BOTH_SIGN_FOR, secret=seal(_bytes(secret)))
    trace("webhook-secret-renewed", subscription, by, at)
    return Shown(subscription, secret)


def pause(subscription: int, *, by: Actor, at: datetime) -> None:
    """Nothing is sent; what happens is kept for it."""
    _change(subscription, paused_at=at)
    trace("webhook-paused", subscription, by, at)


def go_on(subscription: int, *, by: Actor, at: datetime) -> None:
    """After a pause or a stop: what has waited is sent now, in order."""
    fresh = {"paused_at": None, "stopped_at": None, "stopped_because": "", "failures": 0, "failing_since": None}
    _change(subscription, **fresh, rest_until=None)
    Delivery.objects.filter(subscription=subscription, state="waiting").update(look_again_at=at, attempts=0)
    trace("webhook-went-on", subscription, by, at)


def end(subscription: int, *, by: Actor, at: datetime) -> None:
    """It is told nothing more, of what waited neither."""
    _change(subscription, ended_at=at)
    Delivery.objects.filter(subscription=subscription, state="waiting").update(state="given-up", look_again_at=None)
    trace("webhook-ended", subscription, by, at)


def ping(subscription: int, *, by: Actor, at: datetime) -> int:
    """A test for the receiver, sent as everything else; the delivery by which it is found."""
    row = find(subscription)
    nth = int(at.timestamp() * 1_000_000)
    made = Delivery.objects.create(
        subscription=row,
        stream=f"ping/{nth}",
        nth=nth,
        kind=PING,
        said={"subscription": row.name},
        happened_at=at,
        written_at=at,
        look_again_at=at,
    )
    trace("webhook-pinged", subscription, by, at)
    return made.pk


def replay(subscription: int, delivery: int, *, by: Actor, at: datetime) -> None:
    """Send one again under the same id, whether it was taken or given up."""
    find(subscription)
    if not _again(Delivery.objects.filter(subscription=subscription, pk=delivery), at):
        raise SubscriptionUnknown(say("webhooks-no-delivery"), say("webhooks-no-delivery-try"))
    trace("webhook-replayed", subscription, by, at, {"delivery": delivery})


def replay_since(subscription: int, since: datetime, *, by: Actor, at: datetime) -> int:
    """Send everything since then again, in order and under the same ids; how many."""
    find(subscription)
    if not at - KEPT_FOR <= since <= at:
        days = KEPT_FOR.days
        raise SubscriptionRefused(say("webhooks-since", days=days), say("webhooks-since-try"), "since")
    count = _again(Delivery.objects.filter(subscription=subscription, written_at__gte=since), at)
    trace("webhook-replayed", subscription, by, at, {"since": since.isoformat(), "count": count})
    return count


def _again(found: object, at: datetime) -> int:
    return int(found.update(state="waiting", attempts=0, look_again_at=at))  # type: ignore[attr-defined]


def find(subscription: int) -> Subscription:
    """The subscriber, unless it has ended."""
    row = Subscription.objects.filter(pk=subscription, ended_at=None).only("pk", "name").first()
    if row is None:
        raise SubscriptionUnknown(say("webhooks-unknown"), say("webhooks-unknown-try"))
    return row


def new_secret() -> str:
    """As Standard Webhooks writes them."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def _change(subscription: int, **changes: object) -> None:
    if not Subscription.objects.filter(pk=subscription, ended_at=None).update(**changes):
        raise SubscriptionUnknown(say("webhooks-unknown"), say("webhooks-unknown-try"))


def trace(what: str, subscription: int, by: Actor, at: datetime, facts: dict[str, object] | None = None) -> None:
    name = Subscription.objects.values_list("name", flat=True).get(pk=subscription)
    audit.deed(what, name, by=by, at=at, facts={"subscription": subscription, **(facts or {})})


def _room() -> None:
    """Whoever could make any number of subscribers could make this house knock at any number of doors."""
    take_turn("webhooks", "of all")
    if Subscription.objects.filter(ended_at=None).count() >= MOST_RECEIVERS:
        raise SubscriptionRefused(say("webhooks-too-many", most=MOST_RECEIVERS), say("webhooks-too-many-try"))


def _said(wanted: Wanted, classes: Iterable[str]) -> dict[str, object]:
    if not wanted.name.strip():
        raise SubscriptionRefused(say("webhooks-name"), say("webhooks-name-try"), "name")
    if len(wanted.url) > LONGEST_URL:
        raise SubscriptionRefused(say("webhooks-url-long", most=LONGEST_URL), say("webhooks-url-try"), "url")
    if outward.resolved(wanted.url.strip(), "url").url.fragment:
        raise SubscriptionRefused(say("webhooks-url-fragment"), say("webhooks-url-try"), "url")
    unknown = [kind for kind in wanted.kinds if kind not in KINDS]
    if unknown:
        raise SubscriptionRefused(say("webhooks-kind-unknown", kind=unknown[0][:60]), say("webhooks-kind-try"), "kinds")
    if wanted.case_class and wanted.case_class not in set(classes):
        raise SubscriptionRefused(say("webhooks-class"), say("webhooks-class-try"), "case_class")
    return {
        "name": wanted.name.strip()[:60],
        "url": wanted.url.strip(),
        "kinds": list(dict.fromkeys(wanted.kinds)),
        "area_id": _area(wanted.area_code),
        "case_class": wanted.case_class,
    }


def _area(code: str) -> int | None:
    if not code:
        return None
    levels = ("county", "subdistrict", "community")
    found = Area.objects.filter(code=code, level__in=levels).values_list("pk", flat=True).first()
    if found is None:
        raise SubscriptionRefused(say("webhooks-area"), say("webhooks-area-try"), "area")
    return int(found)


def _partner(partner: int | None) -> int | None:
    if partner is not None and not Partner.objects.filter(pk=partner, ended_at=None).exists():
        raise SubscriptionRefused(say("webhooks-partner"), say("webhooks-partner-try"), "partner")
    return partner


def _readable_secret(secret: str) -> str:
    """A secret that the receiver brings along: long enough that nobody guesses it."""
    try:
        length = len(_bytes(secret))
    except (binascii.Error, ValueError):
        length = 0
    if not secret.startswith(PREFIX) or not SHORTEST_SECRET <= length <= LONGEST_SECRET:
        told = say("webhooks-secret", least=SHORTEST_SECRET, most=LONGEST_SECRET)
        raise SubscriptionRefused(told, say("webhooks-secret-try"), "secret")
    return secret


def _bytes(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
