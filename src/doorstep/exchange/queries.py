"""Partners, what they know, and what they are to be told."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson
from django.db import connection

from doorstep.areas import names
from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import from_json, text
from doorstep.exchange.models import Link, Partner

MOST_UPDATES: Final = 200
_PLACING: Final = 0x45584349


class Known(NamedTuple):
    """A partner whose key, or whose desk, was seen."""

    id: int
    name: str
    org: int
    source: str
    unit: int | None


def key_hash(key: str) -> bytes:
    """A key is long and random: one round is enough, and nothing leads back from it."""
    return hashlib.sha256(b"doorstep partner\0" + key.encode()).digest()


def with_key(key: str) -> Known | None:
    """The partner whose key this is, if it has not ended."""
    if not key:
        return None
    with acting_as(WORKER):
        return _known(Partner.objects.filter(key_hash=key_hash(key), ended_at=None).first())


def named(org: int, name: str) -> Known | None:
    """The partner of an area with this name, if it has not ended."""
    with acting_as(WORKER):
        return _known(Partner.objects.filter(org=org, name=name, ended_at=None).first())


def _known(row: Partner | None) -> Known | None:
    return None if row is None else Known(row.pk, row.name, row.org_id, row.source, row.unit_id)


class Listed(NamedTuple):
    """A partner on the page of the desk that keeps it."""

    id: int
    name: str
    source: str
    unit: str
    address: str
    wants_all: bool
    opened_at: datetime
    ended_at: datetime | None
    sent_up_to: int
    trouble: str


def partners_of(org: int) -> list[Listed]:
    """The partners of an area: those at work first."""
    rows = Partner.objects.filter(org=org).order_by("-ended_at", "name").select_related("unit")
    return [
        Listed(*row)
        for row in rows.values_list(
            *("id", "name", "source", "unit__name", "address", "wants_all", "opened_at", "ended_at", "sent_up_to"),
            "trouble",
        )
    ]


def link_of(partner: int, number: str) -> Link | None:
    """The case that a partner knows by this number; its own number or ours."""
    with acting_as(WORKER):
        links = Link.objects.select_related("case").filter(partner=partner)
        return links.filter(number=number).first() or links.filter(case__number=number).first()


# What partners are told ----------------------------------------------------------------------------------------------


def updates(partner: Known, since: int, limit: int = MOST_UPDATES) -> list[dict[str, Any]]:
    """What happened after a position, in order; each with the position to go on from."""
    with acting_as(WORKER), connection.cursor() as cursor:
        _place_new(partner.id)
        cursor.execute(_UPDATES, [partner.id, since, min(limit, MOST_UPDATES)])
        rows = cursor.fetchall()
        others = _other_numbers([row[1] for row in rows], partner.id)
    return [_told(row, partner, others.get(row[1], [])) for row in rows]


def _place_new(partner: int) -> None:
    """Number what is new. One at a time, so that a number once read can have no smaller one after it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PLACING, partner])
        cursor.execute(
            "WITH new AS (SELECT id, row_number() OVER (ORDER BY id) AS nth FROM exchange_update"
            " WHERE partner_id = %(partner)s AND position IS NULL)"
            " UPDATE exchange_update u SET position = new.nth + coalesce("
            "(SELECT max(position) FROM exchange_update WHERE partner_id = %(partner)s), 0)"
            " FROM new WHERE u.id = new.id",
            {"partner": partner},
        )


_UPDATES = """
SELECT u.position, u.case_id, u.kind, u.seq, l.number, l.came_in, c.number, e.heard_at, e.facts::text, c.state, c.item,
    c.urgency, c.promised_by, c.outcome, h.name, CASE WHEN s.for_reporter THEN s.words END,
    CASE WHEN NOT l.came_in THEN b.words END, c.place_words, c.lon, c.lat, k.code
FROM exchange_update u
JOIN exchange_link l ON l.partner_id = u.partner_id AND l.case_id = u.case_id
JOIN cases_case c ON c.id = u.case_id
JOIN cases_event e ON e.case_id = u.case_id AND e.seq = u.seq
LEFT JOIN cases_said s ON s.case_id = u.case_id AND s.seq = u.seq
LEFT JOIN cases_said b ON b.case_id = u.case_id AND b.seq = 1
LEFT JOIN staff_unit h ON h.id = c.holder_unit_id
LEFT JOIN areas_area k ON k.id = c.community_id
WHERE u.partner_id = %s AND u.position > %s ORDER BY u.position LIMIT %s
"""
_KEYS = (
    *("position", "id", "kind", "message", "number", "came_in", "case", "happened_at", "facts", "state", "item"),
    *("urgency", "promised_by", "outcome", "holder", "words", "first_words", "place_words", "lon", "lat", "community"),
)


def _told(row: Sequence[Any], partner: Known, others: list[dict[str, str]]) -> dict[str, Any]:
    told = dict(zip(_KEYS, row, strict=True))
    facts = orjson.loads(told.pop("facts"))
    told.pop("id")
    because = facts.get("because")
    told["because"] = text(from_json(because)) if because else ""
    told["holder"] = str(names.said(told["holder"] or ""))
    told["outcome"] = facts.get("outcome", "") if told["kind"] in ("answered", "closed", "returned") else ""
    told["extended_to"] = facts.get("extended_to")
    told["known_as"] = others
    told["words"] = told["words"] or ""
    told["first_words"] = told["first_words"] or ""
    return told


def _other_numbers(cases: Sequence[int], partner: int) -> dict[int, list[dict[str, str]]]:
    """Under which numbers other partners know the same cases: whoever meets it again there knows that it is one."""
    found: dict[int, list[dict[str, str]]] = {}
    rows = Link.objects.filter(case__in=set(cases), partner__ended_at=None).exclude(partner=partner)
    for case, name, number in rows.order_by("id").values_list("case", "partner__name", "number"):
        found.setdefault(case, []).append({"partner": name, "number": number})
    return found
