"""gerrychain: cuts random spanning trees until every district is within a tolerance of the mean."""

from __future__ import annotations

import random

import networkx
import numpy as np
from asked import Graph, serve
from gerrychain import Graph as Map
from gerrychain.tree import recursive_tree_part


def recursive_tree(graph: Graph, seed: int) -> object:
    random.seed(seed)
    np.random.seed(seed)
    plain = networkx.Graph()
    plain.add_nodes_from((atom, {"people": int(count)}) for atom, count in enumerate(graph.households))
    plain.add_edges_from((atom, other) for atom in range(len(graph.households)) for other in graph.neighbours(atom))
    mean = graph.total / graph.pieces
    tolerance = min(graph.high - mean, mean - graph.low) / mean
    found = recursive_tree_part(
        Map.from_networkx(plain), list(range(graph.pieces)), mean, "people", tolerance, node_repeats=1
    )
    return [found[atom] for atom in range(len(graph.households))]


if __name__ == "__main__":
    serve(["gerrychain"], {"recursive-tree": recursive_tree})
