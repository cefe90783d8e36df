"""A step below the micro-grid: the stairwell (楼道), or the neighbours of a hub household (中心户).

A building above 50 households is divided by its entrances anyway; here every building is, and where the neighbours of
one hub household are to be few, stairwells are cut by floors. The step lies inside its micro-grid, always.
"""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.atoms import WHOLE, Atoms, even_share
from doorstep.engines.districting.division import Division
from doorstep.engines.districting.problem import Buildings, Ints
from doorstep.engines.districting.relief import cut_into_bands


def stairwells(division: Division, buildings: Buildings, most: int = 0) -> tuple[Atoms, Ints]:
    """The homes behind each entrance, one row each in the order of the atoms, and the position of its micro-grid.

    buildings   those that were divided; an entrance that nobody has counted is not guessed
    most        where a stairwell has more households it is cut into bands of floors with as many at most, or into
                single floors; 0 for whole stairwells

    Rows are named by building, section and floors, which are numbered as in the atoms. Buildings without households
    have none.
    """
    lived_in = np.flatnonzero(division.atoms.households > 0)
    atoms = _rows(division.atoms, lived_in)
    rows, part, parts = _entrances(atoms, buildings)
    axis = (atoms.end - atoms.start)[rows]
    start = atoms.start[rows] + axis * (part / parts)[:, None]
    cut = Atoms(
        building=atoms.building[rows],
        section=np.where(parts > 1, part, atoms.section[rows]),
        households=even_share(atoms.households[rows], parts, part),
        floors=atoms.floors[rows],
        floor_from=atoms.floor_from[rows],
        floor_to=atoms.floor_to[rows],
        start=start,
        end=start + axis / parts[:, None],
    )
    microgrid = division.microgrid[lived_in][rows]
    if most == 0 or len(cut) == 0:
        return cut, microgrid
    bands = [cut_into_bands(_rows(cut, np.array([row])), np.array([True]), most) for row in range(len(cut))]
    columns = {name: np.concatenate([getattr(each, name) for each in bands]) for name in vars(cut)}
    return Atoms(**columns), np.repeat(microgrid, [len(each) for each in bands])


def _rows(atoms: Atoms, rows: Ints) -> Atoms:
    return Atoms(**{name: column[rows] for name, column in vars(atoms).items()})


def _entrances(atoms: Atoms, buildings: Buildings) -> tuple[Ints, Ints, Ints]:
    """For each stairwell the row of its atom, its place in it, and how many there are in that atom.

    An atom that is part of a building is one stairwell, or floors of one.
    """
    is_whole = (np.bincount(atoms.building)[atoms.building] == 1) & (atoms.floor_from == WHOLE)
    counted = np.minimum(np.maximum(1, buildings.entrances[atoms.building]), atoms.households)
    count = np.where(is_whole, counted, 1)
    rows = np.repeat(np.arange(len(atoms)), count)
    part = np.arange(len(rows)) - np.repeat(np.cumsum(count) - count, count)
    return rows, part, count[rows]
