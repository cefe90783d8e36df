"""What a division is like, in figures that do not depend on the weights: so divisions by different weights compare."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import shapely
from numpy.typing import ArrayLike

from doorstep.engines.districting.graph import components, sources
from doorstep.engines.districting.problem import Buildings, Floats, Ints, Weights
from doorstep.engines.districting.survey import dealt_out

if TYPE_CHECKING:
    from doorstep.engines.districting.division import Division, Ground

FACTORS: Final = (0.0, 0.5, 1.0, 2.0, 4.0)
"""By what a weight is multiplied to see what it costs; one that is 0 takes these values themselves."""

REGROUPED: Final = "regrouped"
"""The kind of move of those whose micro-grid went on as a whole."""


@dataclass(frozen=True)
class Measures:
    """Figures of the micro-grids of a division.

    microgrids, in_range   how many there are, and how many of them within the bounds
    metres                 from a household to the middle of its micro-grid as the crow flies, on average
    off_target             households by which a micro-grid misses its wished size, on average
    compound_cuts          in how many more micro-grids compounds of several buildings lie than their size needs
    building_cuts          the same of buildings
    crossings              parts beyond the first into which roads and water part micro-grids
    roundness              4π area / outline² (Polsby and Popper), on average; a circle has 1
    moved                  households that come into another micro-grid; None where there is no plan in force
    uneven                 percent by which a micro-grid misses its even share of further amounts, on average; None
                           where there are none
    """

    microgrids: int
    in_range: int
    metres: float
    off_target: float
    compound_cuts: int
    building_cuts: int
    crossings: int
    roundness: float
    moved: int | None = None
    uneven: float | None = None


@dataclass(frozen=True)
class Trade:
    """A division with one weight changed; `weight` is "" for the division by the weights as they are."""

    weight: str
    value: float
    measures: Measures


def values_of(weights: Weights, name: str) -> tuple[float, ...]:
    """The values at which a weight is tried, among them its own."""
    own = float(getattr(weights, name))
    return tuple(factor * own if own else factor for factor in FACTORS)


def as_rows(found: Sequence[Trade], weights: Weights, name: str) -> list[Trade]:
    """The tried values of one weight with their measures, in rising order."""
    by_value = {each.value: each.measures for each in found if each.weight == name}
    base = next(each.measures for each in found if not each.weight)
    return [Trade(name, value, by_value.get(value, base)) for value in values_of(weights, name)]


def measures_of(division: Division, *, has_standing: bool = False, further: Sequence[Floats] = ()) -> Measures:
    """The figures of a division; `has_standing` where it was drawn against a plan in force.

    `further` are the amounts of the micro-grids besides households, as `amounts_by_piece` tells them.
    """
    sizes = np.array([piece.households for piece in division.microgrids])
    ground = division.ground
    return Measures(
        microgrids=len(sizes),
        in_range=sum(piece.is_in_range for piece in division.microgrids),
        metres=metres_to_the_middle(division),
        off_target=float(np.abs(sizes - division.bounds.target).mean()),
        compound_cuts=compound_cuts(division, ground) if ground else 0,
        building_cuts=building_cuts(division, ground) if ground else 0,
        crossings=crossings(division, ground) if ground else 0,
        roundness=float(np.mean([roundness(piece.polygon) for piece in division.microgrids])),
        moved=households_moved(division) if has_standing else None,
        uneven=unevenness(further) if further else None,
    )


def metres_to_the_middle(division: Division) -> float:
    """The mean distance of a household from the middle of its micro-grid."""
    homes = division.atoms.households
    if homes.sum() == 0:
        return 0.0
    piece, xy, count = division.microgrid, division.atoms.xy, len(division.microgrids)
    weight = np.maximum(np.bincount(piece, homes, count), 1)
    middle = np.c_[np.bincount(piece, homes * xy[:, 0], count), np.bincount(piece, homes * xy[:, 1], count)]
    far = np.hypot(*(xy - (middle / weight[:, None])[piece]).T)
    return float((far * homes).sum() / homes.sum())


@dataclass(frozen=True)
class Share:
    """How evenly one further amount is shared: the even share of a micro-grid, the least and the most that one has."""

    name: str
    even: float
    least: float
    most: float


def shares_of(division: Division, buildings: Buildings, balances: Mapping[str, ArrayLike]) -> list[Share]:
    """The shares of each amount; a building's goes with its homes, and where nobody lives to no micro-grid."""
    amounts = amounts_by_piece(division, buildings, balances)
    return [
        Share(name, float(own.mean()), float(own.min()), float(own.max()))
        for name, own in zip(balances, amounts, strict=True)
    ]


def amounts_by_piece(division: Division, buildings: Buildings, balances: Mapping[str, ArrayLike]) -> list[Floats]:
    """(microgrids,) what each micro-grid has of each amount."""
    given = [np.asarray(amount, np.float64) for amount in balances.values()]
    count = len(division.microgrids)
    return [
        np.bincount(division.microgrid, amount, count).astype(np.float64)
        for amount in dealt_out(given, buildings, division.atoms)
    ]


def unevenness(amounts: Sequence[Floats]) -> float:
    """By how many percent of an even share a micro-grid misses it, on average."""
    return float(np.mean([100 * np.abs(own / own.mean() - 1).mean() if own.any() else 0.0 for own in amounts]))


def compound_cuts(division: Division, ground: Ground) -> int:
    """How often compounds are cut beyond need; one of a single building is that building's matter."""
    both = np.unique(np.c_[ground.graph.compound, ground.graph.building], axis=0)
    has_several = np.bincount(both[:, 0]) > 1
    return int(_beyond_need(division, ground, ground.graph.compound)[has_several].sum())


def building_cuts(division: Division, ground: Ground) -> int:
    """How often buildings are cut beyond need."""
    return int(_beyond_need(division, ground, ground.graph.building).sum())


def _beyond_need(division: Division, ground: Ground, group: Ints) -> Ints:
    """In how many more pieces each group of nodes lies than its size at the upper bound asks for."""
    both = np.unique(np.c_[group, _label(division, ground)], axis=0)
    needed = np.maximum(1, np.ceil(np.bincount(group, ground.graph.size) / division.bounds.high))
    beyond: Ints = np.maximum(0, np.bincount(both[:, 0], minlength=len(needed)) - needed).astype(np.int64)
    return beyond


def crossings(division: Division, ground: Ground) -> int:
    """Into how many parts more the micro-grids fall where no barrier may be crossed."""
    graph, label = ground.graph, _label(division, ground)
    source = sources(graph)
    pairs = np.c_[source, graph.neighbour]
    inside = label[source] == label[graph.neighbour]
    parts = [components(len(label), pairs[kept]) for kept in (inside & ~graph.crosses, inside)]
    return int(parts[0].max() - parts[1].max())


def roundness(polygon: shapely.Geometry) -> float:
    """4π area / outline²."""
    outline = float(shapely.length(polygon))
    return 4 * float(np.pi) * float(shapely.area(polygon)) / outline**2 if outline else 0.0


def households_moved(division: Division) -> int:
    """How many households come into another micro-grid than in the plan in force; a new code alone is no move."""
    moves = division.moves
    elsewhere = [atom for atom, kind in zip(moves.atom.tolist(), moves.kind, strict=True) if kind.value != REGROUPED]
    return int(division.atoms.households[elsewhere].sum())


def _label(division: Division, ground: Ground) -> Ints:
    """The piece of each node of the ground."""
    label = np.zeros(len(ground.graph.size), np.int64)
    label[ground.node] = division.microgrid
    return label
