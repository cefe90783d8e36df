"""Divide a graph into connected pieces in range: trees, then annealing, then search; or say why it cannot be.

Where all pieces can be listed the division is then chosen anew among them, and with the efforts "certified" and
"proven" each component's division is compared with the best there is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from doorstep.engines.districting.certificate import Assurance, Certificate
from doorstep.engines.districting.certifying import CERTIFYING, CHOOSING, Certified, certify, choose_among_all
from doorstep.engines.districting.graph import Graph, components, pairs_of, sources, subgraph
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for, unavoidable_cost
from doorstep.engines.districting.problem import Bools, Bounds, Effort, Ints, Weights
from doorstep.engines.districting.proving import by_arithmetic, by_search, by_size
from doorstep.engines.districting.recombination import anneal
from doorstep.engines.districting.starting import mended
from doorstep.engines.districting.tree_programme import best_of_trees

TREES = {"quick": 16, "standard": 16, "thorough": 32, "certified": 16, "proven": 32}
STEPS_A_PIECE = {"quick": 5, "standard": 30, "thorough": 150, "certified": 30, "proven": 150}
FRESH_STARTS = 3
"""How often a component is begun anew, each time with more trees, before the exhaustive search is asked."""


@dataclass(frozen=True, eq=False)
class Partition:
    """The piece of each node, from 0; the avoidable cost; the proof for each piece out of range, None if unproved.

    Pieces that are out of range because they are `wished` so need no proof. No division avoids more than leaves
    `bound`; None where nothing is assured.
    """

    piece: Ints
    cost: float
    out_of_range: dict[int, Certificate | None] = field(default_factory=dict)
    bound: float | None = None
    assurance: Assurance = Assurance.NONE
    wished: frozenset[int] = frozenset()


def partition(
    graph: Graph,
    bounds: Bounds,
    weights: Weights,
    effort: Effort,
    seed: tuple[int, ...],
    mean_mass: float,
    is_final: bool = True,
) -> Partition:
    """The best division found. Components are divided one by one; a node above the upper bound stands alone.

    `mean_mass` is the mass of a piece of target size. When the graph `is_final`, a component that seems to have no
    division in range is begun anew several times and then searched through; else the caller may still cut its nodes
    finer.
    """
    piece = np.full(len(graph.size), -1)
    certificates: dict[int, Certificate | None] = {}
    certified: list[Certified | None] = []
    next_piece = 0
    too_large = graph.size > bounds.high
    for node in np.flatnonzero(too_large).tolist():
        piece[node] = next_piece
        certificates[next_piece] = by_size(node, int(graph.size[node]), bounds)
        next_piece += 1
    for number, nodes in enumerate(_components_without(graph, too_large)):
        part = subgraph(graph, nodes)
        was_cut = bool(too_large[graph.neighbour[np.isin(sources(graph), nodes)]].any())
        label, found, best = _divide_component(
            part, bounds, weights, effort, (*seed, number), mean_mass, was_cut, is_final
        )
        piece[nodes] = label + next_piece
        certified.append(best)
        for own, certificate in found.items():
            certificates[own + next_piece] = _in_whole_graph(certificate, nodes)
        next_piece += int(label.max()) + 1
    piece, certificates = _give_remnants_to_the_large(graph, bounds, piece, certificates, too_large)
    rules = rules_for(bounds, weights)
    costs = piece_costs(graph, piece, mean_mass, rules, new_marks(len(piece)))
    unavoidable = unavoidable_cost(graph, rules)
    bound, assurance = (None, Assurance.NONE) if too_large.any() else _together(certified, unavoidable)
    return Partition(piece, float(costs.sum()) - unavoidable, certificates, bound, assurance)


def _together(certified: list[Certified | None], unavoidable: float) -> tuple[float | None, Assurance]:
    """The sum of the components' bounds, and what is assured of all of them."""
    known = [each for each in certified if each]
    if len(known) < len(certified):
        return None, Assurance.NONE
    by_strength = [*Assurance]
    weakest = min((each.assurance for each in known), key=by_strength.index)
    return sum(each.bound for each in known) - unavoidable, weakest


def _in_whole_graph(certificate: Certificate | None, nodes: Ints) -> Certificate | None:
    if certificate is None:
        return None
    return Certificate(certificate.proof, nodes[certificate.about], certificate.facts)


def _components_without(graph: Graph, left_out: Bools) -> list[Ints]:
    pairs = pairs_of(graph)
    pairs = pairs[~left_out[pairs].any(axis=1)]
    component = components(len(graph.size), pairs)
    kept = np.flatnonzero(~left_out)
    order = kept[np.argsort(component[kept], kind="stable")]
    ends = np.flatnonzero(np.diff(component[order])) + 1
    return [part for part in np.split(order, ends) if len(part)]


def _divide_component(
    graph: Graph,
    bounds: Bounds,
    weights: Weights,
    effort: Effort,
    seed: tuple[int, ...],
    mean_mass: float,
    was_cut: bool,
    is_final: bool,
) -> tuple[Ints, dict[int, Certificate | None], Certified | None]:
    rules = rules_for(bounds, weights)
    everything = np.arange(len(graph.size))
    impossible = by_arithmetic(everything, int(graph.size.sum()), bounds, was_cut)
    best, best_cost, out = everything, np.inf, everything
    if rules.moved > 0 and graph.settled.any():
        steps = int(STEPS_A_PIECE[effort] * max(1.0, graph.size.sum() / bounds.target))
        best, best_cost = mended(graph, steps, mean_mass, rules, np.random.default_rng((*seed, FRESH_STARTS)))
        out = _out_of_range(graph, best, bounds)
    for start in range(FRESH_STARTS if is_final and not impossible else 1):
        rng = np.random.default_rng((*seed, start))
        label, _ = best_of_trees(graph, TREES[effort] * 4**start, mean_mass, rules, rng)
        steps = int(STEPS_A_PIECE[effort] * 2**start * max(1.0, graph.size.sum() / bounds.target))
        label, cost = anneal(graph, label, steps, mean_mass, rules, rng)
        if cost < best_cost:
            best, best_cost = np.unique(label, return_inverse=True)[1].astype(np.int64), cost
            out = _out_of_range(graph, best, bounds)
        if len(out) == 0:
            break
    certified = None
    if effort in CERTIFYING and (len(out) == 0 or impossible or is_final):
        certified = certify(graph, best, mean_mass, rules, effort)
    elif effort in CHOOSING and len(out) == 0:
        certified = choose_among_all(graph, best, mean_mass, rules, effort)
    if certified:
        best = np.unique(certified.label, return_inverse=True)[1].astype(np.int64)
        out = _out_of_range(graph, best, bounds)
    if len(out) == 0 or impossible or not is_final:
        return best, dict.fromkeys(out.tolist(), impossible), certified
    return *_by_search(graph, bounds, best, out), certified


def _by_search(graph: Graph, bounds: Bounds, label: Ints, out: Ints) -> tuple[Ints, dict[int, Certificate | None]]:
    certificates: dict[int, Certificate | None] = {}
    for piece in out.tolist():
        certificate, chosen = by_search(graph, bounds, label, piece)
        if chosen:
            for number, nodes in enumerate(chosen):
                label[nodes] = number
            return label, {}
        certificates[piece] = certificate
    # A proof for any of them is a proof that the component as a whole has no division in range.
    whole = next((proof for proof in certificates.values() if proof), None)
    return label, {piece: proof or whole for piece, proof in certificates.items()}


def _out_of_range(graph: Graph, label: Ints, bounds: Bounds) -> Ints:
    size = np.bincount(label, graph.size)
    return np.flatnonzero((size < bounds.low) | (size > bounds.high))


def _give_remnants_to_the_large(
    graph: Graph, bounds: Bounds, piece: Ints, certificates: dict[int, Certificate | None], too_large: Bools
) -> tuple[Ints, dict[int, Certificate | None]]:
    """A piece that is too small beside an atom that is too large joins it: one piece out of range in place of two."""
    piece = piece.copy()
    source = sources(graph)
    for node in np.flatnonzero(too_large).tolist():
        while True:
            touched = np.unique(piece[graph.neighbour[piece[source] == piece[node]]]).tolist()
            small = [near for near in touched if near in certificates and graph.size[piece == near].sum() < bounds.low]
            if not small:
                break
            for near in small:
                piece[piece == near] = piece[node]
                del certificates[near]
    used, piece = np.unique(piece, return_inverse=True)
    renumbered = {int(np.searchsorted(used, old)): proof for old, proof in certificates.items()}
    return piece.astype(np.int64), renumbered
