"""What comes out: every building's micro-grid and grid; every micro-grid's and grid's polygon, size and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
import shapely

from doorstep.engines.districting.atoms import WHOLE, Atoms
from doorstep.engines.districting.certificate import Assurance, Certificate
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.moves import Moves
from doorstep.engines.districting.numbering import grid_code, microgrid_code
from doorstep.engines.districting.problem import Bounds, Geometries, Ints
from doorstep.engines.districting.standing import Standing


class ReasonKind(Enum):
    """What is to be said about a piece or about the division; the facts that go with each are named here."""

    PROVED_OUT_OF_RANGE = "proved-out-of-range"
    """size, low, high; the certificate says why."""
    OUT_OF_RANGE_UNPROVED = "out-of-range-unproved"
    """size, low, high; no division in range was found, and none was proved impossible."""
    FIXED = "fixed"
    """size, low, high; the micro-grid is out of range because it was to be kept as it stands."""
    GIVEN = "given"
    """size, low, high; the grid is out of range because it was given so."""
    SPLITS_COMPOUND = "splits-compound"
    """compound, pieces: the compound lies in so many pieces though one could hold it."""
    CROSSES_BARRIER = "crosses-barrier"
    """parts: how many parts the barriers cut the piece into."""
    FLOOR_BANDS = "floor-bands"
    """building: its floors are shared with other pieces."""
    IN_SEVERAL_PARTS = "in-several-parts"
    """parts: the polygon holds an island."""
    SAME_PLACE = "same-place"
    """building, same_as: two buildings with one centre, perhaps the same building twice. Both were counted."""
    NOT_KEPT_TOGETHER = "not-kept-together"
    """group, households, high, parts: too large for a piece, or not all neighbours."""
    COMPOUND_IN_PARTS = "compound-in-parts"
    """compound, parts: the compound's buildings do not all touch one another."""


class Drawn(Enum):
    """Which level was drawn first; the better of both ways is kept where both were tried."""

    MICROGRIDS_FIRST = "micro-grids-first"
    GRIDS_FIRST = "grids-first"
    GRIDS_GIVEN = "grids-given"


@dataclass(frozen=True)
class Reason:
    kind: ReasonKind
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Piece:
    """A micro-grid or grid. `number` counts from 1 inside the parent; `grid` is the position of its grid."""

    number: int
    grid: int
    households: int
    polygon: shapely.Geometry
    is_in_range: bool
    reasons: tuple[Reason, ...] = ()
    certificate: Certificate | None = None


@dataclass(frozen=True, eq=False)
class SpecialGrid:
    """A grid of one place, without micro-grids. `buildings` are rows; numbers follow those of the other grids."""

    number: int
    polygon: shapely.Geometry
    buildings: Ints
    households: int


@dataclass(frozen=True, eq=False)
class Ground:
    """What stays as it is whoever draws the borders: who touches whom, and the cells of which polygons are made.

    graph   one node for each atom with households
    cells   (nodes,) the cell of each; a piece's polygon is the union of its cells
    node    (atoms,) the node on whose cell each atom stands: its own, or for an empty building the one around it
    """

    graph: Graph
    cells: Geometries
    node: Ints


@dataclass(frozen=True, eq=False)
class Division:
    """The result of `divide`.

    atoms        one row for each building, section or floor band, in the order of the buildings; empty buildings too,
                 those of special grids not
    microgrid    (atoms,) position in `microgrids` of each atom; grid likewise in `grids`
    microgrids   in the order of their codes; grids too
    cost         the objective of the micro-grids less what no division saves
    moves        who comes elsewhere than in the plan in force; nobody where none was given
    special      the special grids, in the order in which they were given
    drawn        which level was drawn first
    ground       on what it was drawn, to be changed by hand later; None where nobody lives
    bound        what no division into pieces of these atoms undercuts, `cost` counted; None where none was asked for
    proof        how the bound is known
    gap          how much of the cost a better division could save at most, as a part of it
    cost_per_piece   the same by the number of pieces of target size; 0.6 to 0.8 on the real places of the bench
    """

    atoms: Atoms
    microgrid: Ints
    grid: Ints
    microgrids: tuple[Piece, ...]
    grids: tuple[Piece, ...]
    bounds: Bounds
    grid_bounds: Bounds
    cost: float
    ground: Ground | None = None
    remarks: tuple[Reason, ...] = ()
    moves: Moves = field(default_factory=Moves)
    special: tuple[SpecialGrid, ...] = ()
    drawn: Drawn = Drawn.MICROGRIDS_FIRST
    bound: float | None = None
    proof: Assurance = Assurance.NONE

    @property
    def households(self) -> int:
        return int(self.atoms.households.sum())

    @property
    def cost_per_piece(self) -> float:
        return self.cost * self.bounds.target / max(1, self.households)

    @property
    def gap(self) -> float | None:
        if self.bound is None:
            return None
        return max(0.0, self.cost - self.bound) / self.cost if self.cost > 0 else 0.0

    @property
    def is_floor_band(self) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        return self.atoms.floor_from != WHOLE  # type: ignore[no-any-return]

    def as_standing(self) -> Standing:
        """Itself as the plan in force, for buildings in the same rows."""
        atoms, grid = self.atoms, np.array([piece.number for piece in self.grids])
        number = np.array([piece.number for piece in self.microgrids])
        return Standing(
            atoms.building, atoms.section, atoms.floor_from, atoms.floor_to, number[self.microgrid], grid[self.grid]
        )

    def microgrid_codes(self, community: str) -> list[str]:
        """The 17 digits of each micro-grid, under the 12 of its community."""
        return [microgrid_code(community, self.grids[piece.grid].number, piece.number) for piece in self.microgrids]

    def special_codes(self, community: str) -> list[str]:
        """The 15 digits of each special grid."""
        return [grid_code(community, special.number) for special in self.special]

    def grid_codes(self, community: str) -> list[str]:
        """The 15 digits of each grid."""
        return [grid_code(community, piece.number) for piece in self.grids]
