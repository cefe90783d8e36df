"""Both levels: micro-grids first and grids that group them, or grids first and micro-grids inside them.

Micro-grids first is the usual way: their bounds are the narrower ones, and a grid drawn without regard to them may
have no division in range. Where it leaves a piece out of range, and always at "thorough", grids are drawn first as
well, by the same programme on the atoms. The way with fewer pieces out of range is kept, then the one whose
micro-grids and grids cost less. A division that is certified is not given up for better grids: there the other way is
tried only for the sake of range. Where grids are to hold a number of micro-grids there is nothing to draw first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from doorstep.engines.districting.atoms import Atoms
from doorstep.engines.districting.certificate import Assurance, Certificate, Proof
from doorstep.engines.districting.certifying import CERTIFYING
from doorstep.engines.districting.confines import Confines, given_confines
from doorstep.engines.districting.division import Drawn
from doorstep.engines.districting.drawing import draw_microgrids, first_atoms
from doorstep.engines.districting.graph import components, pairs_of
from doorstep.engines.districting.grouping import Grouping, grouping_of
from doorstep.engines.districting.partition import Partition
from doorstep.engines.districting.problem import Effort, Ints, Progress
from doorstep.engines.districting.question import NO_GROUP, Question
from doorstep.engines.districting.survey import Survey, survey

NO_NUMBER = 0
INSIDE: dict[Effort, Effort] = {"thorough": "thorough", "certified": "standard", "proven": "thorough"}
"""How long to look inside grids drawn first: what is certified is told of the other way."""


@dataclass(frozen=True, eq=False)
class Levels:
    """Micro-grids of the atoms that were surveyed, and grids of the micro-grids.

    `numbers` are those of grids that were given, `NO_NUMBER` for the others.
    """

    seen: Survey
    found: Partition
    grids: Partition
    drawn: Drawn
    numbers: Ints

    @property
    def out_of_range(self) -> int:
        return sum(len(level.out_of_range) + len(level.wished) for level in (self.found, self.grids))

    @property
    def cost(self) -> float:
        return self.found.cost + self.grids.cost


def draw_levels(question: Question, tell: Progress) -> Levels:
    """The better of both ways, or the micro-grids inside the grids that are given."""
    tell("atoms", 0.0)
    atoms = first_atoms(question)
    if (question.land.given != NO_GROUP).any():
        return _inside_given_grids(question, atoms, tell)
    levels = _microgrids_first(question, atoms, tell)
    if _may_be_better(question, levels):
        other = _grids_first(question, atoms, levels.found, tell)
        if _is_better(other, levels, question.effort):
            return other
    return levels


def _microgrids_first(question: Question, atoms: Atoms, tell: Progress) -> Levels:
    seen, found = draw_microgrids(question, atoms, tell)
    tell("grids", 0.0)
    grids = _grouping(question, seen, found.piece).best(question.effort, (question.seed, 1))
    return Levels(seen, found, grids, Drawn.MICROGRIDS_FIRST, _no_numbers(grids))


def _grouping(question: Question, seen: Survey, microgrid: Ints) -> Grouping:
    bounds, target = question.grid_bounds, question.bounds.target
    return grouping_of(seen.graph, microgrid, bounds, target, question.weights, seen.old.grid_of_atom)


def _no_numbers(grids: Partition) -> Ints:
    return np.full(int(grids.piece.max()) + 1, NO_NUMBER)


def _may_be_better(question: Question, levels: Levels) -> bool:
    """Whether grids drawn first might put in range what is out of it, or there is time to try.

    A micro-grid kept as it stands may hold some floors of a house: grids of whole sections would part it.
    """
    if question.land.kept is not None or question.effort == "quick" or question.grid_bounds.unit == "microgrids":
        return False
    if question.effort == "thorough" or None in levels.found.out_of_range.values():
        return True
    graph = levels.seen.graph
    part = components(len(graph.size), pairs_of(graph))
    total = np.bincount(part, graph.size).astype(np.int64)
    out = np.isin(levels.grids.piece[levels.found.piece], [*levels.grids.out_of_range])
    return any(question.grid_bounds.fits(int(total[each])) for each in np.unique(part[out]).tolist())


def _is_better(other: Levels, levels: Levels, effort: Effort) -> bool:
    """What is certified is not given up for better grids."""
    if other.out_of_range != levels.out_of_range:
        return other.out_of_range < levels.out_of_range
    return effort not in CERTIFYING and other.cost < levels.cost


def _grids_first(question: Question, atoms: Atoms, known: Partition, tell: Progress) -> Levels:
    """Grids of whole sections, then micro-grids in each; `known` is what is known of micro-grids drawn freely."""
    effort: Effort = INSIDE.get(question.effort, "standard")
    tell("grids", 0.0)
    seen = survey(question.land, atoms, question.bounds)
    unit = _sections(seen)
    grids = _grouping(question, seen, unit).best(effort, (question.seed, 2), is_final=False)
    confines = Confines.by_section(atoms, grids.piece[unit])
    seen, found = draw_microgrids(replace(question, effort=effort), atoms, tell, confines, (3,))
    grid = _confine_of_each(found.piece, confines.of(seen.atoms))
    grouping = _grouping(question, seen, found.piece)
    out = grouping.out_of_range(grid)
    proved = {number: _of_microgrids(grids.out_of_range.get(number), grid, number) for number in out}
    return Levels(
        seen,
        _less_certain(found, known),
        Partition(grid, grouping.cost(grid), proved),
        Drawn.GRIDS_FIRST,
        np.full(int(grid.max()) + 1, NO_NUMBER),
    )


def _sections(seen: Survey) -> Ints:
    """The number of the section of each atom, or of the group that it is kept together with."""
    atoms = seen.atoms
    section = np.unique(np.c_[atoms.building, atoms.section], axis=0, return_inverse=True)[1].reshape(-1)
    is_tied = np.bincount(seen.node)[seen.node] > 1
    both = np.c_[is_tied, np.where(is_tied, seen.node, section)]
    numbers: Ints = np.unique(both, axis=0, return_inverse=True)[1].reshape(-1)
    return numbers


def _confine_of_each(piece: Ints, confine: Ints) -> Ints:
    """The confine in which each piece lies, numbered from 0."""
    of_piece = np.zeros(int(piece.max()) + 1, np.int64)
    of_piece[piece] = confine
    return of_piece


def _of_microgrids(certificate: Certificate | None, grid: Ints, number: int) -> Certificate | None:
    """Of proofs for grids of sections those hold for any grids that speak of totals alone."""
    if certificate is None or certificate.proof not in (Proof.TOO_FEW, Proof.NO_WHOLE_NUMBER):
        return None
    return replace(certificate, about=np.flatnonzero(grid == number))


def _less_certain(found: Partition, known: Partition) -> Partition:
    """What was proved inside the grids is not proved of micro-grids that may lie in any, but for their size.

    The bound of micro-grids drawn freely holds for these, if both are made of the same atoms.
    """
    certificates = {
        piece: certificate if certificate and certificate.proof is Proof.TOO_LARGE_TO_CUT else None
        for piece, certificate in found.out_of_range.items()
    }
    is_same = len(found.piece) == len(known.piece) and known.bound is not None
    weaker = Assurance.LISTED if known.assurance is Assurance.OPTIMAL else known.assurance
    return replace(
        found,
        out_of_range=certificates,
        bound=known.bound if is_same else None,
        assurance=weaker if is_same else Assurance.NONE,
    )


def _inside_given_grids(question: Question, atoms: Atoms, tell: Progress) -> Levels:
    """Micro-grids inside the given grids, and inside new ones where there are none."""
    bounds = question.grid_bounds
    least = bounds.low if bounds.unit == "households" else bounds.low * question.bounds.low
    first = survey(question.land, atoms, question.bounds)
    confines = given_confines(first.graph, atoms, question.land.given, least)
    seen, found = draw_microgrids(question, atoms, tell, confines)
    tell("grids", 0.0)
    confine = _confine_of_each(found.piece, confines.of(seen.atoms))
    given = np.unique(confine[confine >= 0])
    grid = np.searchsorted(given, confine)
    grouping = _grouping(question, seen, found.piece)
    free = np.flatnonzero(confine < 0)
    proved: dict[int, Certificate | None] = {}
    if len(free):
        fresh = grouping.best_among(free, question.effort, (question.seed, 1))
        grid[free] = len(given) + fresh.piece
        for number, certificate in fresh.out_of_range.items():
            proved[len(given) + number] = certificate and replace(certificate, about=free[certificate.about])
    wished = frozenset(number for number in grouping.out_of_range(grid) if number < len(given))
    numbers = np.full(int(grid.max()) + 1, NO_NUMBER)
    numbers[: len(given)] = given
    return Levels(seen, found, Partition(grid, grouping.cost(grid), proved, wished=wished), Drawn.GRIDS_GIVEN, numbers)
