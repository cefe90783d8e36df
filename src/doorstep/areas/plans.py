"""Which communities can be divided, and what plans they have."""

from __future__ import annotations

from dataclasses import dataclass

import shapely
from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce

from doorstep.areas.models import Area, Level, PlanState
from doorstep.areas.models import Plan as Plan
from doorstep.areas.models import PlanPiece as PlanPiece


@dataclass(frozen=True)
class Divisible:
    """A community that has buildings, with how many, and how many households they are thought to hold."""

    id: int
    code: str
    name: str
    buildings: int
    lived_in: int
    dwellings: int
    estimated: int
    is_sample: bool


def divisible(*, county: int | None = None, community: int | None = None) -> list[Divisible]:
    """The communities of a county that have buildings; or the one community, with buildings or without."""
    housed = Q(buildings__removed_at=None)
    rows = (
        Area.objects.filter(level=Level.COMMUNITY, valid_until=None)
        .filter(Q(pk=community) if community is not None else Q(county=county, buildings__isnull=False))
        .order_by("code")
        .annotate(
            count=Count("buildings", filter=housed),
            lived=Coalesce(Sum("buildings__lived_in", filter=housed), 0),
            all_dwellings=Coalesce(Sum("buildings__dwellings", filter=housed), 0),
            guessed=Count(
                "buildings", filter=housed & Q(buildings__lived_in_basis="estimated", buildings__dwellings__gt=0)
            ),
        )
        .values_list("id", "code", "name", "count", "lived", "all_dwellings", "guessed", "is_sample")
    )
    return [Divisible(*row) for row in rows]


def plan(number: int) -> Plan | None:
    """A plan by its number."""
    return Plan.objects.filter(pk=number).select_related("community").defer("community__outline").first()


def plan_in_force(community: int) -> Plan | None:
    """The plan by which a community is divided now."""
    return Plan.objects.filter(community=community, state=PlanState.IN_FORCE).first()


def plans_of(community: int) -> list[Plan]:
    """Every plan of a community, the newest first, without those that were thrown away."""
    return list(Plan.objects.filter(community=community).exclude(state=PlanState.DISCARDED).order_by("-id")[:20])


def pieces_of(plan: int) -> list[PlanPiece]:
    """The micro-grids of a plan, by code."""
    return list(PlanPiece.objects.filter(plan=plan).order_by("code"))


Shape = tuple[bytes | memoryview, dict[str, object]]


def microgrid_outlines(plan: int) -> list[Shape]:
    """The micro-grids of a plan, each in WKB with what a map says of it."""
    return [
        (
            bytes(piece.outline),
            {
                "code": piece.code,
                "name": f"{piece.grid_number}-{piece.microgrid_number}",
                "households": piece.households,
                "in_range": piece.certificate is None,
            },
        )
        for piece in pieces_of(plan)
    ]


def grid_outlines(plan: int) -> list[Shape]:
    """The grids of a plan, each in WKB with what a map says of it."""
    grids: dict[str, list[PlanPiece]] = {}
    for piece in pieces_of(plan):
        grids.setdefault(piece.code[:15], []).append(piece)
    return [
        (
            shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb([bytes(each.outline) for each in group]))),
            {"code": code, "name": str(int(code[12:])), "households": sum(each.households for each in group)},
        )
        for code, group in grids.items()
    ]
