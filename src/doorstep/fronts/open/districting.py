"""Draw a plan for a community, look at it, publish it from a day or throw it away."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Router
from pydantic import Field

from doorstep.areas import plans
from doorstep.areas.actions import drawing, publishing
from doorstep.areas.actions.drawing import Wishes
from doorstep.core.access import Role
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.ids import PlanId
from doorstep.fronts.districting import approving
from doorstep.fronts.districting.places import own_plan
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.places import own_area
from doorstep.fronts.open.shapes import Code, Day, Id, Sent, Told, Yes
from doorstep.fronts.open.territory import GEOJSON, geojson

router = Router(tags=["districting"])

for_drawers = for_roles(Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY)
Digest = Annotated[str, Field(max_length=64, pattern=r"^[0-9a-f]*$")]
Households = Annotated[int, Field(strict=True, ge=1, le=100_000)]


class WishesSent(Sent):
    """The bounds of micro-grids and grids in households, and what is kept together."""

    low: Households = 50
    high: Households = 100
    grid_low: Households = 200
    grid_high: Households = 500
    count: Literal["lived_in", "dwellings"] = "lived_in"
    keep_compounds: Yes = False
    effort: Literal["quick", "standard", "thorough"] = "standard"
    seed: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 0


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
    return plan_told(drawing.draw(community.pk, Wishes(**said.model_dump()), by=request.actor, at=request.at))


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
