"""Simulated annealing over divisions: cut two to four pieces anew by a tree, or hand one node to the next.

Recombination after DeFord, Duchin and Solomon (Harvard Data Science Review, 2021), with the tree programme in place
of a single balanced cut, and accepted by cost: they sample divisions, this looks for a good one. Every piece stays
connected throughout, so its members are found by a walk from any one of them.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.compiled import NONE, ZERO, kernel, kernel_step
from doorstep.engines.districting.graph import Graph, sources
from doorstep.engines.districting.objective import Marks, Rules, new_marks, piece_cost, piece_costs
from doorstep.engines.districting.problem import Floats, Ints
from doorstep.engines.districting.tree_programme import (
    Table,
    Tree,
    choose_style,
    cut_tree,
    new_table,
    new_tree,
    random_tree,
)

HOT, COLD = 0.15, 0.01
FLIPS_A_STEP = 20
MOST_PIECES = 4
TRIES_TO_FIND_A_BORDER = 50


class State(NamedTuple):
    """A division at work: each node's label; each label's size, number of nodes, cost and one of its nodes.

    `free` is a stack of labels not in use, its height in `counts[0]`; `counts[1]` counts the pieces out of range.
    """

    label: Ints
    size: Ints
    nodes: Ints
    anchor: Ints
    cost: Floats
    free: Ints
    counts: Ints
    edge_source: Ints


class Desk(NamedTuple):
    """Working memory of one run: members of the pieces in hand, their places, and the tree programme's own."""

    members: Ints
    others: Ints
    position: Ints
    piece: Ints
    starts: Ints
    new_cost: Floats
    chosen: Ints
    style: Floats


def anneal(
    graph: Graph,
    label: Ints,
    steps: int,
    mean_mass: float,
    rules: Rules,
    rng: np.random.Generator,
    hot: float = HOT,
) -> tuple[Ints, float]:
    """The best division met in `steps` recombinations of a connected graph, starting from `label`, and its cost.

    `hot` is the heat to begin with: little where `label` is nearly what is wanted.
    """
    count, edges = len(graph.size), len(graph.neighbour)
    marks, desk = new_marks(count), new_desk(count)
    state = new_state(graph, label, mean_mass, rules, marks)
    tree, table = new_tree(count, edges), new_table(count, rules.high)
    best_label = label.copy()
    best = cool_down(state, graph, steps, hot, mean_mass, rules, marks, desk, tree, table, best_label, rng)
    return best_label, float(best)


def new_state(graph: Graph, label: Ints, mean_mass: float, rules: Rules, marks: Marks) -> State:
    """The division by `label`, which leaves as many labels free as it leaves unused."""
    count = len(label)
    size = np.bincount(label, graph.size, count).astype(np.int64)
    nodes = np.bincount(label, minlength=count)
    anchor, cost = np.full(count, -1, np.int64), np.zeros(count)
    anchor[label] = np.arange(count)
    used = np.flatnonzero(nodes)
    cost[used] = piece_costs(graph, np.searchsorted(used, label), mean_mass, rules, marks)
    free = np.zeros(count, np.int64)
    free[: count - len(used)] = np.flatnonzero(nodes == 0)
    out = np.count_nonzero((size[used] < rules.low) | (size[used] > rules.high))
    counts = np.array([count - len(used), out])
    return State(label.copy(), size, nodes, anchor, cost, free, counts, sources(graph))


def new_desk(count: int) -> Desk:
    """Room to work on a graph of so many nodes."""
    rows = np.full((5, count + 1), -1, np.int64)
    return Desk(
        rows[0], rows[1], rows[2], rows[3], rows[4], np.empty(count), np.empty(MOST_PIECES, np.int64), np.empty(3)
    )


@kernel
def cool_down(
    state: State,
    graph: Graph,
    steps: int,
    hot: float,
    mean_mass: float,
    rules: Rules,
    marks: Marks,
    desk: Desk,
    tree: Tree,
    table: Table,
    best_label: Ints,
    rng: np.random.Generator,
) -> float:
    """The annealing itself: leaves the best division in `best_label` and returns its cost."""
    total: float = state.cost.sum()
    best = total
    if len(graph.neighbour) == 0:
        return best
    for step in range(steps):
        heat = hot * (COLD / hot) ** (step / max(1, steps - 1))
        for _ in range(FLIPS_A_STEP):
            total += hand_over(state, graph, heat, mean_mass, rules, marks, desk, rng)
        total += recombine(state, graph, heat, mean_mass, rules, marks, desk, tree, table, rng)
        if total < best - 1e-9:
            best = total
            best_label[:] = state.label
    return best


@kernel_step
def is_out(size: int, rules: Rules) -> int:
    return 1 if size < rules.low or size > rules.high else 0


@kernel_step
def gather(state: State, graph: Graph, piece: int, without: int, members: Ints, at: int, marks: Marks) -> int:
    """Write a piece, or what its anchor reaches without one node, into `members` from `at`; returns the end."""
    marks.stamp[0] += 1
    stamp = marks.stamp[0]
    start = state.anchor[piece]
    if start == without:
        start = _neighbour_in(state, graph, without, piece)
        if start < 0:
            return at
    marks.node[start] = stamp
    members[at] = start
    done, end = at, at + 1
    while done < end:
        node = members[done]
        done += 1
        for edge in range(graph.first[node], graph.first[node + 1]):
            other = graph.neighbour[edge]
            if other != without and state.label[other] == piece and marks.node[other] != stamp:
                marks.node[other] = stamp
                members[end] = other
                end += 1
    return end


@kernel_step
def _neighbour_in(state: State, graph: Graph, node: int, piece: int) -> int:
    for edge in range(graph.first[node], graph.first[node + 1]):
        if state.label[graph.neighbour[edge]] == piece:
            found: int = graph.neighbour[edge]
            return found
    return -1


@kernel_step
def is_accepted(change: float, heat: float, rng: np.random.Generator) -> bool:
    return change <= 0.0 or rng.random() < math.exp(-change / heat)


@kernel_step
def hand_over(
    state: State,
    graph: Graph,
    heat: float,
    mean_mass: float,
    rules: Rules,
    marks: Marks,
    desk: Desk,
    rng: np.random.Generator,
) -> float:
    """Try to hand one node to the piece of a neighbour; returns the change of the cost."""
    edge = int(rng.random() * len(graph.neighbour))
    node = state.edge_source[edge]
    giver, taker = state.label[node], state.label[graph.neighbour[edge]]
    given = graph.size[node]
    if giver == taker or state.size[taker] + given > rules.high:
        return 0.0
    left = state.size[giver] - given
    # A piece in range is not made too small, unless the one next door is in need.
    if left < rules.low <= min(state.size[giver], state.size[taker]):
        return 0.0
    remaining = gather(state, graph, giver, node, desk.members, ZERO, marks)
    if remaining != state.nodes[giver] - 1:
        return 0.0
    rest_cost = piece_cost(graph, desk.members, remaining, mean_mass, rules, marks) if remaining > 0 else 0.0
    grown = gather(state, graph, taker, NONE, desk.others, ZERO, marks)
    desk.others[grown] = node
    grown_cost = piece_cost(graph, desk.others, grown + 1, mean_mass, rules, marks)
    change: float = rest_cost + grown_cost - state.cost[giver] - state.cost[taker]
    if not is_accepted(change, heat, rng):
        return 0.0
    drop_piece(state, giver, rules)
    drop_piece(state, taker, rules)
    # The label freed last is taken first, so that the taker keeps its own.
    keep_piece(state, graph, desk.others, ZERO, grown + 1, grown_cost, rules)
    if remaining > 0:
        keep_piece(state, graph, desk.members, ZERO, remaining, rest_cost, rules)
    return change


@kernel_step
def drop_piece(state: State, piece: int, rules: Rules) -> None:
    state.counts[1] -= is_out(state.size[piece], rules)
    state.nodes[piece] = 0
    state.size[piece] = 0
    state.free[state.counts[0]] = piece
    state.counts[0] += 1


@kernel_step
def keep_piece(state: State, graph: Graph, members: Ints, start: int, end: int, cost: float, rules: Rules) -> None:
    state.counts[0] -= 1
    piece = state.free[state.counts[0]]
    size = ZERO
    for place in range(start, end):
        state.label[members[place]] = piece
        size += graph.size[members[place]]
    state.size[piece] = size
    state.nodes[piece] = end - start
    state.anchor[piece] = members[start]
    state.cost[piece] = cost
    state.counts[1] += is_out(size, rules)


@kernel_step
def choose_pieces(state: State, graph: Graph, rules: Rules, marks: Marks, desk: Desk, rng: np.random.Generator) -> int:
    """Choose two to four pieces that touch one another; half of the time around one out of range, while there is one.

    Returns how many were found: 0 if there is but one piece, or no border was met.
    """
    edge = -1
    if state.counts[1] > 0 and rng.random() < 0.5:
        edge = border_of_one_out_of_range(state, graph, rules, marks, desk, rng)
    for _ in range(TRIES_TO_FIND_A_BORDER):
        if edge >= 0:
            break
        tried = int(rng.random() * len(graph.neighbour))
        if state.label[state.edge_source[tried]] != state.label[graph.neighbour[tried]]:
            edge = tried
    if edge < 0:
        return 0
    desk.chosen[0] = state.label[state.edge_source[edge]]
    desk.chosen[1] = state.label[graph.neighbour[edge]]
    draw = rng.random()
    wished = 2 if draw < 0.5 else (3 if draw < 0.85 else MOST_PIECES)
    found = 2
    for _ in range(3 * MOST_PIECES):
        if found == wished:
            break
        end = gather(state, graph, desk.chosen[int(rng.random() * found)], NONE, desk.members, ZERO, marks)
        node = desk.members[int(rng.random() * end)]
        next_edge = graph.first[node] + int(rng.random() * (graph.first[node + 1] - graph.first[node]))
        piece = state.label[graph.neighbour[next_edge]]
        is_new = True
        for earlier in range(found):
            is_new &= desk.chosen[earlier] != piece
        if is_new:
            desk.chosen[found] = piece
            found += 1
    return found


@kernel_step
def border_of_one_out_of_range(
    state: State, graph: Graph, rules: Rules, marks: Marks, desk: Desk, rng: np.random.Generator
) -> int:
    """A random edge that leaves a random piece out of range; -1 if it has no neighbour."""
    skip = int(rng.random() * state.counts[1])
    for piece in range(len(state.label)):
        if state.nodes[piece] > 0 and is_out(state.size[piece], rules):
            if skip == 0:
                return _random_border_edge(state, graph, piece, marks, desk, rng)
            skip -= 1
    return -1


@kernel_step
def _random_border_edge(
    state: State, graph: Graph, piece: int, marks: Marks, desk: Desk, rng: np.random.Generator
) -> int:
    end = gather(state, graph, piece, NONE, desk.members, ZERO, marks)
    chosen, met = -1, 0
    for place in range(end):
        node = desk.members[place]
        for edge in range(graph.first[node], graph.first[node + 1]):
            if state.label[graph.neighbour[edge]] != piece:
                met += 1
                if rng.random() * met < 1.0:
                    chosen = edge
    return chosen


@kernel_step
def recombine(
    state: State,
    graph: Graph,
    heat: float,
    mean_mass: float,
    rules: Rules,
    marks: Marks,
    desk: Desk,
    tree: Tree,
    table: Table,
    rng: np.random.Generator,
) -> float:
    """Try to cut two to four touching pieces anew along a random tree of theirs; returns the change of the cost."""
    chosen = choose_pieces(state, graph, rules, marks, desk, rng)
    if chosen == 0:
        return 0.0
    count = ZERO
    old_cost = 0.0
    for place in range(chosen):
        count = gather(state, graph, desk.chosen[place], NONE, desk.members, count, marks)
        old_cost += state.cost[desk.chosen[place]]
    for place in range(count):
        desk.position[desk.members[place]] = place
    choose_style(desk.style, rng)
    random_tree(graph, desk.members, count, desk.position, desk.style, rng, tree)
    pieces, _ = cut_tree(graph, desk.members, count, tree, mean_mass, rules, table, desk.piece)
    for place in range(count):
        desk.position[desk.members[place]] = -1
    _sort_by_piece(desk, count, pieces)
    new_cost = 0.0
    for piece in range(pieces):
        start, end = desk.starts[piece], desk.starts[piece + 1]
        desk.new_cost[piece] = piece_cost(graph, desk.others[start:end], end - start, mean_mass, rules, marks)
        new_cost += desk.new_cost[piece]
    change = new_cost - old_cost
    if not is_accepted(change, heat, rng):
        return 0.0
    for place in range(chosen):
        drop_piece(state, desk.chosen[place], rules)
    for piece in range(pieces):
        start, end = desk.starts[piece], desk.starts[piece + 1]
        keep_piece(state, graph, desk.others, start, end, desk.new_cost[piece], rules)
    return change


@kernel_step
def _sort_by_piece(desk: Desk, count: int, pieces: int) -> None:
    """`others` becomes the members in order of their piece, and `starts` where each piece begins."""
    desk.starts[: pieces + 1] = 0
    for place in range(count):
        desk.starts[desk.piece[place] + 1] += 1
    for piece in range(pieces):
        desk.starts[piece + 1] += desk.starts[piece]
    for place in range(count):
        at = desk.starts[desk.piece[place]]
        desk.others[at] = desk.members[place]
        desk.starts[desk.piece[place]] += 1
    for piece in range(pieces, 0, -1):
        desk.starts[piece] = desk.starts[piece - 1]
    desk.starts[0] = 0
