"""The special grids of a community: a hospital, a school, a market, each run as a grid of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import shapely

from doorstep.areas.counts import households_of
from doorstep.areas.models import Building, PlanSpecial
from doorstep.areas.models import SpecialGrid as SpecialGrid
from doorstep.areas.plans import Shape
from doorstep.areas.rules.codes import AreaCode, grid_code
from doorstep.engines.districting.problem import Bools, Geometries


@dataclass(frozen=True)
class Special:
    """A special grid as a list shows it: how many buildings stand in it, and who is at home there."""

    id: int
    code: str
    name: str
    led_by: str
    department: str
    from_on: date
    until_on: date | None
    buildings: int
    households: int


def kept(community: int) -> list[SpecialGrid]:
    """The special grids of a community that are none of the past, by number."""
    return list(SpecialGrid.objects.filter(community=community, until_on=None).order_by("number"))


def listed(community: int, code: str) -> list[Special]:
    """All that there were, those of today first, with what stands in them; `code` is the community's."""
    rows = list(SpecialGrid.objects.filter(community=community).order_by("until_on", "number"))
    rows.sort(key=lambda row: (row.until_on is not None, row.number))
    standing = _standing(community)
    of = grids_of(standing, rows)
    homes = np.array([households_of(each, "lived_in") for each in standing], np.int64)
    return [
        Special(
            row.pk, grid_code(AreaCode(code), row.number), row.name, row.led_by, row.department, row.from_on,
            row.until_on, int(of[place].sum()), int(np.dot(of[place], homes)),
        )
        for place, row in enumerate(rows)
    ]  # fmt: skip


def grids_of(standing: Sequence[Building], rows: Sequence[SpecialGrid]) -> Bools:
    """(grids, buildings) whether the middle of a building lies in a special grid."""
    inside = np.zeros((len(rows), len(standing)), np.bool_)
    if len(rows) == 0 or len(standing) == 0:
        return inside
    points = shapely.points([each.lon for each in standing], [each.lat for each in standing])
    place, building = shapely.STRtree(points).query(shapes_of(rows), predicate="covers")
    inside[place, building] = True
    return inside


def shapes_of(rows: Sequence[SpecialGrid]) -> Geometries:
    """Their ground, in degrees of WGS 84."""
    return np.array([shapely.from_wkb(bytes(row.shape)) for row in rows], dtype=object)


def outlines(community: int) -> list[Shape]:
    """The special grids of today in WKB with what a map says of each."""
    return [(bytes(row.shape), {"name": row.name, "number": row.number}) for row in kept(community)]


def houses(community: int) -> list[Shape]:
    """The buildings of a community in WKB, each with its id, its name and who lives there: to be chosen from."""
    rows = _standing(community)
    special: list[bool] = np.any(grids_of(rows, kept(community)), axis=0, keepdims=True)[0].tolist()
    return [
        (
            bytes(row.footprint),
            {
                "id": row.pk,
                "name": row.name or row.address or f"#{row.pk}",
                "households": households_of(row, "lived_in"),
                "special": is_special,
            },
        )
        for row, is_special in zip(rows, special, strict=True)
    ]


def found(community: int, words: str, ids: Sequence[int] = (), most: int = 100) -> list[Building]:
    """Buildings whose name or address holds these words; without words those where nobody lives, and always `ids`."""
    rows = Building.objects.filter(community=community, removed_at=None).defer("footprint").order_by("name", "id")
    chosen = list(rows.filter(pk__in=ids))
    if words:
        more = rows.filter(name__icontains=words) | rows.filter(address__icontains=words)
    else:
        more = rows.filter(dwellings=0)
    return [*chosen, *more.exclude(pk__in=ids)[:most]]


def of_plan(plan: int) -> list[PlanSpecial]:
    """The special grids that a plan cuts out, by code."""
    return list(PlanSpecial.objects.filter(plan=plan).select_related("special").order_by("code"))


def outlines_of_plan(plan: int) -> list[Shape]:
    """The same in WKB with what a map says of each."""
    return [
        (
            bytes(each.outline),
            {"code": each.code, "name": each.name, "households": each.households, "buildings": each.buildings},
        )
        for each in of_plan(plan)
    ]


def _standing(community: int) -> list[Building]:
    return list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
