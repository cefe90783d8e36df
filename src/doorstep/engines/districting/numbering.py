"""Numbers and codes: grids inside their community, micro-grids inside their grid, in the order in which a page is read.

Places are taken in rows from north to south and inside a row from west to east. A micro-grid's code has 17 digits:
the 12 of its community, 3 for the grid, 2 for the micro-grid; both numbers begin at 1.
"""

from __future__ import annotations

import re

import numpy as np

from doorstep.engines.districting.problem import Floats, Ints
from doorstep.engines.districting.wrong import DistrictingError, Wrong

MOST_GRIDS = 999
MOST_MICROGRIDS = 99


class NumbersExhausted(DistrictingError):
    """More areas in one parent than its digits can number; a coarser band for the level above helps."""

    def __init__(self, level: str, count: int, most: int) -> None:
        self.level, self.count, self.most = level, count, most
        wrong = Wrong.TOO_MANY_GRIDS if level == "grids" else Wrong.TOO_MANY_MICROGRIDS
        super().__init__(wrong, count=count, most=most)


class BadCommunityCode(DistrictingError):
    """A community code that is not 12 digits."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(Wrong.COMMUNITY_CODE, code=code)


def reading_order(xy: Floats) -> Ints:
    """Positions of the places in reading order, in rows of equal height, each place about as wide as high."""
    count = len(xy)
    if count == 0:
        return np.zeros(0, np.int64)
    width, height = np.ptp(xy, axis=0)
    rows = 1 if height == 0 else round(np.sqrt(count * height / max(width, height / count)))
    depth = height / max(1, min(rows, count))
    top = xy[:, 1].max()
    row = np.zeros(count, np.int64) if height == 0 else np.minimum((top - xy[:, 1]) // depth, rows - 1).astype(np.int64)
    return np.lexsort((-xy[:, 1], xy[:, 0], row))


def number_within(parent: Ints, xy: Floats, level: str, most: int) -> Ints:
    """The number, from 1, of each place among those of the same parent."""
    number = np.zeros(len(parent), np.int64)
    for value in np.unique(parent):
        own = np.flatnonzero(parent == value)
        if len(own) > most:
            raise NumbersExhausted(level, len(own), most)
        number[own[reading_order(xy[own])]] = np.arange(1, len(own) + 1)
    return number


def grid_code(community: str, grid: int) -> str:
    """15 digits."""
    if not re.fullmatch(r"[0-9]{12}", community):
        raise BadCommunityCode(community)
    if not 1 <= grid <= MOST_GRIDS:
        raise NumbersExhausted("grids", grid, MOST_GRIDS)
    return f"{community}{grid:03d}"


def microgrid_code(community: str, grid: int, microgrid: int) -> str:
    """17 digits."""
    if not 1 <= microgrid <= MOST_MICROGRIDS:
        raise NumbersExhausted("micro-grids", microgrid, MOST_MICROGRIDS)
    return f"{grid_code(community, grid)}{microgrid:02d}"
