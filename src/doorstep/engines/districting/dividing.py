"""`divide`: from buildings to micro-grids and grids with their polygons, numbers and reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import ArrayLike

from doorstep.engines.districting import explaining
from doorstep.engines.districting.atoms import WHOLE, Atoms, cut_into_atoms
from doorstep.engines.districting.certificate import Certificate, Proof
from doorstep.engines.districting.division import Division, Ground, Piece, Reason
from doorstep.engines.districting.graph import components, contract, pairs_of, sources
from doorstep.engines.districting.grouping import group_microgrids
from doorstep.engines.districting.neighbours import ground_of
from doorstep.engines.districting.numbering import MOST_GRIDS, MOST_MICROGRIDS, number_within
from doorstep.engines.districting.partition import Partition, partition
from doorstep.engines.districting.polygons import cell_at, dissolve
from doorstep.engines.districting.problem import (
    Bools,
    Bounds,
    Buildings,
    Effort,
    Floats,
    Geometries,
    Ints,
    Outlines,
    Progress,
    Weights,
)
from doorstep.engines.districting.relief import BAND_AT_MOST, can_be_banded, cut_into_bands, join_bands
from doorstep.engines.districting.survey import NO_GROUP, Land, Survey, survey
from doorstep.engines.districting.true_polygons import true_polygons

MICROGRID_BOUNDS = Bounds(low=50, high=100, target=75)
GRID_BOUNDS = Bounds(low=200, high=500, target=350)
SINGLE_FLOORS = 1


@dataclass(frozen=True, eq=False)
class Question:
    """All that `divide` was asked, checked."""

    land: Land
    bounds: Bounds
    grid_bounds: Bounds
    weights: Weights
    effort: Effort
    seed: int
    outlines: Outlines


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
    )
    effort = question.effort
    if buildings.households.sum() == 0:
        return _nobody_lives_here(question)
    seen, found = _draw_microgrids(question, tell)
    tell("grids", 0.0)
    grids = group_microgrids(seen.graph, found.piece, grid_bounds, bounds.target, question.weights, effort, (seed, 1))
    tell("polygons", 0.0)
    division = _finish(question, seen, found, grids)
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
) -> Question:
    group = np.full(len(buildings), NO_GROUP) if keep_together is None else np.asarray(keep_together, dtype=np.int64)
    land = Land(
        ground_of(buildings, boundary),
        buildings,
        np.asarray(barriers, dtype=object),
        np.asarray(uncrossable, dtype=object),
        group,
    )
    return Question(land, bounds, grid_bounds, weights, effort, seed, outlines)


def _draw_microgrids(question: Question, tell: Progress) -> tuple[Survey, Partition]:
    """Divide; while pieces stay out of range, band floors near them, then in all their component, then singly."""
    tell("atoms", 0.0)
    atoms = cut_into_atoms(question.land.buildings)
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


def _finish(question: Question, seen: Survey, found: Partition, grids: Partition) -> Division:
    """Polygons, reasons and numbers; pieces in the order of their codes."""
    buildings, bounds = question.land.buildings, question.bounds
    cells = seen.tessellation.cells
    joined, piece_of_atom, into = join_bands(seen.atoms, found.piece)
    atoms, node = _with_empty_buildings(buildings, joined, cells, into)
    pairs = np.unique(into[seen.tessellation.pairs], axis=0)
    polygons = _outlines(question, cells, found.piece, joined, piece_of_atom, pairs)
    households = np.bincount(found.piece, seen.atoms.households).astype(np.int64)
    middle = _middles(seen.atoms.xy, seen.atoms.households, found.piece)
    grid_middle = _middles(middle, households, grids.piece)
    grid_number = number_within(np.zeros(len(grid_middle), np.int64), grid_middle, "grids", MOST_GRIDS)
    number = number_within(grids.piece, middle, "micro-grids", MOST_MICROGRIDS)

    order = np.lexsort((number, grid_number[grids.piece]))
    place = np.argsort(order)
    grid_order = np.argsort(grid_number)
    grid = grid_number[grids.piece][order] - 1
    reasons = _merged(
        explaining.of_range(households, bounds, found.out_of_range),
        explaining.of_microgrids(seen, buildings, found.piece, bounds, len(polygons)),
        explaining.of_polygons(polygons),
    )
    microgrids = [
        Piece(
            number=int(number[piece]),
            grid=int(grid_number[grids.piece[piece]]) - 1,
            households=int(households[piece]),
            polygon=polygons[piece],
            is_in_range=bounds.holds(int(households[piece])),
            reasons=reasons[piece],
            certificate=found.out_of_range.get(piece),
        )
        for piece in order.tolist()
    ]
    microgrid = place[_where_they_stand(question, atoms, piece_of_atom[node], polygons)]
    return Division(
        atoms=atoms,
        microgrid=microgrid,
        grid=grid[microgrid],
        microgrids=tuple(microgrids),
        grids=_grid_pieces(question, households, polygons, grids, grid_order, place),
        bounds=bounds,
        grid_bounds=question.grid_bounds,
        cost=found.cost,
        bound=found.bound,
        proof=found.assurance,
        ground=_ground(seen, into, node),
        remarks=seen.remarks + explaining.of_buildings(buildings) + explaining.of_compounds(seen, buildings),
    )


def _outlines(
    question: Question, cells: Geometries, piece: Ints, atoms: Atoms, piece_of_atom: Ints, pairs: Ints
) -> Geometries:
    """The polygon of each micro-grid; buildings that are points have no walls to be true to."""
    land = question.land
    if question.outlines == "cells" or land.buildings.footprints is None:
        return dissolve(cells, piece)
    barriers = np.r_[land.barriers, land.uncrossable]
    polygons = true_polygons(land.ground, land.buildings.footprints, atoms, piece_of_atom, barriers, pairs)
    # A house drawn over another may leave that one no ground: then straight lines are the better map.
    return dissolve(cells, piece) if shapely.is_empty(polygons).any() else polygons


def _ground(seen: Survey, into: Ints, node: Ints) -> Ground:
    has_joined_bands = int(into[-1]) + 1 < len(into)
    graph = contract(seen.graph, into) if has_joined_bands else seen.graph
    return Ground(graph, dissolve(seen.tessellation.cells, into), node)


def _grid_pieces(
    question: Question, households: Ints, polygons: Geometries, grids: Partition, order: Ints, place: Ints
) -> tuple[Piece, ...]:
    bounds = question.grid_bounds
    shapes = dissolve(polygons, grids.piece)
    totals = np.bincount(grids.piece, households).astype(np.int64)
    sizes = totals if bounds.unit == "households" else np.bincount(grids.piece)
    reasons = _merged(explaining.of_range(sizes, bounds, grids.out_of_range), explaining.of_polygons(shapes))
    pieces = []
    for number, grid in enumerate(order.tolist()):
        certificate = grids.out_of_range.get(grid)
        pieces.append(
            Piece(
                number=number + 1,
                grid=number,
                households=int(totals[grid]),
                polygon=shapes[grid],
                is_in_range=bounds.holds(int(sizes[grid])),
                reasons=reasons[grid],
                certificate=certificate and replace(certificate, about=np.sort(place[certificate.about])),
            )
        )
    return tuple(pieces)


def _merged(*lists: explaining.Reasons) -> list[tuple[Reason, ...]]:
    return [tuple(reason for some in each for reason in some) for each in zip(*lists, strict=True)]


def _middles(xy: Floats, households: Ints, piece: Ints) -> Floats:
    weight = np.bincount(piece, households)
    sums = np.c_[np.bincount(piece, households * xy[:, 0]), np.bincount(piece, households * xy[:, 1])]
    middles: Floats = sums / weight[:, None]
    return middles


def _with_empty_buildings(
    buildings: Buildings, atoms: Atoms, cells: Geometries, atom_of_cell: Ints
) -> tuple[Atoms, Ints]:
    """The atoms with a row for each building without households, and the atom on whose cell each of them stands."""
    own = np.arange(len(atoms))
    empty = np.flatnonzero(buildings.households == 0)
    if len(empty) == 0:
        return atoms, own
    rows = _empty_atoms(buildings, empty)
    building = np.r_[atoms.building, empty]
    order = np.argsort(building, kind="stable")
    both = {name: np.concatenate([getattr(atoms, name), getattr(rows, name)])[order] for name in vars(atoms)}
    return Atoms(**both), np.r_[own, atom_of_cell[cell_at(cells, buildings.xy[empty])]][order]


def _where_they_stand(question: Question, atoms: Atoms, piece: Ints, polygons: Geometries) -> Ints:
    """The piece of each atom; a building without households belongs to the ground on which it stands."""
    empty = np.flatnonzero(atoms.households == 0)
    places, footprints = atoms.xy[empty], question.land.buildings.footprints
    if question.outlines == "footprints" and footprints is not None:
        # The middle of a crooked house may lie in its yard.
        places = shapely.get_coordinates(shapely.point_on_surface(footprints[atoms.building[empty]]))
    standing = piece.copy()
    standing[empty] = cell_at(polygons, places)
    return standing


def _empty_atoms(buildings: Buildings, rows: Ints) -> Atoms:
    nothing = np.zeros(len(rows), np.int64)
    whole = np.full(len(rows), WHOLE)
    places = buildings.xy[rows]
    return Atoms(rows, nothing, nothing, buildings.floors[rows], whole, whole, places, places)


def _nobody_lives_here(question: Question) -> Division:
    """One micro-grid and one grid that hold everything, and nobody."""
    buildings, ground = question.land.buildings, question.land.ground
    rows = np.arange(len(buildings))

    def whole(bounds: Bounds, size: int, about: Ints) -> Piece:
        certificate = None
        if not bounds.holds(size):
            facts = {"total": size, "low": bounds.low, "high": bounds.high}
            certificate = Certificate(Proof.TOO_FEW, about, facts)
        proved = {0: certificate} if certificate else {}
        reasons = _merged(
            explaining.of_range(np.array([size]), bounds, proved),
            explaining.of_polygons(np.array([ground], dtype=object)),
        )
        return Piece(1, 0, 0, ground, certificate is None, reasons[0], certificate)

    size_of_grid = 0 if question.grid_bounds.unit == "households" else 1
    nothing = np.zeros(len(buildings), np.int64)
    return Division(
        atoms=_empty_atoms(buildings, rows),
        microgrid=nothing,
        grid=nothing,
        microgrids=(whole(question.bounds, 0, rows),),
        grids=(whole(question.grid_bounds, size_of_grid, np.array([0])),),
        bounds=question.bounds,
        grid_bounds=question.grid_bounds,
        cost=0.0,
        remarks=explaining.of_buildings(buildings),
    )
