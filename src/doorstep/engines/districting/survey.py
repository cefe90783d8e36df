"""How the division sees the land: the atoms on their cells, who is whose neighbour, what is kept together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from doorstep.engines.districting.atoms import Atoms
from doorstep.engines.districting.division import Reason, ReasonKind
from doorstep.engines.districting.graph import Graph, build_graph, components, contract, crossing, ideal_radius, settle
from doorstep.engines.districting.neighbours import Tessellation, tessellate
from doorstep.engines.districting.problem import (
    NO_COMPOUND,
    Bounds,
    Buildings,
    Effort,
    Geometries,
    Ints,
    Outlines,
    Weights,
)
from doorstep.engines.districting.standing import Old, Standing, old_pieces

NO_GROUP = -1


@dataclass(frozen=True, eq=False)
class Land:
    """The ground, the buildings on it, the lines that part it, the groups not to be parted, the plan in force."""

    ground: shapely.Geometry
    buildings: Buildings
    barriers: Geometries
    uncrossable: Geometries
    group: Ints
    standing: Standing | None = None


@dataclass(frozen=True, eq=False)
class Question:
    """All that `divide` was asked, checked."""

    land: Land
    bounds: Bounds
    grid_bounds: Bounds
    weights: Weights
    effort: Effort
    seed: int
    outlines: Outlines


@dataclass(frozen=True, eq=False)
class Survey:
    """`graph` has one node an atom, `nodes` one for each atom or group kept together; `node` leads across.

    `old` says where the households of each atom lived in the plan in force; all are new where there is none.
    """

    atoms: Atoms
    tessellation: Tessellation
    graph: Graph
    node: Ints
    nodes: Graph
    old: Old
    remarks: tuple[Reason, ...]


def survey(land: Land, atoms: Atoms, bounds: Bounds) -> Survey:
    """Tile the ground, find the neighbours and tie together what is to stay together."""
    tiles = tessellate(atoms.xy, land.ground)
    open_ways = ~crossing(atoms.xy, tiles.pairs, land.uncrossable)
    pairs = tiles.pairs[open_ways]
    total = int(atoms.households.sum())
    graph = build_graph(
        size=atoms.households,
        xy=atoms.xy,
        pairs=pairs,
        crosses=crossing(atoms.xy, pairs, land.barriers),
        compound=compound_or_own(land.buildings, atoms),
        building=atoms.building,
        radius=ideal_radius(shapely.area(land.ground), total, bounds.target),
        shared=tiles.shared_m[open_ways],
    )
    old = Old.nothing(len(atoms))
    if land.standing is not None:
        old = old_pieces(atoms, land.standing)
        graph = settle(graph, old.microgrid)
    node, remarks = tie_groups(land.group[atoms.building], atoms.households, pairs, bounds)
    nodes = graph if len(np.unique(node)) == len(node) else contract(graph, node)
    return Survey(atoms, tiles, graph, node, nodes, old, remarks)


def compound_or_own(buildings: Buildings, atoms: Atoms) -> Ints:
    """The compound of each atom; a building in no compound is one by itself."""
    own = buildings.compounds.max() + 1 + np.arange(len(buildings))
    compound: Ints = np.where(buildings.compounds == NO_COMPOUND, own, buildings.compounds)[atoms.building]
    return compound


def tie_groups(group: Ints, households: Ints, pairs: Ints, bounds: Bounds) -> tuple[Ints, tuple[Reason, ...]]:
    """A node for each atom, the same inside a group; groups that no piece can hold are left loose and told of."""
    inside = (group[pairs[:, 0]] == group[pairs[:, 1]]) & (group[pairs[:, 0]] != NO_GROUP)
    tied = components(len(group), pairs[inside])
    remarks = []
    node = np.arange(len(group))
    for wished in np.unique(group[group != NO_GROUP]).tolist():
        members = np.flatnonzero(group == wished)
        parts, total = len(np.unique(tied[members])), int(households[members].sum())
        if parts == 1 and total <= bounds.high:
            node[members] = members[0]
        else:
            facts = {"group": wished, "households": total, "high": bounds.high, "parts": parts}
            remarks.append(Reason(ReasonKind.NOT_KEPT_TOGETHER, facts))
    return np.unique(node, return_inverse=True)[1].astype(np.int64), tuple(remarks)
