"""A case moved: partners that know it, hold it, or want all of their area are to be told. One statement a batch."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from django.db import connection

from doorstep.events import on
from doorstep.events.cases import CaseMoved
from doorstep.exchange.rules.telling import kind_of
from doorstep.exchange.speaking import who_speaks


@on(CaseMoved)
def tell_the_partners(events: Sequence[CaseMoved]) -> None:
    """Write down that they are to be told, in the transaction of the moves."""
    rows = [{"case_id": moved.case, "seq": moved.seq, "kind": kind} for moved in events if (kind := kind_of(moved))]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_WRITE, {"rows": orjson.dumps(rows).decode(), "speaking": who_speaks()})


# A case that goes out for the first time is known there by our number, until the partner says its own.
_WRITE = """
WITH moved AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(case_id bigint, seq integer, kind text)
), told AS (
    SELECT p.id AS partner_id, m.case_id, m.seq, m.kind, c.number
    FROM moved m JOIN cases_case c ON c.id = m.case_id
    JOIN exchange_partner p ON p.ended_at IS NULL AND p.id <> %(speaking)s AND (
        (m.kind = 'dispatched' AND p.unit_id = c.holder_unit_id)
        OR (p.wants_all AND p.org_id IN (c.county_id, c.subdistrict_id, c.community_id))
        OR EXISTS (SELECT FROM exchange_link l WHERE l.partner_id = p.id AND l.case_id = c.id))
), linked AS (
    INSERT INTO exchange_link (partner_id, case_id, number, came_in, heard)
    SELECT DISTINCT partner_id, case_id, number, false, 0 FROM told
    ON CONFLICT (case_id, partner_id) DO NOTHING
)
INSERT INTO exchange_update (partner_id, case_id, seq, kind)
SELECT partner_id, case_id, seq, kind FROM told ON CONFLICT (case_id, seq, partner_id) DO NOTHING
"""
