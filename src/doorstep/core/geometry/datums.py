"""Points, and the datums in which China writes them.

WGS 84
    What satellites and OpenStreetMap use; everything inside Doorstep is kept in it.
CGCS2000
    What state surveys use. Both frames are realisations of ITRF within a few centimetres of each other, and plate
    motion since 2000 adds some decimetres that no address or footprint resolves: here the two are the same.
GCJ-02
    What public map services in mainland China must use: WGS 84 moved by 100–500 m. The state never published it; this
    is the formula that has been public since 2009–2010 (the `WGSToGCJ` of "China Map Shift", later `eviltransform`),
    which agrees with the services to within a metre or two.
BD-09
    What Baidu uses: GCJ-02 turned, stretched and moved once more, as published in the same sources.

GCJ-02 and BD-09 differ from WGS 84 only inside `MAINLAND`, the rectangle of the published formula. It is generous: it
takes in Hong Kong, Taiwan and parts of neighbouring countries, where a service may in fact give WGS 84; name the
datum that the service really gives. Along its edges, at sea or abroad, the inverse is not unique within the width of
the shift.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

Floats = NDArray[np.float64]


class Datum(StrEnum):
    """To what a longitude and a latitude refer; the value is how it is written in files and settings."""

    WGS84 = "WGS84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ02"
    BD09 = "BD09"


class PointRefused(Refusal):
    """Not a place on Earth."""


class DatumRefused(Refusal):
    """Not the name of a datum."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, which knows its datum."""

    lon: float
    lat: float
    datum: Datum = Datum.WGS84

    def __post_init__(self) -> None:
        if not (isfinite(self.lon) and isfinite(self.lat)):
            raise PointRefused(say("geometry-point-not-a-number"))
        if not (-180 <= self.lon <= 180 and -90 <= self.lat <= 90):
            raise PointRefused(
                say("geometry-point-out-of-range", lon=str(self.lon), lat=str(self.lat)), say("geometry-point-try")
            )

    def to(self, datum: Datum) -> Point:
        """The same place in another datum."""
        lon, lat = convert(self.lon, self.lat, self.datum, datum)
        return Point(float(lon), float(lat), datum)


MAINLAND: Final = (72.004, 0.8293, 137.8347, 55.8271)
"""West, south, east and north of where GCJ-02 is shifted, in degrees of WGS 84."""

# Krasovsky 1940, on which the shift is reckoned.
_SEMI_MAJOR_M: Final = 6378245.0
_ECCENTRICITY_2: Final = 0.00669342162296594323
_BAIDU_TURN: Final = np.pi * 3000.0 / 180.0
_RESIDUAL_DEG: Final = 1e-11
_MOST_STEPS: Final = 30


def named(text: str) -> Datum:
    """The datum that somebody wrote, however they wrote it: `WGS-84`, `gcj02`, `百度`."""
    plain = text.strip().upper().replace("-", "").replace(" ", "").replace("_", "")
    if plain not in _NAMES:
        raise DatumRefused(
            say("geometry-datum-unknown", name=text.strip()), say("geometry-datum-try", names=", ".join(Datum))
        )
    return _NAMES[plain]


def convert(lon: ArrayLike, lat: ArrayLike, source: Datum, target: Datum) -> tuple[Floats, Floats]:
    """Degrees in `source` as degrees in `target`; arrays of one shape, or numbers.

    Forward the published formula is exact; backward it is solved until the way forward returns the given degrees to
    within 1e-11 (a micrometre).
    """
    x, y = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    if _SAME_AS.get(source, source) == _SAME_AS.get(target, target):
        return x.copy(), y.copy()
    return _from_wgs84(*_to_wgs84(x, y, source), target)


def _to_wgs84(x: Floats, y: Floats, source: Datum) -> tuple[Floats, Floats]:
    if source in _SAME_AS:
        return x, y
    forward = _gcj02_of if source is Datum.GCJ02 else _bd09_of
    plain_x, plain_y = _solve(forward, x, y)
    inside = _is_mainland(plain_x, plain_y)
    return np.where(inside, plain_x, x), np.where(inside, plain_y, y)


def _from_wgs84(x: Floats, y: Floats, target: Datum) -> tuple[Floats, Floats]:
    if target in _SAME_AS:
        return x, y
    forward = _gcj02_of if target is Datum.GCJ02 else _bd09_of
    moved_x, moved_y = forward(x, y)
    inside = _is_mainland(x, y)
    return np.where(inside, moved_x, x), np.where(inside, moved_y, y)


def _is_mainland(x: Floats, y: Floats) -> NDArray[np.bool_]:
    west, south, east, north = MAINLAND
    return np.asarray((x >= west) & (x <= east) & (y >= south) & (y <= north))


def _gcj02_of(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """The published shift, wherever it is asked for."""
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    # The three sines that wave along both axes, in metres before scaling.
    along = (20.0 * np.sin(6.0 * np.pi * x) + 20.0 * np.sin(2.0 * np.pi * x)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + along
    north += (20.0 * np.sin(np.pi * y) + 40.0 * np.sin(np.pi / 3.0 * y)) * 2.0 / 3.0
    north += (160.0 * np.sin(np.pi / 12.0 * y) + 320.0 * np.sin(np.pi / 30.0 * y)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + along
    east += (20.0 * np.sin(np.pi * x) + 40.0 * np.sin(np.pi / 3.0 * x)) * 2.0 / 3.0
    east += (150.0 * np.sin(np.pi / 12.0 * x) + 300.0 * np.sin(np.pi / 30.0 * x)) * 2.0 / 3.0
    phi = np.radians(lat)
    flatness = 1.0 - _ECCENTRICITY_2 * np.sin(phi) ** 2
    meridian_m = _SEMI_MAJOR_M * (1.0 - _ECCENTRICITY_2) / (flatness * np.sqrt(flatness))
    parallel_m = _SEMI_MAJOR_M / np.sqrt(flatness) * np.cos(phi)
    return lon + np.degrees(east / parallel_m), lat + np.degrees(north / meridian_m)


def _bd09_of(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    x, y = _gcj02_of(lon, lat)
    radius = np.hypot(x, y) + 0.00002 * np.sin(y * _BAIDU_TURN)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * _BAIDU_TURN)
    return radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006


def _solve(forward: Callable[[Floats, Floats], tuple[Floats, Floats]], x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Where `forward` leads to (x, y), by fixed-point iteration: the shift hardly changes over its own length."""
    around = _is_mainland_and_around(x, y)
    # Far from China the shift is no contraction, and is not wanted either: such points wait at its middle.
    goal_x, goal_y = np.where(around, x, 105.0), np.where(around, y, 35.0)
    guess_x, guess_y = goal_x, goal_y
    for _ in range(_MOST_STEPS):
        there_x, there_y = forward(guess_x, guess_y)
        off_x, off_y = there_x - goal_x, there_y - goal_y
        guess_x, guess_y = guess_x - off_x, guess_y - off_y
        if max(np.max(np.abs(off_x), initial=0.0), np.max(np.abs(off_y), initial=0.0)) < _RESIDUAL_DEG:
            break
    return np.where(around, guess_x, x), np.where(around, guess_y, y)


def _is_mainland_and_around(x: Floats, y: Floats) -> NDArray[np.bool_]:
    west, south, east, north = MAINLAND
    return np.asarray((x > west - 0.1) & (x < east + 0.1) & (y > south - 0.1) & (y < north + 0.1))


_SAME_AS: Final = {Datum.WGS84: Datum.WGS84, Datum.CGCS2000: Datum.WGS84}
_NAMES: Final = {  # read, not shown
    **{str(datum): datum for datum in Datum},
    "EPSG:4326": Datum.WGS84,
    "GPS": Datum.WGS84,
    "EPSG:4490": Datum.CGCS2000,
    "国家2000": Datum.CGCS2000,
    "GCJ": Datum.GCJ02,
    "火星": Datum.GCJ02,
    "火星坐标": Datum.GCJ02,
    "高德": Datum.GCJ02,
    "BD": Datum.BD09,
    "百度": Datum.BD09,
    "百度坐标": Datum.BD09,
}
