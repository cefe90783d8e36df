"""Invented cities: communities of the kinds that Chinese cities have, to measure and to try `divide` on.

No place is meant. The same seed makes the same city, and a larger city of the same seed begins with the smaller one.
A community is a rectangle cut into street blocks; a block holds one compound: rows of slabs, mid-rises or towers that
stand apart as their height asks, or the houses of a village. Some communities have a river, a main road, or both.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

import numpy as np
import shapely

from doorstep.engines.districting.problem import Buildings, Floats, Geometries, Ints


class Kind(StrEnum):
    """What most of a community is built of."""

    SLAB = "slab"
    MID_RISE = "mid-rise"
    TOWER = "tower"
    VILLAGE = "village"
    MIXED = "mixed"


@dataclass(frozen=True)
class Housing:
    """One way to build a block. Lists hold what is drawn from, with equal chances; lengths are metres.

    `homes` are the households behind one entrance on one floor, or of one house where `is_village`. A building is as
    long as its entrances need, and rows stand `apart` metres and a share `shade` of the height from each other.
    """

    floors: tuple[int, ...]
    entrances: tuple[int, ...]
    homes: tuple[int, ...]
    entrance_m: float
    depth_m: float
    gap_m: tuple[float, float]
    apart_m: tuple[float, float]
    shade: float
    block_m: float
    households_a_hectare: float
    is_village: bool = False


HOUSING = {
    Kind.SLAB: Housing((5, 6, 6, 7), (2, 3, 4, 5), (2,), 14, 13, (8, 14), (0, 3), 1.15, 150, 95),
    Kind.MID_RISE: Housing((9, 11, 11, 13), (2, 3, 4), (2,), 16, 13, (8, 14), (0, 3), 1.05, 170, 85),
    Kind.TOWER: Housing((18, 24, 26, 28, 32, 33), (1, 2, 2, 3), (2, 2, 3, 4), 22, 13, (8, 14), (0, 3), 0.75, 190, 150),
    Kind.VILLAGE: Housing(
        (2, 2, 3), (1,), (1,) * 11 + (2,) * 6 + (3, 4, 6), 10, 9, (2, 7), (5, 15), 0.0, 130, 22, True
    ),
}  # fmt: skip
FLOOR_M = 3.0
STREET_M = 14.0
"""Between two street blocks."""
SET_BACK_M = 9.0
"""Between the edge of a block and its first building; half of it at the eastern end."""
TURNED_AT_MOST = 0.1
"""Radians by which the buildings of a block may stand askew."""
RIVER_M, ROAD_M = 16.0, 12.0
"""How far buildings keep from the middle of a river, and of a main road."""
WITHOUT_HOMES = 0.08
"""The share of blocks that hold a school or a market, with no household."""
EMPTY_PLOTS = 0.12
"""The share of plots of a village on which nothing stands."""
SHARES = {Kind.SLAB: 0.28, Kind.MID_RISE: 0.12, Kind.TOWER: 0.15, Kind.VILLAGE: 0.28, Kind.MIXED: 0.17}
SHARES_OF_BLOCKS = {Kind.SLAB: 0.4, Kind.MID_RISE: 0.2, Kind.TOWER: 0.15, Kind.VILLAGE: 0.25}
"""In a mixed community."""
MIXED_HOUSEHOLDS_A_HECTARE = 70.0
MIXED_BLOCK_M = 150.0
ROOM = 1.15
"""How much land there is for each bit that the households need, before any is found too small."""
HOUSEHOLDS = (1300, 2700)
HOUSEHOLDS_OF_A_VILLAGE = (700, 1900)
CITY_WIDTH_M = 15_000.0
"""Communities are laid out from west to east until this width is full, then in the next row to the north."""
BETWEEN_COMMUNITIES_M = 30.0


@dataclass(frozen=True, eq=False)
class Community:
    """An invented community in metres, x to the east: `divide(it.buildings, barriers=it.barriers)`.

    `number` counts from 0. Rivers and main roads are lines, and together the barriers; streets are lines that people
    cross; compounds are the outlines of the blocks, in the order of `buildings.compounds`.
    """

    number: int
    kind: Kind
    ground: shapely.Polygon
    buildings: Buildings
    rivers: Geometries
    roads: Geometries
    streets: Geometries
    compounds: Geometries

    @property
    def barriers(self) -> Geometries:
        barriers: Geometries = np.r_[self.rivers, self.roads]
        return barriers

    @property
    def households(self) -> int:
        return int(self.buildings.households.sum())


@dataclass(frozen=True, eq=False)
class _Houses:
    """Buildings as they are drawn: one row each, without their outlines."""

    xy: Floats
    length: Floats
    depth: Floats
    angle: Floats
    households: Ints
    floors: Ints
    entrances: Ints
    block: Ints

    def footprints(self) -> Geometries:
        along = np.c_[np.cos(self.angle), np.sin(self.angle)] * self.length[:, None] / 2
        across = np.c_[-np.sin(self.angle), np.cos(self.angle)] * self.depth[:, None] / 2
        corners = np.stack([-along - across, along - across, along + across, -along + across], axis=1)
        outlines: Geometries = shapely.polygons(self.xy[:, None, :] + corners)
        return outlines

    def only(self, rows: np.ndarray[tuple[int], np.dtype[np.bool_ | np.int64]]) -> _Houses:
        return _Houses(**{name: column[rows] for name, column in vars(self).items()})


Box = tuple[float, float, float, float]
"""West, south, east, north."""


def city(households: int, seed: int = 0) -> Iterator[Community]:
    """Communities side by side, until together they have so many households."""
    total = 0
    for community in communities(seed):
        if total >= households:
            return
        total += community.households
        yield community


def communities(seed: int = 0) -> Iterator[Community]:
    """Communities side by side, without end."""
    east = north = depth = 0.0
    for number in count():
        community = community_of(seed, number)
        _, _, width, height = community.ground.bounds
        if east and east + width > CITY_WIDTH_M:
            east, north, depth = 0.0, north + depth + BETWEEN_COMMUNITIES_M, 0.0
        yield _moved(community, east, north)
        east, depth = east + width + BETWEEN_COMMUNITIES_M, max(depth, height)


def community_of(seed: int, number: int, kind: Kind | None = None, households: int | None = None) -> Community:
    """One community by itself, its south-western corner at (0, 0); its kind and size are drawn unless they are said.

    Where river and roads leave room for less than half of the households, it is drawn anew on wider land.
    """
    rng = np.random.default_rng((seed, number))
    drawn_kind = Kind(rng.choice(list(SHARES), p=list(SHARES.values())))
    kind = kind or drawn_kind
    wished = households or int(rng.integers(*(HOUSEHOLDS_OF_A_VILLAGE if kind is Kind.VILLAGE else HOUSEHOLDS)))
    for widening in count():
        community = _drawn(rng, number, kind, wished, ROOM + widening / 10)
        if community is not None and community.households * 2 >= wished:
            return community
    raise AssertionError


def _drawn(rng: np.random.Generator, number: int, kind: Kind, wished: int, wider: float) -> Community | None:
    """Land, blocks, river, roads and houses; nothing where no house has room."""
    width, height = _extent(rng, kind, wished * wider)
    blocks, streets = _street_blocks(rng, (0.0, 0.0, width, height), _block_length(kind))
    rivers, roads = _rivers(rng, width, height), _roads(rng, width, height)
    houses = _built(rng, blocks, kind)
    houses = houses.only(_clear_of(houses.footprints(), rivers, roads))
    houses = _until(houses, wished)
    if not len(houses.xy):
        return None
    return Community(
        number=number,
        kind=kind,
        ground=shapely.box(0.0, 0.0, width, height),
        buildings=Buildings(
            houses.xy, houses.households, houses.footprints(), houses.floors, houses.block, houses.entrances
        ),
        rivers=rivers,
        roads=roads,
        streets=streets,
        compounds=shapely.box(*np.array(blocks).T),
    )


def _extent(rng: np.random.Generator, kind: Kind, households: float) -> tuple[float, float]:
    density = MIXED_HOUSEHOLDS_A_HECTARE if kind is Kind.MIXED else HOUSING[kind].households_a_hectare
    area = households / density * 10_000
    width = float(np.sqrt(area * rng.uniform(0.7, 1.45)))
    return width, area / width


def _block_length(kind: Kind) -> float:
    return MIXED_BLOCK_M if kind is Kind.MIXED else HOUSING[kind].block_m


def _street_blocks(rng: np.random.Generator, whole: Box, length: float) -> tuple[list[Box], Geometries]:
    """The blocks that are left when streets halve the land again and again, and the streets."""
    blocks, streets, uncut = list[Box](), [], [whole]
    while uncut:
        west, south, east, north = box = uncut.pop()
        longer = max(east - west, north - south)
        if longer < 1.6 * length or (longer < 2.2 * length and rng.random() < 0.35):
            blocks.append(box)
            continue
        at = rng.uniform(0.38, 0.62)
        if east - west >= north - south:
            cut = west + (east - west) * at
            streets.append(shapely.LineString([(cut, south), (cut, north)]))
            uncut += [(west, south, cut - STREET_M / 2, north), (cut + STREET_M / 2, south, east, north)]
        else:
            cut = south + (north - south) * at
            streets.append(shapely.LineString([(west, cut), (east, cut)]))
            uncut += [(west, south, east, cut - STREET_M / 2), (west, cut + STREET_M / 2, east, north)]
    return blocks, _lines(streets)


def _rivers(rng: np.random.Generator, width: float, height: float) -> Geometries:
    """In a little more than half of the communities, a river that winds through."""
    if rng.random() >= 0.55:
        return _lines([])
    along = np.linspace(0, 1, 25)
    start = rng.uniform(0.25, 0.75)
    end = start + rng.uniform(-0.2, 0.2)
    bends = 0.04 * np.sin(along * rng.uniform(4, 9) + rng.uniform(0, 6))
    across = start + (end - start) * along + bends
    to_the_east = np.c_[along * width, across * height]
    to_the_north = np.c_[across * width, along * height]
    return _lines([shapely.LineString(to_the_east if rng.random() < 0.5 else to_the_north)])


def _roads(rng: np.random.Generator, width: float, height: float) -> Geometries:
    """In half of the communities, a main road straight through."""
    if rng.random() >= 0.5:
        return _lines([])
    start = rng.uniform(0.3, 0.7)
    end = start + rng.uniform(-0.1, 0.1)
    to_the_east = [(0, start * height), (width, end * height)]
    to_the_north = [(start * width, 0), (end * width, height)]
    return _lines([shapely.LineString(to_the_east if rng.random() < 0.5 else to_the_north)])


def _lines(lines: list[shapely.LineString]) -> Geometries:
    array = np.empty(len(lines), dtype=object)
    array[:] = lines
    return array


def _built(rng: np.random.Generator, blocks: list[Box], kind: Kind) -> _Houses:
    """What stands in all blocks, block by block in the order in which they were built."""
    compounds = []
    for block in rng.permutation(len(blocks)).tolist():
        of_block = Kind(rng.choice(list(SHARES_OF_BLOCKS), p=list(SHARES_OF_BLOCKS.values())))
        housing = HOUSING[of_block if kind is Kind.MIXED else kind]
        if rng.random() < WITHOUT_HOMES:
            compounds.append(_school(blocks[block], block))
        else:
            compounds.append(_compound(rng, blocks[block], block, housing))
    return _Houses(**{name: np.concatenate([getattr(each, name) for each in compounds]) for name in vars(compounds[0])})


def _school(box: Box, block: int) -> _Houses:
    """One long house of four floors in the middle, with nobody living there."""
    west, south, east, north = box
    one, length = np.ones(1), min(60.0, (east - west) / 2)
    middle = np.array([[(west + east) / 2, (south + north) / 2]])
    nobody = np.zeros(1, np.int64)
    return _Houses(middle, one * length, one * 14, one * 0, nobody, nobody + 4, nobody + 1, nobody + block)


def _compound(rng: np.random.Generator, box: Box, block: int, housing: Housing) -> _Houses:
    """Rows of buildings from south to north, all of one height and a little askew."""
    _, south, _, north = box
    floors = int(rng.choice(housing.floors))
    angle = rng.uniform(-TURNED_AT_MOST, TURNED_AT_MOST)
    shade = housing.shade * FLOOR_M * floors
    margin = SET_BACK_M + housing.depth_m / 2
    rows: list[tuple[Floats, Floats, Ints]] = []
    y = south + margin
    while not rows or y < north - margin:
        rows.append(_row(rng, box, y, housing))
        y += housing.depth_m + shade + rng.uniform(*housing.apart_m)
    x, y_, entrances = (np.concatenate(column) for column in zip(*rows, strict=True))
    homes = rng.choice(housing.homes, len(x))
    if housing.is_village:
        households, levels = homes, rng.choice(housing.floors, len(x))
    else:
        # The lifts are the same in all of a compound, and here and there two flats were made one.
        joined = np.where(rng.random(len(x)) < 0.3, rng.integers(0, 4, len(x)), 0)
        households, levels = entrances * homes[:1].repeat(len(x)) * floors - joined, np.full(len(x), floors)
    return _Houses(
        xy=np.c_[x, y_],
        length=entrances * housing.entrance_m,
        depth=np.full(len(x), housing.depth_m),
        angle=np.full(len(x), angle),
        households=households.astype(np.int64),
        floors=levels.astype(np.int64),
        entrances=entrances.astype(np.int64),
        block=np.full(len(x), block),
    )


def _row(rng: np.random.Generator, box: Box, y: float, housing: Housing) -> tuple[Floats, Floats, Ints]:
    """Middles and entrances of the buildings of one row, from west to east as far as they fit."""
    west, _, east, _ = box
    most = int((east - west) / housing.entrance_m) + 1
    entrances = rng.choice(housing.entrances, most)
    length = entrances * housing.entrance_m
    gap = rng.uniform(*housing.gap_m, most)
    start = west + SET_BACK_M + rng.uniform(0, housing.gap_m[1]) + np.cumsum(length + gap) - length - gap
    stands = start + length <= east - SET_BACK_M / 2
    if housing.is_village:
        stands &= rng.random(most) >= EMPTY_PLOTS
    askew = rng.uniform(-1.0, 1.0, most)
    return (start + length / 2)[stands], (y + askew)[stands], entrances[stands]


def _clear_of(
    footprints: Geometries, rivers: Geometries, roads: Geometries
) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    clear = np.ones(len(footprints), np.bool_)
    for lines, least in ((rivers, RIVER_M), (roads, ROAD_M)):
        for line in lines:
            clear &= shapely.distance(footprints, line) >= least
    return clear


def _until(houses: _Houses, wished: int) -> _Houses:
    """The houses that were built first, until enough households live in them."""
    before = np.cumsum(houses.households) - houses.households
    return houses.only(before < wished)


def _moved(community: Community, east: float, north: float) -> Community:
    by = np.array([east, north])

    def moved(shapes: Geometries | None) -> Geometries:
        there: Geometries = shapely.transform(shapes, lambda xy: xy + by)
        return there

    buildings = community.buildings
    return replace(
        community,
        ground=shapely.transform(community.ground, lambda xy: xy + by),
        buildings=Buildings(
            buildings.xy + by,
            buildings.households,
            moved(buildings.footprints),
            buildings.floors,
            buildings.compounds,
            buildings.entrances,
        ),
        rivers=moved(community.rivers),
        roads=moved(community.roads),
        streets=moved(community.streets),
        compounds=moved(community.compounds),
    )
