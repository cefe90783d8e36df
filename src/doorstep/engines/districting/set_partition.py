"""The best division by set partition: list every connected piece, then choose the cheapest ones that cover all nodes.

The linear programme over the whole list is solved by column generation (start with few pieces, add those whose cost
is below the prices of their nodes until there is none); after Mehrotra, Johnson and Nemhauser (Management Science 44,
1998), who could not list. A piece whose reduced cost exceeds the distance between that bound and a known division is
in no better division (reduced-cost fixing); branch and bound chooses among the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from doorstep.engines.districting.compiled import kernel
from doorstep.engines.districting.covering import TOLERANCE, Cover, cheapest_exact_cover
from doorstep.engines.districting.enumeration import list_pieces
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.objective import Marks, Rules, new_marks, piece_cost
from doorstep.engines.districting.problem import Floats, Ints

NODES_A_PIECE = 12
"""Room for the members of the list: pieces of more nodes than this on average are too many to list anyway."""
NEW_A_NODE = 6
"""How many pieces a node join the linear programme at a time."""


@dataclass(frozen=True)
class Limits:
    """How many pieces may be listed; how many of the least reduced cost are tried first, for a better division to
    start from; how many may be left to branch on; and how often is branched, each time.
    """

    listed: int
    tried: int
    kept: int
    branchings: int


FEW = Limits(listed=60_000, tried=400, kept=1_000, branchings=10)
MORE = Limits(listed=150_000, tried=800, kept=2_500, branchings=30)
SOME = Limits(listed=150_000, tried=1_000, kept=20_000, branchings=300)
MANY = Limits(listed=3_000_000, tried=2_000, kept=400_000, branchings=100_000)


@dataclass(frozen=True, eq=False)
class Listing:
    """Every connected piece: its nodes `member[first[p]:first[p + 1]]` and its cost."""

    first: Ints
    member: Ints
    cost: Floats

    def reduced_costs(self, price: Floats) -> Floats:
        """What each piece costs more than the prices of its nodes."""
        reduced: Floats = self.cost - np.add.reduceat(price[self.member], self.first[:-1])
        return reduced

    def columns(self, chosen: Ints) -> tuple[Floats, Ints, Ints]:
        """Cost, starts and nodes of the chosen pieces."""
        length = np.diff(self.first)[chosen]
        first = np.r_[0, np.cumsum(length)]
        place = np.repeat(self.first[chosen] - first[:-1], length) + np.arange(first[-1])
        return self.cost[chosen], first, self.member[place]

    def nodes_of(self, piece: int) -> Ints:
        nodes: Ints = self.member[self.first[piece] : self.first[piece + 1]]
        return nodes


@dataclass(frozen=True, eq=False)
class Best:
    """A division, its cost, and a bound below which no division's cost lies; they agree if it `is_optimal`."""

    label: Ints
    cost: float
    bound: float
    is_optimal: bool


def best_division(graph: Graph, label: Ints, mean_mass: float, rules: Rules, limits: Limits) -> Best | None:
    """The best division of a connected graph, starting from `label`; None if there are too many pieces to list.

    If `label` is in range, only pieces in range are listed: any other division costs more by far.
    """
    size = np.bincount(label, graph.size)
    size = size[size > 0]
    is_in_range = bool((size >= rules.low).all() and (size <= rules.high).all())
    listing = list_all(graph, rules.low if is_in_range else 1, mean_mass, rules, limits.listed)
    if listing is None:
        return None
    known = _pieces_of(listing, label)
    bound, reduced = _linear_bound(listing, len(graph.size), known)
    is_optimal = False
    for most in (limits.tried, limits.kept):
        known_cost = float(listing.cost[known].sum())
        hopeful = np.flatnonzero(reduced <= known_cost - bound + TOLERANCE * known_cost)
        is_all = len(hopeful) <= most
        if is_all or most == limits.tried:
            least = hopeful[np.argsort(reduced[hopeful], kind="stable")[:most]]
            known, branched_bound, is_least = _cheapest_of(listing, np.union1d(least, known), known, limits.branchings)
        if is_all:
            bound, is_optimal = max(bound, branched_bound), is_least
            break
    best = label.copy()
    for number, column in enumerate(known.tolist()):
        best[listing.nodes_of(column)] = number
    best_cost = float(listing.cost[known].sum())
    return Best(best, best_cost, best_cost if is_optimal else min(bound, best_cost), is_optimal)


def _cheapest_of(listing: Listing, kept: Ints, known: Ints, branchings: int) -> tuple[Ints, float, bool]:
    """Which of the pieces kept cover all nodes at the least cost, a bound on it, and whether they reach it."""
    cost, first, member = listing.columns(kept)
    start = np.searchsorted(kept, known)
    chosen, bound, is_least = cheapest_exact_cover(cost, first, member, int(member.max()) + 1, start, branchings)
    # A search that was ended early may come back with less than it was given.
    if len(chosen) == 0 or cost[chosen].sum() > cost[start].sum():
        chosen = start
    return kept[chosen], bound, is_least


def list_all(graph: Graph, low: int, mean_mass: float, rules: Rules, most: int) -> Listing | None:
    """Every connected piece from `low` to the upper bound with its cost, each piece's nodes in rising order."""
    everything = np.ones(len(graph.size), np.bool_)
    first, member, count = list_pieces(graph, low, rules.high, everything, most, NODES_A_PIECE * most)
    if count < 0:
        return None
    piece = np.repeat(np.arange(count), np.diff(first))
    member = member[np.lexsort((member, piece))]
    return Listing(first, member, costs_of_listed(graph, first, member, mean_mass, rules, new_marks(len(graph.size))))


@kernel
def costs_of_listed(graph: Graph, first: Ints, member: Ints, mean_mass: float, rules: Rules, marks: Marks) -> Floats:
    """The cost of each listed piece."""
    cost = np.empty(len(first) - 1)
    for piece in range(len(cost)):
        start, end = first[piece], first[piece + 1]
        cost[piece] = piece_cost(graph, member[start:end], end - start, mean_mass, rules, marks)
    return cost


def _pieces_of(listing: Listing, label: Ints) -> Ints:
    """Where the pieces of a division stand in the list, told by the sum of random keys of their nodes."""
    key = np.random.default_rng(0).integers(1, 2**40, len(label))
    listed = np.add.reduceat(key[listing.member], listing.first[:-1])
    wanted = [key[label == number].sum() for number in np.unique(label).tolist()]
    order = np.argsort(listed, kind="stable")
    found: Ints = order[np.searchsorted(listed[order], wanted)]
    return found


def _linear_bound(listing: Listing, nodes: int, known: Ints) -> tuple[float, Floats]:
    """The value of the linear programme over the whole list, made safe against rounding, and all reduced costs."""
    length = np.diff(listing.first)
    active = np.zeros(len(length), np.bool_)
    active[np.union1d(np.argsort(listing.cost / length, kind="stable")[: NEW_A_NODE * nodes], known)] = True
    cover = Cover(np.ones(nodes))
    cover.add(*listing.columns(np.flatnonzero(active)))
    while True:
        _, price = cover.solve()
        reduced = listing.reduced_costs(price)
        wanted = np.flatnonzero((reduced < -TOLERANCE) & ~active)
        if len(wanted) == 0:
            # No division has more pieces than nodes, and none of them is below its prices by more than this.
            return float(price.sum() + nodes * min(0.0, reduced.min())), reduced
        if len(wanted) > NEW_A_NODE * nodes:
            wanted = wanted[np.argpartition(reduced[wanted], NEW_A_NODE * nodes)[: NEW_A_NODE * nodes]]
        active[wanted] = True
        cover.add(*listing.columns(wanted))
