"""Draw a plan for a community: every building in a micro-grid, every micro-grid in a grid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from doorstep.areas.dividing import House, arrays_of, certificate_of, divide_apart, facts_of, mark_of
from doorstep.areas.grounds import as_drawn, cells_of_atoms, judge_drawn, pack
from doorstep.areas.models import Area, BaseMapFeature, Building, Plan, PlanAtom, PlanPiece, PlanState
from doorstep.core.access import Actor
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.engines.districting import Bounds, DistrictingError

if TYPE_CHECKING:
    from doorstep.engines.districting import Buildings, Division


class DrawingRefused(Refusal):
    """These buildings cannot be divided as asked."""


@dataclass(frozen=True)
class Wishes:
    """What a desk asks for. `count` is "lived_in" or "dwellings"; compounds may be kept together where they fit."""

    low: int = 50
    high: int = 100
    grid_low: int = 200
    grid_high: int = 500
    count: str = "lived_in"
    keep_compounds: bool = False
    effort: str = "standard"
    seed: int = 0


@dataclass(frozen=True, eq=False)
class Question:
    """A community as the engine is asked about it; `mark` is the same for the same buildings and wishes."""

    community: int
    wishes: Wishes
    rows: Sequence[Building]
    plane: Projection
    buildings: Buildings
    options: Mapping[str, Any]
    mark: str


def draw(community: int, wishes: Wishes, *, by: Actor, at: datetime) -> Plan:
    """A draft with sizes, polygons and reasons; it changes nothing of what is in force."""
    asked = ask(community, wishes)
    try:
        division = divide_apart(asked.buildings, asked.options)
    except DistrictingError as error:
        raise DrawingRefused(say("districting-refused", reason=str(error)), say("districting-refused-try")) from error
    return keep(asked, division, by=by, at=at)


def ask(community: int, wishes: Wishes) -> Question:
    """What the engine is to be asked about a community; refuses wishes that contradict each other."""
    if wishes.low > wishes.high or wishes.grid_low > wishes.grid_high:
        raise DrawingRefused(say("districting-bounds-crossed"), say("districting-bounds-crossed-try"), "low")
    rows = list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
    if not rows:
        raise DrawingRefused(say("districting-no-buildings"), say("districting-no-buildings-try"))
    plane = _plane(rows)
    try:
        buildings = arrays_of([_house(row, wishes.count) for row in rows], plane)
    except DistrictingError as error:
        raise DrawingRefused(say("districting-refused", reason=str(error)), say("districting-refused-try")) from error
    options = {
        "bounds": Bounds(wishes.low, wishes.high),
        "grid_bounds": Bounds(wishes.grid_low, wishes.grid_high),
        "barriers": _barriers(community, plane),
        "keep_together": buildings.compounds if wishes.keep_compounds else None,
        "effort": wishes.effort,
        "seed": wishes.seed,
    }
    return Question(community, wishes, rows, plane, buildings, options, mark_of(buildings, options))


def _plane(rows: Sequence[Building]) -> Projection:
    """The zone in which these buildings' metres were reckoned, whichever zone each lies in."""
    zones = {Projection.of(row.lon) for row in rows}
    return min(zones, key=lambda zone: abs(zone.metres(rows[0].lon, rows[0].lat)[0] - rows[0].x))


def _house(row: Building, count: str) -> House:
    households = households_of(row, count)
    return House(shapely.from_wkb(bytes(row.footprint)), households, row.floors, row.compound, row.entrances)


def households_of(building: Building, count: str) -> int:
    """Lived-in households, or dwellings where nothing better is known."""
    if count == "lived_in" and building.lived_in is not None:
        return building.lived_in
    return building.dwellings


def _barriers(community: int, plane: Projection) -> list[shapely.Geometry]:
    shapes = BaseMapFeature.objects.filter(community=community, is_barrier=True).values_list("shape", flat=True)
    return [plane.flatten(shapely.from_wkb(bytes(shape))) for shape in shapes]


def keep(asked: Question, division: Division, *, by: Actor, at: datetime) -> Plan:
    """The answer as a draft."""
    community, rows, plane = asked.community, asked.rows, asked.plane
    codes = division.microgrid_codes(Area.objects.values_list("code", flat=True).get(pk=community))
    judged = judge_drawn(division)
    report = _report(division, asked)
    report["drawn"] = {**as_drawn(division, judged, codes), "grids_outside": report["grids_outside"]}
    plan = Plan.objects.create(
        community_id=community,
        state=PlanState.DRAFT,
        settings=asdict(asked.wishes),
        report=report,
        made_at=at,
        made_by_post=by.post,
        ground=pack(division, codes),
    )
    pieces = PlanPiece.objects.bulk_create(
        PlanPiece(
            plan=plan,
            grid_number=division.grids[piece.grid].number,
            microgrid_number=piece.number,
            code=codes[number],
            households=piece.households,
            certificate=None if piece.is_in_range else certificate_of(piece),
            outline=shapely.to_wkb(plane.unflatten(piece.polygon)),
            cost=judged[number].cost if judged else None,
        )
        for number, piece in enumerate(division.microgrids)
    )
    PlanAtom.objects.bulk_create(_atoms(division, pieces, rows, plane), batch_size=2000)
    return plan


def _atoms(
    division: Division, pieces: Sequence[PlanPiece], rows: Sequence[Building], plane: Projection
) -> list[PlanAtom]:
    atoms = division.atoms
    sections = np.bincount(atoms.building, atoms.section > 0)
    cells = cells_of_atoms(division, plane)
    return [
        PlanAtom(
            position=i,
            piece=pieces[int(division.microgrid[i])],
            building=rows[int(atoms.building[i])],
            # One way in needs no number.
            entrance=int(atoms.section[i]) + 1 if sections[atoms.building[i]] else None,
            floor_from=_or_none(atoms.floor_from[i]),
            floor_to=_or_none(atoms.floor_to[i]),
            households=int(atoms.households[i]),
            cell=cells.get(i),
        )
        for i in range(len(atoms.households))
    ]


def _or_none(value: Any) -> int | None:
    return int(value) if value > 0 else None


def _report(division: Division, asked: Question) -> dict[str, Any]:
    return {
        "microgrids": len(division.microgrids),
        "grids": len(division.grids),
        "households": division.households,
        "grid_sizes": [grid.households for grid in division.grids],
        "in_range": sum(piece.is_in_range for piece in division.microgrids),
        "grids_in_range": sum(grid.is_in_range for grid in division.grids),
        "grids_outside": [
            {"number": grid.number, "households": grid.households, **certificate_of(grid)}
            for grid in division.grids
            if not grid.is_in_range
        ],
        "cost_per_piece": round(division.cost_per_piece, 4),
        "count": asked.wishes.count,
        "question": asked.mark,
        "buildings": len(asked.rows),
        "estimated_buildings": sum(row.lived_in_basis == "estimated" and row.dwellings > 0 for row in asked.rows),
        "remarks": [facts_of(each) for each in division.remarks],
    }
