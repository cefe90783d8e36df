"""The ground of chosen buildings: what lies nearer to their walls than to anybody else's, and not far from them.

So a person points at the houses of a hospital instead of drawing its outline. Method: the Voronoi diagram of points
along the walls, as in `true_polygons`, around the chosen houses alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from doorstep.engines.districting.problem import Floats, Geometries, Ints

REACH_M: Final = 30.0
EVERY_M: Final = 4.0
WITHIN_THE_WALL_M: Final = 0.3
SMOOTHED_M: Final = 0.5


def ground_around(
    footprints: Geometries, chosen: Sequence[int] | Ints, reach_m: float = REACH_M
) -> shapely.Polygon | shapely.MultiPolygon:
    """Polygons that hold all of the chosen footprints, rows of `footprints`, and nothing of any other.

    Shapes are in metres; a building may be a point. The ground reaches no further than `reach_m` from the chosen walls.
    """
    rows = np.unique(np.asarray(chosen, np.int64))
    shapes = np.where(shapely.is_valid(footprints), footprints, shapely.make_valid(footprints))
    own = shapely.union_all(shapes[rows])
    around = own.buffer(reach_m, quad_segs=4)
    near = shapely.STRtree(shapes).query(own, predicate="dwithin", distance=2 * reach_m)
    other = np.setdiff1d(near, rows)
    ground = shapely.intersection(_nearest_to(shapes[np.r_[rows, other]], len(rows), around), around)
    ground = shapely.union(shapely.simplify(ground, SMOOTHED_M), own)
    if len(other):
        # A house that stands over another one is there too.
        ground = shapely.difference(ground, shapely.difference(shapely.union_all(shapes[other]), own))
    return _polygons(shapely.make_valid(ground))


def _nearest_to(shapes: Geometries, chosen: int, around: shapely.Geometry) -> shapely.Geometry:
    """All that lies nearer to one of the first `chosen` shapes than to any of the others."""
    points, row = _along_the_walls(shapes)
    if len(points) == 1 or row.max() < chosen:
        return around
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points), extend_to=around, ordered=True))
    return shapely.union_all(cells[row < chosen])


def _along_the_walls(shapes: Geometries) -> tuple[Floats, Ints]:
    """Points along the inside of the walls, and the shape of each."""
    inner = shapely.buffer(shapes, -WITHIN_THE_WALL_M, join_style="mitre")
    lost = shapely.is_empty(inner)
    outlines = np.where(lost, shapely.point_on_surface(shapes), shapely.boundary(inner))
    points, row = shapely.get_coordinates(shapely.segmentize(outlines, EVERY_M), return_index=True)
    points, first = np.unique(np.round(points, 1), axis=0, return_index=True)
    return points, row[first]


def _polygons(shape: shapely.Geometry) -> shapely.Polygon | shapely.MultiPolygon:
    """The parts with an area."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    solid = parts[shapely.get_type_id(parts) == 3]
    return solid[0] if len(solid) == 1 else shapely.multipolygons(solid)
