"""Plans drawn by hand for tests, square by square, so that what changes between two of them is plain."""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas.models import Area, Plan, PlanPiece
from doorstep.core.access import WORKER, acting_as

# The town's own squares: column from the west, row from the north.
TOWN = {"1-1": (0, 0, 1, 1), "1-2": (0, 1, 1, 2), "2-1": (1, 0, 2, 1), "2-2": (1, 1, 2, 2)}


def a_draft(town: Town, squares: Mapping[str, tuple[float, float, float, float]] = TOWN, households: int = 70) -> int:
    """A draft whose micro-grids ("grid-number": west, north, east, south in squares) are these."""
    with acting_as(WORKER):
        code = Area.objects.get(pk=town.community).code
        plan = Plan.objects.create(community_id=town.community, settings={}, report={}, made_at=MORNING)
        for name, (west, north, east, south) in squares.items():
            grid, number = map(int, name.split("-"))
            PlanPiece.objects.create(
                plan=plan,
                grid_number=grid,
                microgrid_number=number,
                code=f"{code}{grid:03d}{number:02d}",
                households=households,
                outline=shapely.to_wkb(_box(west, north, east, south)),
            )
    return plan.pk


def _box(west: float, north: float, east: float, south: float) -> shapely.Polygon:
    """A corner at every half square, so that whoever lies beside it meets it there."""
    across = [west + step / 2 for step in range(round(2 * (east - west)))]
    down = [north + step / 2 for step in range(round(2 * (south - north)))]
    corners = [
        *((x, north) for x in across),
        *((east, y) for y in down),
        *((east + west - x, south) for x in across),
        *((west, south + north - y) for y in down),
    ]
    return shapely.Polygon([(LON + SQUARE_DEG * x, LAT - SQUARE_DEG * y) for x, y in corners])
