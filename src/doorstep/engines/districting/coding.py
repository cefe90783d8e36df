"""The numbers of grids and micro-grids: in the order in which a page is read, or kept from the plan in force."""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.keeping import keep_numbers
from doorstep.engines.districting.numbering import (
    MOST_GRIDS,
    MOST_MICROGRIDS,
    NumbersExhausted,
    number_within,
    reading_order,
)
from doorstep.engines.districting.problem import Floats, Ints
from doorstep.engines.districting.standing import NEW, Standing
from doorstep.engines.districting.survey import Survey


def codes_of(seen: Survey, microgrid: Ints, grid: Ints, given: Ints, standing: Standing | None) -> Ints:
    """(pieces, 2) the number of the grid of each micro-grid and its own inside it.

    `microgrid` is the piece of each atom, `grid` the grid of each micro-grid, `given` the number of each grid that
    has one already, 0 for the others. Grids keep their numbers first, then micro-grids inside a grid that has kept
    its own: the code of a micro-grid begins with the number of its grid.
    """
    homes = seen.atoms.households
    households = np.bincount(microgrid, homes)
    middle = _middles(seen.atoms.xy, homes, microgrid)
    grid_middle = _middles(middle, households, grid)
    if given.any():
        numbers = _after_the_given(given, grid_middle, standing)
    elif standing is None:
        numbers = number_within(np.zeros(len(grid_middle), np.int64), grid_middle, "grids", MOST_GRIDS)
    if standing is None:
        fresh: Ints = np.c_[numbers[grid], number_within(grid, middle, "micro-grids", MOST_MICROGRIDS)]
        return fresh
    settled = seen.old.microgrid != NEW
    old_grid = seen.old.grid_of_atom[settled]
    old_number = seen.old.number[seen.old.microgrid[settled]]
    own, homes = microgrid[settled], homes[settled]
    if not given.any():
        used = np.unique(standing.grid)
        numbers = keep_numbers(grid[own], old_grid, homes, grid_middle, used, "grids", MOST_GRIDS)
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


def _after_the_given(given: Ints, xy: Floats, standing: Standing | None) -> Ints:
    """Grids without a number get those after the highest given one and the highest in force."""
    highest = max(int(given.max()), 0 if standing is None else int(standing.grid.max(initial=0)))
    numbers, rest = given.copy(), np.flatnonzero(given == 0)
    numbers[rest[reading_order(xy[rest])]] = highest + 1 + np.arange(len(rest))
    if numbers.max() > MOST_GRIDS:
        raise NumbersExhausted("grids", int(numbers.max()), MOST_GRIDS)
    return numbers


def _middles(xy: Floats, households: Ints, piece: Ints) -> Floats:
    weight = np.bincount(piece, households)
    sums = np.c_[np.bincount(piece, households * xy[:, 0]), np.bincount(piece, households * xy[:, 1])]
    middles: Floats = sums / weight[:, None]
    return middles
