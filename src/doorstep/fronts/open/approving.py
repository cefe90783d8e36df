"""Submit a plan, see what waits for one's own desk, approve a plan or send it back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from doorstep.areas import approvals
from doorstep.areas.actions import approving as actions
from doorstep.core.ids import PlanId
from doorstep.fronts.districting import approving
from doorstep.fronts.districting.places import own_plan
from doorstep.fronts.open.districting import Plan, for_drawers, plan_told
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.shapes import Id, Sent, Text, Told

router = Router(tags=["districting"])


class DigestSent(Sent):
    """Which plan was looked at, as `approval` tells it: what was changed since is not approved."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class WhyBackSent(Sent):
    """Why the plan goes back, for whoever drew it."""

    reason: Annotated[Text, Field(min_length=1, max_length=actions.MOST_REASON)]


class ApprovalStepTold(Told):
    """A step of a plan towards publication: `submit`, `approve`, `send_back`, …; `is_own` where nobody was above."""

    seq: int
    kind: str
    at: datetime
    by_role: str
    by_post: int | None
    reason: str
    digest: str
    is_own: bool


class ApprovalTold(Told):
    """How a plan stands: its digest while it is open, who is asked, whether the caller may approve it, its steps."""

    state: str
    digest: str
    asks: str
    may_approve: bool
    steps: list[ApprovalStepTold]


class WaitingTold(Told):
    """A plan that waits for an answer of the caller's desk."""

    plan: int
    community: str
    since: datetime


@router.get("/approvals", response=list[WaitingTold])
@for_drawers
def list_waiting_plans(request: Request) -> list[dict[str, Any]]:
    waiting = approving.waiting_for(request.actor, request.at)
    return [{"plan": each.plan.pk, "community": each.plan.community.code, "since": each.since} for each in waiting]


@router.get("/plans/{plan}/approval", response=ApprovalTold)
@for_drawers
def show_approval(request: Request, plan: Id) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    approval = approving.approval_of(found, request.actor, request.at)
    names = ("seq", "kind", "at", "by_role", "by_post", "reason", "digest", "is_own")
    return {
        "state": found.state,
        "digest": approval.digest,
        "asks": approval.asks,
        "may_approve": approval.may,
        "steps": [{name: getattr(step, name) for name in names} for step in approvals.steps_of(plan)],
    }


@router.post("/plans/{plan}/submit", response=Plan)
@for_drawers
def submit_plan(request: Request, plan: Id) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    in_post = approving.seats_above(found, request.at)
    actions.submit(PlanId(plan), by=request.actor, at=request.at, in_post=in_post)
    return _as_it_is(request, plan)


@router.post("/plans/{plan}/withdraw", response=Plan)
@for_drawers
def withdraw_plan(request: Request, plan: Id) -> dict[str, Any]:
    own_plan(request, plan)
    actions.withdraw(PlanId(plan), by=request.actor, at=request.at)
    return _as_it_is(request, plan)


@router.post("/plans/{plan}/approve", response=Plan)
@for_drawers
def approve_plan(request: Request, plan: Id, said: DigestSent) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    in_post = approving.seats_above(found, request.at)
    actions.approve(PlanId(plan), said.digest, by=request.actor, at=request.at, in_post=in_post)
    return _as_it_is(request, plan)


@router.post("/plans/{plan}/send-back", response=Plan)
@for_drawers
def send_back_plan(request: Request, plan: Id, said: WhyBackSent) -> dict[str, Any]:
    found, _ = own_plan(request, plan)
    in_post = approving.seats_above(found, request.at)
    actions.send_back(PlanId(plan), said.reason, by=request.actor, at=request.at, in_post=in_post)
    return _as_it_is(request, plan)


def _as_it_is(request: Request, plan: int) -> dict[str, Any]:
    return plan_told(own_plan(request, plan)[0])
