"""Who is whose neighbour: one Voronoi cell an atom tiles the ground, and cells that share a metre touch.

The cells are clipped to the boundary. What clipping cuts off from its atom (a cell may reach across a bay) goes to
the neighbour with the longest shared border, so that a cell is in one part unless it holds an island on which nobody
lives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from doorstep.engines.districting.problem import (
    BadBoundary,
    Bools,
    Buildings,
    Floats,
    Geometries,
    Ints,
    OutsideBoundary,
)
from doorstep.engines.districting.wrong import Wrong

SHARED_AT_LEAST_M = 1.0
MARGIN_M = 20.0
"""How far the ground reaches beyond the outermost buildings when no boundary is given."""
APART_M = 0.5
"""Atoms nearer to each other than this are moved apart, since a Voronoi cell needs a place of its own."""
GOLDEN_ANGLE = np.pi * (3 - np.sqrt(5))


@dataclass(frozen=True, eq=False)
class Tessellation:
    """A planar coverage of the ground with one cell an atom, and the pairs of cells that touch.

    cells (n,) polygons; pairs (m, 2) with the lower atom first, no pair twice; shared_m (m,) length of the common
    border.
    """

    ground: shapely.Geometry
    cells: Geometries
    pairs: Ints
    shared_m: Floats


def ground_of(buildings: Buildings, boundary: shapely.Geometry | None) -> shapely.Geometry:
    """The boundary, known to be sound and to hold every building; without one, the buildings' surroundings."""
    if boundary is None:
        centres = shapely.points(buildings.xy)
        shapes = centres if buildings.footprints is None else np.r_[buildings.footprints, centres]
        return shapely.convex_hull(shapely.geometrycollections(shapes)).buffer(MARGIN_M, quad_segs=4)
    if shapely.get_type_id(boundary) not in (3, 6):
        raise BadBoundary(Wrong.BOUNDARY_NO_POLYGON)
    if boundary.is_empty:
        raise BadBoundary(Wrong.BOUNDARY_EMPTY)
    if not boundary.is_valid:
        raise BadBoundary(Wrong.BOUNDARY_UNSOUND, why=shapely.is_valid_reason(boundary))
    shapely.prepare(boundary)
    outside = np.flatnonzero(~shapely.covers(boundary, shapely.points(buildings.xy)))
    if len(outside):
        raise OutsideBoundary(outside.tolist())
    return boundary


def tessellate(xy: Floats, ground: shapely.Geometry) -> Tessellation:
    """One cell an atom and the pairs that share at least a metre of border.

    Cells joined to the rest only by shorter borders keep the longest of them, so that they are not cut off for a
    rounding.
    """
    places = _inside_and_apart(xy, ground)
    parts, owner = _clipped_cells(places, ground)
    between, shared = shared_borders(parts)
    owner = _adopt_cut_off_parts(parts, owner, shapely.intersects_xy(parts, *places[owner].T), between, shared)
    cells = _cells_by_owner(parts, owner, len(xy))
    pairs, lengths = _sum_by_pair(owner[between], shared)
    keep = lengths >= SHARED_AT_LEAST_M
    keep |= _links_between_parts(len(xy), pairs, lengths, keep)
    return Tessellation(ground, cells, pairs[keep], lengths[keep])


def move_apart(xy: Floats) -> Floats:
    """The same places, with those that coincide laid out on a small spiral around their common place."""
    tree = shapely.STRtree(shapely.points(xy))
    one, other = tree.query(shapely.points(xy), predicate="dwithin", distance=APART_M)
    lowest = np.full(len(xy), len(xy))
    np.minimum.at(lowest, one, other)
    first = _follow(lowest)
    order = np.argsort(first, kind="stable")
    rank = np.empty(len(xy), np.int64)
    start_of_group = np.r_[True, first[order][1:] != first[order][:-1]]
    rank[order] = np.arange(len(xy)) - np.maximum.accumulate(np.where(start_of_group, np.arange(len(xy)), 0))
    radius, angle = 2 * APART_M * np.sqrt(rank), rank * GOLDEN_ANGLE
    crowded = np.bincount(first, minlength=len(xy))[first] > 1
    spiral = xy[first] + radius[:, None] * np.c_[np.cos(angle), np.sin(angle)]
    return np.where(crowded[:, None], spiral, xy)


def _follow(first: Ints) -> Ints:
    while (first != first[first]).any():
        first = first[first]
    return first


def _inside_and_apart(xy: Floats, ground: shapely.Geometry) -> Floats:
    """Places inside the ground, no two of them together; a crowd at the edge first steps back from it."""
    inside = _pull_inside(xy, ground, APART_M)
    apart = move_apart(inside)
    if shapely.covers(ground, shapely.points(apart)).all():
        return apart
    moved = np.hypot(*(apart - inside).T)
    stepped_back = inside.copy()
    stepped_back[moved > 0] = _pull_inside(inside[moved > 0], ground, float(moved.max()) + APART_M)
    return move_apart(stepped_back)


def _pull_inside(xy: Floats, ground: shapely.Geometry, margin: float) -> Floats:
    """Sections of a building whose middle is inside may stick out; places too near the edge are moved inwards."""
    points = shapely.points(xy)
    inner = shapely.buffer(ground, -margin)
    allowed = ground if margin <= APART_M or inner.is_empty else inner
    shapely.prepare(allowed)
    out = ~shapely.covers(allowed, points)
    if not out.any():
        return xy
    nearest = shapely.shortest_line(points[out], ground if inner.is_empty else inner)
    pulled = xy.copy()
    pulled[out] = shapely.get_coordinates(nearest).reshape(-1, 2, 2)[:, 1]
    return pulled


def _clipped_cells(xy: Floats, ground: shapely.Geometry) -> tuple[Geometries, Ints]:
    """Polygons of all cells inside the ground, and the atom of each."""
    if len(xy) == 1:
        cells = np.array([ground], dtype=object)
    else:
        diagram = shapely.voronoi_polygons(shapely.multipoints(xy), extend_to=ground, ordered=True)
        cells = shapely.intersection(shapely.get_parts(diagram), ground)
    parts, owner = _polygons_of(cells)
    if not shapely.coverage_is_valid(parts):
        parts, owner = node_together(parts, owner)
    return parts, owner


def _polygons_of(cells: Geometries) -> tuple[Geometries, Ints]:
    parts, owner = shapely.get_parts(cells, return_index=True)
    solid = shapely.area(parts) > 0
    return parts[solid], owner[solid]


def node_together(parts: Geometries, owner: Ints) -> tuple[Geometries, Ints]:
    """The same parts with every border noded once: clipping cell by cell can leave neighbours a rounding apart."""
    lines = shapely.unary_union(shapely.boundary(parts), grid_size=1e-3)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines).tolist()))
    middle = shapely.point_on_surface(faces)
    face, part = shapely.STRtree(parts).query(middle, predicate="within")
    _, first = np.unique(face, return_index=True)
    return faces[face[first]], owner[part[first]]


def shared_borders(parts: Geometries) -> tuple[Ints, Floats]:
    """Pairs of polygons of a coverage that share border, and how many metres; the lower one first."""
    rings, polygon = shapely.get_rings(parts, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[1:] == ring[:-1]
    start, end = corners[:-1][same_ring], corners[1:][same_ring]
    side_of = polygon[ring[:-1][same_ring]]
    # A border seen from its two sides is one edge with its ends swapped: put the ends in order and look for equals.
    backwards = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    low = np.where(backwards[:, None], end, start)
    high = np.where(backwards[:, None], start, end)
    order = np.lexsort((high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    low, high, side_of = low[order], high[order], side_of[order]
    twice = np.flatnonzero((low[1:] == low[:-1]).all(axis=1) & (high[1:] == high[:-1]).all(axis=1))
    length = np.hypot(*(high - low)[twice].T)
    return _sum_by_pair(np.c_[side_of[twice], side_of[twice + 1]], length)


def _sum_by_pair(pairs: Ints, lengths: Floats) -> tuple[Ints, Floats]:
    ordered = np.sort(pairs, axis=1)
    different = ordered[:, 0] != ordered[:, 1]
    unique, which = np.unique(ordered[different], axis=0, return_inverse=True)
    summed: Floats = np.bincount(which.reshape(-1), lengths[different], len(unique)).astype(np.float64)
    return unique, summed


def _adopt_cut_off_parts(parts: Geometries, owner: Ints, holds_atom: Bools, between: Ints, shared: Floats) -> Ints:
    """Parts of a cell cut off from its atom go to the neighbour with the longest shared border, nearest first."""
    order = np.lexsort((-shapely.area(parts), ~holds_atom, owner))
    is_main = np.zeros(len(parts), np.bool_)
    is_main[order[np.r_[True, owner[order][1:] != owner[order][:-1]]]] = True
    settled, owner = is_main.copy(), owner.copy()
    both = np.r_[between, between[:, ::-1]]
    length = np.r_[shared, shared]
    while True:
        open_border = np.flatnonzero(~settled[both[:, 0]] & settled[both[:, 1]])
        if len(open_border) == 0:
            return owner
        order = open_border[np.lexsort((-length[open_border], both[open_border, 0]))]
        part, first = np.unique(both[order, 0], return_index=True)
        owner[part] = owner[both[order[first], 1]]
        settled[part] = True


def _cells_by_owner(parts: Geometries, owner: Ints, count: int) -> Geometries:
    order = np.argsort(owner, kind="stable")
    each = np.split(parts[order], np.cumsum(np.bincount(owner, minlength=count))[:-1])
    cells = np.empty(count, dtype=object)
    for atom, pieces in enumerate(each):
        cells[atom] = pieces[0] if len(pieces) == 1 else shapely.coverage_union_all(pieces)
    return cells


def _links_between_parts(count: int, pairs: Ints, lengths: Floats, kept: Bools) -> Bools:
    """The longest of the borders not kept that join what is otherwise apart."""
    root = list(range(count))

    def find(atom: int) -> int:
        while root[atom] != atom:
            root[atom] = root[root[atom]]
            atom = root[atom]
        return atom

    links = np.zeros(len(pairs), np.bool_)
    for row in np.lexsort((-lengths, ~kept)).tolist():
        one, other = find(int(pairs[row, 0])), find(int(pairs[row, 1]))
        if one != other:
            root[one] = other
            links[row] = not kept[row]
    return links
