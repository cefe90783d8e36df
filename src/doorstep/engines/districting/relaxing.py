"""The cheapest set from one square along one chord, at a price of size: what is left falls apart into compounds.

Lagrangian relaxation: size may be taken and paid for in different amounts, and the difference has a price. The highest
bound over that price says whether a square can be put aside; see `pricing`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.compiled import kernel, kernel_step
from doorstep.engines.districting.objective import Rules, size_cost
from doorstep.engines.districting.problem import Bools, Floats, Ints
from doorstep.engines.districting.stock import Stock, Table

STEPS = 24
FIRST_STEP, LAST_STEP, SHRINK = 0.005, 2e-4, 0.4
"""Of the search for the price of size: how far it goes at first, when it has come near enough, and after a turn."""
NEVER = 1e18


class Aim(NamedTuple):
    """The middle of a square and a chord: a node costs `factor` · its inertia about it + `offset` · its mass."""

    x: float
    y: float
    factor: float
    offset: float


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
    # Taken out of their tuples here: where the loop takes them out, each turn counts references, at 15 times the price.
    return _least_of_parcel(
        stock.size,
        stock.mass,
        stock.building,
        stock.built,
        stock.is_alone,
        price,
        table.inertia,
        aim.factor,
        aim.offset,
        slope,
        stock.charge[parcel],
        stock.first[parcel],
        stock.first[parcel + 1],
    )


@kernel_step
def _least_of_parcel(
    size: Ints,
    mass: Floats,
    building: Ints,
    built: Floats,
    is_alone: Bools,
    price: Floats,
    inertia: Floats,
    factor: float,
    offset: float,
    slope: float,
    charge: float,
    start: int,
    end: int,
) -> tuple[float, int]:
    """The least over the nodes from `start` to `end`, weighed as in `weigh`."""
    value, taken = charge, 0
    at_hand, built_value, built_taken = -1, 0.0, 0
    for node in range(start, end):
        if building[node] != at_hand:
            if built_value < 0.0:
                value += built_value
                taken += built_taken
            at_hand, built_taken = building[node], 0
            built_value = 0.0 if is_alone[node] else built[node]
        weight = factor * inertia[node] + offset * mass[node] - price[node]
        if is_alone[node]:
            weight += built[node]
        weight -= slope * size[node]
        if weight < 0.0:
            built_value += weight
            built_taken += size[node]
    if built_value < 0.0:
        value += built_value
        taken += built_taken
    return value, taken
