"""Past cases as columns for a rehearsal: matter, place, urgency and time; nothing of anybody's words or contact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

import numpy as np
from django.db import connection

from doorstep.areas.models import Area
from doorstep.cases.queries import LEVEL_OF_UNIT, calendar_in_force, catalogue, facts_of_unit
from doorstep.cases.rules.facts import AreaCode
from doorstep.cases.rules.table.many import Cases, Ground
from doorstep.catalogue.item import Urgency
from doorstep.core.access import WORKER, acting_as
from doorstep.core.time.zone import LOCAL
from doorstep.staff import queries as staff

MOST: Final = 1_000_000
BATCH: Final = 50_000
LATEST: Final = 2**62


def past_cases(
    county: int, since: date, until: date, today: date, told: Callable[[float], None]
) -> tuple[Cases, Ground]:
    """The cases that were reported in the county from one day to another, the latest million of them at most.

    They are tried on the territory, the units and the posts of today: what is rehearsed is the table, not the past.
    Each batch is read in a transaction of its own, so that nothing is held up meanwhile.
    """
    with acting_as(WORKER, because="rehearsal"):
        ground, places = _ground(county, today)
        whole = _count(county, since, until)
    items = {item.id: place for place, item in enumerate(ground.items)}
    parts: list[np.ndarray] = []
    count, before = 0, None
    while count < MOST:
        with acting_as(WORKER, because="rehearsal"):
            rows = _batch(county, since, until, before, min(BATCH, MOST - count))
        if not rows:
            break
        before, count = rows[-1][0], count + len(rows)
        parts.append(_numbers(rows, items, places))
        told(min(1.0, count / max(1, whole)))
    table = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    return Cases(*(np.ascontiguousarray(table[:, column]) for column in range(4))), ground


def _ground(county: int, today: date) -> tuple[Ground, dict[int, int]]:
    """Today's places, units and days, and the number of each area."""
    inside = Area.objects.filter(county=county, level__in=["community", "grid", "microgrid"])
    places = dict(inside.order_by("pk").values_list("pk", "code"))
    codes = [AreaCode(code) for code in places.values()]
    rows = staff.units_around(sorted({code[:12] for code in codes}), today)
    # Everybody has equally much to do: how it was on each past day is not known, and would not come again.
    units = [facts_of_unit(row, 0) for row in rows if row.kind in LEVEL_OF_UNIT]
    ground = Ground(list(catalogue().items.values()), codes, units, calendar_in_force())
    return ground, {area: place for place, area in enumerate(places)}


def _count(county: int, since: date, until: date) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT least(count(*), {MOST}) {_FROM}", [county, *_period(since, until)])
        return int(cursor.fetchone()[0])


def _batch(
    county: int, since: date, until: date, before: int | None, limit: int
) -> list[tuple[int, str, int, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_PAST, [county, *_period(since, until), before or LATEST, limit])
        rows: list[tuple[int, str, int, str, int]] = cursor.fetchall()
        return rows


def _numbers(
    rows: Sequence[tuple[int, str, int, str, int]], items: dict[str, int], areas: dict[int, int]
) -> np.ndarray:
    part = [
        (items.get(item, -1), areas[area], _URGENCIES[urgency], at)
        for _, item, area, urgency, at in rows
        if area in areas and urgency in _URGENCIES
    ]
    return np.array(part, np.int64).reshape(-1, 4)


def _period(since: date, until: date) -> list[datetime]:
    return [datetime.combine(since, time(), LOCAL), datetime.combine(until + timedelta(days=1), time(), LOCAL)]


_URGENCIES: Final = {str(each): place for place, each in enumerate(Urgency)}
# Only what was once dispatched, or could have been: a case without class never came so far.
_FROM: Final = """FROM cases_case c WHERE c.county_id = %s AND c.reported_at >= %s AND c.reported_at < %s
    AND c.urgency <> '' AND c.community_id IS NOT NULL"""
_PAST: Final = f"""
SELECT c.id, c.item, coalesce(c.microgrid_id, c.grid_id, c.community_id), c.urgency,
    extract(epoch FROM c.reported_at)::bigint
{_FROM} AND c.id < %s ORDER BY c.id DESC LIMIT %s
"""  # noqa: S608 - our own words
