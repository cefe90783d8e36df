"""Compile the kernels before the first division, so that it does not seem to hang."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from doorstep.engines.districting.certifying import CERTIFYING
from doorstep.engines.districting.enumeration import can_be_covered
from doorstep.engines.districting.graph import build_graph
from doorstep.engines.districting.lower_bound import Fineness, lower_bound
from doorstep.engines.districting.objective import rules_for
from doorstep.engines.districting.problem import Bounds, Effort, Progress, Weights
from doorstep.engines.districting.recombination import anneal
from doorstep.engines.districting.set_partition import FEW, best_division
from doorstep.engines.districting.tree_programme import best_of_trees

AT_ONCE = Fineness(halvings=0, bundle=1.0, sketches=1, rounds=1, turns=1, worth=0.0)


def warm_up(progress: Progress | None = None, effort: Effort = "standard") -> None:
    """Compile every kernel that an effort needs, or load it; `progress("warming-up", part)` is called on the way.

    Takes about 15 s the first time on a machine and a second afterwards; the certified efforts take half as long again,
    for the bound by prices. The cache lies in NUMBA_CACHE_DIR.
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
    stages: list[Callable[[], object]] = [
        lambda: best_of_trees(graph, 1, 3.0, rules, rng),
        lambda: anneal(graph, line // 2, 2, 3.0, rules, rng),
        lambda: can_be_covered(graph, bounds, np.ones(6, np.bool_), 100),
        lambda: best_division(graph, line // 2, 3.0, rules, FEW),
    ]
    if effort in CERTIFYING:
        stages.append(lambda: lower_bound(graph, line // 2, 3.0, rules, AT_ONCE))
    for done, stage in enumerate(stages):
        if progress:
            progress("warming-up", done / len(stages))
        stage()
    if progress:
        progress("warming-up", 1.0)
