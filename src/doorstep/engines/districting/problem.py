"""What is asked: the buildings, the bounds, the weights; and how a question that has no answer is refused."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from doorstep.engines.districting.wrong import DistrictingError, Wrong

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Geometries = NDArray[np.object_]

Effort = Literal["quick", "standard", "thorough", "certified", "proven"]
Outlines = Literal["cells", "footprints"]
Progress = Callable[[str, float], None]
"""Called with the name of the stage at work and the part of it that is done, from 0 to 1."""

NO_COMPOUND = -1


class NoBuildings(DistrictingError):
    """There is nothing to divide."""

    def __init__(self) -> None:
        super().__init__(Wrong.NO_BUILDINGS)


class BadBuildings(DistrictingError):
    """A field of some buildings holds what it may not hold; `rows` are their positions."""

    def __init__(self, field_name: str, wrong: Wrong, rows: Sequence[int] = (), **facts: int) -> None:
        self.field = field_name
        super().__init__(wrong, rows, field=field_name, **facts)


class BadBounds(DistrictingError):
    """Bounds out of order."""

    def __init__(self, low: int, high: int, target: int) -> None:
        self.low, self.high, self.target = low, high, target
        super().__init__(Wrong.BOUNDS, low=low, high=high, target=target)


class BadWeight(DistrictingError):
    """A weight that is no number from 0 on; `weight` is its name."""

    def __init__(self, weight: str, value: float) -> None:
        self.weight = weight
        super().__init__(Wrong.WEIGHT, weight=weight, value=value)


class BadBoundary(DistrictingError):
    """The boundary is not a valid polygon with an area."""


class OutsideBoundary(DistrictingError):
    """Some buildings lie outside the boundary; `rows` are their positions."""

    def __init__(self, rows: Sequence[int]) -> None:
        super().__init__(Wrong.OUTSIDE_BOUNDARY, rows, count=len(rows))


@dataclass(frozen=True)
class Bounds:
    """How big a piece may be and had best be, both ends allowed.

    `unit` is what is counted. For grids it may be "microgrids": `Bounds(4, 4, 4, unit="microgrids")` asks for four in
    each.
    """

    low: int
    high: int
    target: int = 0
    unit: Literal["households", "microgrids"] = "households"

    def __post_init__(self) -> None:
        if self.target == 0:
            object.__setattr__(self, "target", (self.low + self.high) // 2)
        if not 1 <= self.low <= self.target <= self.high:
            raise BadBounds(self.low, self.high, self.target)

    def holds(self, size: int) -> bool:
        return self.low <= size <= self.high

    def fits(self, total: int) -> bool:
        """Whether some whole number of pieces in range adds up to `total`."""
        return total >= self.low and -(-total // self.high) <= total // self.low


MICROGRID_BOUNDS: Final = Bounds(low=50, high=100, target=75)
GRID_BOUNDS: Final = Bounds(low=200, high=500, target=350)


@dataclass(frozen=True)
class Weights:
    """What each fault of a piece costs, where a compact piece of the wished size costs about 1.

    `size` counts for a piece a third off its target; `compound` and `building` for each one that the piece touches;
    `barrier` for each part beyond the first that a barrier cuts the piece into; `perimeter` for a border with other
    pieces as long as the outline of an ideal round piece. Half of that and more rounds the outlines, at the expense of
    the other wishes. `moved` counts when as many households as a piece of target size come into another piece than
    in the plan in force; `balance` for a piece a third off its even share of an amount that is to be balanced.
    """

    compactness: float = 1.0
    size: float = 0.25
    compound: float = 0.5
    building: float = 0.2
    barrier: float = 1.0
    perimeter: float = 0.0
    moved: float = 0.0
    balance: float = 0.25

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if not (math.isfinite(value) and value >= 0):
                raise BadWeight(each.name, value)


@dataclass(frozen=True, eq=False)
class Buildings:
    """The buildings of one community, one row each.

    xy           (n, 2) centroids in metres of a projected coordinate system, x to the east, y to the north
    households   (n,) whole numbers; 0 is an empty building or a shop
    footprints   (n,) shapely polygons in the same metres, or None: buildings are then points
    floors       (n,) above ground; 0 where not known
    compounds    (n,) a number for the compound (小区) of each; -1 where it is in none
    entrances    (n,) number of entrances; 0 where not known
    """

    xy: Floats
    households: Ints
    footprints: Geometries | None = None
    floors: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    compounds: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    entrances: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def __init__(
        self,
        xy: ArrayLike,
        households: ArrayLike,
        footprints: ArrayLike | None = None,
        floors: ArrayLike | None = None,
        compounds: ArrayLike | None = None,
        entrances: ArrayLike | None = None,
    ) -> None:
        places = np.asarray(xy, dtype=np.float64).reshape(-1, 2)
        count = len(places)
        if count == 0:
            raise NoBuildings
        strange = np.flatnonzero(~np.isfinite(places).all(axis=1))
        if len(strange):
            raise BadBuildings("xy", Wrong.NOT_FINITE, strange.tolist())
        keep = object.__setattr__
        keep(self, "xy", places)
        keep(self, "households", _whole_numbers("households", households, count))
        keep(self, "footprints", None if footprints is None else _polygons(footprints, count))
        keep(self, "floors", _whole_numbers("floors", np.zeros(count) if floors is None else floors, count))
        unnamed = np.full(count, NO_COMPOUND)
        keep(self, "compounds", _whole_numbers("compounds", unnamed if compounds is None else compounds, count, -1))
        keep(self, "entrances", _whole_numbers("entrances", np.zeros(count) if entrances is None else entrances, count))

    def __len__(self) -> int:
        return len(self.xy)


def _whole_numbers(name: str, given: ArrayLike, count: int, least: int = 0) -> Ints:
    values = np.asarray(given, dtype=np.float64)
    if values.shape != (count,):
        raise BadBuildings(name, Wrong.LENGTH, values=values.size, count=count)
    for is_wrong, wrong in (
        (~np.isfinite(values), Wrong.NOT_FINITE),
        (values < least, Wrong.BELOW),
        (values != np.floor(values), Wrong.NOT_WHOLE),
    ):
        if is_wrong.any():
            facts = {"least": least} if wrong is Wrong.BELOW else {}
            raise BadBuildings(name, wrong, np.flatnonzero(is_wrong).tolist(), **facts)
    return values.astype(np.int64)


def _polygons(given: Any, count: int) -> Geometries:
    import shapely

    shapes = np.asarray(given, dtype=object)
    if shapes.shape != (count,):
        raise BadBuildings("footprints", Wrong.LENGTH, values=shapes.size, count=count)
    missing = np.flatnonzero(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    if len(missing):
        raise BadBuildings("footprints", Wrong.NO_SHAPE, missing.tolist())
    return shapes
