"""METIS: parts of nearly equal weight that hang together, with as little border as it can find between them."""

from __future__ import annotations

import pymetis
from asked import Graph, serve

RUNS = 30
TOLERANCES = (333, 200, 100)
"""Thousandths by which a part may be above the mean."""


def once(graph: Graph, seed: int, pieces: int, tolerance: int, cuts: int) -> list[int]:
    _, part = pymetis.part_graph(
        pieces,
        xadj=graph.first.tolist(),
        adjncy=graph.neighbour.tolist(),
        vweights=graph.households.tolist(),
        eweights=graph.weight.tolist(),
        recursive=False,
        options=pymetis.Options(contig=1, seed=seed, ufactor=tolerance, niter=20, ncuts=cuts),
    )
    return list(part)


def single(graph: Graph, seed: int) -> object:
    return once(graph, seed, graph.pieces, TOLERANCES[0], 4)


def best_of_many(graph: Graph, seed: int) -> object:
    """Thirty divisions with two pieces fewer to two more; whoever asked chooses."""
    runs = range(seed * RUNS, (seed + 1) * RUNS)
    return [once(graph, run, max(1, graph.pieces + run % 5 - 2), TOLERANCES[run % 3], 1) for run in runs]


if __name__ == "__main__":
    serve(["pymetis"], {"metis": single, "metis-best-of-30": best_of_many})
