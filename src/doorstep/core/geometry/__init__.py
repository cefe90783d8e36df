"""Places: points that know their datum, the plane of metres, and which area a point lies in."""

from doorstep.core.geometry.datums import Datum, DatumRefused, Point, PointRefused, convert, named
from doorstep.core.geometry.metres import Projection, distance_m, distances_m

__all__ = [
    "Datum",
    "DatumRefused",
    "Point",
    "PointRefused",
    "Projection",
    "convert",
    "distance_m",
    "distances_m",
    "named",
]
