"""Prove that no cut puts a piece in range: by the totals where they tell, else by exhaustive search."""

from __future__ import annotations

import numpy as np

from doorstep.engines.districting.certificate import Certificate, Proof
from doorstep.engines.districting.enumeration import Verdict, can_be_covered
from doorstep.engines.districting.graph import Graph, sources
from doorstep.engines.districting.problem import Bools, Bounds, Ints


def by_arithmetic(nodes: Ints, total: int, bounds: Bounds, was_cut: bool = False) -> Certificate | None:
    """A proof that a connected component of this total has no division in range, if its size alone says so."""
    if bounds.fits(total):
        return None
    facts = {"total": total, "low": bounds.low, "high": bounds.high}
    if was_cut:
        return Certificate(Proof.CUT_OFF, nodes, facts)
    if total < bounds.low:
        return Certificate(Proof.TOO_FEW, nodes, facts)
    return Certificate(Proof.NO_WHOLE_NUMBER, nodes, facts | {"pieces": total // bounds.low})


def by_size(node: int, size: int, bounds: Bounds) -> Certificate | None:
    """A proof for a single node above the upper bound."""
    if size <= bounds.high:
        return None
    return Certificate(Proof.TOO_LARGE_TO_CUT, np.array([node]), {"total": size, "high": bounds.high})


def by_search(graph: Graph, bounds: Bounds, label: Ints, piece: int) -> tuple[Certificate | None, tuple[Ints, ...]]:
    """A proof by exhaustive search around one piece; or, where the search found a way for the whole graph, that way.

    First the piece alone is to be covered by pieces in range, then it with its neighbours, then everything. What
    cannot be done for some atoms cannot be done for all.
    """
    around = label == piece
    while True:
        search = can_be_covered(graph, bounds, around)
        if search.verdict is Verdict.IMPOSSIBLE:
            nodes = np.flatnonzero(around)
            facts = {"atoms": len(nodes), "low": bounds.low, "high": bounds.high}
            return Certificate(Proof.EXHAUSTED, nodes, facts), ()
        if search.verdict is Verdict.UNKNOWN:
            return None, ()
        if around.all():
            return None, search.chosen
        around = _with_touching_pieces(graph, label, around)


def _with_touching_pieces(graph: Graph, label: Ints, around: Bools) -> Bools:
    source = sources(graph)
    touched = label[graph.neighbour[around[source]]]
    wider: Bools = around | np.isin(label, touched)
    return wider
