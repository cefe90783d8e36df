"""The cheapest piece at given prices, were pieces not to hang together: a valid bound, and columns for `lower_bound`.

Let the nodes v have prices π, and let S be any set of nodes with mass M and mean x̄. Three facts make every part of
its cost less than or equal to a sum over its nodes.

1. Places. x̄ lies in some square of a grid, within its half diagonal e of its middle c. The inertia about x̄ is the
   inertia about c less M |c − x̄|², which is at least Σ (i_v(c) − m_v e²), i_v(c) the inertia of node v about c.
2. Scatter. M · rms = M √(I/M), and the root lies above each of its chords: between the radii p and q,
   √z ≥ (z + p q) / (p + q). So scatter ≥ Σ (i_v(c) + m_v (p q − e²)) / (p + q) for the chord that spans the radius of
   S. Beyond the last radius p it is at least Σ m_v p.
3. Fixed charges. A piece pays for each compound and building that it touches; and since two nodes that hang together
   only across barriers lie in different parts, it pays `barrier` for each bank (component without barrier edges) after
   the first. Banks hold compounds and compounds buildings, as nested charges; a compound on two banks is charged on
   each by its share of the mass, which sums to one charge or less.

For one square and one chord the cheapest S is then a knapsack with nested fixed charges. With a price λ on size it
falls apart into compounds (Lagrangian relaxation). Branch and bound over squares and chords: where the relaxation
allows a reduced cost below r, the square is quartered; in the smallest squares, a node whose presence alone would
raise the relaxation to r is left out, for no piece with it is cheaper than r, and a dynamic programme over size
decides among the others.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.compiled import kernel, kernel_step
from doorstep.engines.districting.graph import Graph, components, sources
from doorstep.engines.districting.objective import Rules, size_cost
from doorstep.engines.districting.problem import Bools, Floats, Ints

WORD = 60
"""Nodes to a word of the sets that the dynamic programme carries."""
MOST_FOUND = 1500
STEPS = 24
FIRST_STEP, LAST_STEP, SHRINK = 0.005, 2e-4, 0.4
"""Of the search for the price of size: how far it goes at first, when it has come near enough, and after a turn."""
NEVER = 1e18
OUTSIDE, ON_BANK, IN_COMPOUND, IN_BUILDING = 0, 1, 2, 3


class Stock(NamedTuple):
    """The nodes in order of bank, compound and building; `node` is the place of each in the graph.

    A parcel is a compound on one bank: it holds the nodes `first[k]:first[k + 1]`, lies within `wide[k]` of
    (`x[k]`, `y[k]`), touching it costs `charge[k]`, and no unit of its mass counts for more than `heavy[k]` in size.
    """

    node: Ints
    size: Ints
    mass: Floats
    east: Floats
    north: Floats
    spread: Floats
    building: Ints
    built: Floats
    is_alone: Bools
    first: Ints
    x: Floats
    y: Floats
    wide: Floats
    heavy: Floats
    charge: Floats
    bank: Ints


class Aim(NamedTuple):
    """The middle of a square and a chord: a node costs `factor` · its inertia about it + `offset` · its mass."""

    x: float
    y: float
    factor: float
    offset: float


class Found(NamedTuple):
    """The first pieces, `pieces[0]` of them, each with its square's corner, its cost and its members.

    `burden[v]` says how far a piece that holds node v may lie below its prices, zero where no further than is near.
    """

    burden: Floats
    pieces: Ints
    corner: Floats
    cost: Floats
    holds: Bools


class Table(NamedTuple):
    """Working memory: each node's inertia about the point at hand; the nodes kept, their weights (cost less price) and
    parcels; by level and size, the costs and members of sets.
    """

    inertia: Floats
    weight: Floats
    kept: Ints
    parcel: Ints
    cost: Floats
    members: Ints


def take_stock(graph: Graph, rules: Rules) -> Stock:
    """Sort the nodes into banks, compounds and buildings and lay out the charges."""
    source, open_ways = sources(graph), ~graph.crosses
    bank = components(len(graph.size), np.c_[source[open_ways], graph.neighbour[open_ways]])
    order = np.lexsort((graph.building, graph.compound, bank))
    outer = np.c_[bank, graph.compound][order]
    opens_parcel, opens_building = _begins(outer), _begins(np.c_[outer, graph.building[order]])
    parcel, building = np.cumsum(opens_parcel) - 1, np.cumsum(opens_building) - 1
    opens = np.flatnonzero(opens_parcel)
    mass = graph.mass[order]
    x, y = (graph.east / graph.mass)[order], (graph.north / graph.mass)[order]
    middle_x, middle_y = (np.bincount(parcel, place) / np.bincount(parcel) for place in (x, y))
    wide, heavy = np.zeros(len(opens)), np.zeros(len(opens))
    np.maximum.at(wide, parcel, np.hypot(x - middle_x[parcel], y - middle_y[parcel]))
    np.maximum.at(heavy, parcel, graph.size[order] / mass)
    share = np.bincount(parcel, mass) / np.bincount(graph.compound, graph.mass)[outer[opens, 1]]
    built_share = np.bincount(building, mass)[building] / np.bincount(graph.building, graph.mass)[graph.building[order]]
    return Stock(
        node=order,
        size=graph.size[order],
        mass=mass,
        east=graph.east[order],
        north=graph.north[order],
        spread=graph.spread[order],
        building=building,
        built=rules.building * built_share,
        is_alone=np.bincount(building)[building] == 1,
        first=np.r_[opens, len(order)],
        x=middle_x,
        y=middle_y,
        wide=wide,
        heavy=heavy,
        charge=rules.compound * share,
        bank=outer[opens, 0].copy(),
    )


def _begins(rows: Ints) -> Bools:
    begins: Bools = np.r_[True, (rows[1:] != rows[:-1]).any(axis=1)]
    return begins


def new_table(count: int, high: int) -> Table:
    """Room for a stock of so many nodes."""
    words = -(-count // WORD)
    return Table(
        np.empty(count),
        np.empty(count),
        np.empty(count, np.int64),
        np.empty(count, np.int64),
        np.empty((4, high + 1)),
        np.zeros((4, high + 1, words), np.int64),
    )


@kernel
def cheapest_pieces(
    stock: Stock,
    price: Floats,
    corners: Floats,
    side: float,
    halvings: int,
    radii: Floats,
    near: float,
    is_search: bool,
    mean_mass: float,
    rules: Rules,
    table: Table,
) -> Found:
    """Pieces in range that lie more than `near` below the prices of their nodes, with a mean in one of the squares.

    `corners` are the lower left ones of squares of this side. A square is halved both ways so many times, as long as
    the relaxation there allows such a piece; the smallest squares yield the best of theirs. `price` is in the order
    of the stock. The costs are those that the bound counts, at most the true ones. A mere search passes over what is
    no cheaper than the best of its square, and `burden` is then of no use.
    """
    count, room = len(stock.size), MOST_FOUND
    found = Found(
        np.zeros(count), np.zeros(1, np.int64), np.zeros((room, 2)), np.zeros(room), np.zeros((room, count), np.bool_)
    )
    density, sizes = highest_densities(stock, price), size_costs(rules)
    waiting = np.empty((len(corners) + 3 * halvings + 4, 2))
    level = np.zeros(len(waiting), np.int64)
    open_chords = np.ones((len(waiting), len(radii)), np.bool_)
    waiting[: len(corners)] = corners
    height = len(corners)
    bounds, slopes = np.empty(len(radii)), np.zeros(len(radii))
    while height > 0:
        height -= 1
        west, south, depth = waiting[height, 0], waiting[height, 1], level[height]
        half = 0.5 * side / 2**depth
        look_from(stock, west + half, south + half, table)
        any_open, slope = False, 0.0
        for chord in range(len(radii)):
            bounds[chord] = NEVER
            if open_chords[height, chord]:
                aim = aim_along(radii, chord, west + half, south + half, half, mean_mass, rules)
                bounds[chord], slopes[chord] = best_relaxation(
                    stock, price, density, aim, sizes, slope, -near, rules, table
                )
                slope = slopes[chord]
                any_open |= bounds[chord] < -near
        if depth < halvings:
            if any_open:
                for quarter in range(4):
                    waiting[height, 0] = west + half * (quarter % 2)
                    waiting[height, 1] = south + half * (quarter // 2)
                    level[height] = depth + 1
                    open_chords[height] = bounds < -near
                    height += 1
            continue
        least = -near
        while any_open:
            chord = int(np.argmin(bounds))
            enough = least if is_search else -near
            if bounds[chord] >= enough:
                break
            aim = aim_along(radii, chord, west + half, south + half, half, mean_mass, rules)
            kept = keep_hopeful(stock, price, density, aim, slopes[chord], enough - bounds[chord], table)
            value, size = fill_knapsack(stock, kept, sizes, rules, table)
            bounds[chord] = NEVER
            for position in range(kept):
                node = table.kept[position]
                found.burden[node] = max(found.burden[node], -value if value < -near else 0.0)
            if value < least:
                least = value
                note_piece(stock, price, found, value, size, kept, table)
        if least < -near and found.pieces[0] < len(found.cost):
            found.corner[found.pieces[0], 0] = west
            found.corner[found.pieces[0], 1] = south
            found.pieces[0] += 1
    return found


@kernel_step
def note_piece(stock: Stock, price: Floats, found: Found, value: float, size: int, kept: int, table: Table) -> None:
    """Keep the piece of this size as the next one found, in place of a dearer one of the same square."""
    row = found.pieces[0]
    if row == len(found.cost):
        return
    found.cost[row] = value
    found.holds[row, :] = False
    for position in range(kept):
        if table.members[OUTSIDE, size, position // WORD] >> (position % WORD) & 1:
            found.holds[row, table.kept[position]] = True
            found.cost[row] += price[table.kept[position]]


@kernel
def size_costs(rules: Rules) -> Floats:
    """What each size from 0 to the upper bound costs."""
    costs = np.empty(rules.high + 1)
    for size in range(rules.high + 1):
        costs[size] = size_cost(size, rules)
    return costs


@kernel_step
def aim_along(radii: Floats, chord: int, x: float, y: float, half: float, mean_mass: float, rules: Rules) -> Aim:
    """From the middle of a square of half the side `half`, the chord from one radius to the next; the last is level."""
    scale = rules.compactness / mean_mass
    if chord == len(radii) - 1:
        return Aim(x, y, 0.0, scale * radii[chord])
    both = radii[chord] + radii[chord + 1]
    # The mean is half a diagonal away at most.
    return Aim(x, y, scale / both, scale * (radii[chord] * radii[chord + 1] - 2.0 * half * half) / both)


@kernel_step
def look_from(stock: Stock, x: float, y: float, table: Table) -> None:
    """Note the inertia of every node about a point."""
    for node in range(len(stock.size)):
        moment = x * stock.east[node] + y * stock.north[node]
        table.inertia[node] = stock.spread[node] - 2.0 * moment + stock.mass[node] * (x * x + y * y)


@kernel_step
def weigh(stock: Stock, price: Floats, aim: Aim, node: int, table: Table) -> float:
    """Cost less price of a node; one that is a building by itself pays for that too."""
    weight: float = aim.factor * table.inertia[node] + aim.offset * stock.mass[node] - price[node]
    if stock.is_alone[node]:
        weight += stock.built[node]
    return weight


@kernel_step
def highest_densities(stock: Stock, price: Floats) -> Floats:
    """The highest price of a unit of mass in each parcel, after what a building by itself pays."""
    density = np.full(len(stock.charge), -NEVER)
    for parcel in range(len(stock.charge)):
        for node in range(stock.first[parcel], stock.first[parcel + 1]):
            own = price[node] - (stock.built[node] if stock.is_alone[node] else 0.0)
            density[parcel] = max(density[parcel], own / stock.mass[node])
    return density


@kernel_step
def is_far(stock: Stock, density: Floats, aim: Aim, slope: float, parcel: int) -> bool:
    """Whether every node of the parcel surely weighs nothing or more at this price of size."""
    away = np.hypot(stock.x[parcel] - aim.x, stock.y[parcel] - aim.y) - stock.wide[parcel]
    nearest = max(0.0, away)
    least = aim.factor * nearest * nearest + aim.offset - max(0.0, slope) * stock.heavy[parcel]
    far: bool = least >= density[parcel]
    return far


@kernel_step
def best_relaxation(
    stock: Stock,
    price: Floats,
    density: Floats,
    aim: Aim,
    sizes: Floats,
    slope: float,
    enough: float,
    rules: Rules,
    table: Table,
) -> tuple[float, float]:
    """The highest Lagrangian bound met and its price of size, searched from `slope` on until it reaches `enough`.

    The bound is concave in the price, and rises with it where too little is taken: the search follows that, with
    smaller steps after each turn.
    """
    best, best_slope, step, last_turn = -NEVER, slope, FIRST_STEP, 0
    for _ in range(STEPS):
        value, lacking = relax(stock, price, density, aim, sizes, slope, rules, table)
        if value > best:
            best, best_slope = value, slope
        if best >= enough or lacking == 0:
            break
        turn = 1 if lacking > 0 else -1
        if turn == -last_turn:
            step *= SHRINK
        if step < LAST_STEP:
            break
        last_turn = turn
        slope += turn * step
    return best, best_slope


@kernel_step
def relax(
    stock: Stock, price: Floats, density: Floats, aim: Aim, sizes: Floats, slope: float, rules: Rules, table: Table
) -> tuple[float, int]:
    """The least of weights and charges − slope · (size taken − size paid for), with any set and any size in range.

    The set touches one bank at least, and one parcel on each bank that it touches. Returns the least and by how much
    the size paid for exceeds the size taken.
    """
    parcels = len(stock.charge)
    value, taken = 0.0, 0
    touched, cheapest, cheapest_taken = 0, NEVER, 0
    parcel = 0
    while parcel < parcels:
        bank, bank_value, bank_taken = stock.bank[parcel], 0.0, 0
        nearest, nearest_taken = NEVER, 0
        while parcel < parcels and stock.bank[parcel] == bank:
            own_value, own_taken = stock.charge[parcel], 0
            if not is_far(stock, density, aim, slope, parcel):
                own_value, own_taken = relax_parcel(stock, price, aim, slope, parcel, table)
            if own_value < 0.0:
                bank_value += own_value
                bank_taken += own_taken
            if own_value < nearest:
                nearest, nearest_taken = own_value, own_taken
            parcel += 1
        if nearest >= 0.0:
            bank_value, bank_taken = nearest, nearest_taken
        if bank_value + rules.barrier < 0.0:
            value += bank_value + rules.barrier
            taken += bank_taken
            touched += 1
        if bank_value < cheapest:
            cheapest, cheapest_taken = bank_value, bank_taken
    if touched == 0:
        value, taken = cheapest + rules.barrier, cheapest_taken
    paid, least = rules.low, NEVER
    for size in range(rules.low, rules.high + 1):
        if sizes[size] + slope * size < least:
            paid, least = size, sizes[size] + slope * size
    return value + least - rules.barrier, paid - taken


@kernel_step
def relax_parcel(stock: Stock, price: Floats, aim: Aim, slope: float, parcel: int, table: Table) -> tuple[float, int]:
    """The least of weights and charges in one parcel that is touched, and the size taken."""
    value, taken = stock.charge[parcel], 0
    building, built_value, built_taken = -1, 0.0, 0
    for node in range(stock.first[parcel], stock.first[parcel + 1]):
        if stock.building[node] != building:
            if built_value < 0.0:
                value += built_value
                taken += built_taken
            building, built_taken = stock.building[node], 0
            built_value = 0.0 if stock.is_alone[node] else stock.built[node]
        weight = weigh(stock, price, aim, node, table) - slope * stock.size[node]
        if weight < 0.0:
            built_value += weight
            built_taken += stock.size[node]
    if built_value < 0.0:
        value += built_value
        taken += built_taken
    return value, taken


@kernel_step
def keep_hopeful(
    stock: Stock, price: Floats, density: Floats, aim: Aim, slope: float, slack: float, table: Table
) -> int:
    """Put aside the nodes that raise the relaxation by the slack or more when a piece has to hold them."""
    kept = 0
    for parcel in range(len(stock.charge)):
        if stock.charge[parcel] >= slack and is_far(stock, density, aim, slope, parcel):
            continue
        value, _ = relax_parcel(stock, price, aim, slope, parcel, table)
        if value >= slack:
            continue
        for node in range(stock.first[parcel], stock.first[parcel + 1]):
            weight = weigh(stock, price, aim, node, table)
            if max(0.0, value) + weight - slope * stock.size[node] < slack:
                table.weight[kept] = weight
                table.kept[kept] = node
                table.parcel[kept] = parcel
                kept += 1
    return kept


@kernel_step
def fill_knapsack(stock: Stock, kept: int, sizes: Floats, rules: Rules, table: Table) -> tuple[float, int]:
    """The least of weights, charges and the cost of the size over sets of the nodes kept; and its size.

    Level by level, each table says what the cheapest set of each size costs so far: with nothing open, with the bank
    paid for, with the compound, with the building.
    """
    words = -(-kept // WORD)
    high = rules.high
    for size in range(high + 1):
        table.cost[OUTSIDE, size] = NEVER
    table.cost[OUTSIDE, 0] = 0.0
    table.members[OUTSIDE, 0, :words] = 0
    bank, parcel, building = -1, -1, -1
    for position in range(kept):
        node = table.kept[position]
        new_parcel = table.parcel[position] != parcel
        new_bank = new_parcel and stock.bank[table.parcel[position]] != bank
        if building >= 0 and stock.building[node] != building:
            _take_if_less(table, IN_BUILDING, IN_COMPOUND, words, high)
        if parcel >= 0 and new_parcel:
            _take_if_less(table, IN_COMPOUND, ON_BANK, words, high)
        if bank >= 0 and new_bank:
            _take_if_less(table, ON_BANK, OUTSIDE, words, high)
        if new_bank:
            bank = stock.bank[table.parcel[position]]
            _open(table, OUTSIDE, ON_BANK, rules.barrier, words, high)
        if new_parcel:
            parcel = table.parcel[position]
            _open(table, ON_BANK, IN_COMPOUND, stock.charge[parcel], words, high)
        if stock.is_alone[node]:
            building = -1
            _offer(table, IN_COMPOUND, position, stock.size[node], words, high)
            continue
        if stock.building[node] != building:
            building = stock.building[node]
            _open(table, IN_COMPOUND, IN_BUILDING, stock.built[node], words, high)
        _offer(table, IN_BUILDING, position, stock.size[node], words, high)
    if building >= 0:
        _take_if_less(table, IN_BUILDING, IN_COMPOUND, words, high)
    if kept > 0:
        _take_if_less(table, IN_COMPOUND, ON_BANK, words, high)
        _take_if_less(table, ON_BANK, OUTSIDE, words, high)
    best, least = rules.low, NEVER
    for size in range(rules.low, high + 1):
        if table.cost[OUTSIDE, size] + sizes[size] < least:
            best, least = size, table.cost[OUTSIDE, size] + sizes[size]
    return least - rules.barrier, best


@kernel_step
def _open(table: Table, outer: int, inner: int, charge: float, words: int, high: int) -> None:
    for size in range(high + 1):
        table.cost[inner, size] = table.cost[outer, size] + charge
        for word in range(words):
            table.members[inner, size, word] = table.members[outer, size, word]


@kernel_step
def _take_if_less(table: Table, inner: int, outer: int, words: int, high: int) -> None:
    for size in range(high + 1):
        if table.cost[inner, size] < table.cost[outer, size]:
            table.cost[outer, size] = table.cost[inner, size]
            for word in range(words):
                table.members[outer, size, word] = table.members[inner, size, word]


@kernel_step
def _offer(table: Table, level: int, position: int, size: int, words: int, high: int) -> None:
    """Let each set of the open level take one more node, where that is cheaper."""
    weight = table.weight[position]
    cost, members = table.cost[level], table.members[level]
    for whole in range(high, size - 1, -1):
        if cost[whole - size] + weight < cost[whole]:
            cost[whole] = cost[whole - size] + weight
            for word in range(words):
                members[whole, word] = members[whole - size, word]
            members[whole, position // WORD] |= 1 << (position % WORD)
