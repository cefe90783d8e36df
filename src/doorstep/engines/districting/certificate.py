"""Certificates: why no cut puts a piece in range. Each can be checked by hand or by repeating its search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from doorstep.engines.districting.problem import Ints


class Proof(Enum):
    """What makes it impossible."""

    TOO_FEW = "too-few"
    """All that hangs together is less than the lower bound."""
    NO_WHOLE_NUMBER = "no-whole-number"
    """What hangs together is more than k pieces can hold and less than k + 1 need, for some k."""
    TOO_LARGE_TO_CUT = "too-large-to-cut"
    """One atom, cut as finely as it can be, is above the upper bound."""
    CUT_OFF = "cut-off"
    """Without the atoms above the upper bound, what hangs together adds up to no whole number of pieces in range."""
    EXHAUSTED = "exhausted"
    """Every way to put these atoms into connected pieces in range was tried."""


class Assurance(Enum):
    """What is known of the distance to the best division."""

    NONE = "none"
    """Nothing was asked, or an atom above the upper bound leaves nothing to compare with."""
    BOUNDED = "bounded"
    """No division costs less than the bound, found by prices for pieces that need not hang together."""
    LISTED = "listed"
    """As above, and the bound was found over the list of all pieces."""
    OPTIMAL = "optimal"
    """No division costs less than this one: all pieces were listed and the best choice of them proved."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """A proof and what it speaks of: figures for the reader, and what cannot all be in range.

    `about` holds nodes of the graph at hand; in a finished division it holds rows of the buildings (of micro-grids,
    for a grid).
    """

    proof: Proof
    about: Ints
    facts: Mapping[str, int] = field(default_factory=dict)
