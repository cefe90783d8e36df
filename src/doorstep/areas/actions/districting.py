"""Draw a plan for a community, publish it from a day, and put it in force on that day."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from doorstep.areas.models import Area, BaseMapFeature, Building, Plan, PlanAtom, PlanPiece, PlanState
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.geometry.metres import Projection
from doorstep.core.ids import AreaId, PlanId
from doorstep.core.postgres import home
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.areas import PlanInForce

if TYPE_CHECKING:
    from doorstep.engines.districting import Buildings, Division

LONGEST_S = 300


class DrawingRefused(Refusal):
    """These buildings cannot be divided as asked."""


class PlanRefused(Refusal):
    """This plan cannot be published or discarded now."""


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


def draw(community: int, wishes: Wishes, *, by: Actor, at: datetime) -> Plan:
    """A draft: every building in a micro-grid, every micro-grid in a grid, with sizes, polygons and reasons."""
    rows = list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
    if not rows:
        raise DrawingRefused(say("districting-no-buildings"), say("districting-no-buildings-try"))
    # The metres in which the county's first building was kept are the county's metres.
    plane = _plane(rows)
    division = _divide(rows, plane, community, wishes)
    return _keep(community, division, rows, plane, wishes, by, at)


def _plane(rows: list[Building]) -> Projection:
    """The zone in which these buildings' metres were reckoned, whichever zone each lies in."""
    zones = {Projection.of(row.lon) for row in rows}
    return min(zones, key=lambda zone: abs(zone.metres(rows[0].lon, rows[0].lat)[0] - rows[0].x))


def _divide(rows: list[Building], plane: Projection, community: int, wishes: Wishes) -> Division:
    from doorstep.engines.districting.problem import Bounds, DistrictingError

    try:
        options = {
            "bounds": Bounds(wishes.low, wishes.high),
            "grid_bounds": Bounds(wishes.grid_low, wishes.grid_high),
            "barriers": _barriers(community, plane),
            "effort": wishes.effort,
            "seed": wishes.seed,
        }
        buildings = _arrays(rows, plane, wishes)
        if wishes.keep_compounds:
            options["keep_together"] = buildings.compounds
        answer = run_apart(buildings, options)
    except DistrictingError as error:
        raise DrawingRefused(say("districting-refused", reason=str(error)), say("districting-refused-try")) from error
    return answer


def run_apart(buildings: Buildings, options: dict[str, Any]) -> Division:
    """`divide` in a process of its own, which takes the compiler and its memory with it."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(home() / "kernels")}
    done = subprocess.run(
        [sys.executable, "-m", "doorstep.engines.districting"],
        input=pickle.dumps((buildings, options)),
        capture_output=True,
        env=environment,
        timeout=LONGEST_S,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"The districting process failed: {done.stderr.decode(errors='replace')[-2000:]}")
    answer = pickle.loads(done.stdout)  # noqa: S301 - written by our own child
    if isinstance(answer, Exception):
        raise answer
    return answer  # type: ignore[no-any-return]


def _arrays(rows: list[Building], plane: Projection, wishes: Wishes) -> Buildings:
    from doorstep.engines.districting.problem import Buildings

    shapes = shapely.from_wkb([bytes(row.footprint) for row in rows])
    flat = np.array([plane.flatten(shape) for shape in shapes], dtype=object)
    names = sorted({row.compound for row in rows} - {""})
    number = {name: i for i, name in enumerate(names)} | {"": -1}
    return Buildings(
        xy=np.array([(row.x, row.y) for row in rows]),
        households=np.array([households_of(row, wishes.count) for row in rows]),
        footprints=flat if all(shapely.area(flat) > 0) else None,
        floors=np.array([row.floors or 0 for row in rows]),
        compounds=np.array([number[row.compound] for row in rows]),
        entrances=np.array([row.entrances or 0 for row in rows]),
    )


def households_of(building: Building, count: str) -> int:
    """Lived-in households, or dwellings where nothing better is known."""
    if count == "lived_in" and building.lived_in is not None:
        return building.lived_in
    return building.dwellings


def _barriers(community: int, plane: Projection) -> list[Any]:
    shapes = BaseMapFeature.objects.filter(community=community, is_barrier=True).values_list("shape", flat=True)
    return [plane.flatten(shapely.from_wkb(bytes(shape))) for shape in shapes]


def _keep(
    community: int, division: Division, rows: list[Building], plane: Projection, wishes: Wishes, by: Actor, at: datetime
) -> Plan:
    code = Area.objects.values_list("code", flat=True).get(pk=community)
    plan = Plan.objects.create(
        community_id=community,
        state=PlanState.DRAFT,
        settings=asdict(wishes),
        report=_report(division, rows, wishes),
        made_at=at,
        made_by_post=by.post,
    )
    outlines = shapely.to_wkb([plane.unflatten(piece.polygon) for piece in division.microgrids])
    pieces = PlanPiece.objects.bulk_create(
        PlanPiece(
            plan=plan,
            grid_number=division.grids[piece.grid].number,
            microgrid_number=piece.number,
            code=piece_code,
            households=piece.households,
            certificate=None if piece.is_in_range else _certificate(piece),
            outline=outline,
        )
        for piece, piece_code, outline in zip(
            division.microgrids, division.microgrid_codes(code), outlines, strict=True
        )
    )
    atoms = division.atoms
    PlanAtom.objects.bulk_create(
        [
            PlanAtom(
                piece=pieces[int(division.microgrid[i])],
                building=rows[int(atoms.building[i])],
                entrance=_or_none(atoms.section[i]),
                floor_from=_or_none(atoms.floor_from[i]),
                floor_to=_or_none(atoms.floor_to[i]),
                households=int(atoms.households[i]),
            )
            for i in range(len(atoms.households))
        ],
        batch_size=2000,
    )
    return plan


def _or_none(value: Any) -> int | None:
    return int(value) if value > 0 else None


def _certificate(piece: Any) -> dict[str, Any]:
    proof = piece.certificate.proof.value if piece.certificate is not None else ""
    return {"proof": proof, "reasons": [_reason(reason) for reason in piece.reasons]}


def _reason(reason: Any) -> dict[str, Any]:
    return {"kind": reason.kind.value, "facts": {name: int(value) for name, value in reason.facts.items()}}


def _report(division: Division, rows: list[Building], wishes: Wishes) -> dict[str, Any]:
    sizes = [piece.households for piece in division.microgrids]
    estimated = sum(1 for row in rows if row.lived_in_basis == "estimated" and row.dwellings)
    return {
        "microgrids": len(sizes),
        "grids": len(division.grids),
        "households": division.households,
        "sizes": sizes,
        "grid_sizes": [grid.households for grid in division.grids],
        "in_range": sum(piece.is_in_range for piece in division.microgrids),
        "grids_in_range": sum(grid.is_in_range for grid in division.grids),
        "cost_per_piece": round(division.cost_per_piece, 4),
        "count": wishes.count,
        "estimated_buildings": estimated,
        "buildings": len(rows),
        "grid_reasons": {str(grid.number): [_reason(each) for each in grid.reasons] for grid in division.grids},
        "piece_reasons": [[_reason(each) for each in piece.reasons] for piece in division.microgrids],
        "remarks": [_reason(each) for each in division.remarks],
    }


def publish(plan: PlanId, from_on: date, *, by: Actor, at: datetime) -> None:
    """From that day the plan is in force. Publishing for today puts it in force now."""
    row = Plan.objects.select_for_update().get(pk=plan)
    if row.state != PlanState.DRAFT:
        raise PlanRefused(say("districting-not-a-draft"), say("districting-not-a-draft-try"))
    if from_on < local_date(at):
        raise PlanRefused(say("districting-in-the-past"), say("districting-in-the-past-try"), "from_on")
    Plan.objects.filter(community=row.community_id, state=PlanState.PUBLISHED).update(state=PlanState.DRAFT)
    row.state, row.in_force_from = PlanState.PUBLISHED, from_on
    row.save(update_fields=["state", "in_force_from"])
    audit.deed("published-plan", str(plan), by=by, at=at, facts={"from": from_on.isoformat()})
    put_in_force(at=at, only=plan)


def discard(plan: PlanId, *, by: Actor, at: datetime) -> None:
    """A draft that nobody wants; it stays readable and cannot be published."""
    if not Plan.objects.filter(pk=plan, state__in=[PlanState.DRAFT, PlanState.PUBLISHED]).update(
        state=PlanState.DISCARDED
    ):
        raise PlanRefused(say("districting-not-a-draft"), say("districting-not-a-draft-try"))
    audit.deed("discarded-plan", str(plan), by=by, at=at)


def put_in_force(*, at: datetime, only: PlanId | None = None) -> int:
    """Put every published plan in force whose day has come; the worker asks each day. How many were."""
    today = local_date(at)
    with acting_as(WORKER, because="put plans in force"):
        due = Plan.objects.filter(state=PlanState.PUBLISHED, in_force_from__lte=today)
        plans = list((due.filter(pk=only) if only is not None else due).select_for_update())
        for plan in plans:
            tell([_put_in_force(plan, today, at)])
    return len(plans)


def _put_in_force(plan: Plan, today: date, at: datetime) -> PlanInForce:
    community = Area.objects.get(pk=plan.community_id)
    old = {area.code: area for area in Area.objects.filter(community=community, level__in=["grid", "microgrid"],
                                                           valid_until=None)}  # fmt: skip
    pieces = list(plan.pieces.order_by("code"))
    kept = {piece.code for piece in pieces if _is_unchanged(old.get(piece.code), piece)}
    grids_wanted: dict[str, list[PlanPiece]] = {}
    for piece in pieces:
        grids_wanted.setdefault(piece.code[:15], []).append(piece)
    kept |= {code for code, inside in grids_wanted.items() if code in old and all(each.code in kept for each in inside)}
    ended = {area.pk: area.level for code, area in old.items() if code not in kept}
    Area.objects.filter(pk__in=ended).update(valid_until=today)
    begun: dict[int, str] = {}
    for code, inside in grids_wanted.items():
        grid = old[code] if code in kept else _begin_grid(code, inside, community, plan, today)
        if code not in kept:
            begun[grid.pk] = "grid"
        fresh = [piece for piece in inside if piece.code not in kept]
        for area in Area.objects.bulk_create(_microgrid(piece, grid, community, plan, today) for piece in fresh):
            begun[area.pk] = "microgrid"
        Area.objects.filter(code__in=[each.code for each in inside], valid_until=None).update(parent=grid, grid=grid)
    Plan.objects.filter(community=community, state=PlanState.IN_FORCE).update(
        state=PlanState.PAST, in_force_until=today
    )
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.IN_FORCE, in_force_from=today)
    return PlanInForce(PlanId(plan.pk), AreaId(community.pk), begun, ended, at)


def _is_unchanged(area: Area | None, piece: PlanPiece) -> bool:
    return area is not None and area.outline is not None and bytes(area.outline) == bytes(piece.outline)


def _begin_grid(code: str, inside: list[PlanPiece], community: Area, plan: Plan, today: date) -> Area:
    outline = shapely.coverage_union_all(shapely.from_wkb([bytes(each.outline) for each in inside]))
    grid = Area.objects.create(
        code=code,
        level="grid",
        name=text("areas-grid-name", lang="zh", number=int(code[12:])),
        parent=community,
        county=community.county,
        subdistrict=community.subdistrict,
        community=community,
        plan=plan,
        outline=shapely.to_wkb(outline),
        households=sum(each.households for each in inside),
        is_sample=community.is_sample,
        valid_from=today,
    )
    Area.objects.filter(pk=grid.pk).update(grid=grid)
    return grid


def _microgrid(piece: PlanPiece, grid: Area, community: Area, plan: Plan, today: date) -> Area:
    return Area(
        code=piece.code,
        level="microgrid",
        name=text("areas-microgrid-name", lang="zh", grid=piece.grid_number, number=piece.microgrid_number),
        parent=grid,
        county_id=community.county_id,
        subdistrict_id=community.subdistrict_id,
        community=community,
        grid=grid,
        plan=plan,
        outline=bytes(piece.outline),
        households=piece.households,
        is_sample=community.is_sample,
        valid_from=today,
    )
