"""What a piece costs. The cost of a division is the sum over its pieces, so that pieces can be judged one by one.

    compactness · root mean square distance of the households from their middle, in radii of an ideal round piece, by
    its size + size · ((households − target) / (target / 3))² + compound · compounds touched + building · buildings
    touched + barrier · (parts that the barriers cut the piece into − 1) + perimeter · border with other pieces, by the
    outline of an ideal round piece + moved · households that come into another piece than before, by the target +
    balance · 9 d² / (9 + d²) for each amount to be shared evenly, d = (amount − even share) / (even share / 3)

A piece out of range costs 1,000 more, and more the further it is out: the fewest such pieces always cost least. Of an
amount that is scarce, nineteen cases for a hundred pieces, nobody has an even share: so what that costs has an end, at
nine times its weight.

Moved. Of the households of a piece that lived here before, those stay that come from one old piece, if they are more
than half of what lives in that old piece by now; all others move. An old piece goes on in one new piece at most, so
that the sum over the pieces is never less than how many move, and nothing exactly where nobody does. New households
do not move. The even share of an amount is what a piece of target size would have if all were spread like homes.

Neither `moved` nor `balance` is ever negative: a bound that leaves them out stays a bound. So it is in `pricing` and
`lower_bound`, and in the tree programme, whose every proposal is judged here; what moves little is found by a search
that begins from the plan in force.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.compiled import ZERO, kernel, kernel_step
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.problem import Bounds, Floats, Ints, Weights

OUT_OF_RANGE = 1000.0
MOST_UNEVEN = 9.0
OUT_BY_ITS_SPAN = 500.0


class Rules(NamedTuple):
    """Bounds and weights as the kernels read them."""

    low: int
    high: int
    target: int
    compactness: float
    size: float
    compound: float
    building: float
    barrier: float
    perimeter: float
    moved: float
    balance: float


class Marks(NamedTuple):
    """Working memory for walks over a graph: a place is marked when it carries the stamp of the walk.

    `settled` is what was met of an old piece whose mark `old` carries the stamp.
    """

    stamp: Ints
    node: Ints
    compound: Ints
    building: Ints
    stack: Ints
    old: Ints
    settled: Floats


def unavoidable_cost(graph: Graph, rules: Rules) -> float:
    """What no division saves: a compound or building lies in as many pieces as its size needs at the upper bound."""
    compounds = np.ceil(np.bincount(graph.compound, graph.size) / rules.high).sum()
    buildings = np.ceil(np.bincount(graph.building, graph.size) / rules.high).sum()
    return float(rules.compound * compounds + rules.building * buildings)


def rules_for(bounds: Bounds, weights: Weights) -> Rules:
    return Rules(
        bounds.low,
        bounds.high,
        bounds.target,
        float(weights.compactness),
        float(weights.size),
        float(weights.compound),
        float(weights.building),
        float(weights.barrier),
        float(weights.perimeter),
        float(weights.moved),
        float(weights.balance),
    )


def new_marks(count: int) -> Marks:
    """Nothing marked yet in a graph of so many nodes."""
    rows = np.zeros((5, count), np.int64)
    return Marks(np.zeros(1, np.int64), rows[0], rows[1], rows[2], rows[3], rows[4], np.zeros(count))


@kernel_step
def size_cost(size: int, rules: Rules) -> float:
    third = (size - rules.target) / (rules.target / 3.0)
    cost = rules.size * third * third
    out_by = max(rules.low - size, size - rules.high)
    if out_by > 0:
        cost += OUT_OF_RANGE + OUT_BY_ITS_SPAN * out_by / rules.high
    return cost


@kernel_step
def scatter(mass: float, east: float, north: float, spread: float) -> float:
    """Root mean square distance from the middle, times mass: the moment of inertia made linear in size."""
    inertia = spread - (east * east + north * north) / mass
    return math.sqrt(max(inertia, 0.0) * mass)


@kernel
def piece_cost(graph: Graph, members: Ints, count: int, mean_mass: float, rules: Rules, marks: Marks) -> float:
    """Cost of the piece made of the first `count` members. `mean_mass` is the mass of a piece of target size."""
    size = ZERO
    mass = 0.0
    east = 0.0
    north = 0.0
    spread = 0.0
    compounds = 0
    buildings = 0
    near_barrier = False
    marks.stamp[0] += 1
    stamp = marks.stamp[0]
    for position in range(count):
        node = members[position]
        marks.node[node] = stamp
        size += graph.size[node]
        mass += graph.mass[node]
        east += graph.east[node]
        north += graph.north[node]
        spread += graph.spread[node]
        if marks.compound[graph.compound[node]] != stamp:
            marks.compound[graph.compound[node]] = stamp
            compounds += 1
        if marks.building[graph.building[node]] != stamp:
            marks.building[graph.building[node]] = stamp
            buildings += 1
        for edge in range(graph.first[node], graph.first[node + 1]):
            near_barrier |= graph.crosses[edge]
    cost = rules.compactness * scatter(mass, east, north, spread) / mean_mass + size_cost(size, rules)
    cost += rules.compound * compounds + rules.building * buildings
    if rules.perimeter > 0.0:
        cost += rules.perimeter * border_of(graph, members, count, marks)
    if rules.moved > 0.0:
        cost += rules.moved * moved_of(graph, members, count, marks) / mean_mass
    if rules.balance > 0.0:
        cost += rules.balance * unevenness(graph, members, count, mean_mass)
    if near_barrier:
        cost += rules.barrier * (parts_between_barriers(graph, members, count, marks) - 1)
    return cost


@kernel_step
def border_of(graph: Graph, members: Ints, count: int, marks: Marks) -> float:
    """The length of the border between the members, which carry the newest stamp, and all other nodes."""
    border = 0.0
    for position in range(count):
        for edge in range(graph.first[members[position]], graph.first[members[position] + 1]):
            if marks.node[graph.neighbour[edge]] != marks.stamp[0]:
                border += graph.border[edge]
    return border


@kernel_step
def moved_of(graph: Graph, members: Ints, count: int, marks: Marks) -> float:
    """How many households of the members come into another piece than before; the stamp is that of `piece_cost`."""
    stamp = marks.stamp[0]
    all_settled, staying = 0.0, 0.0
    for position in range(count):
        node = members[position]
        old = graph.old[node]
        if graph.settled[node] == 0.0:
            continue
        if marks.old[old] != stamp:
            marks.old[old] = stamp
            marks.settled[old] = 0.0
        marks.settled[old] += graph.settled[node]
        all_settled += graph.settled[node]
        if marks.settled[old] > graph.half[node]:
            staying = max(staying, marks.settled[old])
    return all_settled - staying


@kernel_step
def unevenness(graph: Graph, members: Ints, count: int, mean_mass: float) -> float:
    """For each amount how far the members are from an even share, in thirds of it, squared and ended; summed."""
    total = 0.0
    for kind in range(graph.amounts.shape[1]):
        amount = 0.0
        for position in range(count):
            amount += graph.amounts[members[position], kind]
        thirds = (amount - mean_mass) / (mean_mass / 3.0)
        total += MOST_UNEVEN * thirds * thirds / (MOST_UNEVEN + thirds * thirds)
    return total


def piece_costs(graph: Graph, piece: Ints, mean_mass: float, rules: Rules, marks: Marks) -> Floats:
    """The cost of each piece of a division, pieces numbered from 0 without a gap."""
    order = np.argsort(piece, kind="stable")
    pieces = np.split(order, np.cumsum(np.bincount(piece))[:-1])
    return np.array([piece_cost(graph, members, len(members), mean_mass, rules, marks) for members in pieces])


@kernel_step
def parts_between_barriers(graph: Graph, members: Ints, count: int, marks: Marks) -> int:
    """Into how many parts the members fall when no barrier may be crossed; they carry the newest stamp."""
    stamp = marks.stamp[0]
    marks.stamp[0] += 1
    seen = marks.stamp[0]
    parts = 0
    for position in range(count):
        if marks.node[members[position]] == seen:
            continue
        parts += 1
        marks.node[members[position]] = seen
        marks.stack[0] = members[position]
        height = 1
        while height > 0:
            height -= 1
            node = marks.stack[height]
            for edge in range(graph.first[node], graph.first[node + 1]):
                other = graph.neighbour[edge]
                if marks.node[other] == stamp and not graph.crosses[edge]:
                    marks.node[other] = seen
                    marks.stack[height] = other
                    height += 1
    return parts
