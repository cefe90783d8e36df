"""Change a division by hand: move atoms to a neighbouring piece, split a piece, merge two.

Each change is a function of the pieces before it and gives the pieces after it, with the touched ones judged anew:
their households, whether they hang together, what they cost. Nothing else is looked at, so that an answer comes while
the hand is still on the mouse; no kernel needs to be compiled for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from types import ModuleType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from doorstep.engines.districting.graph import Graph, components, sources
from doorstep.engines.districting.problem import Bools, Bounds, Ints, Weights
from doorstep.engines.districting.wrong import DistrictingError, Wrong

if TYPE_CHECKING:
    from doorstep.engines.districting.objective import Rules

LIKELY_CUTS = 12
"""How many of the most even cuts of a piece are priced when it is split."""


class NothingToCut(DistrictingError):
    """A piece of one atom, or all of its atoms at once: no two pieces come of it."""

    def __init__(self, piece: int) -> None:
        self.piece = piece
        super().__init__(Wrong.NOTHING_TO_CUT, piece=piece)


class Judged(NamedTuple):
    """A piece as it now is: `parts` is 1 where it hangs together; `cost` leaves out what being out of range costs."""

    households: int
    parts: int
    cost: float
    is_in_range: bool


class Edited(NamedTuple):
    """The piece of each node, and the pieces that the change has touched; one that is empty now is not among them."""

    piece: Ints
    judged: dict[int, Judged]


@dataclass(frozen=True, eq=False)
class Judge:
    """Judges pieces of one graph by the objective that divided it."""

    graph: Graph
    bounds: Bounds
    weights: Weights

    def of(self, piece: Ints, wanted: Iterable[int]) -> dict[int, Judged]:
        """The wanted pieces, those left out that have no nodes."""
        members = {each: np.flatnonzero(piece == each) for each in wanted}
        return {each: self._of(nodes) for each, nodes in members.items() if len(nodes)}

    @cached_property
    def unavoidable(self) -> float:
        """What no division of this graph saves."""
        return float(_objective().unavoidable_cost(self.graph, _objective().rules_for(self.bounds, self.weights)))

    @cached_property
    def _rules(self) -> Rules:
        # Range is judged beside the cost, not in it: a fine of a thousand would drown every other difference.
        rules: Rules = _objective().rules_for(self.bounds, self.weights)
        return rules._replace(low=0, high=int(self.graph.size.sum()) + 1)

    def _of(self, nodes: Ints) -> Judged:
        size = int(self.graph.size[nodes].sum())
        marks = _objective().new_marks(len(self.graph.size))
        cost = _objective().piece_cost(self.graph, nodes, len(nodes), float(self.bounds.target), self._rules, marks)
        return Judged(size, len(parts_of(self.graph, nodes)), float(cost), self.bounds.holds(size))


def _objective() -> ModuleType:
    # Loaded when the first piece is judged: where kernels are compiled, it brings the compiler.
    from doorstep.engines.districting import objective

    return objective


def move(judge: Judge, piece: Ints, nodes: Ints, to: int) -> Edited:
    """These nodes belong to `to`, which may be a new number."""
    after = piece.copy()
    after[nodes] = to
    return Edited(after, judge.of(after, {to, *np.unique(piece[nodes]).tolist()}))


def merge(judge: Judge, piece: Ints, gone: int, into: int) -> Edited:
    """All of `gone` belongs to `into`."""
    return move(judge, piece, np.flatnonzero(piece == gone), into)


def split(judge: Judge, piece: Ints, cut: int, new: int, nodes: Ints | None = None) -> Edited:
    """These nodes of `cut` become the piece `new`; without any, the best of its most even cuts is made."""
    own = np.flatnonzero(piece == cut)
    chosen = best_cut(judge, own) if nodes is None else nodes
    if not 0 < len(chosen) < len(own):
        raise NothingToCut(cut)
    return move(judge, piece, chosen, new)


def best_cut(judge: Judge, nodes: Ints) -> Ints:
    """The nodes to take away from a piece so that two of about the same size come of it, at the least cost.

    A piece in parts is cut between its parts; any other along one edge of its shortest spanning tree.
    """
    sides = parts_of(judge.graph, nodes)[1:2] if not _hangs_together(judge.graph, nodes) else _sides(judge.graph, nodes)
    half = judge.graph.size[nodes].sum() / 2
    likely = sorted(sides, key=lambda side: (abs(judge.graph.size[side].sum() - half), side[0]))[:LIKELY_CUTS]

    def cost(side: Ints) -> tuple[int, float]:
        label = np.zeros(len(judge.graph.size), np.int64)
        label[nodes], label[side] = 1, 2
        both = judge.of(label, (1, 2)).values()
        return sum(not each.is_in_range for each in both), sum(each.cost for each in both)

    return min(likely, key=cost, default=nodes[:0])


def parts_of(graph: Graph, nodes: Ints) -> list[Ints]:
    """What hangs together among these nodes, the part with the most households first."""
    source, neighbour = edges_among(graph, nodes)
    part = components(len(nodes), np.c_[source, neighbour])
    parts = [nodes[part == number] for number in range(int(part.max(initial=-1)) + 1)]
    return sorted(parts, key=lambda each: -int(graph.size[each].sum()))


def edges_among(graph: Graph, nodes: Ints) -> tuple[Ints, Ints]:
    """Both ends of every edge between two of these nodes, as positions among them."""
    place = np.full(len(graph.size), -1)
    place[nodes] = np.arange(len(nodes))
    one, other = place[sources(graph)], place[graph.neighbour]
    inside = (one >= 0) & (other >= 0)
    return one[inside], other[inside]


def touching(graph: Graph, piece: Ints, nodes: Ints) -> Ints:
    """The pieces, other than their own, that lie beside these nodes."""
    own = np.zeros(len(piece), np.bool_)
    own[nodes] = True
    beside = piece[graph.neighbour[own[sources(graph)]]]
    return np.setdiff1d(beside, piece[nodes])


def at_the_edge(graph: Graph, piece: Ints) -> Bools:
    """Which nodes have a neighbour in another piece."""
    source = sources(graph)
    edge = np.zeros(len(piece), np.bool_)
    edge[source[piece[source] != piece[graph.neighbour]]] = True
    return edge


def is_worse(before: Judged | None, after: Judged, bounds: Bounds) -> bool:
    """Whether a piece fell apart, or left the range, or is further out of it, than it was before the change."""
    if after.parts > (before.parts if before else 1):
        return True
    return _out_by(after.households, bounds) > (_out_by(before.households, bounds) if before else 0)


def compounds_cut(graph: Graph, piece: Ints) -> int:
    """How many compounds lie in more than one piece."""
    both = np.unique(np.c_[graph.compound, piece], axis=0)
    return int((np.bincount(both[:, 0]) > 1).sum())


def _out_by(households: int, bounds: Bounds) -> int:
    return max(bounds.low - households, households - bounds.high, 0)


def _hangs_together(graph: Graph, nodes: Ints) -> bool:
    return len(parts_of(graph, nodes)) == 1


def _sides(graph: Graph, nodes: Ints) -> list[Ints]:
    """For each edge of the shortest spanning tree of these nodes, the nodes on one side of it."""
    below = _tree(graph, nodes)
    return [nodes[sorted(_under(below, child))] for children in below.values() for child in children]


def _tree(graph: Graph, nodes: Ints) -> dict[int, list[int]]:
    """The children of each place in the tree that grows from the first node by the shortest way out (Prim)."""
    place = {int(node): position for position, node in enumerate(nodes)}
    nearest = {0: (0.0, -1)}
    children: dict[int, list[int]] = {position: [] for position in place.values()}
    grown: set[int] = set()
    while nearest:
        here = min(nearest, key=lambda position: (nearest[position][0], position))
        _, parent = nearest.pop(here)
        grown.add(here)
        if parent >= 0:
            children[parent].append(here)
        for edge in range(int(graph.first[nodes[here]]), int(graph.first[nodes[here] + 1])):
            there = place.get(int(graph.neighbour[edge]))
            if there is not None and there not in grown:
                nearest[there] = min(nearest.get(there, (np.inf, here)), (float(graph.length[edge]), here))
    return children


def _under(children: dict[int, list[int]], top: int) -> Collection[int]:
    found, open_ones = {top}, [top]
    while open_ones:
        below = children[open_ones.pop()]
        found.update(below)
        open_ones.extend(below)
    return found
