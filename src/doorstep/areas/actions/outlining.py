"""The borders of a plan on the map: along roads and between the walls, or in cells while it is changed by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import shapely

from doorstep.areas.dividing import House, arrays_of
from doorstep.areas.drafts import ALONG_WALLS, IN_CELLS, outlines_in_cells
from doorstep.areas.grounds import Kept, unpack
from doorstep.areas.models import BaseMapFeature, Building, Plan, PlanAtom, PlanPiece, PlanSpecial
from doorstep.core.geometry.metres import Projection
from doorstep.engines.districting.graph import pairs_of
from doorstep.engines.districting.outlining import outlines_of, standing_on
from doorstep.engines.districting.problem import Buildings, Geometries, Ints
from doorstep.engines.districting.special import fitted


class _Homes(NamedTuple):
    """The atoms of a plan by position: building by its row, section and floors as the engine counts them."""

    building: Ints
    section: Ints
    floors: Ints
    households: Ints
    piece: Ints


def follow_walls(plan: Plan) -> bool:
    """Draw the borders that are kept; False where cells stay, because nothing better can be drawn soundly."""
    if plan.report.get("outlines") == ALONG_WALLS:
        return True
    kept = unpack(bytes(plan.ground)) if plan.ground is not None else None
    if kept is None:
        return False
    pieces = list(PlanPiece.objects.filter(plan=plan.pk).only("pk", "plan_id", "code").order_by("code"))
    rows = list(Building.objects.filter(pk__in=_buildings_of(plan)).order_by("id"))
    plane = plane_of(rows)
    buildings = arrays_of([House(shapely.from_wkb(bytes(row.footprint)), 1) for row in rows], plane)
    homes = _homes(plan, pieces, rows)
    specials = list(PlanSpecial.objects.filter(plan=plan.pk).order_by("code"))
    polygons = _polygons(plan, plane, kept, buildings, homes, _ground_beside(plan, plane) if specials else None)
    if polygons is None:
        return False
    polygons = _fitted(polygons, specials, plane)
    for piece, outline in zip(pieces, shapely.to_wkb(plane.unflatten(polygons)), strict=True):
        piece.outline = outline
    PlanPiece.objects.bulk_update(pieces, ["outline"], batch_size=200)
    empty = np.flatnonzero(homes.households == 0)
    ground = standing_on(buildings, homes.building[empty], polygons) if len(empty) else empty
    _put(plan, pieces, dict(zip(empty.tolist(), ground.tolist(), strict=True)), homes.piece)
    _note(plan, ALONG_WALLS)
    return True


def back_to_cells(plan: Plan, codes: Sequence[str]) -> None:
    """Draw the borders in cells again, as long as steps change them; `codes` says where each atom is."""
    if plan.report.get("outlines", IN_CELLS) == IN_CELLS:
        return
    pieces = list(PlanPiece.objects.filter(plan=plan.pk).only("pk", "plan_id", "code").order_by("code"))
    outlines = outlines_in_cells(plan)
    for piece in pieces:
        piece.outline = outlines[piece.code]
    PlanPiece.objects.bulk_update(pieces, ["outline"], batch_size=200)
    place = {piece.code: number for number, piece in enumerate(pieces)}
    wanted = {position: place[code] for position, code in enumerate(codes)}
    rows = PlanAtom.objects.filter(piece__plan=plan.pk).order_by("position").values_list("piece__code", flat=True)
    _put(plan, pieces, wanted, np.array([place[code] for code in rows], np.int64))
    _note(plan, IN_CELLS)


def plane_of(rows: Sequence[Building]) -> Projection:
    """The zone in which these buildings' metres were reckoned, whichever zone each lies in."""
    zones = {Projection.of(row.lon) for row in rows}
    return min(zones, key=lambda zone: abs(zone.metres(rows[0].lon, rows[0].lat)[0] - rows[0].x))


def barriers_of(community: int, plane: Projection, *, kinds: Sequence[str] | None = None) -> list[shapely.Geometry]:
    """The roads, rivers, railways and walls that a micro-grid had better not cross, in metres; all, or some kinds."""
    lines = BaseMapFeature.objects.filter(community=community, is_barrier=True).order_by("id")
    if kinds is not None:
        lines = lines.filter(kind__in=kinds)
    return [plane.flatten(shapely.from_wkb(bytes(shape))) for shape in lines.values_list("shape", flat=True)]


def _buildings_of(plan: Plan) -> set[int]:
    return set(PlanAtom.objects.filter(piece__plan=plan.pk).values_list("building", flat=True))


def _homes(plan: Plan, pieces: Sequence[PlanPiece], rows: Sequence[Building]) -> _Homes:
    row_of = {row.pk: number for number, row in enumerate(rows)}
    piece_of = {piece.pk: number for number, piece in enumerate(pieces)}
    atoms = PlanAtom.objects.filter(piece__plan=plan.pk).order_by("position")
    told = atoms.values_list("building", "entrance", "floor_from", "floor_to", "households", "piece")
    table = np.array(
        [
            (row_of[building], (entrance or 1) - 1, low or 0, high or 0, households, piece_of[piece])
            for building, entrance, low, high, households, piece in told
        ],
        np.int64,
    ).reshape(-1, 6)
    return _Homes(table[:, 0], table[:, 1], table[:, 2:4], table[:, 4], table[:, 5])


def _polygons(
    plan: Plan,
    plane: Projection,
    kept: Kept,
    buildings: Buildings,
    homes: _Homes,
    ground: shapely.Geometry | None,
) -> Geometries | None:
    """The polygon of each micro-grid; None where there are none that are sound."""
    lived_in = np.flatnonzero(homes.households > 0)
    row_of_node = np.zeros(len(kept.graph.size), np.int64)
    row_of_node[kept.node[lived_in]] = np.arange(len(lived_in))
    return outlines_of(
        buildings,
        homes.building[lived_in],
        homes.section[lived_in],
        homes.floors[lived_in],
        homes.piece[lived_in],
        row_of_node[pairs_of(kept.graph)],
        barriers_of(plan.community_id, plane),
        ground,
    )


def _ground_beside(plan: Plan, plane: Projection) -> shapely.Geometry:
    """The ground on which the cells of a plan lie: all but that of its special grids."""
    cells = PlanAtom.objects.filter(piece__plan=plan.pk, cell__isnull=False).values_list("cell", flat=True)
    whole = shapely.coverage_union_all(shapely.from_wkb([bytes(cell or b"") for cell in cells]))
    return plane.flatten(whole)


def _fitted(polygons: Geometries, specials: Sequence[PlanSpecial], plane: Projection) -> Geometries:
    """The polygons with the same corners on the borders of special grids as those have, which are kept so too."""
    if not specials:
        return polygons
    grounds = np.array([plane.flatten(shapely.from_wkb(bytes(each.outline))) for each in specials], dtype=object)
    polygons, grounds = fitted(polygons, grounds)
    for special, outline in zip(specials, shapely.to_wkb(plane.unflatten(grounds)), strict=True):
        special.outline = outline
    PlanSpecial.objects.bulk_update(specials, ["outline"])
    return polygons


def _put(plan: Plan, pieces: Sequence[PlanPiece], wanted: Mapping[int, int], now: Ints) -> None:
    """Put the atoms of these positions into these pieces."""
    moved: dict[int, list[int]] = {}
    for position, piece in wanted.items():
        if now[position] != piece:
            moved.setdefault(piece, []).append(position)
    for piece, positions in moved.items():
        PlanAtom.objects.filter(piece__plan=plan.pk, position__in=positions).update(piece=pieces[piece])


def _note(plan: Plan, outlines: str) -> None:
    plan.report["outlines"] = outlines
    plan.save(update_fields=["report"])
