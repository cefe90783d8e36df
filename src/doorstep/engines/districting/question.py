"""All that `divide` was asked, checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike

from doorstep.engines.districting.problem import (
    BadBuildings,
    Bounds,
    Buildings,
    Effort,
    Floats,
    Geometries,
    Ints,
    Outlines,
    Weights,
)
from doorstep.engines.districting.standing import AsItStands, Standing
from doorstep.engines.districting.wrong import DistrictingError, Wrong

NO_GROUP = -1


class BadFixed(DistrictingError):
    """Buildings that cannot be a micro-grid as they stand; `rows` are their positions, `group` is their number."""

    def __init__(self, group: int, wrong: Wrong, rows: Sequence[int]) -> None:
        self.group = group
        super().__init__(wrong, rows, group=group)


@dataclass(frozen=True, eq=False)
class Land:
    """The ground, the buildings on it, the lines that part it, and what is said of buildings beforehand.

    group       (buildings,) number of the group not to be parted, `NO_GROUP` for none; likewise `fixed`, the group that
                is a micro-grid as it stands, and `given`, the grid in which a building is to stay
    standing    the plan in force
    kept        micro-grids that stay as they stand, in whatever plan
    amounts     by name, (buildings,) what micro-grids are to share evenly
    special     ground of the special grids, beside `ground`; `special_grid` (buildings,) is the one of each, -1 for
                none: nobody is counted in their buildings, but in `homes`
    """

    ground: shapely.Geometry
    buildings: Buildings
    barriers: Geometries
    uncrossable: Geometries
    group: Ints
    standing: Standing | None
    fixed: Ints
    kept: AsItStands | None
    amounts: Mapping[str, Floats]
    given: Ints
    special: Geometries
    special_grid: Ints
    homes: Ints


@dataclass(frozen=True, eq=False)
class Question:
    """What is asked of a land."""

    land: Land
    bounds: Bounds
    grid_bounds: Bounds
    weights: Weights
    effort: Effort
    seed: int
    outlines: Outlines


def groups_of(name: str, given: ArrayLike | None, count: int, least: int = 0) -> Ints:
    """A number from `least` on for each building, `NO_GROUP` for none; refuses anything else."""
    if given is None:
        return np.full(count, NO_GROUP)
    values = _column(name, given, count)
    wrong = np.flatnonzero((values != np.floor(values)) | ((values < least) & (values != NO_GROUP)))
    if len(wrong):
        raise BadBuildings(name, Wrong.NOT_FROM, wrong.tolist(), least=least)
    return values.astype(np.int64)


def amounts_of(given: Mapping[str, ArrayLike], count: int) -> dict[str, Floats]:
    """The amounts by name; refuses what is below zero."""
    amounts = {name: _column(name, values, count) for name, values in given.items()}
    for name, values in amounts.items():
        below = np.flatnonzero(values < 0)
        if len(below):
            raise BadBuildings(name, Wrong.BELOW, below.tolist(), least=0)
    return amounts


def _column(name: str, given: ArrayLike, count: int) -> Floats:
    values = np.asarray(given, dtype=np.float64)
    if values.shape != (count,):
        raise BadBuildings(name, Wrong.LENGTH, values=values.size, count=count)
    strange = np.flatnonzero(~np.isfinite(values))
    if len(strange):
        raise BadBuildings(name, Wrong.NOT_FINITE, strange.tolist())
    return values


def refuse_contradictions(land: Land) -> None:
    """Refuses a fixed group where nobody lives, that lies in two grids, or parts what is to be kept together."""
    homes = land.buildings.households
    for group in np.unique(land.fixed[land.fixed != NO_GROUP]).tolist():
        own = land.fixed == group
        if homes[own].sum() == 0:
            raise BadFixed(group, Wrong.FIXED_EMPTY, np.flatnonzero(own).tolist())
        if len(np.unique(land.given[own & (homes > 0)])) > 1:
            raise BadFixed(group, Wrong.FIXED_IN_SEVERAL_GRIDS, np.flatnonzero(own).tolist())
        together = np.unique(land.group[own & (land.group != NO_GROUP)])
        parted = ~own & np.isin(land.group, together)
        if parted.any():
            raise BadFixed(group, Wrong.FIXED_NOT_ALONE, np.flatnonzero(parted).tolist())
