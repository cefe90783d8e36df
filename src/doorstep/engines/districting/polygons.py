"""The polygon of each piece: the union of the Voronoi cells of its atoms, so that pieces tile the ground.

Cells form a valid coverage (neighbours share every corner), which the union of whole cells keeps: no gap, no overlap.
"""

from __future__ import annotations

import numpy as np
import shapely

from doorstep.engines.districting.problem import Floats, Geometries, Ints


def dissolve(cells: Geometries, label: Ints) -> Geometries:
    """One polygon for each label from 0 on; in several parts only where an island forces it."""
    order = np.argsort(label, kind="stable")
    groups = np.split(cells[order], np.cumsum(np.bincount(label))[:-1])
    polygons = np.empty(len(groups), dtype=object)
    for number, group in enumerate(groups):
        polygons[number] = group[0] if len(group) == 1 else shapely.coverage_union_all(group)
    return polygons


def cell_at(cells: Geometries, xy: Floats) -> Ints:
    """The cell that each place lies in, the nearest one for a place in none."""
    tree = shapely.STRtree(cells)
    place, cell = tree.query_nearest(shapely.points(xy), all_matches=True)
    found = np.full(len(xy), len(cells))
    # A place on a border belongs to the first of its cells.
    np.minimum.at(found, place, cell)
    return found
