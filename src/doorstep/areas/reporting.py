"""What there is to report of a division fresh from a file, without a database; `plan_report` tells of plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import shapely

from doorstep.areas.dividing import assurance_of, certificate_of, facts_of
from doorstep.areas.grounds import judge_drawn
from doorstep.areas.writers import report_all
from doorstep.areas.writers.report import Report, first_to_look_at
from doorstep.areas.writers.report_all import AllReport, Drawn
from doorstep.core.geometry.metres import Projection
from doorstep.core.time.zone import local
from doorstep.engines.districting.moves import MoveKind

if TYPE_CHECKING:
    from doorstep.engines.districting import Division, Standing, Weights
    from doorstep.engines.districting.graph import Graph

LIBRARIES: Final = ("numpy", "numba", "shapely", "highspy")
PLAIN_M: Final = 3.0
"""How far the ground of a community may be off on the map of all."""
LAYERS: Final = {"roads": ("road", "path", "railway"), "water": ("water",), "green": ("green",)}


def report_of_division(
    division: Division,
    plane: Projection,
    weights: Weights,
    *,
    name: str,
    community: str | None,
    settings: Mapping[str, Any],
    at: datetime,
    estimated: int,
    is_osm: bool,
    ground: Mapping[str, Sequence[shapely.Geometry]],
    moves: Mapping[str, Any] | None = None,
    shares: Sequence[Mapping[str, Any]] = (),
) -> Report:
    """The report of a division that nobody has kept; shapes of `ground` are in metres, `moves` as `moves_told`."""
    outside = {
        piece.number: {"unit": division.grid_bounds.unit, **certificate_of(piece)}
        for piece in division.grids
        if not piece.is_in_range
    }
    told = told_of(
        place={"name": name, "code": community or "", "is_sample": False},
        plan=None,
        at=at,
        settings=settings,
        figures={"buildings": int(division.atoms.building.max()) + 1, "estimated": estimated},
        pieces=_pieces_told(division, weights, community),
        certificates=outside,
        assurance=assurance_of(division),
        counts=None,
        moves=moves,
        remarks=[facts_of(each) for each in division.remarks],
        is_osm=is_osm,
        is_by_hand=False,
        shares=list(shares),
        special=_special_told(division, community),
    )
    special = [each.polygon for each in division.special]
    outlines = [piece.polygon for piece in division.microgrids]
    return Report(told, outlines, [piece.polygon for piece in division.grids], ground, special)


def _pieces_told(division: Division, weights: Weights, community: str | None) -> list[dict[str, Any]]:
    judged = judge_drawn(division, weights)
    codes = division.microgrid_codes(community) if community else [""] * len(division.microgrids)
    crosses = _crosses_of_division(division)
    return [
        {
            "name": f"{division.grids[piece.grid].number}-{piece.number}",
            "code": codes[at_],
            "grid": division.grids[piece.grid].number,
            "households": piece.households,
            "in_range": piece.is_in_range,
            "cost": round(judged[at_].cost, 4) if at_ in judged else None,
            "parts": judged[at_].parts if at_ in judged else 1,
            "crosses": crosses.get(at_, 1),
            "certificate": certificate_of(piece) if piece.reasons or not piece.is_in_range else None,
        }
        for at_, piece in enumerate(division.microgrids)
    ]


def _special_told(division: Division, community: str | None) -> list[dict[str, Any]]:
    codes = division.special_codes(community) if community else [""] * len(division.special)
    return [
        {
            "name": "",
            "number": each.number,
            "code": code,
            "households": each.households,
            "buildings": len(each.buildings),
        }
        for each, code in zip(division.special, codes, strict=True)
    ]


def made_at(at: datetime) -> dict[str, Any]:
    """When and with what a report was made."""
    return {
        "at": local(at).strftime("%Y-%m-%d %H:%M"),
        "version": version("doorstep"),
        "libraries": {name: version(name) for name in LIBRARIES},
    }


def told_of(
    *,
    at: datetime,
    figures: Mapping[str, int],
    pieces: Sequence[Mapping[str, Any]],
    certificates: Mapping[int, Any],
    **more: Any,
) -> dict[str, Any]:
    """The JSON of a report: figures, what to look at first and grids follow from the pieces."""
    grids: dict[int, list[Mapping[str, Any]]] = {}
    for piece in pieces:
        grids.setdefault(piece["grid"], []).append(piece)
    return {
        "made": made_at(at),
        **more,
        "settings": {name: value for name, value in more["settings"].items() if value is not None},
        "figures": {
            **figures,
            "households": sum(piece["households"] for piece in pieces),
            "microgrids": len(pieces),
            "in_range": sum(piece["in_range"] for piece in pieces),
            "grids": len(grids),
            "grids_in_range": len(grids) - len(certificates),
        },
        "first": first_to_look_at(pieces),
        "grids": [
            {
                "number": number,
                "microgrids": len(own),
                "households": sum(piece["households"] for piece in own),
                "certificate": certificates.get(number),
            }
            for number, own in sorted(grids.items())
        ],
        "pieces": list(pieces),
    }


def moves_told(division: Division, standing: Standing, named: Sequence[str], before: str) -> dict[str, Any]:
    """Who comes elsewhere than in the plan in force, and why; `named` are the buildings, `before` the plan."""
    atoms, moves = division.atoms, division.moves
    is_cut = np.bincount(atoms.building, atoms.section > 0) > 0
    is_known = np.isin(atoms.building, standing.building)
    columns = (moves.atom, moves.from_grid, moves.from_number, moves.to_grid, moves.to_number, moves.saves)
    rows = [
        {
            "building": named[atoms.building[atom]],
            "entrance": int(atoms.section[atom]) + 1 if is_cut[atoms.building[atom]] else None,
            "floor_from": int(atoms.floor_from[atom]) or None,
            "floor_to": int(atoms.floor_to[atom]) or None,
            "households": int(atoms.households[atom]),
            "from": f"{old_grid}-{old}",
            "to": f"{grid}-{number}",
            "kind": kind.value,
            "saves": saves,
        }
        for (atom, old_grid, old, grid, number, saves), kind in zip(
            zip(*(column.tolist() for column in columns), strict=True), moves.kind, strict=True
        )
    ]
    return {
        "before": before,
        "moved": sum(row["households"] for row in rows if row["kind"] != MoveKind.REGROUPED.value),
        "households": int(atoms.households[is_known].sum()),
        "arrived": int(atoms.households[~is_known].sum()),
        "rows": sorted(rows, key=lambda row: (row["from"], row["to"])),
    }


def _crosses_of_division(division: Division) -> dict[int, int]:
    if division.ground is None:
        return {}
    label = np.zeros(len(division.ground.graph.size), np.int64)
    label[division.ground.node] = division.microgrid
    return crossings(division.ground.graph, label)


def crossings(graph: Graph, label: Any) -> dict[int, int]:
    """In how many parts the nodes of each label lie where edges across barriers do not count."""
    from doorstep.engines.districting.graph import components, sources

    source = sources(graph)
    inside = (label[source] == label[graph.neighbour]) & ~graph.crosses
    part = components(len(label), np.c_[source[inside], graph.neighbour[inside]])
    pairs = np.unique(np.c_[label, part], axis=0)
    names, counts = np.unique(pairs[:, 0], return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def report_of_all(
    rows: Sequence[Mapping[str, Any]],
    refused: Mapping[str, str],
    drawn: Callable[[str], Drawn],
    *,
    settings: Mapping[str, Any],
    seconds: float,
    at: datetime,
    of_file: str = "",
    is_osm: bool = False,
) -> AllReport:
    """The report of many communities; `drawn` gives the micro-grids of one, their shapes in degrees of WGS 84.

    They are asked for one by one, and of most only the ground is kept, so that a province fits into the memory.
    """
    first = report_all.first_to_look_at(rows)
    wanted, kept = {each["community"] for each in first}, {}
    outlines: dict[str, shapely.Geometry] = {}
    located, plane = [], None
    for row in rows:
        found = drawn(row["community"])
        if not len(found.outlines):
            located.append(row)
            continue
        middle = shapely.point_on_surface(found.outlines[0])
        # All lie in one plane on the map of all; a map of one has its own.
        plane = plane or Projection.of(middle.x)
        ground = shapely.coverage_union_all(found.outlines)
        outlines[row["community"]] = shapely.simplify(plane.flatten(ground), PLAIN_M)
        located.append({**row, "at": [round(middle.x, 5), round(middle.y, 5)]})
        if row["community"] in wanted:
            own = Projection.of(middle.x)
            kept[row["community"]] = Drawn(found.pieces, [own.flatten(shape) for shape in found.outlines])
    return AllReport(
        made_at(at),
        settings,
        located,
        refused,
        round(seconds, 3),
        first,
        kept,
        outlines,
        of_file=of_file,
        is_osm=is_osm,
    )
