"""Draw a plan for a community: every building in a micro-grid, every micro-grid in a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from doorstep.areas import special_grids
from doorstep.areas.actions.outlining import barriers_of, follow_walls, plane_of
from doorstep.areas.amounts import amounts_of
from doorstep.areas.as_they_stand import codes_now, grids_of, kept_of
from doorstep.areas.counts import counts_of, households_of
from doorstep.areas.dividing import (
    House,
    arrays_of,
    assurance_of,
    certificate_of,
    divide_apart,
    facts_of,
    mark_of,
    shares_told,
)
from doorstep.areas.grounds import as_drawn, cells_of_atoms, judge_drawn, pack
from doorstep.areas.models import (
    Area,
    Building,
    Plan,
    PlanAtom,
    PlanPiece,
    PlanSpecial,
    PlanState,
    PlanStep,
    SpecialGrid,
    StepKind,
)
from doorstep.areas.moves import standing_of, ways_of
from doorstep.areas.plans import plan_in_force
from doorstep.areas.refused import refused
from doorstep.areas.rules.codes import AreaCode, grid_code
from doorstep.areas.rules.wishes import COUNTS as COUNTS
from doorstep.areas.rules.wishes import EFFORTS as EFFORTS
from doorstep.areas.rules.wishes import LINES as LINES
from doorstep.areas.rules.wishes import MOST_HOUSEHOLDS as MOST_HOUSEHOLDS
from doorstep.areas.rules.wishes import MOST_WEIGHT as MOST_WEIGHT
from doorstep.areas.rules.wishes import STAY as STAY
from doorstep.areas.rules.wishes import UNITS as UNITS
from doorstep.areas.rules.wishes import WEIGHTS as WEIGHTS
from doorstep.areas.rules.wishes import Wishes as Wishes
from doorstep.areas.rules.wishes import again as again
from doorstep.areas.rules.wishes import refuse_contradictions
from doorstep.areas.rules.wishes import weights_of as weights_of
from doorstep.areas.rules.wishes import wishes_of as wishes_of
from doorstep.core.access import Actor
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.engines.districting import DistrictingError

if TYPE_CHECKING:
    from doorstep.engines.districting import Buildings, Division
    from doorstep.engines.districting.problem import Progress


class DrawingRefused(Refusal):
    """These buildings cannot be divided as asked."""


@dataclass(frozen=True, eq=False)
class Question:
    """A community as the engine is asked about it; `mark` is the same for the same buildings and wishes.

    `standing` is the plan in force, to which the answer is compared; `special` are cut out first.
    """

    community: int
    wishes: Wishes
    rows: Sequence[Building]
    special: Sequence[SpecialGrid]
    plane: Projection
    buildings: Buildings
    options: Mapping[str, Any]
    mark: str
    standing: int | None


def draw(
    community: int,
    wishes: Wishes,
    *,
    by: Actor,
    at: datetime,
    progress: Progress | None = None,
    longest_s: float | None = None,
) -> Plan:
    """A draft with sizes, polygons and reasons; it changes nothing of what is in force."""
    asked = ask(community, wishes)
    return keep(asked, divided(asked, progress, longest_s=longest_s), by=by, at=at)


def staying(community: int, wishes: Wishes) -> Wishes:
    """The wishes of somebody who does not say how strictly residents stay where they are: as the desk usually does."""
    return again(wishes) if plan_in_force(community) else wishes


def divided(asked: Question, progress: Progress | None = None, *, longest_s: float | None = None) -> Division:
    """The answer of the engine; refuses what cannot be divided, or takes too long."""
    # What may take hours is asked for at the command line, where somebody watches.
    longest_s = inf if asked.wishes.effort == "proven" else longest_s
    with refusing_in_words(asked.rows):
        return divide_apart(asked.buildings, asked.options, longest_s=longest_s, progress=progress)


@contextmanager
def refusing_in_words(rows: Sequence[Building] = ()) -> Iterator[None]:
    """What the engine refuses within it is refused in the reader's words; `rows` are the buildings in its order."""
    try:
        yield
    except DistrictingError as error:
        named = [row.name or row.address or f"#{row.pk}" for row in rows]
        raise DrawingRefused(*refused(error, named)) from error


def ask(community: int, wishes: Wishes) -> Question:
    """What the engine is to be asked about a community; refuses wishes that contradict each other."""
    refuse_contradictions(wishes)
    rows = list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
    if not rows:
        raise DrawingRefused(say("districting-no-buildings"), say("districting-no-buildings-try"))
    plane = plane_of(rows)
    with refusing_in_words(rows):
        buildings = arrays_of([_house(row, wishes.count) for row in rows], plane)
    in_force = plan_in_force(community)
    standing = standing_of(in_force.pk, rows) if in_force else None
    special = special_grids.kept(community)
    options = {
        "bounds": wishes.bounds,
        "grid_bounds": wishes.grid_bounds,
        "weights": wishes.weights,
        "barriers": barriers_of(community, plane),
        "uncrossable": barriers_of(community, plane, kinds=wishes.uncrossable),
        "balances": amounts_of(community, rows, wishes.balances),
        "given_grids": grids_of(in_force, rows) if wishes.grids_stay else None,
        "keep_together": buildings.compounds if wishes.keep_compounds else None,
        "effort": wishes.effort,
        "seed": wishes.seed,
        "standing": standing,
        "kept": kept_of(community, wishes, rows),
        "special": [plane.flatten(shape) for shape in special_grids.shapes_of(special)],
    }
    named = [(each.number, each.name) for each in special]
    mark = mark_of(buildings, {**options, "special_named": named})
    return Question(
        community, wishes, rows, special, plane, buildings, options, mark, in_force.pk if in_force else None
    )


def _house(row: Building, count: str) -> House:
    households = households_of(row, count)
    return House(shapely.from_wkb(bytes(row.footprint)), households, row.floors, row.compound, row.entrances)


def keep(asked: Question, division: Division, *, by: Actor, at: datetime) -> Plan:
    """The answer as a draft."""
    community, rows, plane = asked.community, asked.rows, asked.plane
    code = Area.objects.values_list("code", flat=True).get(pk=community)
    codes = division.microgrid_codes(code)
    judged = judge_drawn(division, asked.wishes.weights)
    report = _report(division, asked) | {"standing": asked.standing, "moves": ways_of(division, code)}
    drawn = as_drawn(division, asked.wishes.weights, judged, codes)
    report["drawn"] = {**drawn, "grids_outside": report["grids_outside"]}
    plan = Plan.objects.create(
        community_id=community,
        state=PlanState.DRAFT,
        settings=asdict(asked.wishes),
        report=report,
        made_at=at,
        made_by_post=by.post,
        made_by_account=by.account,
        made_by_role=str(by.role),
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
    plan.report["special"] = _cut_out(plan, code, division, asked)
    follow_walls(plan)
    plan.report["counts"] = counts_of(plan)
    plan.save(update_fields=["report"])
    _lock_what_stays(plan, asked.wishes, by, at)
    return plan


def _lock_what_stays(plan: Plan, wishes: Wishes, by: Actor, at: datetime) -> None:
    """What was to stay as it is stays locked, whoever changes the draft by hand."""
    PlanStep.objects.bulk_create(
        PlanStep(
            plan=plan,
            seq=seq,
            at=at,
            by_post=by.post,
            by_account=by.account,
            by_role=str(by.role),
            kind=StepKind.LOCK,
            facts={"code": code},
        )
        for seq, code in enumerate(codes_now(plan, wishes), start=1)
    )


def _cut_out(plan: Plan, community: str, division: Division, asked: Question) -> list[dict[str, Any]]:
    """Keep the special grids as they were cut out, each under the code that is its own; what a report says of them."""
    rows = [
        PlanSpecial(
            plan=plan,
            special=special,
            code=grid_code(AreaCode(community), special.number),
            name=special.name,
            households=cut.households,
            buildings=len(cut.buildings),
            outline=shapely.to_wkb(asked.plane.unflatten(cut.polygon)),
        )
        for special, cut in zip(asked.special, division.special, strict=True)
    ]
    taken = {grid_code(AreaCode(community), grid.number) for grid in division.grids} & {row.code for row in rows}
    if taken:
        raise DrawingRefused(say("special-number-taken", code=min(taken)), say("special-number-taken-try"))
    PlanSpecial.objects.bulk_create(rows)
    return [
        {"code": row.code, "name": row.name, "households": row.households, "buildings": row.buildings} for row in rows
    ]


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
            {
                "number": grid.number,
                "households": grid.households,
                "unit": division.grid_bounds.unit,
                **certificate_of(grid),
            }
            for grid in division.grids
            if not grid.is_in_range
        ],
        "cost_per_piece": round(division.cost_per_piece, 4),
        "assurance": assurance_of(division),
        "count": asked.wishes.count,
        "question": asked.mark,
        "buildings": len(asked.rows),
        "estimated_buildings": sum(row.lived_in_basis == "estimated" and row.dwellings > 0 for row in asked.rows),
        "remarks": [facts_of(each) for each in division.remarks],
        "shares": shares_told(division, asked.buildings, asked.options["balances"]),
    }
