"""The cheapest set from one square along one chord, exactly: a knapsack over size with nested fixed charges.

Only nodes that a set below the limit may hold take part; sets are carried as bits, so that the cheapest can be read.
"""

from __future__ import annotations

from doorstep.engines.districting.compiled import kernel_step
from doorstep.engines.districting.objective import Rules
from doorstep.engines.districting.problem import Floats
from doorstep.engines.districting.relaxing import NEVER, Aim, is_far, relax_parcel, weigh
from doorstep.engines.districting.stock import WORD, Stock, Table

OUTSIDE, ON_BANK, IN_COMPOUND, IN_BUILDING = 0, 1, 2, 3


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
