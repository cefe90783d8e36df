"""k-means-constrained: every household is a point, clusters are within the bounds; an atom goes where most of it is."""

from __future__ import annotations

import numpy as np
from asked import Graph, serve
from k_means_constrained import KMeansConstrained


def k_means(graph: Graph, seed: int) -> object:
    atom = np.repeat(np.arange(len(graph.households)), graph.households)
    model = KMeansConstrained(
        graph.pieces, size_min=graph.low, size_max=graph.high, random_state=seed, n_init=1, n_jobs=1
    )
    cluster = model.fit(graph.xy[atom]).labels_
    votes = np.zeros((len(graph.households), graph.pieces), np.int64)
    np.add.at(votes, (atom, cluster), 1)
    return votes.argmax(axis=1)


if __name__ == "__main__":
    serve(["k-means-constrained"], {"k-means": k_means})
