"""Small neighbourhoods to reckon through by hand or by brute force."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import shapely
from hypothesis import strategies as st

from doorstep.engines.districting.atoms import Atoms
from doorstep.engines.districting.graph import Graph, build_graph, components, pairs_of
from doorstep.engines.districting.neighbours import tessellate
from doorstep.engines.districting.objective import Rules, new_marks, piece_cost
from doorstep.engines.districting.problem import Bounds, Buildings, Weights

ONLY_SIZE = Weights(compactness=0.0, size=0.25, compound=0.0, building=0.0, barrier=0.0)


def row_of(sizes: list[int], barriers_after: tuple[int, ...] = ()) -> Graph:
    """Houses in a row, each the neighbour of the next."""
    count = len(sizes)
    places = np.arange(count)
    return build_graph(
        size=np.array(sizes),
        xy=np.c_[places * 10.0, np.zeros(count)],
        pairs=np.c_[places[:-1], places[1:]],
        crosses=np.isin(places[:-1], barriers_after),
        compound=places,
        building=places,
        radius=10.0,
    )


def graph_of(xy: np.ndarray, sizes: np.ndarray, target: int) -> Graph:
    """Neighbours by Voronoi cells in a field around the places."""
    ground = shapely.box(-10, -10, 110, 110)
    pairs = tessellate(xy, ground).pairs
    crosses = (xy[pairs[:, 0], 0] < 50) != (xy[pairs[:, 1], 0] < 50)
    return build_graph(
        size=sizes,
        xy=xy,
        pairs=pairs,
        crosses=crosses,
        compound=np.arange(len(xy)) // 2,
        building=np.arange(len(xy)),
        radius=30.0,
    )


@st.composite
def planar_graphs(draw: st.DrawFn, most: int = 8, largest: int = 4) -> Graph:
    """Up to `most` houses on different spots of a field of 100 m, with 1 to `largest` households each."""
    spots = draw(st.lists(st.integers(0, 99), min_size=1, max_size=most, unique=True))
    sizes = draw(st.lists(st.integers(1, largest), min_size=len(spots), max_size=len(spots)))
    xy = np.array([[spot % 10 * 10.0 + spot // 10 * 0.3, spot // 10 * 10.0 + spot % 10 * 0.1] for spot in spots])
    return graph_of(xy, np.array(sizes), 3)


def partitions(nodes: list[int]) -> Iterator[list[list[int]]]:
    """Every way to put nodes into sets."""
    if not nodes:
        yield []
        return
    first, rest = nodes[0], nodes[1:]
    for count in range(len(rest) + 1):
        for others in combinations(rest, count):
            left = [node for node in rest if node not in others]
            for more in partitions(left):
                yield [[first, *others], *more]


def is_connected(graph: Graph, nodes: list[int]) -> bool:
    pairs = pairs_of(graph)
    inside = np.isin(pairs, nodes).all(axis=1)
    return len(np.unique(components(len(graph.size), pairs[inside])[nodes])) == 1


def some_division_fits(graph: Graph, bounds: Bounds) -> bool:
    """By brute force: whether all nodes can be put into connected pieces in range."""

    def fits(piece: list[int]) -> bool:
        return bounds.holds(int(graph.size[piece].sum())) and is_connected(graph, piece)

    return any(all(fits(piece) for piece in division) for division in partitions(list(range(len(graph.size)))))


def a_street(households: list[int], **more: object) -> Buildings:
    """Houses of 12 by 10 metres in a row to the east, 20 metres apart."""
    x = np.arange(len(households)) * 20.0
    shapes = shapely.box(x - 6, -5, x + 6, 5)
    return Buildings(np.c_[x, np.zeros(len(x))], households, shapes, **more)  # type: ignore[arg-type]


def a_quarter(count: int, seed: int = 0, most: int = 40) -> Buildings:
    """Blocks of flats scattered over a square, with compounds of their own."""
    rng = np.random.default_rng(seed)
    xy = rng.random((count, 2)) * 25 * np.sqrt(count)
    half = 8 + 8 * rng.random(count)
    shapes = shapely.box(xy[:, 0] - half, xy[:, 1] - 5, xy[:, 0] + half, xy[:, 1] + 5)
    households = rng.integers(0, most, count)
    return Buildings(xy, households, shapes, floors=rng.integers(0, 12, count), compounds=np.arange(count) // 6 - 1)


def an_atom(households: int, floors: int, building: int = 0, section: int = 0) -> Atoms:
    one = np.array([1])
    return Atoms(
        building * one,
        section * one,
        households * one,
        floors * one,
        0 * one,
        0 * one,
        np.array([[0.0, 0.0]]),
        np.array([[12.0, 0.0]]),
    )


def cheapest_division(graph: Graph, rules: Rules, mean_mass: float) -> float:
    """By brute force: the least cost of all divisions into connected pieces up to the upper bound."""
    marks, costs = new_marks(len(graph.size)), {}
    least = np.inf
    for division in partitions(list(range(len(graph.size)))):
        total = 0.0
        for piece in map(tuple, division):
            if piece not in costs:
                allowed = graph.size[list(piece)].sum() <= rules.high and is_connected(graph, list(piece))
                members = np.array(piece)
                cost = piece_cost(graph, members, len(members), mean_mass, rules, marks) if allowed else np.inf
                costs[piece] = cost
            total += costs[piece]
        least = min(least, total)
    return least
