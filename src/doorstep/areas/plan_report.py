"""Everything that there is to report of a plan, as it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import shapely

from doorstep.areas import drafts, special_grids
from doorstep.areas.grounds import unpack
from doorstep.areas.models import OPEN_STATES, BaseMapFeature, Building, Plan
from doorstep.areas.moves import Moves, footprints_of, moves_of
from doorstep.areas.plans import pieces_of, was_changed_by_hand
from doorstep.areas.reporting import LAYERS, crossings, told_of
from doorstep.areas.rules.wishes import wishes_of
from doorstep.areas.writers.report import Report
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

OSM: Final = "osm"


class NothingToReport(Refusal):
    """A plan without micro-grids."""


def report_of_plan(plan: Plan) -> Report:
    """The report of a plan; refuses one that has nothing in it."""
    rows = pieces_of(plan.pk)
    if not rows:
        raise NothingToReport(say("report-no-pieces"))
    shapes = shapely.from_wkb([bytes(row.outline) for row in rows])
    plane = Projection.of(shapely.point_on_surface(shapes[0]).x)
    crosses = _crosses_of_plan(plan)
    pieces = [
        {
            "name": drafts.short(row.code),
            "code": row.code,
            "grid": row.grid_number,
            "households": row.households,
            "in_range": is_in_range(row.certificate),
            "cost": row.cost,
            "parts": row.parts,
            "crosses": crosses.get(row.code, 1),
            "certificate": row.certificate,
        }
        for row in rows
    ]
    moves, specials = moves_of(plan), special_grids.of_plan(plan.pk)
    kept, outside = plan.report, {each["number"]: each for each in plan.report.get("grids_outside", ())}
    told = told_of(
        place={"name": plan.community.name, "code": plan.community.code, "is_sample": plan.community.is_sample},
        plan={
            "number": plan.pk,
            "state": plan.state,
            "in_force_from": plan.in_force_from.isoformat() if plan.in_force_from else None,
        },
        at=plan.made_at,
        settings=asdict(wishes_of(plan.settings)),
        figures={"buildings": kept.get("buildings", 0), "estimated": kept.get("estimated_buildings", 0)},
        pieces=pieces,
        certificates=outside,
        assurance=kept.get("assurance"),
        counts=kept.get("counts"),
        moves=_moves(moves),
        remarks=kept.get("remarks", []),
        is_osm=is_from_osm(plan.community_id),
        is_by_hand=was_changed_by_hand(plan.pk),
        shares=[] if was_changed_by_hand(plan.pk) else plan.report.get("shares", []),
        special=[
            {
                "name": each.name,
                "number": int(each.code[12:]),
                "code": each.code,
                "households": each.households,
                "buildings": each.buildings,
            }
            for each in specials
        ],
    )
    flat = [plane.flatten(shape) for shape in shapes]
    apart = [plane.flatten(shapely.from_wkb(bytes(each.outline))) for each in specials]
    return Report(told, flat, _grids(pieces, flat), _ground(plan, plane, moves), apart)


def is_in_range(certificate: Mapping[str, Any] | None) -> bool:
    """A certificate speaks of the range, or, of a plan changed by hand, of parts alone."""
    return not certificate or {each["kind"] for each in certificate["reasons"]} <= {"by-hand-apart"}


def _grids(pieces: Sequence[Mapping[str, Any]], shapes: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    groups: dict[int, list[shapely.Geometry]] = {}
    for piece, shape in zip(pieces, shapes, strict=True):
        groups.setdefault(piece["grid"], []).append(shape)
    return [shapely.coverage_union_all(own) for own in groups.values()]


def _moves(moves: Moves | None) -> dict[str, Any] | None:
    if moves is None:
        return None
    return {
        "before": moves.before.pk,
        "moved": moves.moved,
        "households": moves.households,
        "arrived": moves.arrived,
        "rows": [
            {
                "building": each.building,
                "entrance": each.home.entrance,
                "floor_from": each.home.floor_from,
                "floor_to": each.home.floor_to,
                "households": each.households,
                "from": drafts.short(each.source),
                "to": drafts.short(each.to),
                "kind": each.kind,
                "saves": each.saves,
            }
            for each in moves.rows
        ],
    }


def is_from_osm(community: int) -> bool:
    """Whether any of its buildings comes from OpenStreetMap, whose licence asks to be named."""
    return Building.objects.filter(community=community, removed_at=None, source__startswith=OSM).exists()


def _ground(plan: Plan, plane: Projection, moves: Moves | None) -> dict[str, list[shapely.Geometry]]:
    found = {
        layer: [
            plane.flatten(shapely.from_wkb(bytes(shape)))
            for shape in BaseMapFeature.objects.filter(community=plan.community_id, kind__in=kinds).values_list(
                "shape", flat=True
            )
        ]
        for layer, kinds in LAYERS.items()
    }
    houses = Building.objects.filter(community=plan.community_id, removed_at=None).values_list("footprint", flat=True)
    found["buildings"] = [plane.flatten(shapely.from_wkb(bytes(shape))) for shape in houses]
    found["moved"] = [plane.flatten(shapely.from_wkb(shape)) for shape, _ in footprints_of(moves)]
    return found


def _crosses_of_plan(plan: Plan) -> dict[str, int]:
    """Into how many parts the barriers cut each micro-grid, by code; nothing of a plan whose ground is not kept."""
    kept = unpack(bytes(plan.ground)) if plan.ground is not None else None
    if kept is None:
        return {}
    codes = drafts.draft(plan).now.codes if plan.state in OPEN_STATES else kept.start
    names = sorted(set(codes))
    place = {code: number for number, code in enumerate(names)}
    label = np.zeros(len(kept.graph.size), np.int64)
    label[kept.node] = [place[code] for code in codes]
    return {names[number]: parts for number, parts in crossings(kept.graph, label).items()}
