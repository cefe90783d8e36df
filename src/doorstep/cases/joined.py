"""What belongs together, as a desk sees it: the voices of a case, and open cases near by that may be the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.cases.queries import catalogue
from doorstep.cases.rules.lifecycle import BEFORE_WORK, State
from doorstep.cases.rules.merge import RECENT, Proposal, Twin, proposals
from doorstep.cases.rules.pseudonym import pseudonym
from doorstep.cases.similar import cells_around, shared_words
from doorstep.catalogue.item import Sensitivity
from doorstep.core.geometry.metres import distances_m
from doorstep.core.text import Message
from doorstep.engines.likeness import grams_of, jaccards

MOST_CANDIDATES: Final = 200
MOST_VOICES: Final = 50


class Voice(NamedTuple):
    """One more person who asked for the same, under the name by which handlers know them."""

    id: int
    number: str
    joined_at: datetime
    joined_by: str
    words: str
    objects: bool

    @property
    def reporter(self) -> Message:
        return pseudonym(self.number)


class Likely(NamedTuple):
    """An open case that may be the same. `is_later` says which of the two would join the other."""

    number: str
    seq: int
    because: Message
    reported_at: datetime
    is_later: bool
    voices: int


def voices_of(case: Any) -> list[Voice]:
    """Who joined, the earliest first; row-level security says whose words may be read."""
    if not case.voices:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_VOICES, {"case": case.pk, "most": MOST_VOICES})
        return [Voice(*row) for row in cursor.fetchall()]


# All that a voice said counts, its objection among it.
_VOICES: Final = """
SELECT c.id, c.number, m.heard_at, m.by_hat,
    coalesce((SELECT string_agg(s.words, E'\\n' ORDER BY s.seq) FROM cases_said s WHERE s.case_id = c.id), ''),
    EXISTS (SELECT FROM cases_event o WHERE o.case_id = c.id AND o.move = 'note' AND o.facts ? 'objects_to')
FROM cases_case c CROSS JOIN LATERAL (
    SELECT e.heard_at, e.by_hat FROM cases_event e WHERE e.case_id = c.id AND e.move = 'merge'
    ORDER BY e.seq DESC LIMIT 1) m
WHERE c.merged_into_id = %(case)s ORDER BY m.heard_at, c.id LIMIT %(most)s
"""


def likely(case: Any, words: str) -> list[Likely]:
    """Open cases that may be the same, with why; the machine proposes, a person merges."""
    if not case.item or case.community_id is None or State(case.state) not in BEFORE_WORK | {State.TAKEN}:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LIKELY, _asked(case))
        found = {row[0]: row for row in cursor.fetchall()}
    rows = list(found.values())
    alike = jaccards(grams_of(words), [grams_of(row[6] or "") for row in rows])
    others = [_twin(row, case, words, float(a)) for row, a in zip(rows, alike, strict=True)]
    itself = Twin(case.number, case.item, str(case.community_id), case.reported_at, sensitive=_is_sensitive(case.item))
    return [_shown(each, found[each.number], case) for each in proposals(itself, others)]


def _shown(each: Proposal, row: Sequence[Any], case: Any) -> Likely:
    _, _, _, reported_at, _, _, _, seq, voices = row
    return Likely(each.number, seq, each.because, reported_at, reported_at > case.reported_at, voices)


def _asked(case: Any) -> dict[str, Any]:
    cells = cells_around(case.place_lon, case.place_lat) if case.place_lon is not None else []
    return {
        "case": case.pk,
        "community": case.community_id,
        "item": case.item,
        "cells": cells,
        "since": case.reported_at - RECENT,
        "until": case.reported_at + RECENT,
        "most": MOST_CANDIDATES,
    }


# Of the same item anywhere in the community, and of any item near by.
_LIKELY: Final = """
WITH near AS (
    SELECT l.case_id AS id FROM cases_likeness l
    WHERE l.cell = ANY(%(cells)s) AND l.reported_at BETWEEN %(since)s AND %(until)s LIMIT %(most)s
), same AS (
    SELECT c.id FROM cases_case c WHERE c.community_id = %(community)s AND c.is_open AND c.item = %(item)s
    ORDER BY c.id DESC LIMIT %(most)s
)
SELECT c.number, c.item, c.community_id, c.reported_at, coalesce(c.lon, d.lon), coalesce(c.lat, d.lat), s.words, c.seq,
    c.voices
FROM (SELECT id FROM near UNION SELECT id FROM same) each JOIN cases_case c ON c.id = each.id
LEFT JOIN areas_door d ON d.id = c.door_id JOIN cases_said s ON s.case_id = c.id AND s.seq = 1
WHERE c.is_open AND c.id <> %(case)s AND c.item <> '' AND c.state IN ('reported', 'located', 'classified',
    'dispatched', 'taken', 'done') AND c.reported_at BETWEEN %(since)s AND %(until)s
"""


def _twin(row: Sequence[Any], case: Any, words: str, alike: float) -> Twin:
    number, item, community, reported_at, lon, lat, said, _, _ = row
    return Twin(
        number=number,
        item=item,
        community=str(community),
        reported_at=reported_at,
        sensitive=_is_sensitive(item),
        distance_m=_metres(case, lon, lat),
        likeness=alike,
        shared=shared_words(said or "", words),
    )


def _metres(case: Any, lon: float | None, lat: float | None) -> float | None:
    """How far apart two points of one neighbourhood are; no place, no distance."""
    if case.place_lon is None or case.place_lat is None or lon is None or lat is None:
        return None
    return float(distances_m(case.place_lon, case.place_lat, lon, lat))


def _is_sensitive(item: str) -> bool:
    known = catalogue().items.get(item)
    return known is not None and known.sensitivity is Sensitivity.SENSITIVE
