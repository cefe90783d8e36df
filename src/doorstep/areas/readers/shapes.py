"""Outlines and points as a file gives them, made fit to be kept: checked, repaired, and brought to WGS 84."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from doorstep.areas.readers.report import Report
from doorstep.core.geometry import Datum, convert
from doorstep.core.text import say

Shapes = NDArray[np.object_]
Bounds = tuple[float, float, float, float]

# Where the two coordinates can hardly be meant the other way round: nobody lives north of the 82nd parallel.
_NORTHERNMOST_HOME: Final = 82.0
_CHINA: Final = (73.0, 17.0, 136.0, 54.0)
_GRID_DEG: Final = 1e-7
_LEAST_AREA_DEG2: Final = 1e-12


def made_fit(
    shapes: Sequence[Any],
    rows: Sequence[int | str],
    datum: Datum,
    report: Report,
    *,
    corners: int,
    expected: Bounds | None = None,
) -> Shapes:
    """The shapes in WGS 84, flat and valid; `None` in place of those that cannot be, which are listed as problems.

    `expected` is west, south, east, north around the place, in WGS 84: what lies outside it is a problem too.
    """
    kept = _checked(shapes, rows, report, corners)
    kept = _repaired(kept, rows, report)
    kept = _in_wgs84(kept, datum)
    return kept if expected is None else _within(kept, expected, rows, report)


def lines_made_fit(
    shapes: Sequence[Any], rows: Sequence[int | str], datum: Datum, report: Report, *, corners: int
) -> Shapes:
    """The same for lines, in which there is nothing to repair."""
    return _in_wgs84(_checked(shapes, rows, report, corners), datum)


def _checked(shapes: Sequence[Any], rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    kept: Shapes = shapely.force_2d(np.asarray(shapes, dtype=object))
    for check in (_without_empty, _within_corners, _finite, _on_earth, _not_swapped):
        kept = check(kept, rows, report, corners)
    return kept


def fingerprint(shape: Any) -> str:
    """A short name of the outline that does not depend on where it starts or in which direction it runs."""
    plain = shapely.normalize(shapely.transform(shape, lambda xy: np.round(xy / _GRID_DEG) * _GRID_DEG))
    return blake2b(shapely.to_wkb(plain, byte_order=1), digest_size=8).hexdigest()


def _without_empty(shapes: Shapes, rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    bad = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    return _drop(shapes, bad, rows, report, say("areas-shape-missing"), say("areas-shape-missing-try"))


def _within_corners(shapes: Shapes, rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    bad = shapely.get_num_coordinates(shapes) > corners
    what, try_this = say("areas-shape-too-many-corners", most=corners), say("areas-shape-too-many-corners-try")
    return _drop(shapes, bad, rows, report, what, try_this)


def _finite(shapes: Shapes, rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    coordinates, owner = shapely.get_coordinates(shapes, return_index=True)
    bad = np.zeros(len(shapes), dtype=bool)
    bad[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    return _drop(shapes, bad, rows, report, say("areas-shape-not-a-number"), say("areas-shape-missing-try"))


def _on_earth(shapes: Shapes, rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    west, south, east, north = _bounds(shapes)
    metres = (np.maximum(np.abs(west), np.abs(east)) > 360) & (np.maximum(np.abs(south), np.abs(north)) > 360)
    shapes = _drop(shapes, metres, rows, report, say("areas-shape-in-metres"), say("areas-shape-in-metres-try"))
    swapped = _is_swapped(west, south, east, north) & ~metres
    shapes = _drop(shapes, swapped, rows, report, say("areas-shape-swapped"), say("areas-shape-swapped-try"))
    off = (west < -180) | (east > 180) | (south < -90) | (north > 90)
    shapes = _drop(shapes, off & ~metres & ~swapped, rows, report, say("areas-shape-off-earth"), _CHECK_DEGREES)
    zero = (west == 0) & (east == 0) & (south == 0) & (north == 0)
    return _drop(shapes, zero, rows, report, say("areas-shape-zero"), say("areas-shape-missing-try"))


def _not_swapped(shapes: Shapes, rows: Sequence[int | str], report: Report, corners: int) -> Shapes:
    """Beware one row that is the other way round among rows that are right: it can lie on Earth and still be wrong."""
    west, south, east, north = _bounds(shapes)
    if not np.isfinite(west).any():
        return shapes
    middle_x, middle_y = np.nanmedian((west + east) / 2), np.nanmedian((south + north) / 2)
    x, y = (west + east) / 2, (south + north) / 2
    there = np.hypot(x - middle_x, y - middle_y)
    turned = np.hypot(y - middle_x, x - middle_y)
    swapped = (there > 10) & (turned < 2)
    return _drop(shapes, swapped, rows, report, say("areas-shape-swapped"), say("areas-shape-swapped-try"))


def _is_swapped(
    west: NDArray[np.float64], south: NDArray[np.float64], east: NDArray[np.float64], north: NDArray[np.float64]
) -> NDArray[np.bool_]:
    impossible = (north > 90) & (north <= 180) & (np.abs(east) <= 90) & (np.abs(west) <= 90)
    left, low, right, high = _CHINA
    turned_into_china = (south >= left) & (north <= right) & (west >= low) & (east <= high)
    return np.asarray(impossible | ((south > _NORTHERNMOST_HOME) & (north <= 180)) | turned_into_china)


def _repaired(shapes: Shapes, rows: Sequence[int | str], report: Report) -> Shapes:
    kinds = shapely.get_type_id(shapes)
    fit = np.isin(kinds, (_POINT, _POLYGON, _MULTIPOLYGON, -1))
    what, try_this = say("areas-shape-not-an-outline"), say("areas-shape-not-an-outline-try")
    shapes = _drop(shapes, ~fit, rows, report, what, try_this)
    (broken,) = np.nonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    for i in broken.tolist():
        shapes[i] = _outline_of(shapely.make_valid(shapes[i]))
        report.remark(rows[i], "shape", say("areas-shape-repaired"))
    is_outline = np.isin(shapely.get_type_id(shapes), (_POLYGON, _MULTIPOLYGON))
    flat = is_outline & (shapely.area(shapes) < _LEAST_AREA_DEG2)
    return _drop(shapes, flat, rows, report, say("areas-shape-flat"), say("areas-shape-missing-try"))


def _outline_of(shape: Any) -> Any:
    """The polygons of what a repair left, without its loose lines and points."""
    parts = [part for part in shapely.get_parts(shapely.get_parts([shape])) if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)


def _in_wgs84(shapes: Shapes, datum: Datum) -> Shapes:
    if datum in (Datum.WGS84, Datum.CGCS2000):
        return shapes
    moved: Shapes = shapely.transform(
        shapes, lambda xy: np.column_stack(convert(xy[:, 0], xy[:, 1], datum, Datum.WGS84))
    )
    return moved


def _within(shapes: Shapes, expected: Bounds, rows: Sequence[int | str], report: Report) -> Shapes:
    left, low, right, high = expected
    west, south, east, north = _bounds(shapes)
    outside = (west < left) | (east > right) | (south < low) | (north > high)
    turned_inside = (south >= left) & (north <= right) & (west >= low) & (east <= high)
    swapped = outside & turned_inside
    shapes = _drop(shapes, swapped, rows, report, say("areas-shape-swapped"), say("areas-shape-swapped-try"))
    what, try_this = say("areas-shape-elsewhere"), say("areas-shape-elsewhere-try")
    return _drop(shapes, outside & ~swapped, rows, report, what, try_this)


def _bounds(shapes: Shapes) -> NDArray[np.float64]:
    return np.asarray(shapely.bounds(shapes)).T


def _drop(shapes: Shapes, bad: NDArray[np.bool_], rows: Sequence[int | str], report: Report, *said: Any) -> Shapes:
    """The shapes without the bad ones, each of which is listed; what was dropped before is not listed again."""
    for i in np.flatnonzero(bad).tolist():
        if shapes[i] is not None or said[0].key == "areas-shape-missing":
            report.problem(rows[i], "shape", *said)
    if bad.any():
        shapes = shapes.copy()
        shapes[bad] = None
    return shapes


_POINT, _POLYGON, _MULTIPOLYGON = 0, 3, 6
_CHECK_DEGREES: Final = say("areas-shape-check-degrees")
