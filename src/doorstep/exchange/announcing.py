"""What happens is written down for each subscriber, in the transaction in which it happens: both stay, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson
from django.db import connection

from doorstep.catalogue.in_force import catalogue
from doorstep.catalogue.item import Sensitivity
from doorstep.core.access import WORKER, acting_as
from doorstep.events import on
from doorstep.events.areas import PlanInForce
from doorstep.events.cases import CaseMoved
from doorstep.exchange.rules.announcing import PLAN_IN_FORCE, RECLASSIFIED, REPORTED, kind_of

OUTCOMES: Final = ("solved", "explained", "out-of-scope")
"""What is told outside; any other judgement is between the desk and the reporter."""
_INTO: Final = """
INSERT INTO exchange_delivery (subscription_id, stream, nth, kind, said, happened_at, written_at, state, attempts,
    look_again_at)
"""


@on(CaseMoved)
def announce_moves(events: Sequence[CaseMoved]) -> None:
    """One statement a batch, whatever the number of moves and subscribers."""
    rows = [
        {"case_id": moved.case, "seq": moved.seq, "kind": kind, "state": moved.to_state, "at": moved.heard_at}
        for moved in events
        if (kind := kind_of(moved))
    ]
    if rows:
        given: dict[str, Any] = {
            "rows": orjson.dumps(rows).decode(),
            "private": _private(),
            "told": list(OUTCOMES),
            "first": REPORTED,
            "again": RECLASSIFIED,
        }
        with acting_as(WORKER), connection.cursor() as cursor:
            cursor.execute(_MOVES, given)


def _private() -> list[str]:
    """Items by whose very name a neighbour might guess whom a case is about."""
    return [code for code, item in catalogue().items.items() if item.sensitivity is Sensitivity.SENSITIVE]


# A complaint that is kept from somebody, and a part of a case, are nobody's matter outside.
_MOVES = f"""
WITH moved AS (
    SELECT r.case_id, r.seq, r.state, r.at, CASE WHEN r.kind = %(first)s AND EXISTS (
            SELECT FROM cases_event e WHERE e.case_id = r.case_id AND e.seq < r.seq AND e.move = 'classify')
        THEN %(again)s ELSE r.kind END AS kind
    FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(case_id bigint, seq integer, kind text, state text, at timestamptz)
)
{_INTO}
SELECT s.id, 'case/' || c.number, m.seq, m.kind, jsonb_build_object(
        'number', c.number, 'seq', m.seq, 'state', m.state, 'item', CASE WHEN private THEN '' ELSE c.item END,
        'case_class', CASE WHEN private THEN '' ELSE c.case_class END, 'urgency', c.urgency,
        'county', county.code, 'subdistrict', subdistrict.code, 'community', community.code,
        'holder', u.name, 'outcome', CASE WHEN c.outcome = ANY(%(told)s::text[]) THEN c.outcome ELSE '' END,
        'merged_into', other.number,
        'reported_at', c.reported_at, 'promised_by', c.promised_by, 'ended_at', c.ended_at),
    m.at, m.at, 'waiting', 0, m.at
FROM moved m JOIN cases_case c ON c.id = m.case_id
CROSS JOIN LATERAL (SELECT c.item = ANY(%(private)s::text[]) AS private) p
JOIN exchange_subscription s ON s.ended_at IS NULL AND (s.kinds = '[]'::jsonb OR s.kinds ? m.kind)
    AND (s.area_id IS NULL OR s.area_id IN (c.county_id, c.subdistrict_id, c.community_id))
    AND (s.case_class = '' OR (s.case_class = c.case_class AND NOT private))
LEFT JOIN areas_area county ON county.id = c.county_id
LEFT JOIN areas_area subdistrict ON subdistrict.id = c.subdistrict_id
LEFT JOIN areas_area community ON community.id = c.community_id
LEFT JOIN staff_unit u ON u.id = c.holder_unit_id LEFT JOIN cases_case other ON other.id = c.merged_into_id
WHERE c.source <> 'part' AND c.kept_from = 0
ORDER BY m.at, m.seq, s.id
ON CONFLICT (subscription_id, stream, nth) DO NOTHING
"""  # noqa: S608 - our own words


@on(PlanInForce)
def announce_plans(events: Sequence[PlanInForce]) -> None:
    """Other maps of the same ground want to know."""
    with acting_as(WORKER), connection.cursor() as cursor:
        for event in events:
            given: dict[str, Any] = {
                "plan": event.plan,
                "community": event.community,
                "begun": list(event.begun),
                "ended": list(event.ended),
                "at": event.at,
                "kind": PLAN_IN_FORCE,
            }
            cursor.execute(_PLANS, given)


_PLANS = f"""
{_INTO}
SELECT s.id, 'plans/' || c.code, p.id, %(kind)s, jsonb_build_object('plan', p.id, 'community', c.code,
        'in_force_from', p.in_force_from,
        'begun', (SELECT coalesce(jsonb_agg(a.code ORDER BY a.code), '[]') FROM areas_area a
            WHERE a.id = ANY(%(begun)s::bigint[])),
        'ended', (SELECT coalesce(jsonb_agg(a.code ORDER BY a.code), '[]') FROM areas_area a
            WHERE a.id = ANY(%(ended)s::bigint[]))),
    %(at)s, %(at)s, 'waiting', 0, %(at)s
FROM areas_plan p JOIN areas_area c ON c.id = %(community)s
JOIN exchange_subscription s ON s.ended_at IS NULL AND (s.kinds = '[]'::jsonb OR s.kinds ? %(kind)s)
    AND (s.area_id IS NULL OR s.area_id IN (c.county_id, c.subdistrict_id, c.id))
    AND s.case_class = ''
WHERE p.id = %(plan)s
ON CONFLICT (subscription_id, stream, nth) DO NOTHING
"""  # noqa: S608 - our own words
