"""The two counts of households, lived in and dwellings: which one a plan used, and what the other would have said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from doorstep.areas.models import Building, Plan, PlanAtom
from doorstep.areas.rules.wishes import COUNTS, Wishes, wishes_of

BASES: Final = ("counted", "given", "estimated")
NO_FIGURE: Final = "estimated"
"""What a building counts as whose figure says nothing of where it comes from: nobody is told that it was counted."""


def households_of(building: Building, count: str) -> int:
    """Lived-in households, or dwellings where nothing better is known."""
    if count == "lived_in" and building.lived_in is not None:
        return building.lived_in
    return building.dwellings


def counts_of(plan: Plan) -> dict[str, Any]:
    """Both counts of a plan's buildings with source and day, and the pieces that the other one would put out of range.

    `used` names the count by which the plan was drawn; `other_outside` and `other_grids_outside` list code and size.
    """
    wishes = wishes_of(plan.settings)
    other = next(count for count in COUNTS if count != wishes.count)
    atoms = list(
        PlanAtom.objects.filter(piece__plan=plan.pk).values_list("piece__code", "building", "households").order_by("pk")
    )
    houses = Building.objects.defer("footprint").in_bulk({building for _, building, _ in atoms})
    sizes = _sizes(atoms, houses, other)
    return {
        "used": wishes.count,
        "other": other,
        **{count: _figures(houses.values(), count) for count in COUNTS},
        "other_outside": _outside(sizes, wishes.low, wishes.high),
        "other_grids_outside": _grids_outside(sizes, wishes),
    }


def _figures(houses: Iterable[Building], count: str) -> dict[str, Any]:
    """The sum of a count, on what its figures rest, from which sources they came and between which days."""
    bases: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    days = []
    households = 0
    for each in houses:
        figure = households_of(each, count)
        households += figure
        sources[each.source] += 1
        days.append(each.imported_at.date().isoformat())
        if figure > 0:
            basis = each.lived_in_basis if count == "lived_in" else each.dwellings_basis
            bases[basis if basis in BASES else NO_FIGURE] += 1
    return {
        "households": households,
        "bases": dict(bases),
        "sources": dict(sources.most_common()),
        "first_on": min(days, default=""),
        "last_on": max(days, default=""),
    }


def _sizes(atoms: Iterable[tuple[str, int, int]], houses: Mapping[int, Building], count: str) -> dict[str, int]:
    """The households of each micro-grid by this count; a building in several has them shared out as the plan does."""
    shares: dict[int, dict[str, int]] = {}
    for code, building, households in atoms:
        of = shares.setdefault(building, {})
        of[code] = of.get(code, 0) + households
    exact: dict[str, float] = {}
    for building, of in shares.items():
        whole = sum(of.values())
        for code, part in of.items():
            share = part / whole if whole else 1 / len(of)
            exact[code] = exact.get(code, 0.0) + share * households_of(houses[building], count)
    return {code: round(size) for code, size in sorted(exact.items())}


def _outside(sizes: Mapping[str, int], low: int, high: int) -> list[dict[str, Any]]:
    return [{"code": code, "households": size} for code, size in sizes.items() if not low <= size <= high]


def _grids_outside(sizes: Mapping[str, int], wishes: Wishes) -> list[dict[str, Any]]:
    """Grids of so many micro-grids stay in range whoever lives in them."""
    if wishes.grid_unit == "microgrids":
        return []
    grids: Counter[str] = Counter()
    for code, size in sizes.items():
        grids[code[:15]] += size
    return _outside(grids, wishes.grid_low, wishes.grid_high)
