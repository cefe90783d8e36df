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

from doorstep.engines.districting.compiled import kernel
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.objective import Rules, scatter, size_cost
from doorstep.engines.districting.problem import Floats, Ints

NEVER = 1e18
SAME_BUILDING, SAME_COMPOUND, OPEN_GROUND, ACROSS_BARRIER = 0, 1, 2, 3


class Tree(NamedTuple):
    """A rooted spanning tree of nodes, by their places: `order` runs from the root outwards, breadth first.

    `parent` is -1 at the root; `edge` is the edge of the graph that leads to the parent.
    The rest is working memory: candidate edges with their ends and keys, union-find roots, adjacency lists.
    """

    order: Ints
    parent: Ints
    edge: Ints
    one: Ints
    other: Ints
    candidate: Ints
    key: Floats
    root: Ints
    head: Ints
    following: Ints
    leads_to: Ints
    by: Ints


class Table(NamedTuple):
    """Labels by node and size of its open piece, and `taken`: what came from the child (0: it was cut off).

    `row` holds the labels of one node while a child is joined to it.
    """

    cost: Floats
    mass: Floats
    east: Floats
    north: Floats
    spread: Floats
    taken: Ints
    lowest: Ints
    highest: Ints
    closing: Ints
    wanted: Ints
    row: Floats


@kernel
def new_tree(count: int, edges: int) -> Tree:
    return Tree(
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(edges, np.int64),
        np.empty(edges, np.int64),
        np.empty(edges, np.int64),
        np.empty(edges, np.float64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(2 * count, np.int64),
        np.empty(2 * count, np.int64),
        np.empty(2 * count, np.int64),
    )


@kernel
def new_table(count: int, high: int) -> Table:
    return Table(
        np.empty((count, high + 1), np.float64),
        np.empty((count, high + 1), np.float64),
        np.empty((count, high + 1), np.float64),
        np.empty((count, high + 1), np.float64),
        np.empty((count, high + 1), np.float64),
        np.zeros((count, high + 1), np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty((6, high + 1), np.float64),
    )


@kernel
def kind_of_edge(graph: Graph, node: int, other: int, edge: int) -> int:
    if graph.crosses[edge]:
        return ACROSS_BARRIER
    if graph.building[node] == graph.building[other]:
        return SAME_BUILDING
    if graph.compound[node] == graph.compound[other]:
        return SAME_COMPOUND
    return OPEN_GROUND


@kernel
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
) -> int:
    """Grow a random spanning tree of the first `count` nodes by Kruskal's method; returns how many the root reaches.

    `position` gives the place of each node in `nodes`, -1 for all others.
    """
    edges = _collect_edges(graph, nodes, count, position, style, rng, tree)
    _join_by_key(count, edges, tree)
    return _walk_outwards(int(rng.random() * count), tree)


@kernel
def _collect_edges(
    graph: Graph, nodes: Ints, count: int, position: Ints, style: Floats, rng: np.random.Generator, tree: Tree
) -> int:
    edges = 0
    for place in range(count):
        node = nodes[place]
        for edge in range(graph.first[node], graph.first[node + 1]):
            other = graph.neighbour[edge]
            if position[other] > place:
                tree.one[edges] = place
                tree.other[edges] = position[other]
                tree.candidate[edges] = edge
                tree.key[edges] = random_key(graph, node, other, edge, style, rng)
                edges += 1
    return edges


@kernel
def _find(root: Ints, place: int) -> int:
    while root[place] != place:
        root[place] = root[root[place]]
        place = root[place]
    return place


@kernel
def _join_by_key(count: int, edges: int, tree: Tree) -> None:
    for place in range(count):
        tree.root[place] = place
        tree.head[place] = -1
    links = 0
    for chosen in np.argsort(tree.key[:edges]):
        one, other = tree.one[chosen], tree.other[chosen]
        root, other_root = _find(tree.root, one), _find(tree.root, other)
        if root == other_root:
            continue
        tree.root[root] = other_root
        for near, far in ((one, other), (other, one)):
            tree.following[links] = tree.head[near]
            tree.leads_to[links] = far
            tree.by[links] = tree.candidate[chosen]
            tree.head[near] = links
            links += 1
        if links == 2 * (count - 1):
            return


@kernel
def _walk_outwards(root: int, tree: Tree) -> int:
    tree.order[0], tree.parent[root], tree.edge[root] = root, -1, -1
    done, reached = 0, 1
    while done < reached:
        place = tree.order[done]
        done += 1
        link = tree.head[place]
        while link >= 0:
            child = tree.leads_to[link]
            if child != tree.parent[place]:
                tree.parent[child] = place
                tree.edge[child] = tree.by[link]
                tree.order[reached] = child
                reached += 1
            link = tree.following[link]
    return reached


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


@kernel
def _start_label(graph: Graph, node: int, place: int, rules: Rules, table: Table) -> None:
    size = graph.size[node]
    table.cost[place, :] = NEVER
    table.cost[place, size] = 0.0
    table.mass[place, size] = graph.mass[node]
    table.east[place, size] = graph.east[node]
    table.north[place, size] = graph.north[node]
    table.spread[place, size] = graph.spread[node]
    table.lowest[place] = size
    table.highest[place] = size


@kernel
def _close(place: int, mean_mass: float, rules: Rules, table: Table) -> float:
    """The least cost of the subtree if the piece around its root ends there; notes the size that this piece has."""
    best = NEVER
    for size in range(table.lowest[place], table.highest[place] + 1):
        if table.cost[place, size] >= NEVER:
            continue
        cost = table.cost[place, size] + size_cost(size, rules) + rules.compound + rules.building
        cost += _spread_cost(place, size, mean_mass, rules, table)
        if cost < best:
            best = cost
            table.closing[place] = size
    return best


@kernel
def _spread_cost(place: int, size: int, mean_mass: float, rules: Rules, table: Table) -> float:
    apart = scatter(
        table.mass[place, size], table.east[place, size], table.north[place, size], table.spread[place, size]
    )
    return rules.compactness * apart / mean_mass


@kernel
def _cost_of_joining(graph: Graph, nodes: Ints, place: int, tree: Tree, rules: Rules) -> float:
    node, parent, edge = nodes[place], nodes[tree.parent[place]], tree.edge[place]
    cost = 0.0
    if graph.crosses[edge]:
        cost += rules.barrier
    if graph.compound[node] != graph.compound[parent]:
        cost += rules.compound
    if graph.building[node] != graph.building[parent]:
        cost += rules.building
    return cost


@kernel
def _join_child(
    child: int, parent: int, cut_cost: float, joining: float, mean_mass: float, rules: Rules, table: Table
) -> None:
    """New labels of the parent: the child's subtree is cut off at `cut_cost`, or its open piece joins the parent's."""
    lowest = table.lowest[parent]
    highest = min(rules.high, table.highest[parent] + table.highest[child])
    row = table.row
    for size in range(lowest, highest + 1):
        row[0, size] = NEVER
    for size in range(lowest, table.highest[parent] + 1):
        if table.cost[parent, size] >= NEVER:
            continue
        cost, mass = table.cost[parent, size], table.mass[parent, size]
        east, north, spread = table.east[parent, size], table.north[parent, size], table.spread[parent, size]
        rank = cost + cut_cost + rules.compactness * scatter(mass, east, north, spread) / mean_mass
        if rank < row[0, size]:
            _keep(row, size, rank, cost + cut_cost, mass, east, north, spread)
            table.taken[child, size] = 0
        for part in range(table.lowest[child], min(table.highest[child], rules.high - size) + 1):
            joint = cost + table.cost[child, part] + joining
            whole = size + part
            if joint >= row[0, whole]:
                continue
            mass2 = mass + table.mass[child, part]
            east2, north2 = east + table.east[child, part], north + table.north[child, part]
            spread2 = spread + table.spread[child, part]
            rank = joint + rules.compactness * scatter(mass2, east2, north2, spread2) / mean_mass
            if rank < row[0, whole]:
                _keep(row, whole, rank, joint, mass2, east2, north2, spread2)
                table.taken[child, whole] = part
    for size in range(lowest, highest + 1):
        table.cost[parent, size] = row[1, size] if row[0, size] < NEVER else NEVER
        table.mass[parent, size] = row[2, size]
        table.east[parent, size] = row[3, size]
        table.north[parent, size] = row[4, size]
        table.spread[parent, size] = row[5, size]
    table.highest[parent] = highest


@kernel
def _keep(
    row: Floats, size: int, rank: float, cost: float, mass: float, east: float, north: float, spread: float
) -> None:
    row[0, size] = rank
    row[1, size] = cost
    row[2, size] = mass
    row[3, size] = east
    row[4, size] = north
    row[5, size] = spread


@kernel
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
