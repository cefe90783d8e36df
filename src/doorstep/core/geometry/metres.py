"""Metres: the plane in which Doorstep stores, measures and draws windows; and distances between degrees.

The plane is that of Chinese city surveys: Gauss-Krüger in three-degree zones on the ellipsoid of CGCS2000, easting
500,000 m on the zone's meridian and no zone number in front (EPSG 4534 to 4554). The zone follows from a longitude
anywhere on Earth, so that a place elsewhere gets the same local transverse Mercator. A city uses one zone for all
that it stores: two points are near in the plane only if they are in the same one. Lengths are true to 1:2,900 at the
edge of a zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from doorstep.core.geometry.datums import Datum, Point

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

Floats = NDArray[np.float64]

_SEMI_MAJOR_M: Final = 6378137.0
_ECCENTRICITY_2: Final = 0.00669438002290079
_ZONE_DEG: Final = 3
_CHINESE_MERIDIANS: Final = range(75, 136, _ZONE_DEG)


@dataclass(frozen=True, slots=True)
class Projection:
    """One zone of the plane, named by its middle meridian in degrees."""

    meridian: int

    @classmethod
    def of(cls, lon: float) -> Projection:
        """The zone in which that longitude lies."""
        return cls(_ZONE_DEG * round(lon / _ZONE_DEG))

    @property
    def epsg(self) -> int | None:
        """The registered number of the zone; only the Chinese ones have one."""
        if self.meridian not in _CHINESE_MERIDIANS:
            return None
        return 4534 + (self.meridian - _CHINESE_MERIDIANS.start) // _ZONE_DEG

    def metres(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Any, Any]:
        """Eastings and northings of degrees in WGS 84; numbers for numbers, arrays for arrays."""
        return _forward(self.meridian).transform(lon, lat, errcheck=True)  # type: ignore[no-any-return]

    def degrees(self, x_m: ArrayLike, y_m: ArrayLike) -> tuple[Any, Any]:
        """Longitudes and latitudes in WGS 84 of eastings and northings."""
        return _backward(self.meridian).transform(x_m, y_m, errcheck=True)  # type: ignore[no-any-return]

    def point(self, point: Point) -> tuple[float, float]:
        """Easting and northing of a point, whatever its datum."""
        plain = point.to(Datum.WGS84)
        return self.metres(plain.lon, plain.lat)

    def flatten(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape, or an array of shapes, from degrees of WGS 84 to metres."""
        return _each_coordinate(shape, self.metres)

    def unflatten(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape, or an array of shapes, from metres to degrees of WGS 84."""
        return _each_coordinate(shape, self.degrees)


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points on the ellipsoid, whatever their datums."""
    here, there = a.to(Datum.WGS84), b.to(Datum.WGS84)
    return float(distances_m(here.lon, here.lat, there.lon, there.lat))


def distances_m(lon_a: ArrayLike, lat_a: ArrayLike, lon_b: ArrayLike, lat_b: ArrayLike) -> Floats:
    """Metres between degrees of WGS 84, element by element, by the mid-latitude formula.

    True to a millimetre within a kilometre and to 1e-5 within 100 km; not meant for more.
    """
    lat_a, lat_b = np.asarray(lat_a, dtype=np.float64), np.asarray(lat_b, dtype=np.float64)
    middle = np.radians((lat_a + lat_b) / 2.0)
    turn = np.radians(
        (np.asarray(lon_b, dtype=np.float64) - np.asarray(lon_a, dtype=np.float64) + 180.0) % 360.0 - 180.0
    )
    flatness = 1.0 - _ECCENTRICITY_2 * np.sin(middle) ** 2
    normal_m = _SEMI_MAJOR_M / np.sqrt(flatness)
    meridian_m = normal_m * (1.0 - _ECCENTRICITY_2) / flatness
    east = normal_m * np.cos(middle) * turn
    north = meridian_m * np.radians(lat_b - lat_a) * np.cos(turn / 2.0)
    return np.asarray(np.hypot(east, north))


def _each_coordinate(shape: BaseGeometry, change: Any) -> BaseGeometry:
    import shapely

    return shapely.transform(shape, lambda xy: np.column_stack(change(xy[:, 0], xy[:, 1])))


def _plane(meridian: int) -> str:
    return f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m +no_defs"


# pyproj is imported where the first metre is needed: many processes need none.
@cache
def _forward(meridian: int) -> Any:
    from pyproj import Transformer

    return Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad +step {_plane(meridian)}"
    )


@cache
def _backward(meridian: int) -> Any:
    from pyproj import Transformer

    return Transformer.from_pipeline(
        f"+proj=pipeline +step +inv {_plane(meridian)} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
