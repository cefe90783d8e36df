"""Open cases near a place that may be the one that somebody is writing about.

Place and time are an index; the few hundred reports that it yields are compared whole, by their item, their metres and
the share of pieces that their words have in common. docs/decisions/near-cases-are-compared-whole.md has the figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

from django.db import connection

from doorstep.cases.queries import catalogue
from doorstep.cases.rules.merge import NEAR_M, RECENT, Twin, offers
from doorstep.catalogue.item import Item, Sensitivity
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import distances_m
from doorstep.engines.likeness import grams_of, jaccards, unpacked

MOST_COMPARED: Final = 1500
"""The latest reports of a place that are looked at; there is no place where so many are open at once."""

# How the database cuts its squares: see the migration that made the table.
_CELLS_A_DEGREE: Final = 500
_CELL_ROW: Final = 1_000_000
_METRES_A_DEGREE: Final = 110_574.0
STEP_M: Final = 50


class Candidate(NamedTuple):
    """A report near by, as the database has it."""

    case: int
    lon: float
    lat: float
    reported_at: datetime
    grams: bytes
    item: str
    state: str
    voices: int
    microgrid: str | None


@dataclass(frozen=True)
class Offered:
    """An open case that may be joined, as a stranger may know it: no words, no number, no person, no exact place."""

    case: int
    item: Item
    state: str
    reported_at: datetime
    microgrid: str | None
    within_m: int
    voices: int


def offered(words: str, item: str | None, lon: float, lat: float, *, at: datetime) -> tuple[Offered, ...]:
    """What whoever writes these words at this place may join, the likeliest first.

    Nobody who writes may read a case; the machine looks, and only this leaves here.
    """
    grams = grams_of(words)
    with acting_as(WORKER):
        near = _near(lon, lat, at)
    if not near:
        return ()
    metres = distances_m(lon, lat, [each.lon for each in near], [each.lat for each in near])
    alike = jaccards(grams, [unpacked(each.grams) for each in near])
    twins = [_twin(each, float(m), float(a)) for each, m, a in zip(near, metres, alike, strict=True)]
    said = Twin("", item, "", at, sensitive=_is_sensitive(catalogue().items.get(item or "")))
    found = offers(said, twins, pieces=len(grams))
    rows = {str(each.case): (each, float(m)) for each, m in zip(near, metres, strict=True)}
    return tuple(_offered(*rows[case]) for case in found)


def may_be_joined(item: str) -> bool:
    """Whether a stranger may join a case of this item: it concerns everybody, and nothing about it is private."""
    known = catalogue().items.get(item)
    return known is not None and known.public and not _is_sensitive(known)


class Box(NamedTuple):
    """The smallest box of degrees that holds a circle."""

    west: float
    east: float
    south: float
    north: float


def box_around(lon: float, lat: float, metres: float = NEAR_M) -> Box:
    """The box of a circle, a hundredth larger, so that rounding leaves nothing out."""
    up = 1.01 * metres / _METRES_A_DEGREE
    across = up / max(0.01, math.cos(math.radians(lat)))
    return Box(lon - across, lon + across, lat - up, lat + up)


def cells_around(lon: float, lat: float, metres: float = NEAR_M) -> list[int]:
    """The squares of the index that a circle touches."""
    box = box_around(lon, lat, metres)
    rows = range(math.floor(box.south * _CELLS_A_DEGREE), math.floor(box.north * _CELLS_A_DEGREE) + 1)
    columns = range(math.floor(box.west * _CELLS_A_DEGREE), math.floor(box.east * _CELLS_A_DEGREE) + 1)
    return [row * _CELL_ROW + column for row in rows for column in columns]


def shared_words(one: str, other: str, most: int = 4) -> str:
    """Some words that stand in both texts, the longest first: for whoever may read both."""
    found: list[str] = []
    for run in _runs_in_both(one, other):
        if len(found) < most and not any(run in each for each in found):
            found.append(run)
    return "、".join(found)


def _near(lon: float, lat: float, at: datetime) -> list[Candidate]:
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [cells_around(lon, lat), at - RECENT, *box_around(lon, lat), MOST_COMPARED])
        return [Candidate(*row) for row in cursor.fetchall()]


# The squares are four times as large as the circle in them: what lies beside it is left before its case is read.
_NEAR: Final = """
SELECT l.case_id, l.lon, l.lat, l.reported_at, l.grams, c.item, c.state, c.voices, m.name
FROM cases_likeness l JOIN cases_case c ON c.id = l.case_id LEFT JOIN areas_area m ON m.id = c.microgrid_id
WHERE l.cell = ANY(%s) AND l.reported_at >= %s AND l.lon BETWEEN %s AND %s AND l.lat BETWEEN %s AND %s
    AND c.is_open AND c.item <> '' AND c.source <> 'part'
ORDER BY l.reported_at DESC LIMIT %s
"""


def _twin(each: Candidate, metres: float, alike: float) -> Twin:
    return Twin(
        number=str(each.case),
        item=each.item,
        community="",
        reported_at=each.reported_at,
        public=may_be_joined(each.item),
        sensitive=_is_sensitive(catalogue().items.get(each.item)),
        distance_m=metres,
        likeness=alike,
    )


def _offered(each: Candidate, metres: float) -> Offered:
    within = STEP_M * max(1, math.ceil(metres / STEP_M))
    return Offered(
        each.case, catalogue().items[each.item], each.state, each.reported_at, each.microgrid, within, each.voices
    )


def _is_sensitive(item: Item | None) -> bool:
    return item is not None and item.sensitivity is Sensitivity.SENSITIVE


def _runs_in_both(one: str, other: str) -> Sequence[str]:
    """Pieces of two signs or more that stand in both, the longest first, then as they stand in the first."""
    found: list[tuple[int, int, str]] = []
    for start in range(len(one)):
        end = start + 2
        while end <= len(one) and one[start:end] in other and one[start:end].isalnum():
            end += 1
        run = one[start : end - 1]
        if len(run) >= 2 and run.isalnum():
            found.append((-len(run), start, run))
    return [run for _, _, run in sorted(found)]
