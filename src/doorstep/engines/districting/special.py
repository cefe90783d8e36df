"""Special grids (专属网格): a hospital, a school, a market; their ground and buildings are taken out first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely

from doorstep.engines.districting.neighbours import node_together
from doorstep.engines.districting.polygons import dissolve
from doorstep.engines.districting.problem import Buildings, Geometries, Ints
from doorstep.engines.districting.wrong import DistrictingError, Wrong

NOT_SPECIAL = -1
SHARED_AT_MOST_M2 = 1.0
"""By how much two special grids may overlap, as drawings made by hand do; the first of them then has that ground."""


class BadSpecial(DistrictingError):
    """Special grids that cannot be cut out; `rows` are their positions."""


class Cut(NamedTuple):
    """What is left of the ground; the ground of each special grid; the one of each building, `NOT_SPECIAL` for none."""

    ground: shapely.Geometry
    special: Geometries
    grid: Ints


def cut_out(
    ground: shapely.Geometry, buildings: Buildings, shapes: Sequence[shapely.Geometry] | Geometries, is_guessed: bool
) -> Cut:
    """Part the ground; a building belongs where its middle lies, on the border of two to the first.

    A ground that `is_guessed` from the buildings reaches as far as special grids do. Refuses what is no sound polygon,
    lies outside the ground, overlaps another, or leaves nothing over.
    """
    given = np.asarray(shapes, dtype=object)
    nobody = np.full(len(buildings), NOT_SPECIAL)
    if len(given) == 0:
        return Cut(ground, given, nobody)
    _refuse(~np.isin(shapely.get_type_id(given), (3, 6)) | shapely.is_empty(given), Wrong.SPECIAL_NO_POLYGON)
    _refuse(~shapely.is_valid(given), Wrong.SPECIAL_UNSOUND)
    one, other = shapely.STRtree(given).query(given, predicate="intersects")
    shared = shapely.area(shapely.intersection(given[one], given[other])) > SHARED_AT_MOST_M2
    _refuse(np.isin(np.arange(len(given)), one[shared & (one != other)]), Wrong.SPECIAL_OVERLAP)
    whole = shapely.union_all([ground, *given]) if is_guessed else ground
    left, own = whole, np.empty(len(given), dtype=object)
    for number, shape in enumerate(given):
        own[number] = _polygons(shapely.intersection(left, shape))
        left = _polygons(shapely.difference(left, shape))
    _refuse(shapely.area(own) == 0, Wrong.SPECIAL_OUTSIDE)
    _refuse(np.full(len(given), left.is_empty), Wrong.SPECIAL_TAKE_ALL)
    place, number = shapely.STRtree(given).query(shapely.points(buildings.xy), predicate="intersects")
    grid = np.full(len(buildings), len(given))
    np.minimum.at(grid, place, number)
    return Cut(left, own, np.where(grid == len(given), NOT_SPECIAL, grid))


def _refuse(is_wrong: np.ndarray, wrong: Wrong) -> None:
    if is_wrong.any():
        raise BadSpecial(wrong, np.flatnonzero(is_wrong).tolist())


def _polygons(shape: shapely.Geometry) -> shapely.Geometry:
    """The parts with an area: where two outlines only touch, their overlay has lines too."""
    parts = shapely.get_parts(shape)
    solid = parts[shapely.get_type_id(parts) == 3]
    return solid[0] if len(solid) == 1 else shapely.multipolygons(solid)


def without(buildings: Buildings, grid: Ints) -> Buildings:
    """The same buildings, with no households in those of special grids."""
    if (grid == NOT_SPECIAL).all():
        return buildings
    homes = np.where(grid == NOT_SPECIAL, buildings.households, 0)
    return Buildings(
        buildings.xy, homes, buildings.footprints, buildings.floors, buildings.compounds, buildings.entrances
    )


def fitted(polygons: Geometries, special: Geometries) -> tuple[Geometries, Geometries]:
    """Both with the same corners on every border that they share, to the millimetre: one coverage."""
    if len(special) == 0:
        return polygons, special
    parts, owner = shapely.get_parts(np.r_[polygons, special], return_index=True)
    faces, face_owner = node_together(parts, owner)
    whole = dissolve(faces, face_owner)
    return whole[: len(polygons)], whole[len(polygons) :]
