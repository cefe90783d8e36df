"""Where the entrances of a building are whose homes lie in several micro-grids: each in the one of its own homes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import shapely

from doorstep.areas.dividing import House, arrays_of
from doorstep.areas.models import Building, PlanAtom, PlanPiece
from doorstep.core.geometry.metres import Projection
from doorstep.engines.districting.atoms import placed

Spot = tuple[float, float]
"""Longitude and latitude in WGS 84."""


def spots_of(plan: int, buildings: Sequence[Building]) -> dict[tuple[int, int], Spot]:
    """The place of each entrance, by building and number from 1, of the buildings that a plan parts.

    Nobody has drawn where a door is: it is taken to be in the middle of its share of the house, along its longer side,
    and if that is another micro-grid's ground, somewhere on the ground that the house has in its own.
    """
    shares = _shares(plan, buildings)
    outlines = _outlines({piece for share in shares.values() for piece in share.values()})
    return {
        (building.pk, number): spot
        for building in buildings
        if building.pk in shares
        for number, spot in _in(building, shares[building.pk], outlines).items()
    }


def _shares(plan: int, buildings: Sequence[Building]) -> dict[int, dict[int, int]]:
    """By building that several micro-grids share, the piece in which most homes of each entrance are."""
    entrances = {building.pk: max(building.entrances or 1, 1) for building in buildings}
    homes: dict[int, dict[int, dict[int, int]]] = defaultdict(lambda: defaultdict(lambda: defaultdict(int)))
    rows = PlanAtom.objects.filter(piece__plan=plan, building__in=list(entrances), households__gt=0).order_by(
        "position"
    )
    for building, entrance, households, piece in rows.values_list("building", "entrance", "households", "piece"):
        # Homes of which no entrance is known are behind all of them.
        for number in [entrance] if entrance else range(1, entrances[building] + 1):
            homes[building][number][piece] += households
    shared = {each for each, own in homes.items() if len({piece for behind in own.values() for piece in behind}) > 1}
    return {
        building: {number: max(behind, key=lambda piece: behind[piece]) for number, behind in homes[building].items()}
        for building in shared
    }


def _outlines(pieces: set[int]) -> dict[int, shapely.Geometry]:
    rows = PlanPiece.objects.filter(pk__in=pieces).values_list("pk", "outline")
    return {key: shapely.from_wkb(bytes(outline)) for key, outline in rows}


def _in(building: Building, share: Mapping[int, int], outlines: Mapping[int, shapely.Geometry]) -> dict[int, Spot]:
    footprint = shapely.from_wkb(bytes(building.footprint))
    middles = _middles(building, footprint, max(share))
    found = {}
    for number, piece in share.items():
        middle = shapely.Point(middles[number - 1])
        if not outlines[piece].contains(middle):
            own = shapely.intersection(footprint, outlines[piece])
            middle = shapely.point_on_surface(outlines[piece] if own.is_empty else own)
        found[number] = (middle.x, middle.y)
    return found


def _middles(building: Building, footprint: shapely.Geometry, count: int) -> list[Spot]:
    """The middle of the strip of each entrance, as the engine parts a house."""
    plane = Projection.of(building.lon)
    houses = arrays_of([House(footprint, count, building.floors, entrances=count)], plane)
    nothing = np.zeros(count, np.int64)
    atoms = placed(houses, nothing, np.arange(count), np.zeros((count, 2), np.int64))
    lon, lat = plane.degrees(atoms.xy[:, 0], atoms.xy[:, 1])
    return list(zip(np.asarray(lon).tolist(), np.asarray(lat).tolist(), strict=True))
