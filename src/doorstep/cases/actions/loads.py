"""How many cases each building had in the last year, for districting to share them evenly (`areas.amounts`).

Only the number is kept, and only desks that draw read its sums; who asked for what stays with the case.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Final

import numpy as np
import shapely

from doorstep.areas.actions.counting import keep_amounts
from doorstep.areas.models import Amount, Building
from doorstep.areas.rules.wishes import CASES
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import Projection

WITHIN: Final = timedelta(days=365)
NEAR_M: Final = 100.0
"""A case further than this from every building, on a road or at a river, is nobody's load."""


def count_cases(*, at: datetime) -> int:
    """Count anew, each community by itself; how many cases were counted."""
    with acting_as(WORKER, because="cases a year"):
        recent = Case.objects.filter(reported_at__gt=at - WITHIN, community__isnull=False).exclude(state="withdrawn")
        known: set[int | None] = set(recent.values_list("community", flat=True).distinct())
        # Where there were cases once and are none now, zero has to be said.
        known |= set(Amount.objects.filter(name=CASES).values_list("community", flat=True).distinct())
    counted = 0
    for community in sorted(each for each in known if each is not None):
        with acting_as(WORKER, because="cases a year"):
            found = _by_building(community, at)
            before = Amount.objects.filter(community=community, name=CASES).values_list("building", flat=True)
            keep_amounts(community, CASES, {**dict.fromkeys(before, 0.0), **found})
            counted += sum(found.values())
    return counted


def _by_building(community: int, at: datetime) -> Counter[int]:
    """The cases of each building: of its doors, and those whose place lies nearest to it."""
    recent = Case.objects.filter(community=community, reported_at__gt=at - WITHIN).exclude(state="withdrawn")
    rows = list(recent.values_list("door__building", "lon", "lat"))
    found = Counter(building for building, _, _ in rows if building is not None)
    places = [(lon, lat) for building, lon, lat in rows if building is None and lon is not None and lat is not None]
    standing = list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
    if not places or not standing:
        return found
    plane = Projection.of(standing[0].lon)
    walls = plane.flatten(np.array([shapely.from_wkb(bytes(row.footprint)) for row in standing], dtype=object))
    points = plane.flatten(shapely.points(np.array(places)))
    _, nearest = shapely.STRtree(walls).query_nearest(points, max_distance=NEAR_M, all_matches=False)
    found.update(standing[row].pk for row in nearest.tolist())
    return found
