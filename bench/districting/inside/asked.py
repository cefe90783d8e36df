"""How a library is asked: a line of JSON in, a line of JSON out; the graph lies in a file of arrays.

Runs in the environment of the library, without Doorstep.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from typing import NamedTuple

import numpy as np


class Graph(NamedTuple):
    """`neighbour[first[v]:first[v + 1]]` are the neighbours of atom v.

    households  of each atom
    xy          its place in metres
    weight      of each edge: the metres of the common border, more inside a compound, less across a barrier
    low, high, target   households of a piece
    """

    households: np.ndarray
    xy: np.ndarray
    first: np.ndarray
    neighbour: np.ndarray
    weight: np.ndarray
    low: int
    high: int
    target: int

    @property
    def total(self) -> int:
        return int(self.households.sum())

    @property
    def pieces(self) -> int:
        """How many pieces of the target size there would be, for methods that want to know."""
        return max(1, round(self.total / self.target))

    def neighbours(self, atom: int) -> list[int]:
        return self.neighbour[self.first[atom] : self.first[atom + 1]].tolist()


Method = Callable[[Graph, int], object]
"""A graph and a seed in; the piece of each atom out, or a list of several such divisions to choose from."""


def serve(packages: list[str], methods: Mapping[str, Method]) -> None:
    """Answer until nobody asks any more; what a library prints goes elsewhere."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    print(json.dumps({package: version(package) for package in packages}), file=answers, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        with np.load(asked["file"]) as arrays:
            graph = Graph(*(arrays[name] for name in Graph._fields))
        graph = graph._replace(low=int(graph.low), high=int(graph.high), target=int(graph.target))
        began = time.perf_counter()
        try:
            found = methods[asked["method"]](graph, asked["seed"])
            answer = {"seconds": time.perf_counter() - began, "pieces": np.atleast_2d(np.asarray(found)).tolist()}
        except Exception as fault:
            answer = {"seconds": time.perf_counter() - began, "fault": f"{type(fault).__name__}: {fault}"[:200]}
        print(json.dumps(answer), file=answers, flush=True)
