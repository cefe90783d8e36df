"""KaHIP: like METIS, with more effort for a short border; its parts need not hang together."""

from __future__ import annotations

import kahip
from asked import Graph, serve

STRONG = 2
TOLERANCE = 0.333


def strong(graph: Graph, seed: int) -> object:
    _, part = kahip.kaffpa(
        graph.households.tolist(),
        graph.first.tolist(),
        graph.weight.tolist(),
        graph.neighbour.tolist(),
        graph.pieces,
        TOLERANCE,
        True,
        seed,
        STRONG,
    )
    return part


if __name__ == "__main__":
    serve(["kahip"], {"kahip-strong": strong})
