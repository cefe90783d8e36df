"""The cases that a partner knows, and how they moved between two moments: for those who ask by date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.exchange.models import Link
from doorstep.exchange.queries import Known


class Moved(NamedTuple):
    """One row of a known case's life that its partner is told, with the words that are for its reporter."""

    number: str
    seq: int
    state: str
    outcome: str
    at: datetime
    words: str


def known_cases(partner: Known, numbers: Sequence[str]) -> list[int]:
    """Those of these numbers, the partner's own or ours, by which the partner knows a case."""
    with acting_as(WORKER):
        links = Link.objects.filter(partner=partner.id)
        by_ours = links.filter(case__number__in=numbers).values_list("case", flat=True)
        by_theirs = links.filter(number__in=numbers).values_list("case", flat=True)
        return sorted({*by_ours, *by_theirs})


def moved(
    partner: Known, since: datetime, until: datetime, *, case: int | None = None, limit: int = 1000
) -> list[Moved]:
    """What the partner is told of its cases, the earliest first; of one case alone where it is named."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_MOVED, {"partner": partner.id, "since": since, "until": until, "case": case, "limit": limit})
        return [Moved._make(row) for row in cursor.fetchall()]


_MOVED: Final = """
SELECT c.number, e.seq, e.to_state, coalesce(e.facts->>'outcome', ''), e.heard_at,
    coalesce(CASE WHEN s.for_reporter THEN s.words END, '')
FROM exchange_update u
JOIN cases_event e ON e.case_id = u.case_id AND e.seq = u.seq
JOIN cases_case c ON c.id = u.case_id
LEFT JOIN cases_said s ON s.case_id = u.case_id AND s.seq = u.seq
WHERE u.partner_id = %(partner)s AND e.heard_at BETWEEN %(since)s AND %(until)s
    AND (%(case)s::bigint IS NULL OR u.case_id = %(case)s)
ORDER BY e.heard_at, u.case_id, u.seq LIMIT %(limit)s
"""
