"""Grids from micro-grids: the same division one level up, with whole micro-grids as the nodes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from doorstep.engines.districting.graph import Graph, contract, settle
from doorstep.engines.districting.partition import Partition, partition
from doorstep.engines.districting.problem import Bounds, Effort, Ints, Weights


def group_microgrids(
    graph: Graph,
    microgrid: Ints,
    bounds: Bounds,
    target: int,
    weights: Weights,
    effort: Effort,
    seed: tuple[int, ...],
    old: Ints | None = None,
) -> Partition:
    """The grid of each micro-grid. `target` is the micro-grid's, in whose radii the graph of atoms is drawn.

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
    return partition(nodes, bounds, replace(weights, building=0.0, balance=0.0), effort, seed, mean_mass)
