"""Compile the kernels before the first division, so that it does not seem to hang."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from doorstep.engines.districting.enumeration import can_be_covered
from doorstep.engines.districting.graph import build_graph
from doorstep.engines.districting.objective import rules_for
from doorstep.engines.districting.problem import Bounds, Progress, Weights
from doorstep.engines.districting.recombination import anneal
from doorstep.engines.districting.tree_programme import best_of_trees


def warm_up(progress: Progress | None = None) -> None:
    """Compile every kernel, or load it from the cache; `progress("warming-up", part)` is called on the way.

    Takes about 15 s the first time on a machine and a second afterwards. The cache lies in NUMBA_CACHE_DIR.
    """
    bounds = Bounds(2, 4, 3)
    rules = rules_for(bounds, Weights())
    line = np.arange(6)
    graph = build_graph(
        size=np.ones(6, np.int64),
        xy=np.c_[line * 1.0, line % 2],
        pairs=np.c_[line[:-1], line[1:]],
        crosses=line[:-1] == 2,
        compound=line // 2,
        building=line,
        radius=1.0,
    )
    rng = np.random.default_rng(0)
    stages: tuple[Callable[[], object], ...] = (
        lambda: best_of_trees(graph, 1, 3.0, rules, rng),
        lambda: anneal(graph, line // 2, 2, 3.0, rules, rng),
        lambda: can_be_covered(graph, bounds, np.ones(6, np.bool_), 100),
    )
    for done, stage in enumerate(stages):
        if progress:
            progress("warming-up", done / len(stages))
        stage()
    if progress:
        progress("warming-up", 1.0)
