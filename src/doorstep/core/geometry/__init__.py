"""Places: points that know their datum, the plane of metres, and which area a point lies in."""

from doorstep.core.geometry.datums import Datum, DatumRefused, Point, PointRefused, convert, named
from doorstep.core.geometry.index import NOWHERE, AreaIndex, Found, Surety
from doorstep.core.geometry.metres import Projection, distance_m, distances_m

__all__ = [
    "NOWHERE",
    "AreaIndex",
    "Datum",
    "DatumRefused",
    "Found",
    "Point",
    "PointRefused",
    "Projection",
    "Surety",
    "convert",
    "distance_m",
    "distances_m",
    "named",
]
