"""Who comes into another micro-grid when a community is divided again."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from doorstep.engines.districting.problem import Floats, Ints


class MoveKind(Enum):
    """Why households come into another micro-grid than before."""

    OUT_OF_RANGE = "out-of-range"
    """Those who lived together in the old one are by now too few or too many."""
    MERGED = "merged"
    """The old one is no more; most or all of it went to others."""
    SPLIT = "split"
    """Theirs is a new one."""
    TO_MAKE_ROOM = "to-make-room"
    """The old one took in others and would be too large with them."""
    TO_FILL = "to-fill"
    """The new one would be too small without them."""
    CHEAPER = "cheaper"
    """The division is better by so much; with `saves`."""
    REGROUPED = "regrouped"
    """The old one went on as a whole, in another grid, whose number is part of its code."""


@dataclass(frozen=True, eq=False)
class Moves:
    """One row for each atom whose households come into another micro-grid, or whose code is another now.

    atom        (n,) row of `Division.atoms`
    from_grid, from_number   (n,) as in the old code; to_grid, to_number as in the new one
    kind        (n,) `MoveKind`
    saves       (n,) what the objective saves by it beside what moving costs, where the kind is CHEAPER; 0 elsewhere.
                It is that of all who made the same way, together
    """

    atom: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    from_grid: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    from_number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    to_grid: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    to_number: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    kind: tuple[MoveKind, ...] = ()
    saves: Floats = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        return len(self.atom)
