"""Closed cases whose item a person confirmed: what the classifier may learn from."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.db import connection

from doorstep.catalogue.item import Catalogue, Sensitivity

MOST: Final = 20_000
"""The latest cases that are learnt from; older ones tell of another time."""


class Confirmed(NamedTuple):
    """The words of a case and its item. `reporter` only tells people apart; it is a number that means nothing else."""

    case: int
    words: str
    item: str
    reporter: int


def confirmed_cases(catalogue: Catalogue) -> list[Confirmed]:
    """Oldest first: the item was put by a desk, chosen by the reporter, or found by the machine and the reporter then
    said that it is solved. What is sensitive by its item is never learnt from, nor what was erased.

    The caller acts as the machine.
    """
    items = [
        item.id
        for item in catalogue.offered.values()
        if item.examples and item.sensitivity is not Sensitivity.SENSITIVE
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CONFIRMED, {"items": items, "most": MOST})
        return [Confirmed(*row) for row in reversed(cursor.fetchall())]


# Whoever left a telephone or an address is one reporter however often they write. Those who left none, or had it
# erased, cannot be told from each other: all of one micro-grid count as one.
_CONFIRMED: Final = """
SELECT c.id, s.words, c.item,
       dense_rank() OVER (ORDER BY coalesce(nullif(k.phone, ''), nullif(k.email, ''),
           'area ' || coalesce(c.microgrid_id, c.grid_id, c.community_id, 0)))
FROM cases_case c
JOIN cases_said s ON s.case_id = c.id AND s.seq = 1
LEFT JOIN cases_contact k ON k.case_id = c.id
WHERE c.state = 'closed' AND c.item = ANY(%(items)s) AND s.words <> ''
  AND EXISTS (
    SELECT FROM cases_event e WHERE e.case_id = c.id AND (
        e.move = 'classify' AND (e.by_hat = 'desk' OR e.facts->'because'->>'key' = 'cases-classify-chosen')
        OR e.move = 'verify' AND e.by_hat = 'reporter'))
ORDER BY c.id DESC LIMIT %(most)s
"""
