"""Which of many areas a point lies in, for one point in microseconds and for a million in a second.

A raster is laid over the areas. A cell through which no border runs lies wholly in one area, or in none, and
remembers which: most points are answered by one look at it. The other cells remember the areas whose borders cross
them, and only those are asked for an exact answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import cos, inf, isfinite, radians
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]

NOWHERE: Final = -1
_MIXED: Final = -2
_M_PER_DEGREE: Final = 111_195.0
_CELLS_PER_AREA: Final = 128
_CHUNK: Final = 20_000
_MOST_CELLS: Final = 4_000_000
# A border this close to the edge of a cell, in cells, counts as running through the neighbour too.
_MARGIN: Final = 1e-6


class Surety(StrEnum):
    """How sure it is that a point belongs to an area."""

    SURE = "sure"  # inside it, or on its border
    NEAR = "near"  # outside all areas, and this one is nearest within the tolerance
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Found:
    """The area of a point, how sure that is, and how far from the border."""

    index: int | None
    surety: Surety
    margin_m: float
    """How far inside the border of its area; below zero outside, minus infinity when there is none near."""


class AreaIndex:
    """An index over areas in degrees of WGS 84, which must not overlap; answers are positions in `areas`.

    A border belongs to both its sides: a point on it is given to the earlier area. Holes are outside.
    """

    def __init__(self, areas: Sequence[Any] | NDArray[np.object_]) -> None:
        shapes = np.asarray(areas, dtype=object)
        if shapes.ndim != 1:
            raise ValueError("Areas come as one row of polygons.")
        self._scale = _metres_per_degree(shapes)
        # Degrees stretched to metres, roughly: lengths come out right to one or two per cent across a city, and a
        # straight border stays straight.
        self._areas = shapely.transform(shapes, lambda xy: xy * self._scale)
        _prepare(self._areas)
        self._tree = shapely.STRtree(self._areas)
        self._raster = _Raster(self._areas, self._tree)

    def __len__(self) -> int:
        return len(self._areas)

    def locate(self, lon: float, lat: float) -> int | None:
        """The area in which the point lies."""
        x, y = lon * self._scale[0], lat * self._scale[1]
        label, candidates = self._raster.look(x, y)
        if label != _MIXED:
            return None if label == NOWHERE else label
        for index in candidates:
            if shapely.intersects_xy(self._areas[index], x, y):
                return index
        return None

    def locate_many(self, lon: ArrayLike, lat: ArrayLike) -> Ints:
        """The area of each point, `NOWHERE` (−1) for none; arrays of one length in, one out."""
        x, y = np.asarray(lon, dtype=np.float64) * self._scale[0], np.asarray(lat, dtype=np.float64) * self._scale[1]
        answers, cells = self._raster.look_many(x, y)
        (open_ones,) = np.nonzero(answers == _MIXED)
        answers[open_ones] = NOWHERE
        self._ask_candidates(x, y, open_ones, cells[open_ones], answers)
        return answers

    def find(self, lon: float, lat: float, within_m: float = 50.0) -> Found:
        """The area in which the point lies, or else the nearest one within the tolerance, and how sure that is."""
        point = shapely.Point(lon * self._scale[0], lat * self._scale[1])
        inside = self.locate(lon, lat)
        if inside is not None:
            return Found(inside, Surety.SURE, float(shapely.distance(shapely.boundary(self._areas[inside]), point)))
        if isfinite(lon) and isfinite(lat) and len(self):
            near, away_m = self._tree.query_nearest(point, max_distance=within_m, return_distance=True)
            if len(near):
                # Areas at the same distance meet in the nearest corner; the earlier one is taken.
                return Found(int(near.min()), Surety.NEAR, -float(away_m[0]))
        return Found(None, Surety.UNKNOWN, -inf)

    def _ask_candidates(self, x: Floats, y: Floats, open_ones: Ints, cells: Ints, answers: Ints) -> None:
        """Ask the first candidate of every open point, then the second of those still open, and so on."""
        nth = 0
        starts, ends = self._raster.candidates_of(cells)
        while len(open_ones):
            left = starts + nth < ends
            open_ones, starts, ends = open_ones[left], starts[left], ends[left]
            asked = self._raster.candidates[starts + nth]
            inside = shapely.intersects_xy(self._areas[asked], x[open_ones], y[open_ones])
            answers[open_ones[inside]] = asked[inside]
            open_ones, starts, ends = open_ones[~inside], starts[~inside], ends[~inside]
            nth += 1


class _Raster:
    """For each cell the area that covers it, or the areas whose borders cross it."""

    def __init__(self, areas: NDArray[np.object_], tree: shapely.STRtree) -> None:
        west, south, east, north = shapely.total_bounds(areas) if len(areas) else (0.0, 0.0, 0.0, 0.0)
        if not isfinite(west):
            west = south = east = north = 0.0
        cells = min(_MOST_CELLS, max(1, _CELLS_PER_AREA * len(areas)))
        self.size = max((max(east - west, 1.0) * max(north - south, 1.0) / cells) ** 0.5, 1e-3)
        self.west, self.south = west - self.size, south - self.size
        self.columns = int((east - self.west) / self.size) + 2
        self.rows = int((north - self.south) / self.size) + 2
        crossed, by = self._crossings(areas)
        self.candidates = by
        self._mixed_cells, starts = np.unique(crossed, return_index=True)
        self._starts = np.append(starts, len(by))
        self.labels = self._label(tree)
        self._flat = self.labels.data

    def look(self, x: float, y: float) -> tuple[int, list[int]]:
        """The label of the cell of that point, and whom to ask if it is mixed."""
        column, row = (x - self.west) / self.size, (y - self.south) / self.size
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return NOWHERE, []
        cell = int(row) * self.columns + int(column)
        label = self._flat[cell]
        if label != _MIXED:
            return label, []
        place = self._mixed_cells.searchsorted(cell)
        return label, self.candidates[self._starts[place] : self._starts[place + 1]].tolist()

    def look_many(self, x: Floats, y: Floats) -> tuple[Ints, Ints]:
        """The labels of the cells of those points, and the cells."""
        column, row = (x - self.west) / self.size, (y - self.south) / self.size
        # Written so that what is not a number lies nowhere.
        outside = ~((column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows))
        column[outside] = row[outside] = 0
        cells = row.astype(np.intp) * self.columns + column.astype(np.intp)
        labels = self.labels[cells].astype(np.intp)
        labels[outside] = NOWHERE
        return labels, cells

    def candidates_of(self, cells: Ints) -> tuple[Ints, Ints]:
        """Where in `candidates` the areas of those mixed cells start and end."""
        places = self._mixed_cells.searchsorted(cells)
        return self._starts[places], self._starts[places + 1]

    def _crossings(self, areas: NDArray[np.object_]) -> tuple[Ints, Ints]:
        """Pairs of cell and area whose border runs through it, by cell and then by area."""
        parts, owners = shapely.get_parts(areas, return_index=True)
        rings, of_part = shapely.get_rings(parts, return_index=True)
        points, of_ring = shapely.get_coordinates(rings, return_index=True)
        owner = owners[of_part[of_ring]] if len(points) else np.empty(0, dtype=np.intp)
        (first,) = np.nonzero(of_ring[1:] == of_ring[:-1])
        grid = (points - (self.west, self.south)) / self.size
        middles, segments = _pieces(grid[first], grid[first + 1])
        marks, owners = np.concatenate([middles, grid]), np.concatenate([owner[first][segments], owner])
        keys = np.unique(np.concatenate(list(self._keys(marks, owners, max(len(areas), 1)))))
        return np.divmod(keys, max(len(areas), 1))

    def _keys(self, marks: Floats, owners: Ints, areas: int) -> Iterator[Ints]:
        """Cell and area in one number for every mark, and for the neighbours of a cell when a mark is on its side."""
        column, row = np.floor(marks).astype(np.intp).T
        yield _without_repeats((row * self.columns + column) * areas + owners)
        near_side = np.abs(marks - np.round(marks)) < _MARGIN
        (sides,) = np.nonzero(near_side.any(axis=1))
        for shift in ((-_MARGIN, -_MARGIN), (-_MARGIN, _MARGIN), (_MARGIN, -_MARGIN), (_MARGIN, _MARGIN)):
            column, row = np.floor(marks[sides] + shift).astype(np.intp).T
            yield (row * self.columns + column) * areas + owners[sides]

    def _label(self, tree: shapely.STRtree) -> NDArray[np.int32]:
        """Ask the tree once for each run of free cells in a row: no border separates them, so one answer holds for
        all."""
        labels = np.zeros(self.rows * self.columns, dtype=np.int32)
        labels[self._mixed_cells] = _MIXED
        is_free = (labels != _MIXED).reshape(self.rows, self.columns)
        is_head = is_free.copy()
        is_head[:, 1:] &= ~is_free[:, :-1]
        heads = np.flatnonzero(is_head)
        of_run = np.concatenate([np.empty(0, np.int32), *(self._asked(tree, some) for some in _in_chunks(heads))])
        labels[is_free.ravel()] = of_run[np.cumsum(is_head, dtype=np.int32)[is_free.ravel()] - 1]
        return labels

    def _asked(self, tree: shapely.STRtree, cells: Ints) -> NDArray[np.int32]:
        """The first area around the middle of each cell."""
        row, column = np.divmod(cells, self.columns)
        middles = shapely.points(self.west + (column + 0.5) * self.size, self.south + (row + 0.5) * self.size)
        which, area = tree.query(middles, predicate="intersects")
        first = np.full(len(cells), len(tree), dtype=np.int32)
        np.minimum.at(first, which, area.astype(np.int32))
        first[first == len(tree)] = NOWHERE
        return first


def _in_chunks(cells: Ints) -> Iterator[Ints]:
    for start in range(0, len(cells), _CHUNK):
        yield cells[start : start + _CHUNK]


def _pieces(start: Floats, end: Floats) -> tuple[Floats, Ints]:
    """The middles of the pieces into which the lines of a unit grid cut segments, and the segment of each piece.

    Segments that stay in one cell have none: their corners say where they are.
    """
    (cut,) = np.nonzero((np.floor(start) != np.floor(end)).any(axis=1))
    shares, owners = [np.zeros(len(cut)), np.ones(len(cut))], [cut, cut]
    for axis in (0, 1):
        a, b = start[cut, axis], end[cut, axis]
        low = np.floor(np.minimum(a, b)) + 1
        count = np.maximum(np.ceil(np.maximum(a, b)) - low, 0).astype(np.intp)
        of_cut = np.repeat(np.arange(len(cut)), count)
        nth = np.arange(len(of_cut)) - np.repeat(np.cumsum(count) - count, count)
        shares.append((low[of_cut] + nth - a[of_cut]) / (b - a)[of_cut])
        owners.append(cut[of_cut])
    share, owner = np.concatenate(shares), np.concatenate(owners)
    order = np.lexsort((share, owner))
    share, owner = share[order], owner[order]
    (first,) = np.nonzero(owner[1:] == owner[:-1])
    segment = owner[first]
    middle = (share[first] + share[first + 1]) / 2.0
    return start[segment] + (end[segment] - start[segment]) * middle[:, None], segment


def _without_repeats(keys: Ints) -> Ints:
    """The keys without those that follow their like: a cheap start, since a border dwells in a cell."""
    return keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys


def _prepare(areas: NDArray[np.object_]) -> None:
    """Prepare the areas and ask each of them once.

    A prepared shape finishes itself at its first question, without a lock; threads ask later, all at once.
    """
    shapely.prepare(areas)
    west, south, east, north = shapely.bounds(areas).T
    shapely.intersects_xy(areas, (west + east) / 2, (south + north) / 2)


def _metres_per_degree(shapes: NDArray[np.object_]) -> Floats:
    _, south, _, north = shapely.total_bounds(shapes) if len(shapes) else (0.0, 0.0, 0.0, 0.0)
    middle = (south + north) / 2.0
    return np.array([_M_PER_DEGREE * cos(radians(middle if isfinite(middle) else 0.0)), _M_PER_DEGREE])
