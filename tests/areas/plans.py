"""Plans drawn by hand for tests, square by square, so that what changes between two of them is plain."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import shapely
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas import approvals
from doorstep.areas.actions import approving
from doorstep.areas.models import Area, Plan, PlanPiece
from doorstep.areas.rules.approving import Seat
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import PlanId

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


def an_approved(
    town: Town, squares: Mapping[str, tuple[float, float, float, float]] = TOWN, households: int = 70
) -> int:
    """A draft like it, approved by the command centre."""
    plan = a_draft(town, squares, households)
    approve_as(town, "command", plan)
    return plan


def approve_as(town: Town, who: str, plan: int, in_post: Collection[Seat] = ()) -> None:
    """Whoever sits in this post approves the plan as it is now."""
    actor = town.actor(who)
    with acting_as(actor):
        digest = approvals.digest_of(Plan.objects.get(pk=plan))
        approving.approve(PlanId(plan), digest, by=actor, at=MORNING, in_post=in_post)


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
