"""`divide`: from buildings to micro-grids and grids with their polygons, numbers and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import ArrayLike

from doorstep.engines.districting.atoms import Atoms, cut_into_atoms
from doorstep.engines.districting.certificate import Certificate
from doorstep.engines.districting.division import Division
from doorstep.engines.districting.finishing import finish, nobody_lives_here
from doorstep.engines.districting.graph import components, pairs_of, sources
from doorstep.engines.districting.grouping import group_microgrids
from doorstep.engines.districting.neighbours import ground_of
from doorstep.engines.districting.partition import Partition, partition
from doorstep.engines.districting.problem import (
    GRID_BOUNDS,
    MICROGRID_BOUNDS,
    Bools,
    Bounds,
    Buildings,
    Effort,
    Geometries,
    Outlines,
    Progress,
    Weights,
)
from doorstep.engines.districting.relief import BAND_AT_MOST, can_be_banded, cut_into_bands
from doorstep.engines.districting.standing import Standing, cut_like
from doorstep.engines.districting.survey import NO_GROUP, Land, Question, Survey, survey

SINGLE_FLOORS = 1


def divide(
    buildings: Buildings,
    *,
    barriers: Sequence[shapely.Geometry] | Geometries = (),
    uncrossable: Sequence[shapely.Geometry] | Geometries = (),
    boundary: shapely.Geometry | None = None,
    bounds: Bounds = MICROGRID_BOUNDS,
    grid_bounds: Bounds = GRID_BOUNDS,
    weights: Weights | None = None,
    keep_together: ArrayLike | None = None,
    effort: Effort = "standard",
    prove: bool = False,
    seed: int = 0,
    outlines: Outlines = "cells",
    standing: Standing | None = None,
    progress: Progress | None = None,
) -> Division:
    """Micro-grids of neighbours within `bounds` households, and grids that group them within `grid_bounds`.

    All places are metres of one projected coordinate system, x to the east.
    barriers        lines or polygons (rivers, main roads) that a piece had better not cross
    uncrossable     the same, that no piece may cross
    boundary        polygon of the community; without it the surroundings of the buildings are divided
    keep_together   (buildings,) a number for each group to be kept in one piece, -1 for none
    effort          "quick", "standard" or "thorough": how long a better division is looked for; "certified": the
                    answer says how far it is from the best one at most, and is the best where that can be proved soon
    prove           certified, with a hundred times as much work for the proof
    seed            the same question with the same seed has the same answer
    outlines        "cells": straight lines half-way between the middles of houses, at once, good for a preview;
                    "footprints": along roads and between the walls, never through a house, for the map that is kept
    standing        the plan in force: pieces keep its numbers where most of their households do, `Division.moves` lists
                    who comes elsewhere and why, and `weights.moved` says how much it has to gain

    Buildings above 50 households are cut into their entrances, and into bands of floors only where a piece would else
    be out of range. A piece still out of range carries a certificate that no cut puts it in range, or says that none
    was found. Raises a `DistrictingError` where the buildings, the bounds or the boundary make no sense.

    Method: tree programme after Ito et al. (2012), recombination after DeFord et al. (2021); see docs/decisions.
    """
    tell = progress or _tell_nobody
    question = _asked(
        buildings,
        barriers,
        uncrossable,
        boundary,
        bounds,
        grid_bounds,
        weights or Weights(),
        keep_together,
        "proven" if prove else effort,
        seed,
        outlines,
        standing,
    )
    effort = question.effort
    if buildings.households.sum() == 0:
        return nobody_lives_here(question)
    seen, found = _draw_microgrids(question, tell)
    tell("grids", 0.0)
    grids = group_microgrids(
        seen.graph,
        found.piece,
        grid_bounds,
        bounds.target,
        question.weights,
        effort,
        (seed, 1),
        seen.old.grid_of_atom,
    )
    tell("polygons", 0.0)
    division = finish(question, seen, found, grids)
    tell("polygons", 1.0)
    return division


def _tell_nobody(stage: str, part: float) -> None:
    pass


def _asked(
    buildings: Buildings,
    barriers: Sequence[shapely.Geometry] | Geometries,
    uncrossable: Sequence[shapely.Geometry] | Geometries,
    boundary: shapely.Geometry | None,
    bounds: Bounds,
    grid_bounds: Bounds,
    weights: Weights,
    keep_together: ArrayLike | None,
    effort: Effort,
    seed: int,
    outlines: Outlines,
    standing: Standing | None,
) -> Question:
    group = np.full(len(buildings), NO_GROUP) if keep_together is None else np.asarray(keep_together, dtype=np.int64)
    land = Land(
        ground_of(buildings, boundary),
        buildings,
        np.asarray(barriers, dtype=object),
        np.asarray(uncrossable, dtype=object),
        group,
        standing and standing.checked(len(buildings)),
    )
    return Question(land, bounds, grid_bounds, weights, effort, seed, outlines)


def _draw_microgrids(question: Question, tell: Progress) -> tuple[Survey, Partition]:
    """Divide; while pieces stay out of range, band floors near them, then in all their component, then singly."""
    tell("atoms", 0.0)
    atoms = cut_into_atoms(question.land.buildings)
    if question.land.standing is not None and question.weights.moved > 0:
        atoms = cut_like(atoms, question.land.standing)
    atoms = cut_into_bands(atoms, atoms.households > question.bounds.high)
    tell("microgrids", 0.0)
    seen, found = _attempt(question, atoms)
    for reach, at_most in (
        (_nearby, BAND_AT_MOST),
        (_hanging_together, BAND_AT_MOST),
        (_hanging_together, SINGLE_FLOORS),
    ):
        chosen = reach(seen, found) & ~_is_tied(seen) & can_be_banded(seen.atoms, at_most)
        if chosen.any():
            tell("relief", 0.0)
            seen, found = _attempt(question, cut_into_bands(seen.atoms, chosen, at_most))
    if _unexplained(found).any():
        tell("proof", 0.0)
        found = _partition(question, seen, is_final=True)
    return seen, found


def _attempt(question: Question, atoms: Atoms) -> tuple[Survey, Partition]:
    seen = survey(question.land, atoms, question.bounds)
    return seen, _partition(question, seen, is_final=False)


def _partition(question: Question, seen: Survey, is_final: bool) -> Partition:
    """The division of the nodes, told by atoms; certificates by rows of the buildings."""
    found = partition(
        seen.nodes,
        question.bounds,
        question.weights,
        question.effort,
        (question.seed, 0),
        float(question.bounds.target),
        is_final,
    )
    certificates = {
        piece: certificate and _by_building(certificate, seen) for piece, certificate in found.out_of_range.items()
    }
    return replace(found, piece=found.piece[seen.node], out_of_range=certificates)


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
