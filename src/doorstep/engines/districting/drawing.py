"""Micro-grids drawn: atoms, a division of them, and relief by floors where a piece would be out of range."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from doorstep.engines.districting.atoms import Atoms, cut_into_atoms
from doorstep.engines.districting.certificate import Certificate
from doorstep.engines.districting.confines import Confines
from doorstep.engines.districting.graph import Graph, components, pairs_of, sources
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for, unavoidable_cost
from doorstep.engines.districting.partition import Partition, partition
from doorstep.engines.districting.problem import Bools, Ints, Progress
from doorstep.engines.districting.question import NO_GROUP, Question
from doorstep.engines.districting.relief import BAND_AT_MOST, can_be_banded, cut_into_bands
from doorstep.engines.districting.standing import cut_like
from doorstep.engines.districting.survey import Survey, survey

SINGLE_FLOORS = 1


def first_atoms(question: Question) -> Atoms:
    """Buildings or sections, cut by floors where they are too large or were so before."""
    atoms = cut_into_atoms(question.land.buildings)
    land = question.land
    plans = [land.standing] if land.standing is not None and question.weights.moved > 0 else []
    if land.kept is not None:
        plans.append(land.kept.standing)
    atoms = cut_like(atoms, *plans)
    return cut_into_bands(atoms, atoms.households > question.bounds.high)


def draw_microgrids(
    question: Question, atoms: Atoms, tell: Progress, confines: Confines | None = None, seed: tuple[int, ...] = (0,)
) -> tuple[Survey, Partition]:
    """Divide; while pieces stay out of range, band floors near them, then in all their component, then singly.

    No piece reaches from one of the `confines` into another.
    """
    tell("microgrids", 0.0)
    draw = _Draw(question, confines, (question.seed, *seed))
    seen, found = draw.attempt(atoms)
    for reach, at_most in (
        (_nearby, BAND_AT_MOST),
        (_hanging_together, BAND_AT_MOST),
        (_hanging_together, SINGLE_FLOORS),
    ):
        chosen = reach(seen, found) & ~_is_tied(seen) & can_be_banded(seen.atoms, at_most)
        if chosen.any():
            tell("relief", 0.0)
            seen, found = draw.attempt(cut_into_bands(seen.atoms, chosen, at_most))
    if _unexplained(found).any():
        tell("proof", 0.0)
        found = draw.partition(seen, is_final=True)
    return seen, found


class _Draw(NamedTuple):
    question: Question
    confines: Confines | None
    seed: tuple[int, ...]

    def attempt(self, atoms: Atoms) -> tuple[Survey, Partition]:
        seen = survey(self.question.land, atoms, self.question.bounds, self.confines)
        return seen, self.partition(seen, is_final=False)

    def partition(self, seen: Survey, is_final: bool) -> Partition:
        """The division of the nodes, told by atoms; certificates by rows of the buildings."""
        asked = self.question
        target = float(asked.bounds.target)
        found = partition(seen.nodes, asked.bounds, asked.weights, asked.effort, self.seed, target, is_final)
        piece = found.piece[seen.node]
        fixed = set(np.unique(piece[seen.fixed != NO_GROUP]).tolist())
        certificates = {
            number: certificate and _by_building(certificate, seen)
            for number, certificate in found.out_of_range.items()
            if number not in fixed
        }
        wished = frozenset(fixed & found.out_of_range.keys())
        # A border with another confine is a border too, though no piece follows its edges.
        cost = found.cost if seen.nodes is seen.whole else cost_of(seen.whole, found.piece, target, asked)
        return replace(found, piece=piece, cost=cost, out_of_range=certificates, wished=wished)


def cost_of(graph: Graph, piece: Ints, mean_mass: float, asked: Question) -> float:
    """The avoidable cost of a division of this graph into micro-grids."""
    rules = rules_for(asked.bounds, asked.weights)
    costs = piece_costs(graph, piece, mean_mass, rules, new_marks(len(piece)))
    return float(costs.sum()) - unavoidable_cost(graph, rules)


def _by_building(certificate: Certificate, seen: Survey) -> Certificate:
    atoms = np.isin(seen.node, certificate.about)
    return replace(certificate, about=np.unique(seen.atoms.building[atoms]))


def _unexplained(found: Partition) -> Bools:
    """Which atoms lie in a piece out of range that finer atoms might put in range."""
    pieces = [piece for piece, certificate in found.out_of_range.items() if certificate is None]
    return np.isin(found.piece, pieces)


def _nearby(seen: Survey, found: Partition) -> Bools:
    """Atoms of the unexplained pieces and of those that touch them."""
    around = _unexplained(found)
    source = sources(seen.graph)
    touched = found.piece[seen.graph.neighbour[around[source]]]
    near: Bools = around | np.isin(found.piece, touched)
    return near


def _hanging_together(seen: Survey, found: Partition) -> Bools:
    """Atoms of every component with an unexplained piece."""
    component = components(len(found.piece), pairs_of(seen.graph))
    return np.isin(component, component[_unexplained(found)])


def _is_tied(seen: Survey) -> Bools:
    tied: Bools = np.bincount(seen.node)[seen.node] > 1
    return tied
