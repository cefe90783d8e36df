"""How good a division is: the best there is, where pieces can be listed; else how far from the best it can be at most.

Solver and kernels are loaded by the first division of more than quick effort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doorstep.engines.districting.certificate import Assurance
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.objective import Rules, new_marks, piece_costs
from doorstep.engines.districting.problem import Effort, Ints

CERTIFYING: tuple[Effort, ...] = ("certified", "proven")
CHOOSING: tuple[Effort, ...] = ("standard", "thorough")
"""Efforts that choose anew among all pieces where these are few, and say how good that is; they prove nothing else."""


@dataclass(frozen=True, eq=False)
class Certified:
    """The division kept, a cost that none undercuts, and how that is known."""

    label: Ints
    bound: float
    assurance: Assurance


def certify(graph: Graph, label: Ints, mean_mass: float, rules: Rules, effort: Effort) -> Certified:
    """The best division of a connected graph, or the one given with a bound; see `set_partition`, `lower_bound`.

    "certified" ends after amounts of work that are fixed, so that the same question has the same answer; "proven"
    allows a hundred times as much.
    """
    from doorstep.engines.districting.lower_bound import QUICK, THOROUGH, lower_bound
    from doorstep.engines.districting.set_partition import MANY, SOME, best_division

    is_proven = effort == "proven"
    best = best_division(graph, label, mean_mass, rules, MANY if is_proven else SOME)
    if best is not None:
        return Certified(best.label, best.bound, Assurance.OPTIMAL if best.is_optimal else Assurance.LISTED)
    bound = lower_bound(graph, label, mean_mass, rules, THOROUGH if is_proven else QUICK)
    number = np.unique(label, return_inverse=True)[1].astype(np.int64)
    cost = float(piece_costs(graph, number, mean_mass, rules, new_marks(len(label))).sum())
    return Certified(label, min(bound, cost), Assurance.BOUNDED)


def choose_among_all(graph: Graph, label: Ints, mean_mass: float, rules: Rules, effort: Effort) -> Certified | None:
    """The best division that a short search among all pieces finds; None where they are too many for that.

    `label` is a division in range of a connected graph.
    """
    from doorstep.engines.districting.set_partition import FEW, MORE, best_division

    best = best_division(graph, label, mean_mass, rules, MORE if effort == "thorough" else FEW)
    if best is None:
        return None
    return Certified(best.label, best.bound, Assurance.OPTIMAL if best.is_optimal else Assurance.LISTED)
