"""The neighbour graph that the kernels read: nodes with households and moments, edges in compressed rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely

from doorstep.engines.districting.problem import Bools, Floats, Geometries, Ints

ROUND_OUTLINE = 2 * np.sqrt(2) * np.pi
"""The outline of a round piece in units of the root mean square distance from its middle."""


class Graph(NamedTuple):
    """`neighbour[first[v]:first[v + 1]]` are the neighbours of node v, in rising order.

    size       what the bounds count: households, or 1 for each micro-grid; at least 1
    mass       households, for the moments
    east, north, spread   sums over the households of x, y and x² + y², in units of the radius of an ideal piece
    compound, building    numbers from 0; nodes with the same number belong together
    crosses    the edge crosses a barrier; length is the distance of the two nodes, in the same units
    border     length of the border that the two nodes share, by the outline of an ideal round piece
    old        number from 0 of the piece of the plan in force in which a node's households live by then
    settled    how many of them that is, 0 where they are new; half is half of what lives in that piece altogether
    amounts    (nodes, kinds) what else is to be shared evenly, in households' worth
    """

    size: Ints
    mass: Floats
    east: Floats
    north: Floats
    spread: Floats
    compound: Ints
    building: Ints
    first: Ints
    neighbour: Ints
    crosses: Bools
    length: Floats
    border: Floats
    old: Ints
    settled: Floats
    half: Floats
    amounts: Floats


def ideal_radius(area: float, total: int, target: int) -> float:
    """Root mean square distance from its middle of a round piece of `target` at the mean density, in metres."""
    return float(np.sqrt(area * target / total / (2 * np.pi)))


def build_graph(
    size: Ints,
    xy: Floats,
    pairs: Ints,
    crosses: Bools,
    compound: Ints,
    building: Ints,
    radius: float,
    mass: Ints | Floats | None = None,
    shared: Floats | None = None,
) -> Graph:
    """The graph of atoms at `xy` (metres) that touch in `pairs`; households are taken to live at that place.

    `shared` is the length in metres of the border of each pair, none where it is not given. All households are new,
    and nothing else is to be shared: see `settle` and `with_amounts`.
    """
    weight = (size if mass is None else mass).astype(np.float64)
    place = (xy - xy.mean(axis=0)) / radius
    both = np.r_[pairs, pairs[:, ::-1]].reshape(-1, 2)
    order = np.lexsort((both[:, 1], both[:, 0]))
    source, neighbour = both[order, 0], both[order, 1]
    border = np.zeros(len(pairs)) if shared is None else shared / (ROUND_OUTLINE * radius)
    return Graph(
        size=size,
        mass=weight,
        east=weight * place[:, 0],
        north=weight * place[:, 1],
        spread=weight * (place**2).sum(axis=1),
        compound=renumbered(compound),
        building=renumbered(building),
        first=_row_starts(source, len(size)),
        neighbour=neighbour.astype(np.int64),
        crosses=np.r_[crosses, crosses][order],
        length=np.hypot(*(place[source] - place[neighbour]).T),
        border=np.r_[border, border][order],
        old=np.zeros(len(size), np.int64),
        settled=np.zeros(len(size)),
        half=np.zeros(len(size)),
        amounts=np.zeros((len(size), 0)),
    )


def settle(graph: Graph, old: Ints) -> Graph:
    """The same graph on which `old` is the piece of the plan in force of each node, -1 where its households are new."""
    number = renumbered(old)
    settled = np.where(old >= 0, graph.mass, 0.0)
    return graph._replace(old=number, settled=settled, half=np.bincount(number, settled)[number] / 2)


def with_amounts(graph: Graph, amounts: Sequence[Floats]) -> Graph:
    """The same graph with these amounts of each node, scaled so that each kind comes to as much as there is mass."""
    scaled = [amount * (graph.mass.sum() / amount.sum()) for amount in amounts if amount.sum() > 0]
    return graph._replace(amounts=np.ascontiguousarray(np.array(scaled).reshape(len(scaled), len(graph.size)).T))


def sources(graph: Graph) -> Ints:
    """The node at whose row each edge stands."""
    source: Ints = np.repeat(np.arange(len(graph.size)), np.diff(graph.first))
    return source


def pairs_of(graph: Graph) -> Ints:
    """Each edge once, lower node first."""
    source = sources(graph)
    once = source < graph.neighbour
    pairs: Ints = np.c_[source[once], graph.neighbour[once]]
    return pairs


def renumbered(kind: Ints) -> Ints:
    """The same kinds with numbers from 0 without a gap; the kernels keep marks by them."""
    numbers: Ints = np.unique(kind, return_inverse=True)[1].astype(np.int64)
    return numbers


def _row_starts(source: Ints, count: int) -> Ints:
    starts: Ints = np.r_[0, np.cumsum(np.bincount(source, minlength=count))].astype(np.int64)
    return starts


def components(count: int, pairs: Ints) -> Ints:
    """A number from 0 for the connected component of each node, in order of their lowest node."""
    lowest = np.arange(count)
    one, other = pairs[:, 0], pairs[:, 1]
    while True:
        before = lowest.copy()
        np.minimum.at(lowest, one, lowest[other])
        np.minimum.at(lowest, other, lowest[one])
        lowest = lowest[lowest]
        if (lowest == before).all():
            return renumbered(lowest)


def subgraph(graph: Graph, nodes: Ints) -> Graph:
    """The graph on some nodes, given in rising order, renumbered from 0."""
    position = np.full(len(graph.size), -1)
    position[nodes] = np.arange(len(nodes))
    source = sources(graph)
    inside = (position[source] >= 0) & (position[graph.neighbour] >= 0)
    rows = position[source[inside]]
    return Graph(
        size=graph.size[nodes],
        mass=graph.mass[nodes],
        east=graph.east[nodes],
        north=graph.north[nodes],
        spread=graph.spread[nodes],
        compound=renumbered(graph.compound[nodes]),
        building=renumbered(graph.building[nodes]),
        first=_row_starts(rows, len(nodes)),
        neighbour=position[graph.neighbour[inside]],
        crosses=graph.crosses[inside],
        length=graph.length[inside],
        border=graph.border[inside],
        old=renumbered(graph.old[nodes]),
        settled=graph.settled[nodes],
        half=graph.half[nodes],
        amounts=graph.amounts[nodes],
    )


def cut_between(graph: Graph, area: Ints) -> Graph:
    """The same nodes without the edges that lead from one area into another."""
    source = sources(graph)
    stays = area[source] == area[graph.neighbour]
    return graph._replace(
        first=_row_starts(source[stays], len(graph.size)),
        neighbour=graph.neighbour[stays],
        crosses=graph.crosses[stays],
        length=graph.length[stays],
        border=graph.border[stays],
    )


def contract(graph: Graph, group: Ints) -> Graph:
    """One node for each group: sums of sizes and moments, the larger share's compound, building and old piece.

    Two groups cross a barrier only if all their common edges do. Of a group from several old pieces only those from
    the one with the larger share count as settled: the others move wherever the group goes.
    """
    count = int(group.max()) + 1
    mass, east, north, spread = (
        np.bincount(group, column, count).astype(np.float64)
        for column in (graph.mass, graph.east, graph.north, graph.spread)
    )
    source = sources(graph)
    one, other = group[source], group[graph.neighbour]
    between = one != other
    edges, which = np.unique(np.c_[one, other][between], axis=0, return_inverse=True)
    edges = edges.reshape(-1, 2)
    open_ways = np.bincount(which.reshape(-1), ~graph.crosses[between], len(edges))
    x, y = east / mass, north / mass
    old = _largest_share(group, graph.old, graph.settled)
    stays = graph.old == old[group]
    half = np.zeros(count)
    np.maximum.at(half, group[stays], graph.half[stays])
    return Graph(
        size=np.bincount(group, graph.size, count).astype(np.int64),
        mass=mass,
        east=east,
        north=north,
        spread=spread,
        compound=renumbered(_largest_share(group, graph.compound, graph.mass)),
        building=renumbered(_largest_share(group, graph.building, graph.mass)),
        first=_row_starts(edges[:, 0], count),
        neighbour=edges[:, 1].astype(np.int64),
        crosses=open_ways == 0,
        length=np.hypot(x[edges[:, 0]] - x[edges[:, 1]], y[edges[:, 0]] - y[edges[:, 1]]),
        border=np.bincount(which.reshape(-1), graph.border[between], len(edges)).astype(np.float64),
        old=renumbered(old),
        settled=np.bincount(group, graph.settled * stays, count).astype(np.float64),
        half=half,
        amounts=_sums(group, graph.amounts, count),
    )


def _sums(group: Ints, amounts: Floats, count: int) -> Floats:
    sums = np.zeros((count, amounts.shape[1]))
    np.add.at(sums, group, amounts)
    return sums


def _largest_share(group: Ints, kind: Ints, mass: Floats) -> Ints:
    both, which = np.unique(np.c_[group, kind], axis=0, return_inverse=True)
    share = np.bincount(which.reshape(-1), mass, len(both))
    order = np.lexsort((both[:, 1], -share, both[:, 0]))
    first = np.r_[True, both[order, 0][1:] != both[order, 0][:-1]]
    kinds: Ints = both[order[first], 1]
    return kinds


def crossing(xy: Floats, pairs: Ints, barriers: Geometries) -> Bools:
    """Whether the straight line between the two nodes of each pair meets a barrier."""
    crosses = np.zeros(len(pairs), np.bool_)
    if len(barriers) and len(pairs):
        lines = shapely.linestrings(xy[pairs])
        met, _ = shapely.STRtree(barriers).query(lines, predicate="intersects")
        crosses[met] = True
    return crosses
