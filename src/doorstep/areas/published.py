"""The areas in force as anybody may have them: each written as GeoJSON once, and a point for each that says no more.

Made once a process and again when any area has changed; a city has ten thousand of them.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final, NamedTuple

import numpy as np
import orjson
import shapely
from django.db import connection
from numpy.typing import NDArray

from doorstep.areas.models import Level
from doorstep.areas.queries import FINEST, in_force
from doorstep.areas.queries import Area as AreaRow
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.geometry.geojson import written
from doorstep.core.geometry.metres import distances_m

LEVELS: Final = tuple(str(level) for level in Level)
LOOKED_AT_EVERY_S: Final = 2.0
_POINT_DIGITS: Final = 5


class Spot(NamedTuple):
    """A micro-grid, and a point inside it: as near as a stranger is told where a case lies."""

    code: str
    name: str
    lon: float
    lat: float


@dataclass(frozen=True)
class Layer:
    """The areas of one level in the order of their codes: what is asked of them, and each as a Feature in GeoJSON."""

    codes: Sequence[str]
    parents: Sequence[str]
    names: Sequence[str]
    since: Sequence[date | None]
    shapes: NDArray[np.object_]
    features: Sequence[bytes]

    @cached_property
    def tree(self) -> shapely.STRtree:
        """For windows; asked by many threads at once, changed by none."""
        return shapely.STRtree(self.shapes)

    @cached_property
    def place(self) -> dict[str, int]:
        """Where in the order a code stands."""
        return {code: n for n, code in enumerate(self.codes)}

    @cached_property
    def bounds(self) -> list[float] | None:
        """West, south, east and north of all of them."""
        drawn = [each for each in self.shapes if each is not None]
        return [float(each) for each in shapely.total_bounds(drawn)] if drawn else None

    def within(self, window: Sequence[float] | None) -> Sequence[int]:
        """The places of those that touch a window of west, south, east and north, in their order."""
        if window is None:
            return range(len(self.codes))
        west, south, east, north = window
        if west <= east:
            return self._touching(shapely.box(west, south, east, north))
        # A window across the date line is two.
        halves = shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)
        return sorted({place for half in halves for place in self._touching(half)})

    def _touching(self, window: Any) -> list[int]:
        return sorted(self.tree.query(window, predicate="intersects").tolist())


class Published:
    """All areas of one day in one state of the table."""

    def __init__(self, version: str, today: date) -> None:
        self.version, self.today = version, today
        self._lock = threading.Lock()
        self._layers: dict[str, Layer] = {}

    def layer(self, level: str) -> Layer:
        """The areas of a level; written when they are first asked for."""
        if level not in self._layers:
            with self._lock:
                if level not in self._layers:
                    self._layers[level] = _read(level, self.today)
        return self._layers[level]

    @cached_property
    def spots(self) -> dict[int, Spot]:
        """Micro-grids and special grids by their ids, those of earlier plans too: cases that ended still name them."""
        with acting_as(ANONYMOUS):
            rows = list(
                AreaRow.objects.filter(level__in=FINEST)
                .exclude(outline=None)
                .order_by("id")
                .values_list("id", "code", "name", "outline")
            )
        inside = shapely.point_on_surface(shapely.from_wkb([bytes(row[3] or b"") for row in rows])) if rows else []
        return {
            row[0]: Spot(row[1], row[2], round(float(point.x), _POINT_DIGITS), round(float(point.y), _POINT_DIGITS))
            for row, point in zip(rows, inside, strict=True)
        }

    @cached_property
    def spot_points(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """The ids of the spots, and their longitudes and latitudes."""
        ids = np.fromiter(self.spots, dtype=np.int64, count=len(self.spots))
        points = np.array([(spot.lon, spot.lat) for spot in self.spots.values()], dtype=np.float64).reshape(-1, 2)
        return ids, points

    def near(self, lon: float, lat: float, radius_m: float, window: Sequence[float]) -> list[int]:
        """The micro-grids whose point lies within so many metres; `window` is any box that holds the circle."""
        inside = self.spots_within(window)
        if not inside:
            return []
        spots = [self.spots[each] for each in inside]
        metres = distances_m(lon, lat, [spot.lon for spot in spots], [spot.lat for spot in spots])
        return [each for each, away_m in zip(inside, metres, strict=True) if away_m <= radius_m]

    def spots_within(self, window: Sequence[float]) -> list[int]:
        """The micro-grids whose point lies in a window of west, south, east and north."""
        west, south, east, north = window
        ids, points = self.spot_points
        lon, lat = points[:, 0], points[:, 1]
        across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
        found: list[int] = ids[across & (lat >= south) & (lat <= north)].tolist()
        return found


_lock = threading.Lock()
_published: Published | None = None
_looked_at = 0.0


def published(today: date) -> Published:
    """What is published on this day; whether it has changed is looked up every other second."""
    global _published, _looked_at
    now = time.monotonic()
    known = _published
    if known is not None and known.today == today and now - _looked_at < LOOKED_AT_EVERY_S:
        return known
    version = _version(today)
    with _lock:
        _looked_at = now
        if _published is None or _published.version != version:
            _published = Published(version, today)
        return _published


def _version(today: date) -> str:
    """What tells one state of the areas from another, alike in every process: each row carries its last writer."""
    with acting_as(ANONYMOUS), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), coalesce(max(id), 0), coalesce(sum(xmin::text::bigint), 0) FROM areas_area")
        return f"{today:%Y%m%d}-" + "-".join(str(each) for each in cursor.fetchone())


_COLUMNS: Final = ("code", "name", "parent__code", "households", "valid_from", "is_sample", "outline")


def _read(level: str, today: date) -> Layer:
    with acting_as(ANONYMOUS):
        rows = list(in_force(today).filter(level=level).order_by("code").values_list(*_COLUMNS))
    shapes = shapely.from_wkb([bytes(row[6]) if row[6] is not None else None for row in rows])
    texts = written(shapes) if rows else []
    return Layer(
        codes=[row[0] for row in rows],
        parents=[row[2] or "" for row in rows],
        names=[row[1] for row in rows],
        since=[row[4] for row in rows],
        shapes=np.asarray(shapes, dtype=object),
        features=[_feature(level, row, shape) for row, shape in zip(rows, texts, strict=True)],
    )


def _feature(level: str, row: Sequence[Any], shape: str | None) -> bytes:
    code, name, parent, households, since, is_sample, _ = row
    properties = {
        "code": code, "name": name, "level": level, "parent": parent, "households": households,
        "since": since, "sample": is_sample,
    }  # fmt: skip
    return b'{"type":"Feature","id":%s,"geometry":%s,"properties":%s}' % (
        orjson.dumps(code), (shape or "null").encode(), orjson.dumps(properties),
    )  # fmt: skip
