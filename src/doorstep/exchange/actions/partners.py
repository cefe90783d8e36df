"""Partners begin, get another key, and end: at the desk of their area, and each with a trace."""

from __future__ import annotations

import re
import secrets
from datetime import datetime
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction

from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.crypto import seal
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.exchange.models import Partner
from doorstep.exchange.queries import Known, key_hash, named
from doorstep.staff.models import Unit

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
# Whoever reads a log or a mail by accident sees what this is.
PREFIX: Final = "doorstep-partner-"
HOTLINE: Final = "12345"
HOTLINE_SOURCE: Final = "hotline-12345"
SOURCES: Final = (HOTLINE_SOURCE, "from-above")


class PartnerRefused(Refusal):
    """Not under this name, or not with this address."""


class PartnerUnknown(Refusal):
    """No such partner in this area; answered as 404."""

    status = 404


class Keys(NamedTuple):
    """What is shown once and kept by the partner: its key, and the secret by which it knows what is ours."""

    partner: int
    key: str
    secret: str


def open_partner(
    name: str, *, source: str, unit: int | None, address: str, wants_all: bool, by: Actor, at: datetime
) -> Keys:
    """One more platform that may hand cases over to this area, and is told what becomes of them."""
    if not _NAME.fullmatch(name):
        raise PartnerRefused(say("exchange-partner-name"), say("exchange-partner-name-try"), "name")
    if unit is not None and not Unit.objects.filter(pk=unit, closed_at=None).exists():
        raise PartnerRefused(say("exchange-partner-unit"), say("exchange-partner-unit-try"), "unit")
    assert by.org is not None
    key, secret = _new_key(), secrets.token_urlsafe(32)
    partner = Partner(
        org_id=by.org,
        name=name,
        source=source if source in SOURCES else HOTLINE_SOURCE,
        unit_id=unit,
        wants_all=wants_all,
        key_hash=key_hash(key),
        address=readable_address(address),
        secret=seal(secret.encode()),
        opened_at=at,
        look_again_at=at if address else None,
    )
    try:
        with transaction.atomic():
            partner.save(force_insert=True)
    except IntegrityError as error:
        raise PartnerRefused(say("exchange-partner-twice"), say("exchange-partner-twice-try"), "name") from error
    audit.deed("partner-opened", name, by=by, at=at, facts={"partner": partner.pk, "unit": unit, "all": wants_all})
    return Keys(partner.pk, key, secret)


def renew_key(partner: int, *, by: Actor, at: datetime) -> Keys:
    """Another key; the old one opens nothing from now on. A partner that had ended begins again."""
    key, secret = _new_key(), secrets.token_urlsafe(32)
    name = _change(partner, key_hash=key_hash(key), secret=seal(secret.encode()), ended_at=None, look_again_at=at)
    audit.deed("partner-key-renewed", name, by=by, at=at, facts={"partner": partner})
    return Keys(partner, key, secret)


def end_partner(partner: int, *, by: Actor, at: datetime) -> None:
    """Its key opens nothing any more, and nothing more is told to it; its cases go on."""
    name = _change(partner, key_hash=None, ended_at=at, look_again_at=None)
    audit.deed("partner-ended", name, by=by, at=at, facts={"partner": partner})


def _change(partner: int, **changes: object) -> str:
    found = Partner.objects.filter(pk=partner).values_list("name", flat=True).first()
    if found is None or not Partner.objects.filter(pk=partner).update(**changes):
        raise PartnerUnknown(say("exchange-partner-unknown"), say("exchange-partner-unknown-try"))
    return found


def hotline_of(org: int, *, at: datetime, name: str = HOTLINE) -> Known:
    """The hotline of an area, for files that are handed over; it begins with the first of them, and has no key."""
    found = named(org, name)
    if found is None:
        with acting_as(WORKER):
            Partner.objects.get_or_create(org_id=org, name=name, defaults={"source": HOTLINE_SOURCE, "opened_at": at})
        found = named(org, name)
    if found is None:
        raise PartnerUnknown(say("exchange-partner-ended", name=name), say("exchange-partner-ended-try"))
    return found


def readable_address(address: str) -> str:
    """Where we call a partner: nothing, or a web address without a name and password in it."""
    address = address.strip()
    parts = urlsplit(address)
    if address and (
        parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or len(address) > 200
    ):
        raise PartnerRefused(say("exchange-partner-address"), say("exchange-partner-address-try"), "address")
    return address


def _new_key() -> str:
    return PREFIX + secrets.token_urlsafe(32)
