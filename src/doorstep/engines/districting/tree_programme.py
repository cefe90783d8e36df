"""The tree programme: cut a spanning tree into pieces at the least cost, by dynamic programming.

Whether a tree can be cut into connected pieces within bounds is decided exactly, after Ito, Nishizeki, Schröder, Uno
and Zhou (Algorithmica 62, 2012): for each node and each size that the piece around it may have within its subtree,
one label is kept, and children are joined to their parent one by one. Each label carries its cost and its moments; of
two labels of equal size the one whose cost and scatter are less survives, so that the cost found is near the least,
not proven to be it. A piece below the lower bound is allowed at a great cost: every tree with no node above the upper
bound has an answer, and one in range wherever the tree has one.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.compiled import kernel, kernel_step
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.objective import Rules, scatter, size_cost
from doorstep.engines.districting.problem import Floats, Ints

NEVER = 1e18
NOT_REACHED = -2
COST, MASS, EAST, NORTH, SPREAD = 0, 1, 2, 3, 4
LABEL = 5
SAME_BUILDING, SAME_COMPOUND, OPEN_GROUND, ACROSS_BARRIER = 0, 1, 2, 3


class Tree(NamedTuple):
    """A rooted spanning tree of nodes, by their places: in `order` every parent comes before its children.

    `parent` is -1 at the root, `edge` is the edge of the graph that leads from the parent. The last three are a heap of
    the edges that leave the part grown so far: their keys, the places that they leave, the edges.
    """

    order: Ints
    parent: Ints
    edge: Ints
    heap_key: Floats
    heap_from: Ints
    heap_edge: Ints


class Table(NamedTuple):
    """Labels by node and size of its open piece, and `taken`: what came from the child, 0 if it was cut.

    A label is cost, mass and moments; `row` and `rank` hold those of one node while a child is joined to it. The sizes
    of a node's labels run from `lowest` to `highest`; `closing` is the best to stop at, `wanted` the one decided on.
    """

    label: Floats
    row: Floats
    rank: Floats
    taken: Ints
    lowest: Ints
    highest: Ints
    closing: Ints
    wanted: Ints


def new_tree(count: int, edges: int) -> Tree:
    """Room for a tree of so many nodes."""
    whole, each = np.empty((3, count), np.int64), np.empty((2, edges), np.int64)
    return Tree(whole[0], whole[1], whole[2], np.empty(edges), each[0], each[1])


def new_table(count: int, high: int) -> Table:
    """Room for the labels of so many nodes."""
    whole = np.empty((4, count), np.int64)
    taken = np.zeros((count, high + 1), np.int64)
    label, row = np.empty((count, high + 1, LABEL)), np.empty((high + 1, LABEL))
    return Table(label, row, np.empty(high + 1), taken, whole[0], whole[1], whole[2], whole[3])


@kernel_step
def kind_of_edge(graph: Graph, node: int, other: int, edge: int) -> int:
    if graph.crosses[edge]:
        return ACROSS_BARRIER
    if graph.building[node] == graph.building[other]:
        return SAME_BUILDING
    if graph.compound[node] == graph.compound[other]:
        return SAME_COMPOUND
    return OPEN_GROUND


@kernel_step
def random_key(graph: Graph, node: int, other: int, edge: int, style: Floats, rng: np.random.Generator) -> float:
    """How late the edge is taken. `style`: power of the length, bias between kinds, whether kinds come first."""
    noise = rng.random() + rng.random() + rng.random() - 1.5
    key = math.exp(noise) * graph.length[edge] ** style[0]
    kind = kind_of_edge(graph, node, other, edge)
    late: float = key * style[1] ** kind + style[2] * kind
    return late


@kernel
def random_tree(
    graph: Graph, nodes: Ints, count: int, position: Ints, style: Floats, rng: np.random.Generator, tree: Tree
) -> None:
    """Grow a random spanning tree of the first `count` nodes, which hang together, by Prim's method.

    `position` gives the place of each node in `nodes`, -1 for all others. An edge draws its key when it is first met.
    """
    for place in range(count):
        tree.parent[place] = NOT_REACHED
    place = int(rng.random() * count)
    tree.parent[place] = -1
    tree.edge[place] = -1
    waiting = 0
    for step in range(count):
        tree.order[step] = place
        node = nodes[place]
        for edge in range(graph.first[node], graph.first[node + 1]):
            other = graph.neighbour[edge]
            if position[other] >= 0 and tree.parent[position[other]] == NOT_REACHED:
                _push(tree, waiting, random_key(graph, node, other, edge, style, rng), place, edge)
                waiting += 1
        while waiting > 0 and tree.parent[place] != NOT_REACHED:
            waiting -= 1
            leaving, edge = tree.heap_from[0], tree.heap_edge[0]
            _pop(tree, waiting)
            place = position[graph.neighbour[edge]]
        if tree.parent[place] == NOT_REACHED:
            tree.parent[place] = leaving
            tree.edge[place] = edge


@kernel_step
def _push(tree: Tree, waiting: int, key: float, place: int, edge: int) -> None:
    at = waiting
    while at > 0 and tree.heap_key[(at - 1) // 2] > key:
        _move(tree, (at - 1) // 2, at)
        at = (at - 1) // 2
    tree.heap_key[at] = key
    tree.heap_from[at] = place
    tree.heap_edge[at] = edge


@kernel_step
def _pop(tree: Tree, last: int) -> None:
    """Take the least key out of the heap, whose last place is `last`."""
    key = tree.heap_key[last]
    at, child = 0, 1
    while child < last:
        if child + 1 < last and tree.heap_key[child + 1] < tree.heap_key[child]:
            child += 1
        if tree.heap_key[child] >= key:
            break
        _move(tree, child, at)
        at, child = child, 2 * child + 1
    _move(tree, last, at)


@kernel_step
def _move(tree: Tree, source: int, target: int) -> None:
    tree.heap_key[target] = tree.heap_key[source]
    tree.heap_from[target] = tree.heap_from[source]
    tree.heap_edge[target] = tree.heap_edge[source]


@kernel
def cut_tree(
    graph: Graph, nodes: Ints, count: int, tree: Tree, mean_mass: float, rules: Rules, table: Table, piece: Ints
) -> tuple[int, float]:
    """Cut the tree at the least cost; `piece[place]` becomes the number of each node's piece. Returns pieces and cost.

    No node may be above the upper bound.
    """
    for place in range(count):
        _start_label(graph, nodes[place], place, rules, table)
    total = 0.0
    for step in range(count - 1, -1, -1):
        place = tree.order[step]
        total = _close(place, mean_mass, rules, table)
        if step > 0:
            joining = _cost_of_joining(graph, nodes, place, tree, rules)
            _join_child(place, tree.parent[place], total, joining, mean_mass, rules, table)
    return _read_pieces(count, tree, table, piece), total


@kernel_step
def _start_label(graph: Graph, node: int, place: int, rules: Rules, table: Table) -> None:
    size = graph.size[node]
    table.label[place, size, COST] = 0.0
    if rules.perimeter > 0.0:
        for edge in range(graph.first[node], graph.first[node + 1]):
            table.label[place, size, COST] += rules.perimeter * graph.border[edge]
    table.label[place, size, MASS] = graph.mass[node]
    table.label[place, size, EAST] = graph.east[node]
    table.label[place, size, NORTH] = graph.north[node]
    table.label[place, size, SPREAD] = graph.spread[node]
    table.lowest[place] = size
    table.highest[place] = size


@kernel_step
def _close(place: int, mean_mass: float, rules: Rules, table: Table) -> float:
    """The least cost of the subtree if the piece around its root ends there; notes the size that this piece has."""
    label = table.label
    best = np.inf
    for size in range(table.lowest[place], table.highest[place] + 1):
        if label[place, size, COST] >= NEVER:
            continue
        east, north = label[place, size, EAST], label[place, size, NORTH]
        apart = scatter(label[place, size, MASS], east, north, label[place, size, SPREAD])
        cost = label[place, size, COST] + size_cost(size, rules) + rules.compound + rules.building
        cost += rules.compactness * apart / mean_mass
        if cost < best:
            best = cost
            table.closing[place] = size
    return best


@kernel_step
def _cost_of_joining(graph: Graph, nodes: Ints, place: int, tree: Tree, rules: Rules) -> float:
    node, parent, edge = nodes[place], nodes[tree.parent[place]], tree.edge[place]
    cost = 0.0
    if graph.crosses[edge]:
        cost += rules.barrier
    if graph.compound[node] != graph.compound[parent]:
        cost += rules.compound
    if graph.building[node] != graph.building[parent]:
        cost += rules.building
    # Of the borders inside a piece only those along the tree are seen here; `piece_cost` knows them all.
    inside: float = 2.0 * rules.perimeter * graph.border[edge]
    return cost - inside


@kernel_step
def _join_child(
    child: int, parent: int, cut_cost: float, joining: float, mean_mass: float, rules: Rules, table: Table
) -> None:
    """New labels of the parent: the child's subtree is cut off at `cut_cost`, or its open piece joins the parent's."""
    lowest = table.lowest[parent]
    highest = min(rules.high, table.highest[parent] + table.highest[child])
    label, row, rank = table.label, table.row, table.rank
    compactness = rules.compactness / mean_mass
    for size in range(lowest, highest + 1):
        rank[size] = NEVER
        row[size, COST] = NEVER
    for size in range(lowest, table.highest[parent] + 1):
        own_cost, own_mass = label[parent, size, COST], label[parent, size, MASS]
        own_east, own_north, own_spread = (
            label[parent, size, EAST],
            label[parent, size, NORTH],
            label[parent, size, SPREAD],
        )
        if own_cost >= NEVER:
            continue
        ranked = own_cost + cut_cost + compactness * scatter(own_mass, own_east, own_north, own_spread)
        if ranked < rank[size]:
            rank[size] = ranked
            _write(row, size, own_cost + cut_cost, own_mass, own_east, own_north, own_spread)
            table.taken[child, size] = 0
        for part in range(table.lowest[child], min(table.highest[child], rules.high - size) + 1):
            whole = size + part
            cost = own_cost + label[child, part, COST] + joining
            # Scatter is never negative: a label that costs more already cannot rank first.
            if cost >= rank[whole]:
                continue
            mass = own_mass + label[child, part, MASS]
            east, north = own_east + label[child, part, EAST], own_north + label[child, part, NORTH]
            spread = own_spread + label[child, part, SPREAD]
            ranked = cost + compactness * scatter(mass, east, north, spread)
            if ranked < rank[whole]:
                rank[whole] = ranked
                _write(row, whole, cost, mass, east, north, spread)
                table.taken[child, whole] = part
    for size in range(lowest, highest + 1):
        for part in range(LABEL):
            label[parent, size, part] = row[size, part]
    table.highest[parent] = highest


@kernel_step
def _write(row: Floats, size: int, cost: float, mass: float, east: float, north: float, spread: float) -> None:
    row[size, COST] = cost
    row[size, MASS] = mass
    row[size, EAST] = east
    row[size, NORTH] = north
    row[size, SPREAD] = spread


@kernel_step
def _read_pieces(count: int, tree: Tree, table: Table, piece: Ints) -> int:
    """Follow `taken` from the root outwards: the child joined last to a node is the first to be met."""
    root = tree.order[0]
    table.wanted[root], piece[root] = table.closing[root], 0
    pieces = 1
    for step in range(1, count):
        child = tree.order[step]
        parent = tree.parent[child]
        part = table.taken[child, table.wanted[parent]]
        if part == 0:
            table.wanted[child], piece[child] = table.closing[child], pieces
            pieces += 1
        else:
            table.wanted[child], piece[child] = part, piece[parent]
            table.wanted[parent] -= part
    return pieces


def best_of_trees(
    graph: Graph, trees: int, mean_mass: float, rules: Rules, rng: np.random.Generator
) -> tuple[Ints, float]:
    """The cheapest cut of some random trees of a connected graph: the piece of each node, the labels' cost."""
    count = len(graph.size)
    tree, table = new_tree(count, len(graph.neighbour)), new_table(count, rules.high)
    nodes = np.arange(count)
    piece = np.zeros(count, np.int64)
    best_piece, best = piece.copy(), np.inf
    style = np.empty(3)
    for _ in range(trees):
        choose_style(style, rng)
        random_tree(graph, nodes, count, nodes, style, rng, tree)
        _, cost = cut_tree(graph, nodes, count, tree, mean_mass, rules, table, piece)
        if cost < best:
            best_piece, best = piece.copy(), cost
    return best_piece, float(best)


@kernel
def choose_style(style: Floats, rng: np.random.Generator) -> None:
    """Trees differ in kind, not only in chance: by length or not, buildings and compounds first or not."""
    style[0] = int(rng.random() * 3)
    style[1] = 1.0 + 2.0 * rng.random()
    style[2] = 1e6 if rng.random() < 0.5 else 0.0
