"""spopt: regions of neighbours that are alike in their places; only max-p knows the lower bound, none the upper."""

from __future__ import annotations

import warnings

import geopandas
import numpy as np
from asked import Graph, serve
from libpysal.weights import W
from sklearn.metrics import pairwise
from spopt.region import AZP, MaxPHeuristic, RegionKMeansHeuristic, Skater

warnings.filterwarnings("ignore")


def frame(graph: Graph) -> geopandas.GeoDataFrame:
    x, y = (graph.xy - graph.xy.mean(axis=0)).T
    columns = {"households": graph.households.astype(float), "x": x, "y": y}
    return geopandas.GeoDataFrame(columns, geometry=geopandas.points_from_xy(x, y))


def weights(graph: Graph) -> W:
    return W({atom: graph.neighbours(atom) for atom in range(len(graph.households))}, silence_warnings=True)


def max_p(graph: Graph, seed: int) -> object:
    np.random.seed(seed)
    model = MaxPHeuristic(frame(graph), weights(graph), ["x", "y"], "households", graph.low, top_n=2)
    model.solve()
    return model.labels_


def azp(graph: Graph, seed: int) -> object:
    np.random.seed(seed)
    model = AZP(frame(graph), weights(graph), ["x", "y"], n_clusters=graph.pieces, random_state=seed)
    model.solve()
    return model.labels_


def skater(graph: Graph, seed: int) -> object:
    # There is no chance in it: every seed has the same answer.
    spanning = {
        "dissimilarity": pairwise.euclidean_distances,
        "affinity": None,
        "reduction": np.sum,
        "center": np.mean,
        "verbose": 0,
    }
    model = Skater(
        frame(graph), weights(graph), ["x", "y"], n_clusters=graph.pieces, floor=1, spanning_forest_kwds=spanning
    )
    model.solve()
    return model.labels_


def region_k_means(graph: Graph, seed: int) -> object:
    np.random.seed(seed)
    model = RegionKMeansHeuristic(graph.xy - graph.xy.mean(axis=0), graph.pieces, weights(graph))
    model.solve()
    return model.labels_


if __name__ == "__main__":
    serve(["spopt"], {"max-p": max_p, "azp": azp, "skater": skater, "region-k-means": region_k_means})
