"""The plan in force, to which a new division is compared: which micro-grid and grid each home belongs to by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike

from doorstep.engines.districting.atoms import WHOLE, Atoms, even_share
from doorstep.engines.districting.problem import Ints
from doorstep.engines.districting.relief import Band, cut_at
from doorstep.engines.districting.wrong import DistrictingError, Wrong

NEW = -1
"""The old piece of households that were in none."""


class BadStanding(DistrictingError):
    """A field of the plan in force holds what it may not hold; `rows` are positions in it."""

    def __init__(self, field_name: str, wrong: Wrong, rows: Sequence[int] = (), **facts: int) -> None:
        self.field = field_name
        super().__init__(wrong, rows, field=field_name, **facts)


@dataclass(frozen=True, eq=False)
class Standing:
    """One row for each atom of the plan in force whose building still stands; new buildings have none.

    building     (n,) row of `Buildings`
    section      (n,) as in `Atoms`, 0 for the first or only one
    floor_from, floor_to   (n,) as in `Atoms`, `WHOLE` where the atom is no floor band
    number       (n,) number of its micro-grid inside its grid, as in its code: from 1
    grid         (n,) number of its grid likewise
    """

    building: Ints
    section: Ints
    floor_from: Ints
    floor_to: Ints
    number: Ints
    grid: Ints

    def __init__(
        self,
        building: ArrayLike,
        section: ArrayLike,
        floor_from: ArrayLike,
        floor_to: ArrayLike,
        number: ArrayLike,
        grid: ArrayLike,
    ) -> None:
        given = (building, section, floor_from, floor_to, number, grid)
        count = np.asarray(building).size
        for each, values, least in zip(fields(self), given, (0, 0, 0, 0, 1, 1), strict=True):
            column = np.asarray(values)
            if column.shape != (count,):
                raise BadStanding(each.name, Wrong.STANDING_LENGTH, values=column.size, count=count)
            whole = column.astype(np.int64)
            wrong = np.flatnonzero((whole != column) | (whole < least))
            if len(wrong):
                raise BadStanding(each.name, Wrong.STANDING_NOT_FROM, wrong.tolist(), least=least)
            object.__setattr__(self, each.name, whole)

    def __len__(self) -> int:
        return len(self.building)

    def checked(self, buildings: int) -> Standing:
        """Itself; refuses a row of a building that is not there."""
        strange = np.flatnonzero(self.building >= buildings)
        if len(strange):
            raise BadStanding("building", Wrong.STANDING_NO_BUILDING, strange.tolist(), count=buildings)
        return self


@dataclass(frozen=True, eq=False)
class AsItStands:
    """Micro-grids of some plan that stay as they are, homes and all: `codes` are (grid, number) of each.

    `standing` has all homes of the buildings in which they lie; so a micro-grid may be some floors of a house.
    """

    standing: Standing
    codes: frozenset[tuple[int, int]]

    def checked(self, buildings: int) -> AsItStands:
        """Itself; refuses a row of a building that is not there."""
        self.standing.checked(buildings)
        return self

    def groups(self, atoms: Atoms) -> Ints:
        """(atoms,) the number of the micro-grid of each that stays, `NEW` for the others."""
        old = old_pieces(atoms, self.standing)
        stays = np.array([code in self.codes for code in zip(old.grid.tolist(), old.number.tolist(), strict=True)])
        if not stays.any():
            return np.full(len(atoms), NEW)
        kept: Ints = np.where((old.microgrid != NEW) & stays[old.microgrid], old.microgrid, NEW)
        return kept


def cut_like(atoms: Atoms, *plans: Standing) -> Atoms:
    """The same atoms, with sections of which any of these plans parts the floors cut at the same floors."""
    starts: dict[tuple[int, int], set[int]] = {}
    for plan in plans:
        for row in np.flatnonzero(plan.floor_from != WHOLE).tolist():
            section = (int(plan.building[row]), int(plan.section[row]))
            starts.setdefault(section, set()).add(int(plan.floor_from[row]))
    if not starts:
        return atoms
    sections = zip(atoms.building.tolist(), atoms.section.tolist(), strict=True)
    return cut_at(
        atoms,
        [
            _bands_from(starts.get(section, set()), int(floors), int(homes))
            for section, floors, homes in zip(sections, atoms.floors, atoms.households, strict=True)
        ],
    )


def _bands_from(starts: set[int], floors: int, households: int) -> list[Band]:
    """Bands of a section of so many floors that begin at these; none where one of them would be empty."""
    first = np.array(sorted({1, *starts} & set(range(1, floors + 1))))
    last = np.r_[first[1:] - 1, floors]
    on_floor = even_share(np.full(floors, households), np.full(floors, floors), np.arange(floors))
    homes = np.add.reduceat(on_floor, first - 1)
    if len(first) == 1 or (homes == 0).any():
        return []
    return list(zip((first - 1).tolist(), (last - 1).tolist(), homes.tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class Old:
    """From which piece the households of each atom come.

    microgrid   (atoms,) position in `grid` and `number`, which name the old micro-grids; `NEW` where it was in none
    grid        (pieces,) number of the grid of each; number (pieces,) its own number inside it
    """

    microgrid: Ints
    grid: Ints
    number: Ints

    @staticmethod
    def nothing(atoms: int) -> Old:
        """Where all is new."""
        return Old(np.full(atoms, NEW), np.zeros(0, np.int64), np.zeros(0, np.int64))

    @property
    def grid_of_atom(self) -> Ints:
        """(atoms,) the number of the old grid; `NEW` where there was none."""
        if len(self.grid) == 0:
            return self.microgrid
        numbers: Ints = np.where(self.microgrid == NEW, NEW, self.grid[self.microgrid])
        return numbers


def old_pieces(atoms: Atoms, standing: Standing) -> Old:
    """The old micro-grid of each atom: by building, section and floors, the one with most of them."""
    codes, which = np.unique(np.c_[standing.grid, standing.number], axis=0, return_inverse=True)
    which = which.reshape(-1)
    rows: dict[int, list[int]] = {}
    for row, building in enumerate(standing.building.tolist()):
        rows.setdefault(building, []).append(row)
    cut = set(atoms.building[atoms.section > 0].tolist())
    old = np.full(len(atoms), NEW)
    for atom, building in enumerate(atoms.building.tolist()):
        own = np.array(rows.get(building, []), np.int64)
        if len(own) and building in cut:
            away = np.abs(standing.section[own] - atoms.section[atom])
            own = own[away == away.min()]
        if len(own):
            old[atom] = np.bincount(which[own], _floors_shared(atoms, atom, standing, own)).argmax()
    return Old(old, codes[:, 0].copy(), codes[:, 1].copy())


def _floors_shared(atoms: Atoms, atom: int, standing: Standing, rows: Ints) -> Ints:
    """How many floors each row shares with the atom; a row is worth a little where it shares none."""
    top = max(int(atoms.floors[atom]), int(standing.floor_to[rows].max()), int(atoms.floor_to[atom]), 1)
    first = max(1, int(atoms.floor_from[atom]))
    last = int(atoms.floor_to[atom]) or top
    row_first = np.maximum(1, standing.floor_from[rows])
    row_last = np.where(standing.floor_to[rows] == WHOLE, top, standing.floor_to[rows])
    shared = np.minimum(last, row_last) - np.maximum(first, row_first) + 1
    worth: Ints = np.maximum(0, shared) * 1000 + 1
    return worth
