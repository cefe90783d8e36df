"""The numbers of grids and micro-grids: in the order in which a page is read, or kept from the plan in force."""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.keeping import keep_numbers
from doorstep.engines.districting.numbering import MOST_GRIDS, MOST_MICROGRIDS, number_within
from doorstep.engines.districting.problem import Floats, Ints
from doorstep.engines.districting.standing import NEW, Standing
from doorstep.engines.districting.survey import Survey


def codes_of(seen: Survey, microgrid: Ints, grid: Ints, standing: Standing | None) -> Ints:
    """(pieces, 2) the number of the grid of each micro-grid and its own inside it.

    `microgrid` is the piece of each atom, `grid` the grid of each micro-grid. Grids keep their numbers first, then
    micro-grids inside a grid that has kept its own: the code of a micro-grid begins with the number of its grid.
    """
    homes = seen.atoms.households
    households = np.bincount(microgrid, homes)
    middle = _middles(seen.atoms.xy, homes, microgrid)
    grid_middle = _middles(middle, households, grid)
    if standing is None:
        numbers = number_within(np.zeros(len(grid_middle), np.int64), grid_middle, "grids", MOST_GRIDS)
        fresh: Ints = np.c_[numbers[grid], number_within(grid, middle, "micro-grids", MOST_MICROGRIDS)]
        return fresh
    settled = seen.old.microgrid != NEW
    old_grid = seen.old.grid_of_atom[settled]
    old_number = seen.old.number[seen.old.microgrid[settled]]
    own, homes = microgrid[settled], homes[settled]
    numbers = keep_numbers(grid[own], old_grid, homes, grid_middle, np.unique(standing.grid), "grids", MOST_GRIDS)
    codes: Ints = np.c_[numbers[grid], np.zeros_like(grid)]
    for position, number in enumerate(numbers.tolist()):
        members = np.flatnonzero(grid == position)
        stayed = (grid[own] == position) & (old_grid == number)
        local = np.searchsorted(members, own[stayed])
        used = np.unique(standing.number[standing.grid == number])
        codes[members, 1] = keep_numbers(
            local, old_number[stayed], homes[stayed], middle[members], used, "micro-grids", MOST_MICROGRIDS
        )
    return codes


def _middles(xy: Floats, households: Ints, piece: Ints) -> Floats:
    weight = np.bincount(piece, households)
    sums = np.c_[np.bincount(piece, households * xy[:, 0]), np.bincount(piece, households * xy[:, 1])]
    middles: Floats = sums / weight[:, None]
    return middles
