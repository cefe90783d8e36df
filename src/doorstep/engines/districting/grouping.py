"""Grids from micro-grids: the same division one level up, with whole micro-grids as the nodes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from doorstep.engines.districting.graph import Graph, contract, settle, subgraph
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for, unavoidable_cost
from doorstep.engines.districting.partition import Partition, partition
from doorstep.engines.districting.problem import Bounds, Effort, Ints, Weights


@dataclass(frozen=True, eq=False)
class Grouping:
    """Micro-grids to be grouped: one node each, in radii of an ideal grid, whose mass is `mean_mass`."""

    nodes: Graph
    bounds: Bounds
    weights: Weights
    mean_mass: float

    def best(self, effort: Effort, seed: tuple[int, ...], is_final: bool = True) -> Partition:
        """The grid of each micro-grid."""
        return partition(self.nodes, self.bounds, self.weights, effort, seed, self.mean_mass, is_final)

    def best_among(self, some: Ints, effort: Effort, seed: tuple[int, ...]) -> Partition:
        """The grid of some of the micro-grids, in rising order, as if there were no others."""
        part = replace(self, nodes=subgraph(self.nodes, some))
        return part.best(effort, seed)

    def cost(self, grid: Ints) -> float:
        """The avoidable cost of these grids, numbered from 0."""
        rules = rules_for(self.bounds, self.weights)
        costs = piece_costs(self.nodes, grid, self.mean_mass, rules, new_marks(len(grid)))
        return float(costs.sum()) - unavoidable_cost(self.nodes, rules)

    def out_of_range(self, grid: Ints) -> list[int]:
        """The grids that are."""
        sizes = np.bincount(grid, self.nodes.size).astype(np.int64).tolist()
        return [number for number, size in enumerate(sizes) if not self.bounds.holds(size)]


def grouping_of(
    graph: Graph, microgrid: Ints, bounds: Bounds, target: int, weights: Weights, old: Ints | None = None
) -> Grouping:
    """How to group the micro-grids of a graph of atoms; `target` is a micro-grid's, in whose radii it is drawn.

    `old` is the grid of each atom in the plan in force, -1 where it is new. Amounts are balanced between micro-grids
    alone.
    """
    nodes = contract(settle(graph, np.full(len(microgrid), -1) if old is None else old), microgrid)
    mean_mass = float(bounds.target)
    if bounds.unit == "microgrids":
        mean_mass *= float(nodes.mass.mean())
        nodes = nodes._replace(size=np.ones(len(nodes.size), np.int64))
    # Distances count in radii of an ideal grid, not of an ideal micro-grid.
    smaller = np.sqrt(target / mean_mass)
    nodes = nodes._replace(
        east=nodes.east * smaller,
        north=nodes.north * smaller,
        spread=nodes.spread * smaller**2,
        length=nodes.length * smaller,
        border=nodes.border * smaller,
    )
    return Grouping(nodes, bounds, replace(weights, building=0.0, balance=0.0), mean_mass)
