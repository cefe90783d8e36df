"""Draw a plan for a community, look at it, publish it from a day or throw it away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from doorstep.areas import plans
from doorstep.areas.actions import drawing, publishing
from doorstep.areas.moves import moves_of
from doorstep.core.access import Role
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts.districting import approving
from doorstep.fronts.districting.places import own_plan
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.places import own_area
from doorstep.fronts.open.shapes import Code, Day, Id, Sent, Told
from doorstep.fronts.open.territory import GEOJSON, geojson
from doorstep.fronts.open.wishing import WishesSent

router = Router(tags=["districting"])

for_drawers = for_roles(Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY)
Digest = Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")]


class Divisible(Told):
    """A community with its buildings and how many households they are thought to hold."""

    code: str
    name: str
    buildings: int
    lived_in: int
    dwellings: int
    estimated: int


class Plan(Told):
    """One result of districting; `report` holds its figures, `settings` what was wished."""

    id: int
    state: str
    made_at: datetime
    in_force_from: date | None
    in_force_until: date | None
    settings: dict[str, Any]
    report: dict[str, Any]


class MovedHome(Told):
    """Homes that come into another micro-grid; without an entrance or floors, the whole building."""

    building: str
    entrance: int | None
    floor_from: int | None
    floor_to: int | None
    households: int
    source: str
    to: str
    kind: str
    forced: bool
    why: str


class Moves(Told):
    """Who comes into another micro-grid than in the plan that this one replaces; `households` had one before.

    `moved` counts those who come to other neighbours, `forced` those of them who have to, so that micro-grids stay in
    range; `renumbered` those whose micro-grid only has another code; `arrived` lives in buildings that are new.
    """

    compared_with: int | None
    households: int
    moved: int
    forced: int
    renumbered: int
    arrived: int
    homes: list[MovedHome]


class TakesTooLong(Refusal):
    """This is worked out apart from the calls; ask for a study."""


class FromDay(Sent):
    """The first day on which the plan is in force: today or later.

    Whoever may approve the plan approves and publishes it in one go; `digest` is then that of the plan they looked at.
    """

    from_on: Day
    digest: Digest = ""


@router.get("/districting", response=list[Divisible])
@for_drawers
def list_divisible(request: Request) -> list[dict[str, Any]]:
    return [vars(each) for each in plans.divisible(**{str(request.actor.role): request.actor.org})]


@router.get("/districting/{code}/plans", response=list[Plan])
@for_drawers
def list_plans(request: Request, code: Code) -> list[dict[str, Any]]:
    return [plan_told(each) for each in plans.plans_of(own_area(code, request).pk)]


@router.post("/districting/{code}/plans", response={201: Plan})
@for_drawers
def draw_plan(request: Request, code: Code, said: WishesSent) -> dict[str, Any]:
    community = own_area(code, request)
    if said.effort == "certified":
        # What takes minutes would hold one of few threads.
        raise TakesTooLong(say("open-certified-apart"), say("open-certified-apart-try", code=code), "effort")
    wishes = said.wishes_for(community.pk)
    return plan_told(drawing.draw(community.pk, wishes, by=request.actor, at=request.at))


@router.get("/plans/{plan}", response=Plan)
@for_drawers
def show_plan(request: Request, plan: Id) -> dict[str, Any]:
    return plan_told(own_plan(request, plan)[0])


@router.get("/plans/{plan}/outlines", openapi_extra=GEOJSON)
@for_drawers
def show_plan_outlines(request: Request, plan: Id, level: Literal["microgrid", "grid"] = "microgrid") -> Any:
    own_plan(request, plan)
    outlines = plans.microgrid_outlines if level == "microgrid" else plans.grid_outlines
    return geojson(feature_collection(outlines(plan)))


@router.get("/plans/{plan}/moves", response=Moves)
@for_drawers
def show_moves(request: Request, plan: Id) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    told, counted = moves_of(found), ("households", "moved", "forced", "renumbered", "arrived")
    if told is None:
        return {"compared_with": None, **dict.fromkeys(counted, 0), "homes": []}
    sums = {name: getattr(told, name) for name in counted}
    homes = [
        {**each.home._asdict(), **vars(each), "forced": each.is_forced, "why": str(each.why)} for each in told.rows
    ]
    return {"compared_with": told.before.pk, **sums, "homes": homes}


@router.post("/plans/{plan}/publish", response=Plan)
@for_drawers
def publish_plan(request: Request, plan: Id, said: FromDay) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    approving.publish(found, said.from_on, said.digest, by=request.actor, at=request.at)
    return plan_told(own_plan(request, plan)[0])


@router.post("/plans/{plan}/discard", response=Plan)
@for_drawers
def discard_plan(request: Request, plan: Id) -> dict[str, Any]:
    own_plan(request, plan)
    publishing.discard(PlanId(plan), by=request.actor, at=request.at)
    return plan_told(own_plan(request, plan)[0])


def plan_told(plan: plans.Plan) -> dict[str, Any]:
    names = ("state", "made_at", "in_force_from", "in_force_until", "settings", "report")
    return {"id": plan.pk, **{name: getattr(plan, name) for name in names}}
