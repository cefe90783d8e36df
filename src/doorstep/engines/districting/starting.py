"""Begin from the plan in force: its pieces on today's graph, made whole where houses came or went."""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.graph import Graph, components, pairs_of, subgraph
from doorstep.engines.districting.objective import Rules
from doorstep.engines.districting.problem import Ints
from doorstep.engines.districting.recombination import COLD, anneal
from doorstep.engines.districting.tree_programme import best_of_trees

LOOSE = -1


def mended(graph: Graph, steps: int, mean_mass: float, rules: Rules, rng: np.random.Generator) -> tuple[Ints, float]:
    """The plan in force with what had to change changed, and what pays: a label from 0 for each node, and its cost."""
    label = begin_from_the_old(graph, mean_mass, rules, rng)
    label, cost = anneal(graph, label, steps, mean_mass, rules, rng, COLD)
    return np.unique(label, return_inverse=True)[1].astype(np.int64), cost


def begin_from_the_old(graph: Graph, mean_mass: float, rules: Rules, rng: np.random.Generator) -> Ints:
    """A label for each node: its old piece, in parts where that hangs together no more; new nodes join one nearby.

    Pieces may be out of range. New nodes that fill pieces of their own, and hang together, are divided by a tree.
    """
    label = np.where(graph.settled > 0, graph.old, LOOSE)
    label = _in_parts(graph, label)
    for nodes in _hanging_together(graph, label == LOOSE):
        if graph.size[nodes].sum() < rules.low:
            _join_nearby(graph, label, nodes, rules.high)
        else:
            own, _ = best_of_trees(subgraph(graph, nodes), 1, mean_mass, rules, rng)
            label[nodes] = label.max() + 1 + own
    alone = label == LOOSE
    label[alone] = label.max() + 1 + np.arange(np.count_nonzero(alone))
    numbers: Ints = np.unique(_in_parts(graph, label), return_inverse=True)[1].astype(np.int64)
    return numbers


def _in_parts(graph: Graph, label: Ints) -> Ints:
    """A number for each connected part of each label; loose nodes stay loose."""
    pairs = pairs_of(graph)
    same = label[pairs[:, 0]] == label[pairs[:, 1]]
    parts: Ints = np.where(label == LOOSE, LOOSE, components(len(label), pairs[same]))
    return parts


def _hanging_together(graph: Graph, chosen: np.ndarray) -> list[Ints]:
    pairs = pairs_of(graph)
    part = components(len(graph.size), pairs[chosen[pairs].all(axis=1)])
    return [np.flatnonzero(chosen & (part == number)) for number in np.unique(part[chosen]).tolist()]


def _join_nearby(graph: Graph, label: Ints, nodes: Ints, high: int) -> None:
    """Give nodes, from the rim inwards, to the smallest piece that touches them and has room."""
    waiting = nodes.tolist()
    while waiting:
        left = []
        for node in waiting:
            touched = np.unique(label[graph.neighbour[graph.first[node] : graph.first[node + 1]]])
            sizes = {piece: int(graph.size[label == piece].sum()) for piece in touched.tolist() if piece != LOOSE}
            fitting = [piece for piece, size in sizes.items() if size + graph.size[node] <= high]
            if fitting:
                label[node] = min(fitting, key=lambda piece: (sizes[piece], piece))
            else:
                left.append(node)
        if len(left) == len(waiting):
            return
        waiting = left
