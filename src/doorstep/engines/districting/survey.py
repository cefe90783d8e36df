"""How the division sees the land: the atoms on their cells, who is whose neighbour, what is kept together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely

from doorstep.engines.districting.atoms import Atoms
from doorstep.engines.districting.confines import Confines
from doorstep.engines.districting.division import Reason, ReasonKind
from doorstep.engines.districting.graph import (
    Graph,
    build_graph,
    components,
    contract,
    crossing,
    cut_between,
    ideal_radius,
    settle,
    with_amounts,
)
from doorstep.engines.districting.neighbours import Tessellation, tessellate
from doorstep.engines.districting.problem import NO_COMPOUND, Bounds, Buildings, Floats, Ints
from doorstep.engines.districting.question import NO_GROUP, BadFixed, Land
from doorstep.engines.districting.standing import NEW, Old, old_pieces
from doorstep.engines.districting.wrong import Wrong


@dataclass(frozen=True, eq=False)
class Survey:
    """`graph` has one node an atom, `whole` one for each atom or group kept together; `node` leads across.

    `nodes` are those of `whole` without the edges that no micro-grid follows: out of a confine, out of a group that is
    fixed. `fixed` is the group of each atom that is. `old` says where the households of each atom lived in the plan in
    force; all are new where there is none.
    """

    atoms: Atoms
    tessellation: Tessellation
    graph: Graph
    node: Ints
    whole: Graph
    nodes: Graph
    fixed: Ints
    old: Old
    remarks: tuple[Reason, ...]


def survey(land: Land, atoms: Atoms, bounds: Bounds, confines: Confines | None = None) -> Survey:
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
    if land.amounts:
        graph = with_amounts(graph, dealt_out(land.amounts.values(), land.buildings, atoms))
    old = Old.nothing(len(atoms))
    if land.standing is not None:
        old = old_pieces(atoms, land.standing)
        graph = settle(graph, old.microgrid)
    confine = np.zeros(len(atoms), np.int64) if confines is None else confines.of(atoms)
    inside = pairs[confine[pairs[:, 0]] == confine[pairs[:, 1]]]
    fixed = _fixed(land, atoms)
    refuse_fixed_in_parts(fixed, atoms, inside)
    loose = np.where(fixed == NO_GROUP, land.group[atoms.building], NO_GROUP)
    node, remarks = tie_groups(loose, atoms.households, inside, bounds)
    # A fixed group has the node of its first atom, so that nodes stay in the order of the atoms.
    for group in np.unique(fixed[fixed != NO_GROUP]).tolist():
        node[fixed == group] = node[np.argmax(fixed == group)]
    node = np.unique(node, return_inverse=True)[1].astype(np.int64)
    whole = graph if int(node.max()) + 1 == len(node) else contract(graph, node)
    # Each fixed group is a confine of its own, and so is what is left of each confine.
    alone = np.zeros((len(whole.size), 2), np.int64)
    alone[node] = np.c_[confine, fixed]
    apart = np.unique(alone, axis=0, return_inverse=True)[1].reshape(-1)
    nodes = whole if apart.max(initial=0) == 0 else cut_between(whole, apart)
    return Survey(atoms, tiles, graph, node, whole, nodes, fixed, old, remarks)


def _fixed(land: Land, atoms: Atoms) -> Ints:
    """The group of each atom that is a micro-grid as it stands: those given by buildings, then those of a plan."""
    fixed = land.fixed[atoms.building]
    if land.kept is None:
        return fixed
    kept = land.kept.groups(atoms)
    own: Ints = np.where((fixed == NO_GROUP) & (kept != NEW), land.fixed.max(initial=NO_GROUP) + 1 + kept, fixed)
    return own


def dealt_out(amounts: Iterable[Floats], buildings: Buildings, atoms: Atoms) -> list[Floats]:
    """The amount of each atom, by its homes among those of its building."""
    homes = np.maximum(1, buildings.households[atoms.building])
    share = atoms.households / homes
    return [amount[atoms.building] * share for amount in amounts]


def refuse_fixed_in_parts(fixed: Ints, atoms: Atoms, pairs: Ints) -> None:
    """Refuses a fixed group whose homes do not hang together by `pairs`."""
    same = pairs[(fixed[pairs[:, 0]] == fixed[pairs[:, 1]]) & (fixed[pairs[:, 0]] != NO_GROUP)]
    part = components(len(fixed), same)
    for group in np.unique(fixed[fixed != NO_GROUP]).tolist():
        if len(np.unique(part[fixed == group])) > 1:
            rows = np.unique(atoms.building[fixed == group]).tolist()
            raise BadFixed(group, Wrong.FIXED_APART, rows)


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
