"""Who is in which post, and which units may act where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from doorstep.staff.rules.roles import STAFF_POSTS


@dataclass(frozen=True)
class UnitRow:
    """A unit, where it acts, and whether anybody of its staff is in post."""

    id: int
    kind: str
    name: str
    subject: str
    area_code: str
    is_on_call: bool
    is_staffed: bool


def units_around(community: str, today: date) -> list[UnitRow]:
    """The units that may act in a community: those of its grids, its own, and those of the levels above it."""
    above = [community[:length] for length in (6, 9, 12) if len(community) >= length]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.kind, u.name, u.subject, a.code, u.is_on_call,"
            " EXISTS (SELECT FROM staff_post p JOIN staff_appointment s ON s.post_id = p.id"
            "   WHERE p.unit_id = u.id AND p.kind = ANY(%s) AND s.from_on <= %s"
            "   AND (s.until_on IS NULL OR s.until_on > %s))"
            " FROM staff_unit u JOIN areas_area a ON a.id = u.area_id"
            " LEFT JOIN areas_area c ON c.id = a.community_id"
            " WHERE (a.code = ANY(%s) OR c.code = %s) AND a.valid_until IS NULL AND u.closed_at IS NULL",
            [sorted(STAFF_POSTS), today, today, above, community],
        )
        return [UnitRow(*row) for row in cursor.fetchall()]
