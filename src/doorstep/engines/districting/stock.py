"""The nodes of a graph in order of their charges, as `pricing` reads them, and its working memory."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.graph import Graph, components, sources
from doorstep.engines.districting.objective import Rules
from doorstep.engines.districting.problem import Bools, Floats, Ints

WORD = 60
"""Nodes to a word of the sets that the dynamic programme carries."""


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
