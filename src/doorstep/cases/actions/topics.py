"""Find the hot topics of the last days, each hour anew: who tells of one thing, by wording, place and time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import numpy as np
from django.db import connection

from doorstep.cases.queries import catalogue
from doorstep.cases.rules.topics import WINDOW_DAYS, Member, Share, counted, shares
from doorstep.catalogue.item import Sensitivity
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import Projection
from doorstep.core.time.zone import LOCAL, local_date
from doorstep.engines.likeness import grams_of, linked, packed, unpacked

GOES_ON_WITHIN: Final = timedelta(days=3)
MOST_SIGNED: Final = 2_000
_ONE_AT_A_TIME: Final = 7402


def find_topics(*, at: datetime) -> int:
    """Roll up the topics of the last days; how many there are. A second worker that begins meanwhile does nothing."""
    today = local_date(at)
    since = today - timedelta(days=WINDOW_DAYS - 1)
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
        sign_unsigned(since)
        found = [share for county in _counties(since) for share in _topics_of(county, since)]
        found = _going_on(found, since)
        cursor.execute("DELETE FROM cases_topic WHERE day >= %s", [since])
        cursor.executemany(_INSERT, [_row(share) for share in found])
    return len({share.key for share in found})


def sign_unsigned(since: date) -> int:
    """What came in without a signature, or before there were any, gets one; how many did."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSIGNED, [_midnight(since), MOST_SIGNED])
        rows = [(case, at, lon, lat, packed(grams_of(words))) for case, at, lon, lat, words in cursor.fetchall()]
        cursor.executemany(
            "INSERT INTO cases_likeness (case_id, seq, reported_at, lon, lat, grams) VALUES (%s, 1, %s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            rows,
        )
    return len(rows)


_UNSIGNED: Final = """
SELECT c.id, c.reported_at, coalesce(c.lon, d.lon), coalesce(c.lat, d.lat), s.words
FROM cases_case c JOIN cases_said s ON s.case_id = c.id AND s.seq = 1 LEFT JOIN areas_door d ON d.id = c.door_id
WHERE c.reported_at >= %s AND c.source <> 'part' AND NOT EXISTS (SELECT FROM cases_likeness l WHERE l.case_id = c.id)
ORDER BY c.id LIMIT %s
"""


def _counties(since: date) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT county_id FROM cases_case WHERE reported_at >= %s AND county_id IS NOT NULL ORDER BY 1",
            [_midnight(since)],
        )
        return [row[0] for row in cursor.fetchall()]


# A voice counts under what the case is about that it joined.
_MEMBERS: Final = """
SELECT c.id, (c.reported_at AT TIME ZONE 'Asia/Shanghai')::date,
    extract(epoch FROM c.reported_at)::double precision / 86400, coalesce(r.item, c.item),
    coalesce(r.case_class, c.case_class), c.county_id, c.subdistrict_id, c.community_id, c.merged_into_id,
    l.lon, l.lat, l.grams
FROM cases_case c JOIN cases_likeness l ON l.case_id = c.id LEFT JOIN cases_case r ON r.id = c.merged_into_id
WHERE c.county_id = %s AND c.reported_at >= %s AND c.state <> 'withdrawn' AND c.source <> 'part'
    AND c.subdistrict_id IS NOT NULL AND c.community_id IS NOT NULL AND coalesce(r.item, c.item) <> ''
ORDER BY c.id
"""


def _topics_of(county: int, since: date) -> list[Share]:
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [county, _midnight(since)])
        rows = cursor.fetchall()
    private = {each.id for each in catalogue().items.values() if each.sensitivity is Sensitivity.SENSITIVE}
    told = [row for row in rows if row[3] not in private]
    groups: dict[tuple[str, int], list[Member]] = {}
    for row, group in zip(told, _groups(told), strict=True):
        groups.setdefault(group, []).append(_member(row))
    found = [share for group in groups.values() for share in shares(group)]
    return found + counted([_member(row) for row in rows if row[3] in private])


def _groups(rows: Sequence[Sequence[Any]]) -> list[tuple[str, int]]:
    """The group of each report; a voice is in that of the case that it joined, wherever it lies."""
    if not rows:
        return []
    kinds = {item: at for at, item in enumerate(sorted({row[3] for row in rows}))}
    lon = np.array([np.nan if row[9] is None else row[9] for row in rows], dtype=float)
    lat = np.array([np.nan if row[10] is None else row[10] for row in rows], dtype=float)
    places = np.full((len(rows), 2), np.nan)
    known = ~(np.isnan(lon) | np.isnan(lat))
    if known.any():
        zone = Projection.of(float(np.median(lon[known])))
        places[known] = np.column_stack(zone.metres(lon[known], lat[known]))
    names = linked(
        [kinds[row[3]] for row in rows],
        places,
        np.array([row[2] for row in rows], dtype=float),
        [unpacked(row[11]) for row in rows],
    )
    at = {row[0]: place for place, row in enumerate(rows)}
    return [_group(row, int(name), names, at) for row, name in zip(rows, names, strict=True)]


def _group(row: Sequence[Any], name: int, names: Any, at: dict[int, int]) -> tuple[str, int]:
    joined = row[8]
    if joined is None:
        return "found", name
    return ("found", int(names[at[joined]])) if joined in at else ("joined", joined)


def _member(row: Sequence[Any]) -> Member:
    case, day, _, item, case_class, county, subdistrict, community, joined, *_ = row
    return Member(case, day, item, case_class, county, subdistrict, community, joined)


def _going_on(found: Sequence[Share], since: date) -> list[Share]:
    """A topic that is older than the days that are looked at keeps the name under which its first days are kept."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT item, case_class, subdistrict_id, community_id, min(key) FROM cases_topic"
            " WHERE day < %s AND day >= %s GROUP BY 1, 2, 3, 4",
            [since, since - GOES_ON_WITHIN],
        )
        before = {tuple(row[:4]): row[4] for row in cursor.fetchall()}
    former: dict[int, int] = {}
    for share in found:
        key = before.get((share.item, share.case_class, share.subdistrict, share.community))
        if key is not None and share.day <= since + GOES_ON_WITHIN:
            former[share.key] = min(key, former.get(share.key, key))
    taken: dict[tuple[int, date, int, int | None], Share] = {}
    for share in sorted(found):
        named = replace(share, key=former.get(share.key, share.key))
        same = (named.key, named.day, named.subdistrict, named.community)
        taken[same] = _together(taken[same], named) if same in taken else named
    return list(taken.values())


def _together(one: Share, other: Share) -> Share:
    return replace(one, cases=one.cases + other.cases, voices=one.voices + other.voices)


_INSERT: Final = """
INSERT INTO cases_topic (key, day, county_id, subdistrict_id, community_id, item, case_class, cases, voices)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def _row(share: Share) -> tuple[Any, ...]:
    return (
        share.key, share.day, share.county, share.subdistrict, share.community, share.item, share.case_class,
        share.cases, share.voices,
    )  # fmt: skip


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LOCAL)
