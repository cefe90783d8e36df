"""Which communities can be divided, and what plans they have."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from doorstep.areas.models import Area, Building, Level, Plan, PlanPiece, PlanState


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


def divisible(*, county: int | None = None, community: int | None = None) -> list[Divisible]:
    """The communities of a county, or the one, that have buildings."""
    areas = Area.objects.filter(level=Level.COMMUNITY, valid_until=None)
    areas = areas.filter(pk=community) if community is not None else areas.filter(county=county)
    rows = (
        Building.objects.filter(community__in=areas, removed_at=None)
        .order_by()
        .values("community", "community__code", "community__name")
        .annotate(
            buildings=Count("id"),
            lived=Sum("lived_in"),
            all_dwellings=Sum("dwellings"),
            guessed=Count("id", filter=Q(lived_in_basis="estimated", dwellings__gt=0)),
        )
    )
    return [
        Divisible(
            row["community"], row["community__code"], row["community__name"], row["buildings"], row["lived"] or 0,
            row["all_dwellings"] or 0, row["guessed"],
        )
        for row in rows
    ]  # fmt: skip


def plan_in_force(community: int) -> Plan | None:
    """The plan by which a community is divided now."""
    return Plan.objects.filter(community=community, state=PlanState.IN_FORCE).first()


def plans_of(community: int) -> list[Plan]:
    """Every plan of a community, the newest first, without those that were thrown away."""
    return list(Plan.objects.filter(community=community).exclude(state=PlanState.DISCARDED).order_by("-id")[:20])


def pieces_of(plan: int) -> list[PlanPiece]:
    """The micro-grids of a plan, by code."""
    return list(PlanPiece.objects.filter(plan=plan).order_by("code"))
