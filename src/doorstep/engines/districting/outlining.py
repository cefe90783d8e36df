"""The footprint-true outlines of a division that exists: people may have changed it since it was computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely

from doorstep.engines.districting.atoms import placed
from doorstep.engines.districting.neighbours import ground_of
from doorstep.engines.districting.polygons import cell_at
from doorstep.engines.districting.problem import Buildings, Geometries, Ints
from doorstep.engines.districting.true_polygons import true_polygons


def outlines_of(
    buildings: Buildings,
    building: Ints,
    section: Ints,
    floors: Ints,
    label: Ints,
    pairs: Ints,
    barriers: Sequence[shapely.Geometry] | Geometries = (),
    ground: shapely.Geometry | None = None,
) -> Geometries | None:
    """One polygon for each label from 0 on, along roads and between the walls: a coverage without gap or overlap.

    building, section   (atoms,) as in `Atoms` and in that order, those with households alone
    floors      (atoms, 2) first and last floor of a band, 0 and 0 for an atom that is none
    label       (atoms,) the micro-grid of each, none without an atom
    pairs       (m, 2) atoms that are neighbours
    barriers    as for `divide`, in metres
    ground      what is tiled; without it the surroundings of the buildings

    None where footprints are not known, or where no sound outlines can be drawn along them: straight lines between
    the middles of the houses are the better map then. Method: see `true_polygons`.
    """
    if buildings.footprints is None or len(building) == 0:
        return None
    atoms = placed(buildings, building, section, floors)
    ground = ground_of(buildings, None) if ground is None else ground
    lines = np.asarray(barriers, dtype=object)
    try:
        polygons = true_polygons(ground, buildings.footprints, atoms, label, lines, pairs)
    except shapely.errors.GEOSException:
        return None
    return polygons if _tile(polygons, ground) else None


def standing_on(buildings: Buildings, rows: Ints, polygons: Geometries) -> Ints:
    """The polygon on whose ground each of these buildings stands, the nearest one for a building in none."""
    # The middle of a crooked house may lie in its yard.
    inside = shapely.points(buildings.xy[rows])
    if buildings.footprints is not None:
        inside = shapely.point_on_surface(buildings.footprints[rows])
    return cell_at(polygons, shapely.get_coordinates(inside))


def _tile(polygons: Geometries, ground: shapely.Geometry) -> bool:
    """Whether they cover the ground, each with an area of its own."""
    if shapely.is_empty(polygons).any() or not shapely.is_valid(polygons).all():
        return False
    is_whole = np.isclose(shapely.area(polygons).sum(), shapely.area(ground), rtol=1e-6)
    return bool(is_whole and shapely.coverage_is_valid(polygons))
