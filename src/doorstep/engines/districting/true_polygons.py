"""Polygons true to the footprints: borders run midway between houses and along roads and rivers, never through a house.

The ground is parted into blocks by roads, rivers and railways. Within a block each place belongs to the nearest
footprint (the Voronoi diagram of points along the walls, 6 m apart; after Fleischmann, Feliciotti, Romice and Porta,
"Morphological tessellation", 2020), so that inside a block borders run midway between houses, and between blocks along
the road. Footprints that a border would still cut are drawn into the same lines. All lines are noded once, together, on
a grid of a millimetre: the faces between them are a coverage, and so are their unions.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import shapely

from doorstep.engines.districting.atoms import WHOLE, Atoms
from doorstep.engines.districting.graph import components
from doorstep.engines.districting.neighbours import shared_borders
from doorstep.engines.districting.polygons import dissolve
from doorstep.engines.districting.problem import Bools, Floats, Geometries, Ints

SAMPLE_EVERY_M: Final = 6.0
WITHIN_THE_WALL_M: Final = 0.3
"""Sites lie inside the walls, so that houses wall to wall have sites of their own on each side."""
GRID_M: Final = 1e-3
PATH_M: Final = 2.0
MOST_ROUNDS: Final = 4
NOBODY: Final = -1
SHARED: Final = -2


def true_polygons(
    ground: shapely.Geometry, footprints: Geometries, atoms: Atoms, label: Ints, barriers: Geometries, pairs: Ints
) -> Geometries:
    """One polygon for each label from 0 on: a coverage of the ground without gap or overlap.

    ground      polygon in metres, as all shapes here
    footprints  (buildings,) polygons
    atoms       those with households, `building` pointing into `footprints`; `label` (atoms,) is the piece of each,
                none without an atom. A building without atoms is not cut either: it goes with its middle
    barriers    lines or polygons that borders had better follow
    pairs       (m, 2) atoms that are neighbours

    Where a road or other houses would part a piece, a path as wide as a door is kept open between two of its
    neighbours; it is in several parts only where no straight path goes past the houses of others.
    """
    footprints = np.where(shapely.is_valid(footprints), footprints, shapely.make_valid(footprints))
    label = _in_one_slice_each(atoms, label)
    whole = _label_of_whole_buildings(len(footprints), atoms, label)
    sites, site_label, site_building = _sites(footprints, atoms, label, whole)
    blocks = _blocks(ground, barriers)
    paths, path_label = np.empty(0, dtype=object), np.empty(0, np.int64)
    for _ in range(MOST_ROUNDS):
        land = _Land(ground, blocks, footprints, whole, sites, site_label, site_building, paths, path_label)
        faces, face_label = _faces(land)
        between, shared = shared_borders(faces)
        home = _home_faces(faces, face_label, sites, site_label)
        face_label = _with_their_own(face_label, between, shared, home[home != NOBODY])
        parts = components(len(faces), between[face_label[between[:, 0]] == face_label[between[:, 1]]])
        part_of_atom = _part_of_atoms(atoms, label, parts, home, site_label, site_building)
        more, more_label = _paths(footprints, whole, atoms, label, pairs, part_of_atom)
        if len(more) == 0:
            break
        paths, path_label = np.r_[paths, more], np.r_[path_label, more_label]
    return dissolve(faces, face_label)


class _Land(NamedTuple):
    """All that the lines are drawn from; `paths` belong to `path_label` whoever is nearest."""

    ground: shapely.Geometry
    blocks: Geometries
    footprints: Geometries
    whole: Ints
    sites: Floats
    site_label: Ints
    site_building: Ints
    paths: Geometries
    path_label: Ints


def _in_one_slice_each(atoms: Atoms, label: Ints) -> Ints:
    """Where pieces share the floors of a house, each has one slice of its ground instead of one a section.

    Floors lie above each other: any slices are only a sign on the map, and few are easier to read.
    """
    banded = np.unique(atoms.building[atoms.floor_from != WHOLE])
    rows = np.flatnonzero(np.isin(atoms.building, banded))
    if len(rows) == 0:
        return label
    building = atoms.building[rows]
    _, slice_of = np.unique(np.c_[building, label[rows]], axis=0, return_inverse=True)
    middle = np.bincount(slice_of.reshape(-1), rows) / np.bincount(slice_of.reshape(-1))
    sliced = label.copy()
    sliced[rows] = label[rows][np.lexsort((label[rows], middle[slice_of.reshape(-1)], building))]
    return sliced


def _sites(footprints: Geometries, atoms: Atoms, label: Ints, whole: Ints) -> tuple[Floats, Ints, Ints]:
    """Points along the inside of the walls, of a shared house along its sections; the label and building of each."""
    own = np.flatnonzero(whole >= 0)
    shared = np.flatnonzero(whole[atoms.building] == SHARED)
    shapes = np.r_[footprints[own], _sections(footprints, atoms, shared)]
    labels, buildings = np.r_[whole[own], label[shared]], np.r_[own, atoms.building[shared]]
    inner = shapely.buffer(shapes, -WITHIN_THE_WALL_M, join_style="mitre")
    lost = shapely.is_empty(inner)
    inner[lost] = shapely.point_on_surface(shapes[lost])
    outlines = np.where(lost, inner, shapely.boundary(inner))
    points, row = shapely.get_coordinates(shapely.segmentize(outlines, SAMPLE_EVERY_M), return_index=True)
    points, first = np.unique(np.round(points, 1), axis=0, return_index=True)
    return points, labels[row[first]], buildings[row[first]]


def _sections(footprints: Geometries, atoms: Atoms, rows: Ints) -> Geometries:
    """The strip of its footprint for each of these atoms; the outermost reach on to the ends of the house."""
    houses, building = footprints[atoms.building[rows]], atoms.building[rows]
    start, end = atoms.start[rows], atoms.end[rows]
    length = np.hypot(*(end - start).T)
    along = (end - start) / np.where(length > 0, length, 1)[:, None]
    across = along[:, ::-1] * (-1, 1)
    # Further than any corner of the house is from any other.
    low, high = shapely.bounds(houses)[:, :2], shapely.bounds(houses)[:, 2:]
    reach = np.hypot(*(high - low).T)[:, None]
    is_first = np.r_[True, building[1:] != building[:-1]][:, None] if len(rows) else np.zeros((0, 1), np.bool_)
    is_last = np.r_[is_first[1:], np.ones((min(1, len(rows)), 1), np.bool_)]
    start, end = start - along * reach * is_first, end + along * reach * is_last
    strips = shapely.polygons(
        np.stack([start - across * reach, end - across * reach, end + across * reach, start + across * reach], axis=1)
    )
    cut = shapely.intersection(houses, strips)
    # The middle line of a crooked house may run past its end: then a section is where it is said to be.
    elsewhere = np.where(length > 0, shapely.points(atoms.xy[rows]), houses)
    sections: Geometries = np.where(shapely.area(cut) > 0, cut, elsewhere)
    return sections


def _label_of_whole_buildings(count: int, atoms: Atoms, label: Ints) -> Ints:
    """The label of each building all of whose atoms have the same; `NOBODY` for those without, `SHARED` for others."""
    lowest, highest = np.full(count, len(label) + 1), np.full(count, NOBODY)
    np.minimum.at(lowest, atoms.building, label)
    np.maximum.at(highest, atoms.building, label)
    return np.where(lowest < highest, SHARED, highest)


def _blocks(ground: shapely.Geometry, barriers: Geometries) -> Geometries:
    """The parts into which the barriers cut the ground; what hangs loose in a block cuts nothing."""
    if len(barriers) == 0:
        whole: Geometries = shapely.get_parts(ground)
        return whole
    lines = np.where(shapely.get_dimensions(barriers) == 2, shapely.boundary(barriers), barriers)
    near = lines[shapely.intersects(lines, ground)]
    noded = shapely.unary_union(np.r_[near, shapely.boundary(ground)], grid_size=GRID_M)
    blocks = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    inside: Geometries = blocks[shapely.contains_properly(ground, shapely.point_on_surface(blocks))]
    return inside


def _faces(land: _Land) -> tuple[Geometries, Ints]:
    """Faces between block borders, ridges, paths and the houses that these cut, with the label of each."""
    centre = shapely.point_on_surface(land.footprints)
    block_of = _block_of(land.blocks, centre)[land.site_building]
    order = np.argsort(block_of, kind="stable")
    members = np.split(order, np.searchsorted(block_of[order], np.arange(1, len(land.blocks))))
    members[0] = members[0][block_of[members[0]] >= 0]
    ridges = [
        _ridges(block, land.sites[mine], land.site_label[mine])
        for block, mine in zip(land.blocks, members, strict=True)
        if len(mine)
    ]
    lines = np.concatenate([shapely.boundary(land.blocks), shapely.boundary(land.paths), *ridges])
    empty = np.flatnonzero(land.whole == NOBODY)
    whole = land.whole.copy()
    whole[empty] = _nearest_in_block(centre[empty], land.blocks, members, land.sites, land.site_label)
    cut = _cut_houses(land.footprints, whole, lines, land.sites, land.site_label)
    fixed, fixed_label = np.r_[land.paths, land.footprints[cut]], np.r_[land.path_label, whole[cut]]
    walls = shapely.get_parts(shapely.intersection(shapely.boundary(fixed), land.ground))
    walls = walls[shapely.get_dimensions(walls) == 1]
    noded = shapely.unary_union(np.concatenate([lines, walls]), grid_size=GRID_M)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    middle = shapely.point_on_surface(faces)
    inside = shapely.contains_properly(land.ground, middle)
    faces, which = _one_face_a_house(faces[inside], middle[inside], fixed)
    label = _nearest_in_block(shapely.point_on_surface(faces), land.blocks, members, land.sites, land.site_label)
    label[which >= 0] = fixed_label[which[which >= 0]]
    return faces, label


def _one_face_a_house(faces: Geometries, middle: Geometries, houses: Geometries) -> tuple[Geometries, Ints]:
    """The faces with those inside a house made one, and the house of each; `NOBODY` outside."""
    of_face = np.full(len(faces), NOBODY)
    house, face = shapely.STRtree(middle).query(houses, predicate="contains")
    of_face[face] = house
    unit = np.where(of_face == NOBODY, len(houses) + np.arange(len(faces)), of_face)
    _, first, number = np.unique(unit, return_index=True, return_inverse=True)
    return dissolve(faces, number.reshape(-1)), of_face[first]


def _block_of(blocks: Geometries, centre: Geometries) -> Ints:
    """The block that the middle of each building lies in."""
    building, block = shapely.STRtree(blocks).query_nearest(centre, all_matches=False)
    found = np.full(len(centre), NOBODY)
    found[building] = block
    return found


def _ridges(block: shapely.Geometry, sites: Floats, label: Ints) -> Geometries:
    """The lines inside the block between sites of different labels."""
    if (label == label[0]).all():
        return np.empty(0, dtype=object)
    diagram = shapely.voronoi_polygons(shapely.multipoints(sites), extend_to=block, ordered=True)
    cells, owner = shapely.get_parts(diagram), np.unique(label, return_inverse=True)[1]
    try:
        areas = dissolve(cells, owner)
    except shapely.errors.GEOSException:
        # Corners of cells may lie a rounding apart.
        sound = shapely.make_valid(cells)
        areas = np.array([shapely.union_all(sound[owner == each]) for each in range(owner.max() + 1)])
    inner = shapely.get_parts(shapely.intersection(shapely.boundary(areas), block))
    ridges: Geometries = shapely.get_parts(shapely.union_all(inner[shapely.get_dimensions(inner) == 1]))
    return ridges


def _cut_houses(footprints: Geometries, whole: Ints, lines: Geometries, sites: Floats, site_label: Ints) -> Ints:
    """Houses with one label through whose inside a line runs, but for those drawn over a house of another label."""
    own = np.flatnonzero(whole >= 0)
    inner = shapely.buffer(footprints[own], -WITHIN_THE_WALL_M, join_style="mitre")
    met = np.unique(shapely.STRtree(lines).query(inner, predicate="intersects")[0])
    house, site = shapely.STRtree(shapely.points(sites)).query(inner[met], predicate="contains")
    is_over_another = np.bincount(house, site_label[site] != whole[own[met[house]]], len(met)) > 0
    cut: Ints = own[met[~is_over_another]]
    return cut


def _nearest_in_block(
    middle: Geometries, blocks: Geometries, members: list[Ints], sites: Floats, site_label: Ints
) -> Ints:
    """The label of the nearest site in the block of each face; `NOBODY` where the block has none."""
    label = np.full(len(middle), NOBODY)
    face, block = shapely.STRtree(blocks).query(middle, predicate="intersects")
    order = np.argsort(block, kind="stable")
    faces_of = np.split(face[order], np.searchsorted(block[order], np.arange(1, len(blocks))))
    for mine, inside in zip(members, faces_of, strict=True):
        if len(mine) == 0 or len(inside) == 0:
            continue
        if (site_label[mine] == site_label[mine[0]]).all():
            label[inside] = site_label[mine[0]]
            continue
        tree = shapely.STRtree(shapely.points(sites[mine]))
        asked, nearest = tree.query_nearest(middle[inside], all_matches=False)
        label[inside[asked]] = site_label[mine[nearest]]
    return label


def _home_faces(faces: Geometries, label: Ints, sites: Floats, site_label: Ints) -> Ints:
    """The face of its own label that each site lies in, `NOBODY` where it lies in another's."""
    home = np.full(len(sites), NOBODY)
    site, face = shapely.STRtree(faces).query(shapely.points(sites), predicate="intersects")
    own = label[face] == site_label[site]
    home[site[own]] = face[own]
    return home


def _with_their_own(label: Ints, between: Ints, shared: Floats, inhabited: Ints) -> Ints:
    """Faces that are not joined to a home of their label go to whom they share most border with; empty blocks too."""
    same = between[(label[between[:, 0]] == label[between[:, 1]]) & (label[between[:, 0]] != NOBODY)]
    part = components(len(label), same)
    settled = np.isin(part, part[inhabited])
    label = label.copy()
    both, length = np.r_[between, between[:, ::-1]], np.r_[shared, shared]
    while True:
        open_border = np.flatnonzero(~settled[both[:, 0]] & settled[both[:, 1]])
        if len(open_border) == 0:
            return np.where(label == NOBODY, 0, label)
        order = open_border[np.lexsort((-length[open_border], both[open_border, 0]))]
        face, first = np.unique(both[order, 0], return_index=True)
        label[face] = label[both[order[first], 1]]
        settled[face] = True


# Where a piece has come apart -----------------------------------------------------------------------------------------


def _part_of_atoms(atoms: Atoms, label: Ints, parts: Ints, home: Ints, site_label: Ints, site_building: Ints) -> Ints:
    """The part of its piece's polygon that each atom's house stands in; `NOBODY` where it has no ground."""
    housed = np.flatnonzero(home != NOBODY)
    key_of_site = site_building[housed] * (label.max() + 1) + site_label[housed]
    key, first = np.unique(key_of_site, return_index=True)
    wanted = atoms.building * (label.max() + 1) + label
    place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
    return np.where(key[place] == wanted, parts[home[housed[first[place]]]], NOBODY)


def _paths(
    footprints: Geometries, whole: Ints, atoms: Atoms, label: Ints, pairs: Ints, part: Ints
) -> tuple[Geometries, Ints]:
    """The shortest straight ways between neighbours of one piece that join its parts, without the houses of others."""
    one, other = pairs[:, 0], pairs[:, 1]
    torn = pairs[(label[one] == label[other]) & (part[one] != part[other]) & (part[one] >= 0) & (part[other] >= 0)]
    if len(torn) == 0:
        return np.empty(0, dtype=object), np.empty(0, np.int64)
    ends = atoms.xy[torn]
    _, first = np.unique(np.sort(part[torn], axis=1)[np.argsort(_lengths(ends))], axis=0, return_index=True)
    chosen = np.argsort(_lengths(ends))[first]
    mine = label[torn[chosen, 0]]
    foreign = shapely.STRtree(footprints)
    ways = np.array(
        [
            _way(line, footprints, whole != own, foreign)
            for line, own in zip(shapely.linestrings(ends[chosen]), mine.tolist(), strict=True)
        ],
        dtype=object,
    )
    solid = ~shapely.is_empty(ways)
    return ways[solid], mine[solid]


def _way(line: shapely.Geometry, footprints: Geometries, is_foreign: Bools, tree: shapely.STRtree) -> shapely.Geometry:
    """A strip along the line without the houses of others; where one stands across it, past one side of that house."""
    strip = shapely.buffer(line, PATH_M / 2, cap_style="square")
    across = _those(tree.query(strip, predicate="intersects"), footprints, is_foreign)
    free = shapely.difference(strip, across)
    if shapely.get_type_id(free) == 3:
        return free
    around = shapely.buffer(across, PATH_M, join_style="mitre")
    walls = _those(tree.query(around, predicate="intersects"), footprints, is_foreign)
    ring = shapely.difference(around, walls)
    for side in (1, -1):
        half = shapely.buffer(line, side * shapely.length(line), single_sided=True)
        past = shapely.union(free, shapely.intersection(ring, half))
        if shapely.get_type_id(past) == 3:
            return past
    return free


def _those(rows: Ints, footprints: Geometries, is_wanted: Bools) -> shapely.Geometry:
    return shapely.union_all(footprints[rows[is_wanted[rows]]])


def _lengths(ends: Floats) -> Floats:
    lengths: Floats = np.hypot(*(ends[:, 1] - ends[:, 0]).T)
    return lengths
