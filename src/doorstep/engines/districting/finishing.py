"""From pieces to a division: polygons, codes, reasons and moves; pieces in the order of their codes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import shapely

from doorstep.engines.districting import explaining
from doorstep.engines.districting.atoms import WHOLE, Atoms
from doorstep.engines.districting.certificate import Certificate, Proof
from doorstep.engines.districting.coding import codes_of
from doorstep.engines.districting.division import Division, Ground, Piece, Reason, ReasonKind, SpecialGrid
from doorstep.engines.districting.graph import contract
from doorstep.engines.districting.levels import Levels
from doorstep.engines.districting.moves import MoveKind, Moves
from doorstep.engines.districting.numbering import MOST_GRIDS, NumbersExhausted
from doorstep.engines.districting.objective import rules_for
from doorstep.engines.districting.partition import Partition
from doorstep.engines.districting.polygons import cell_at, dissolve
from doorstep.engines.districting.problem import Bounds, Buildings, Geometries, Ints
from doorstep.engines.districting.question import Land, Question
from doorstep.engines.districting.relief import join_bands
from doorstep.engines.districting.special import NOT_SPECIAL, fitted
from doorstep.engines.districting.standing import NEW, old_pieces
from doorstep.engines.districting.survey import Survey
from doorstep.engines.districting.true_polygons import true_polygons
from doorstep.engines.districting.why_moved import Ways, Why, why_each_moves


def finish(question: Question, levels: Levels) -> Division:
    """Polygons, reasons and numbers; pieces in the order of their codes."""
    seen, found, grids = levels.seen, levels.found, levels.grids
    buildings, bounds = question.land.buildings, question.bounds
    cells, special = fitted(seen.tessellation.cells, question.land.special)
    joined, piece_of_atom, into = join_bands(seen.atoms, found.piece)
    atoms, node = _with_empty_buildings(question.land, joined, cells, into)
    pairs = np.unique(into[seen.tessellation.pairs], axis=0)
    polygons = _outlines(question, cells, found.piece, joined, piece_of_atom, pairs)
    if question.outlines == "footprints":
        polygons, special = fitted(polygons, question.land.special)
    households = np.bincount(found.piece, seen.atoms.households).astype(np.int64)
    codes = codes_of(seen, found.piece, grids.piece, levels.numbers, question.land.standing)
    order = np.lexsort((codes[:, 1], codes[:, 0]))
    place = np.argsort(order)
    grid_numbers, grid_place = np.unique(codes[:, 0], return_inverse=True)
    grid_place = grid_place.reshape(-1)
    grid = grid_place[order]
    reasons = _merged(
        explaining.of_range(households, bounds, found.out_of_range, found.wished),
        explaining.of_microgrids(seen, buildings, found.piece, bounds, len(polygons)),
        explaining.of_polygons(polygons),
    )
    microgrids = [
        Piece(
            number=int(codes[piece, 1]),
            grid=int(grid_place[piece]),
            households=int(households[piece]),
            polygon=polygons[piece],
            is_in_range=bounds.holds(int(households[piece])),
            reasons=reasons[piece],
            certificate=found.out_of_range.get(piece),
        )
        for piece in order.tolist()
    ]
    standing_in = _where_they_stand(question, atoms, piece_of_atom[node], polygons)
    microgrid = place[standing_in]
    return Division(
        atoms=atoms,
        microgrid=microgrid,
        grid=grid[microgrid],
        microgrids=tuple(microgrids),
        grids=_grid_pieces(question, households, polygons, grids, grid_numbers, grid_place, place),
        bounds=bounds,
        grid_bounds=question.grid_bounds,
        cost=found.cost,
        bound=found.bound,
        proof=found.assurance,
        ground=_ground(seen, cells, into, node),
        moves=_moves(question, seen, found.piece, codes, atoms, standing_in),
        special=_special_grids(question.land, special, int(grid_numbers.max())),
        drawn=levels.drawn,
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
    ordinary = land.special_grid == NOT_SPECIAL
    near = replace(atoms, building=(np.cumsum(ordinary) - 1)[atoms.building])
    polygons = true_polygons(land.ground, land.buildings.footprints[ordinary], near, piece_of_atom, barriers, pairs)
    # A house drawn over another may leave that one no ground: then straight lines are the better map.
    return dissolve(cells, piece) if shapely.is_empty(polygons).any() else polygons


def _ground(seen: Survey, cells: Geometries, into: Ints, node: Ints) -> Ground:
    has_joined_bands = int(into[-1]) + 1 < len(into)
    graph = contract(seen.graph, into) if has_joined_bands else seen.graph
    return Ground(graph, dissolve(cells, into), node)


def _grid_pieces(
    question: Question,
    households: Ints,
    polygons: Geometries,
    grids: Partition,
    numbers: Ints,
    grid_place: Ints,
    place: Ints,
) -> tuple[Piece, ...]:
    """In the order of their `numbers`; `grid_place` is the position there of each micro-grid's grid."""
    bounds = question.grid_bounds
    shapes = dissolve(polygons, grids.piece)
    totals = np.bincount(grids.piece, households).astype(np.int64)
    sizes = totals if bounds.unit == "households" else np.bincount(grids.piece)
    out_of_range = explaining.of_range(sizes, bounds, grids.out_of_range, grids.wished, ReasonKind.GIVEN)
    reasons = _merged(out_of_range, explaining.of_polygons(shapes))
    order = np.zeros(len(numbers), np.int64)
    order[grid_place] = grids.piece
    pieces = []
    for position, grid in enumerate(order.tolist()):
        certificate = grids.out_of_range.get(grid)
        pieces.append(
            Piece(
                number=int(numbers[position]),
                grid=position,
                households=int(totals[grid]),
                polygon=shapes[grid],
                is_in_range=bounds.holds(int(sizes[grid])),
                reasons=reasons[grid],
                certificate=certificate and replace(certificate, about=np.sort(place[certificate.about])),
            )
        )
    return tuple(pieces)


def _moves(question: Question, seen: Survey, piece: Ints, codes: Ints, atoms: Atoms, piece_of_atom: Ints) -> Moves:
    """Who comes elsewhere; `piece` is that of the atoms that were divided, `piece_of_atom` that of those answered."""
    standing = question.land.standing
    if standing is None:
        return Moves()
    old_code = np.c_[seen.old.grid, seen.old.number]
    rules = rules_for(question.bounds, question.weights)
    all_ways = Ways(seen.old.microgrid, piece, old_code, codes)
    why = why_each_moves(seen.graph, all_ways, float(question.bounds.target), rules)
    old = old_pieces(atoms, standing).microgrid
    is_elsewhere = (old != NEW) & (atoms.households > 0) & (old_code[old] != codes[piece_of_atom]).any(axis=1)
    rows = np.flatnonzero(is_elsewhere)
    made = [
        why.get(way, Why(MoveKind.REGROUPED))
        for way in zip(old[rows].tolist(), piece_of_atom[rows].tolist(), strict=True)
    ]
    before, after = old_code[old[rows]], codes[piece_of_atom[rows]]
    kinds, saves = tuple(each.kind for each in made), np.array([each.saves for each in made], np.float64)
    return Moves(rows, before[:, 0], before[:, 1], after[:, 0], after[:, 1], kinds, saves)


def _merged(*lists: explaining.Reasons) -> list[tuple[Reason, ...]]:
    return [tuple(reason for some in each for reason in some) for each in zip(*lists, strict=True)]


def _special_grids(land: Land, shapes: Geometries, highest: int) -> tuple[SpecialGrid, ...]:
    """Numbered after the highest number of the other grids, now and in the plan in force."""
    if land.standing is not None:
        highest = max(highest, int(land.standing.grid.max(initial=0)))
    if highest + len(shapes) > MOST_GRIDS:
        raise NumbersExhausted("grids", highest + len(shapes), MOST_GRIDS)
    grids = []
    for position, shape in enumerate(shapes):
        rows = np.flatnonzero(land.special_grid == position)
        grids.append(SpecialGrid(highest + 1 + position, shape, rows, int(land.homes[rows].sum())))
    return tuple(grids)


def _with_empty_buildings(land: Land, atoms: Atoms, cells: Geometries, atom_of_cell: Ints) -> tuple[Atoms, Ints]:
    """The atoms with a row for each building without households, and the atom on whose cell each of them stands."""
    buildings, own = land.buildings, np.arange(len(atoms))
    empty = np.flatnonzero((buildings.households == 0) & (land.special_grid == NOT_SPECIAL))
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


def nobody_lives_here(question: Question) -> Division:
    """One micro-grid and one grid that hold everything, and nobody."""
    buildings, ground = question.land.buildings, question.land.ground
    rows = np.flatnonzero(question.land.special_grid == NOT_SPECIAL)
    (ground,), special = fitted(np.array([ground], dtype=object), question.land.special)

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
    nothing = np.zeros(len(rows), np.int64)
    return Division(
        atoms=_empty_atoms(buildings, rows),
        microgrid=nothing,
        grid=nothing,
        microgrids=(whole(question.bounds, 0, rows),),
        grids=(whole(question.grid_bounds, size_of_grid, np.array([0])),),
        bounds=question.bounds,
        grid_bounds=question.grid_bounds,
        cost=0.0,
        special=_special_grids(question.land, special, 1),
        remarks=explaining.of_buildings(buildings),
    )
