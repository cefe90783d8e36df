"""A true lower bound on the cost of any division, for graphs whose pieces are too many to list.

Relaxation. Set partition asks for pieces S, each at most once, that cover each node once at the least Σ c(S). Its
linear programme has the dual: prices π on the nodes with π(S) ≤ c(S) for every piece S, as much in sum as possible.
Any prices give a bound. If ρ(h) ≤ c(S) − π(S) for every piece S of size h, then every division costs at least

    Σ π_v + min { Σ ρ(h_i) : sizes h_i that sum to the size of the graph },

which a knapsack over sizes finds. `pricing` yields a ρ over all sets of nodes, connected or not, whose cost is
counted a little too low (lattice and chords); since every piece is such a set, the bound is true.

Search. Column generation with coarse prices: nodes of one compound that lie together form a bundle and share a price
a household (to which the charges that every division pays are added). The linear programme has
a row a bundle; what its prices leave for `pricing` to find becomes its columns. A row may be left short or over at a
price that starts from the division known, which keeps the prices near it (Marsten, Hogan and Blankenship, Operations
Research 23, 1975), and prices move only part of the way at a time (Wentges, International Transactions in Operational
Research 4, 1997). The bound is true however the prices were found.

What makes it less than the optimum: pieces need not hang together, fractions of pieces may be mixed, bundles share
prices, places and radii are taken in steps. Smaller steps, smaller bundles and more rounds raise it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from doorstep.engines.districting.covering import Cover
from doorstep.engines.districting.graph import Graph
from doorstep.engines.districting.objective import Rules, new_marks, piece_costs, unavoidable_cost
from doorstep.engines.districting.pricing import Found, cheapest_pieces
from doorstep.engines.districting.problem import Bools, Floats, Ints
from doorstep.engines.districting.relaxing import size_costs
from doorstep.engines.districting.stock import Stock, new_table, take_stock

SIDE = 0.6
"""Of the largest squares in which means are looked for, in radii of an ideal piece."""
SMALLEST_RADIUS, LARGEST_RADIUS, RATIO = 0.35, 5.0, 1.3
"""Of the chords. A piece beyond the largest counts as if it were no wider, from wherever it is looked at: that must
cost more than its nodes are worth, or there is one to be found from every square.
"""
LEAST_SHARE, MOST_SHARE = 0.3, 2.0
"""Between which parts of its price in the division known the price of a bundle stays."""
STRIDE = 0.7
NEAR = 4e-3
"""How far a piece may lie below the prices of its nodes without being looked for."""


@dataclass(frozen=True)
class Fineness:
    """How often a square is halved; the households of a bundle as a part of a piece; how often prices are set.

    `sketches` by one small square of each large one, `rounds` by all of them, each with so many `turns` by those that
    gave a piece. The search ends where a round raises the bound by less than `worth` of it.
    """

    halvings: int
    bundle: float
    sketches: int
    rounds: int
    turns: int
    worth: float


QUICK = Fineness(halvings=2, bundle=0.2, sketches=8, rounds=6, turns=4, worth=0.003)
THOROUGH = Fineness(halvings=3, bundle=0.08, sketches=20, rounds=12, turns=6, worth=0.001)


class Prices:
    """The linear programme over the pieces found so far, and the prices that it leads to."""

    def __init__(self, graph: Graph, stock: Stock, label: Ints, most: float, mean_mass: float, rules: Rules) -> None:
        number = np.unique(label, return_inverse=True)[1].astype(np.int64)
        cost = piece_costs(graph, number, mean_mass, rules, new_marks(len(label)))
        own = number[stock.node]
        self._stock = stock
        parcel = np.repeat(np.arange(len(stock.charge)), np.diff(stock.first))
        shared = stock.charge[parcel] * stock.mass / np.bincount(parcel, stock.mass)[parcel]
        self._paid_anyway = shared + np.where(stock.is_alone, stock.built, 0.0)
        self._bundle = bundles(stock, most)
        wanted = np.bincount(self._bundle, stock.mass).astype(np.float64)
        self._cover = Cover(wanted)
        a_unit = (cost - np.bincount(own, self._paid_anyway)) / np.bincount(own, stock.mass)
        self._rate = np.bincount(self._bundle, a_unit[own] * stock.mass) / wanted
        each = np.arange(len(wanted))
        self._cover.add(MOST_SHARE * self._rate, np.r_[each, len(each)], each)
        self._cover.add(-LEAST_SHARE * self._rate, np.r_[each, len(each)], each, -np.ones(len(each)))
        self._offer(np.arange(len(cost))[:, None] == own, cost)

    def now(self) -> Floats:
        """The price of each node, in the order of the stock."""
        prices: Floats = self._paid_anyway + self._stock.mass * self._rate[self._bundle]
        return prices

    def learn(self, found: Found) -> None:
        """Take the pieces in and move the prices."""
        count = int(found.pieces[0])
        self._offer(found.holds[:count], found.cost[:count])
        _, rate = self._cover.solve()
        self._rate = self._rate + STRIDE * (rate - self._rate)

    def _offer(self, holds: Bools, cost: Floats) -> None:
        """Pieces as columns: the mass that each takes from each bundle, and its cost less what is paid anyway."""
        column, node = np.nonzero(holds)
        width = int(self._bundle.max()) + 1
        cell, which = np.unique(column * width + self._bundle[node], return_inverse=True)
        first = np.r_[0, np.cumsum(np.bincount(cell // width, minlength=len(cost)))]
        amount = np.bincount(which, self._stock.mass[node]).astype(np.float64)
        self._cover.add(cost - holds @ self._paid_anyway, first, cell % width, amount)


def lower_bound(graph: Graph, label: Ints, mean_mass: float, rules: Rules, fineness: Fineness = QUICK) -> float:
    """A cost that no division of the graph undercuts; `label` is a division to start the search from.

    Bounds the sum of `piece_cost` over the pieces, unavoidable part included. No node may be above the upper bound.
    """
    stock, radii = take_stock(graph, rules), _radii()
    table = new_table(len(stock.size), rules.high)
    prices = Prices(graph, stock, label, fineness.bundle * mean_mass, mean_mass, rules)

    def find(corners: Floats, side: float, halvings: int, is_search: bool = True) -> Found:
        price = prices.now()
        return cheapest_pieces(stock, price, corners, side, halvings, radii, NEAR, is_search, mean_mass, rules, table)

    squares, small = _squares(stock), SIDE / 2**fineness.halvings

    def learn(found: Found, turns: int) -> None:
        for _ in range(turns):
            if found.pieces[0] == 0:
                return
            prices.learn(found)
            found = find(found.corner[: found.pieces[0]], small, 0)

    for _ in range(fineness.sketches):
        found = find(squares + (SIDE - small) / 2, small, 0)
        if found.pieces[0] == 0:
            break
        learn(found, fineness.turns)
    # What no division saves is a bound too, where the prices have not come far.
    unavoidable = unavoidable_cost(graph, rules)
    best = unavoidable
    for _ in range(fineness.rounds):
        found = find(squares, SIDE, fineness.halvings, is_search=False)
        before, best = best, max(best, bound_at(stock, prices.now(), found.burden, rules))
        if found.pieces[0] == 0 or 0 < best - before < fineness.worth * (best - unavoidable):
            break
        learn(found, fineness.turns)
    return best


def _radii() -> Floats:
    """The ends of the chords: none, then in steps of `RATIO`."""
    count = int(np.ceil(np.log(LARGEST_RADIUS / SMALLEST_RADIUS) / np.log(RATIO)))
    radii: Floats = np.r_[0.0, np.geomspace(SMALLEST_RADIUS, LARGEST_RADIUS, count + 1)]
    return radii


def bundles(stock: Stock, most: float) -> Ints:
    """Nodes of one parcel, halved across their longer side until no bundle is above `most` or it is one node."""
    bundle = np.zeros(len(stock.size), np.int64)
    x, y = stock.east / stock.mass, stock.north / stock.mass
    waiting = [np.arange(stock.first[parcel], stock.first[parcel + 1]) for parcel in range(len(stock.charge))]
    count = 0
    while waiting:
        nodes = waiting.pop()
        if len(nodes) == 1 or stock.mass[nodes].sum() <= most:
            bundle[nodes] = count
            count += 1
            continue
        along = x if np.ptp(x[nodes]) >= np.ptp(y[nodes]) else y
        order = nodes[np.argsort(along[nodes], kind="stable")]
        sums = np.cumsum(stock.mass[order])
        half = min(max(1, int(np.searchsorted(sums, sums[-1] / 2))), len(order) - 1)
        waiting += [order[:half], order[half:]]
    return bundle


def _squares(stock: Stock) -> Floats:
    """Lower left corners of squares that cover every place between the nodes."""
    xy = np.c_[stock.east / stock.mass, stock.north / stock.mass]
    low, high = xy.min(axis=0), xy.max(axis=0)
    across, up = np.maximum(1, np.ceil((high - low) / SIDE)).astype(np.int64)
    row, column = np.divmod(np.arange(across * up), across)
    # Rounding must not leave a mean outside.
    start = (low + high) / 2 - SIDE / 2 * np.array([across, up]) * (1 + 1e-9)
    corners = start + SIDE * (1 + 2e-9) * np.c_[column, row]
    hull = shapely.convex_hull(shapely.multipoints(xy))
    near: Floats = corners[shapely.dwithin(shapely.points(corners + SIDE / 2), hull, SIDE)]
    return near


def bound_at(stock: Stock, price: Floats, burden: Floats, rules: Rules) -> float:
    """The bound of the first paragraph.

    A piece in range lies at most `NEAR` below its prices, but for what `burden` says: all nodes of a piece S that lies
    further below carry at least its distance d(S), and their sizes sum to the lower bound or more, so that the sum of
    size · burden over all nodes is at least the lower bound times the sum of d(S). A piece below range costs what its
    size does and takes the nodes that are dearest for their size.
    """
    order = np.argsort(-price / stock.size, kind="stable")
    dearest = np.r_[0.0, np.cumsum(np.maximum(price[order], 0.0))]
    sizes = np.arange(1, rules.high + 1)
    taken = np.interp(sizes, np.r_[0, np.cumsum(stock.size[order])], dearest)
    reduced = np.where(sizes < rules.low, size_costs(rules)[1:] - taken, -NEAR)
    total = int(stock.size.sum())
    least = np.full(rules.high + total + 1, np.inf)
    least[rules.high] = 0.0
    for reached in range(rules.high + 1, len(least)):
        least[reached] = (least[reached - rules.high : reached] + reduced[::-1]).min()
    return float(price.sum() + least[-1] - (stock.size * burden).sum() / rules.low)
