"""Relief: where buildings and sections are too coarse to keep every piece in range, cut them into bands of floors.

A band is a run of whole floors of one section with at most 25 households, or a single floor. On the ground a band is
a strip of the section's footprint, so that pieces stay a planar coverage; the strips lie in the order of the floors.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from doorstep.engines.districting.atoms import WHOLE, Atoms, even_share
from doorstep.engines.districting.problem import Bools, Ints

BAND_AT_MOST = 25

Band = tuple[int, int, int]
"""First floor and last floor, counted from 0 in the atom, and households."""


def can_be_banded(atoms: Atoms, at_most: int = BAND_AT_MOST) -> Bools:
    """Atoms with more than `at_most` households on more than one floor."""
    able: Bools = (atoms.households > at_most) & (atoms.floors > 1)
    return able


def cut_into_bands(atoms: Atoms, chosen: Bools, at_most: int = BAND_AT_MOST) -> Atoms:
    """The same atoms with the chosen ones cut into floor bands of at most `at_most` households."""
    chosen = chosen & can_be_banded(atoms, at_most)
    return cut_at(
        atoms,
        [
            _bands(int(atoms.households[row]), int(atoms.floors[row]), at_most) if chosen[row] else []
            for row in range(len(atoms))
        ],
    )


def cut_at(atoms: Atoms, bands_of: Sequence[list[Band]]) -> Atoms:
    """The same atoms, each cut into its bands; an atom without any stays as it is."""
    rows: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    households: list[int] = []
    strips: list[tuple[float, float]] = []
    for row, bands in enumerate(bands_of):
        ground = max(1, int(atoms.floor_from[row]))
        for number, (first, last, count) in enumerate(bands):
            rows.append(row)
            firsts.append(ground + first)
            lasts.append(ground + last)
            households.append(count)
            strips.append((number / len(bands), (number + 1) / len(bands)))
        if not bands:
            rows.append(row)
            firsts.append(int(atoms.floor_from[row]))
            lasts.append(int(atoms.floor_to[row]))
            households.append(int(atoms.households[row]))
            strips.append((0.0, 1.0))
    source, strip = np.array(rows), np.array(strips)
    axis = (atoms.end - atoms.start)[source]
    floor_from, floor_to = np.array(firsts), np.array(lasts)
    return Atoms(
        building=atoms.building[source],
        section=atoms.section[source],
        households=np.array(households),
        floors=np.where(floor_from == WHOLE, atoms.floors[source], floor_to - floor_from + 1),
        floor_from=floor_from,
        floor_to=floor_to,
        start=atoms.start[source] + axis * strip[:, :1],
        end=atoms.start[source] + axis * strip[:, 1:],
    )


def _bands(households: int, floors: int, at_most: int) -> list[Band]:
    """Even bands; floors without households join the band below."""
    on_floor = even_share(np.full(floors, households), np.full(floors, floors), np.arange(floors)).tolist()
    bands: list[Band] = []
    for floor, count in enumerate(on_floor):
        if bands and (bands[-1][2] + count <= at_most or count == 0 or bands[-1][2] == 0):
            first, _, sum_so_far = bands[-1]
            bands[-1] = (first, floor, sum_so_far + count)
        else:
            bands.append((floor, floor, count))
    return bands


def join_bands(atoms: Atoms, piece: Ints) -> tuple[Atoms, Ints, Ints]:
    """Bands that follow each other in one section and fell into one piece become one again.

    Returns the atoms, the piece of each, and for each atom given the row it went into.
    """
    follows = (
        (atoms.building[1:] == atoms.building[:-1])
        & (atoms.section[1:] == atoms.section[:-1])
        & (piece[1:] == piece[:-1])
        & (atoms.floor_from[1:] != WHOLE)
    )
    first = np.flatnonzero(np.r_[True, ~follows])
    last = np.r_[first[1:] - 1, len(atoms) - 1]
    into = np.cumsum(np.r_[0, ~follows])
    key = atoms.building * (atoms.section.max() + 1) + atoms.section
    bands_left = np.bincount(np.unique(key, return_inverse=True)[1][first])
    is_alone = bands_left[np.unique(key, return_inverse=True)[1][first]] == 1
    joined = Atoms(
        building=atoms.building[first],
        section=atoms.section[first],
        households=np.add.reduceat(atoms.households, first),
        floors=np.add.reduceat(atoms.floors, first),
        floor_from=np.where(is_alone, WHOLE, atoms.floor_from[first]),
        floor_to=np.where(is_alone, WHOLE, atoms.floor_to[last]),
        start=atoms.start[first],
        end=atoms.end[last],
    )
    return joined, piece[first], into
