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
from doorstep.engines.districting.knapsack import OUTSIDE, fill_knapsack, keep_hopeful
from doorstep.engines.districting.objective import Rules
from doorstep.engines.districting.problem import Bools, Floats, Ints
from doorstep.engines.districting.relaxing import (
    NEVER,
    aim_along,
    best_relaxation,
    highest_densities,
    look_from,
    size_costs,
)
from doorstep.engines.districting.stock import WORD, Stock, Table

MOST_FOUND = 1500


class Found(NamedTuple):
    """The first pieces, `pieces[0]` of them, each with its square's corner, its cost and its members.

    `burden[v]` says how far a piece that holds node v may lie below its prices, zero where no further than is near.
    """

    burden: Floats
    pieces: Ints
    corner: Floats
    cost: Floats
    holds: Bools


class Waiting(NamedTuple):
    """A stack of squares to look from: lower left corner, how often halved, and the chords still open there."""

    corner: Floats
    level: Ints
    open_chords: Bools


class Chords(NamedTuple):
    """Of the square at hand, for each chord: the bound of the relaxation and its price of size."""

    bound: Floats
    slope: Floats


class Terms(NamedTuple):
    """What the search is asked: prices in the order of the stock, and what follows from them."""

    price: Floats
    density: Floats
    sizes: Floats
    radii: Floats
    near: float
    is_search: bool
    mean_mass: float


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
    found = nothing_found(len(stock.size))
    terms = Terms(price, highest_densities(stock, price), size_costs(rules), radii, near, is_search, mean_mass)
    waiting = squares_to_look_from(corners, halvings, len(radii))
    chords = Chords(np.empty(len(radii)), np.zeros(len(radii)))
    height, slope = len(corners), 0.0
    while height > 0:
        height -= 1
        west, south, depth = waiting.corner[height, 0], waiting.corner[height, 1], waiting.level[height]
        half = 0.5 * side / 2**depth
        look_from(stock, west + half, south + half, table)
        # The price of size that was best in the last square is near the best one here.
        slope = relax_chords(stock, terms, west, south, half, waiting.open_chords[height], slope, chords, rules, table)
        is_open = chords.bound < -near
        if not is_open.any():
            continue
        if depth == halvings:
            settle_square(stock, terms, west, south, half, chords, rules, found, table)
            continue
        for quarter in range(4):
            waiting.corner[height, 0] = west + half * (quarter % 2)
            waiting.corner[height, 1] = south + half * (quarter // 2)
            waiting.level[height] = depth + 1
            waiting.open_chords[height] = is_open
            height += 1
    return found


@kernel_step
def nothing_found(count: int) -> Found:
    room = MOST_FOUND
    return Found(
        np.zeros(count), np.zeros(1, np.int64), np.zeros((room, 2)), np.zeros(room), np.zeros((room, count), np.bool_)
    )


@kernel_step
def squares_to_look_from(corners: Floats, halvings: int, chords: int) -> Waiting:
    """All of them, whole, and room for the quarters."""
    corner = np.empty((len(corners) + 3 * halvings + 4, 2))
    corner[: len(corners)] = corners
    return Waiting(corner, np.zeros(len(corner), np.int64), np.ones((len(corner), chords), np.bool_))


@kernel_step
def relax_chords(
    stock: Stock,
    terms: Terms,
    west: float,
    south: float,
    half: float,
    open_chords: Bools,
    slope: float,
    chords: Chords,
    rules: Rules,
    table: Table,
) -> float:
    """Bound the pieces with their mean in a square, chord by chord; returns the last price of size."""
    for chord in range(len(terms.radii)):
        chords.bound[chord] = NEVER
        if open_chords[chord]:
            aim = aim_along(terms.radii, chord, west + half, south + half, half, terms.mean_mass, rules)
            chords.bound[chord], slope = best_relaxation(
                stock, terms.price, terms.density, aim, terms.sizes, slope, -terms.near, rules, table
            )
            chords.slope[chord] = slope
    return slope


@kernel_step
def settle_square(
    stock: Stock,
    terms: Terms,
    west: float,
    south: float,
    half: float,
    chords: Chords,
    rules: Rules,
    found: Found,
    table: Table,
) -> None:
    """Fill a knapsack for each chord that the relaxation leaves open, the most hopeful first; note the best piece."""
    least = -terms.near
    while True:
        chord = int(np.argmin(chords.bound))
        enough = least if terms.is_search else -terms.near
        if chords.bound[chord] >= enough:
            break
        aim = aim_along(terms.radii, chord, west + half, south + half, half, terms.mean_mass, rules)
        slack = enough - chords.bound[chord]
        kept = keep_hopeful(stock, terms.price, terms.density, aim, chords.slope[chord], slack, table)
        value, size = fill_knapsack(stock, kept, terms.sizes, rules, table)
        chords.bound[chord] = NEVER
        for position in range(kept):
            node = table.kept[position]
            found.burden[node] = max(found.burden[node], -value if value < -terms.near else 0.0)
        if value < least:
            least = value
            note_piece(stock, terms.price, found, value, size, kept, table)
    if least < -terms.near and found.pieces[0] < len(found.cost):
        found.corner[found.pieces[0], 0] = west
        found.corner[found.pieces[0], 1] = south
        found.pieces[0] += 1


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
