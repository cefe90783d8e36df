"""Submit a plan, answer it as the level above, and see what came of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from doorstep.areas import approvals, plans
from doorstep.areas.actions import approving, publishing
from doorstep.areas.approvals import Seat, Verdict, approval_by, approving_level
from doorstep.core.access import Actor, Role
from doorstep.core.ids import PlanId
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.districting.places import drawers, own_plan
from doorstep.fronts.parts import Step
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import queries as staff

ANSWERED = {Verdict.MAY, Verdict.OWN}
TONES = {"approve": "done", "publish": "done", "send_back": "alarm", "discard": "quiet", "submit": "moving"}


@dataclass(frozen=True)
class Approval:
    """How a plan stands for whoever looks at it: what they may do, who is asked, and what was done."""

    may: bool
    is_own: bool
    drew: bool
    asks: str
    digest: str
    sent_back: str
    steps: list[Step]


def approval_of(plan: plans.Plan, by: Actor, at: datetime) -> Approval:
    """What the page of a plan says about its way to publication."""
    in_post = seats_above(plan, at)
    found = approving.verdict(plan, by, in_post)
    newest = approvals.latest(plan.pk)
    was_sent_back = newest is not None and newest.kind == "send_back"
    return Approval(
        may=found in ANSWERED,
        is_own=found is Verdict.OWN,
        drew=found is Verdict.DREW,
        asks=approving_level(approvals.hands_of(plan), in_post),
        digest=approvals.digest_of(plan) if plan.state in plans.OPEN_STATES else "",
        sent_back=newest.reason if newest is not None and was_sent_back else "",
        steps=told(plan),
    )


def seats_above(plan: plans.Plan, at: datetime) -> list[Seat]:
    """The desks of the plan's community and above it that somebody holds."""
    return _seats(staff.desks_in_post([plan.community_id], local_date(at))[plan.community_id])


def _seats(held: Collection[staff.DeskSeat]) -> list[Seat]:
    return [Seat(each.level, each.account, each.post) for each in held]


def told(plan: plans.Plan) -> list[Step]:
    """The life of a plan in words: drawn, submitted, approved or sent back, published."""
    steps = approvals.steps_of(plan.pk)
    titles = staff.post_titles({each.by_post for each in steps if each.by_post is not None} | {plan.made_by_post or 0})
    drawn = Step(say("approval-did-draw"), plan.made_at, _who(plan.made_by_post, plan.made_by_role, titles))
    return [
        drawn,
        *(
            Step(
                say(f"approval-did-{each.kind.replace('_', '-')}{'-own' if each.is_own else ''}"),
                each.at,
                _who(each.by_post, each.by_role, titles),
                note=each.reason,
                tone=TONES.get(each.kind, "quiet"),
            )
            for each in steps
        ),
    ]


def _who(post: int | None, role: str, titles: dict[int, tuple[str, str]]) -> str | Message:
    if post in titles:
        return title_of(*titles[post])
    return say("approval-machine") if role == Role.WORKER else say("approval-somebody")


# What waits -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Waiting:
    """A plan that waits for an answer of whoever looks."""

    plan: plans.Plan
    since: datetime
    who: str | Message


def waiting_for(by: Actor, at: datetime) -> list[Waiting]:
    """The submitted plans that this desk is asked to answer, the one that has waited longest first."""
    found = approvals.awaiting(**{str(by.role): by.org})
    if not found:
        return []
    held = staff.desks_in_post({plan.community_id for plan in found}, local_date(at))
    hands = approvals.hands_of_all(found)
    mine = [plan for plan in found if _is_asked(by, hands[plan.pk], _seats(held[plan.community_id]))]
    sent = approvals.latest_submits([plan.pk for plan in mine])
    titles = staff.post_titles({step.by_post for step in sent.values() if step.by_post is not None})
    return [
        Waiting(plan, step.at, _who(step.by_post, step.by_role, titles))
        for plan in mine
        if (step := sent.get(plan.pk)) is not None
    ]


def _is_asked(by: Actor, hands: Collection[Seat], in_post: Collection[Seat]) -> bool:
    level = approving_level(hands, in_post)
    return level in ("", str(by.role)) and approval_by(approvals.seat_of(by), hands, in_post) in ANSWERED


# What is done ---------------------------------------------------------------------------------------------------------


@drawers
@require_POST
def submit(request: Any, plan: int) -> HttpResponse:
    found, _ = own_plan(request, plan)
    approving.submit(PlanId(plan), by=request.actor, at=request.at, in_post=seats_above(found, request.at))
    return redirect("desk-plan", plan=plan)


@drawers
@require_POST
def withdraw(request: Any, plan: int) -> HttpResponse:
    own_plan(request, plan)
    approving.withdraw(PlanId(plan), by=request.actor, at=request.at)
    return redirect("desk-plan", plan=plan)


@drawers
@require_POST
def approve(request: Any, plan: int) -> HttpResponse:
    """The digest in the form says which plan they looked at."""
    found, _ = own_plan(request, plan)
    digest, in_post = asked.line(request.POST, "digest", 64), seats_above(found, request.at)
    approving.approve(PlanId(plan), digest, by=request.actor, at=request.at, in_post=in_post)
    return redirect("desk-plan", plan=plan)


@drawers
@require_POST
def send_back(request: Any, plan: int) -> HttpResponse:
    found, _ = own_plan(request, plan)
    reason, in_post = asked.text(request.POST, "reason"), seats_above(found, request.at)
    approving.send_back(PlanId(plan), reason, by=request.actor, at=request.at, in_post=in_post)
    return redirect("desk-plan", plan=plan)


def publish(plan: plans.Plan, from_on: date, digest: str, *, by: Actor, at: datetime) -> None:
    """Publish an approved plan; whoever may approve it does both in one go, as they saw it where `digest` says so."""
    publishing.refuse_unpublishable(plan, from_on, at)
    if plan.state != "approved":
        seen = digest or approvals.digest_of(plan)
        approving.approve(PlanId(plan.pk), seen, by=by, at=at, in_post=seats_above(plan, at))
    publishing.publish(PlanId(plan.pk), from_on, by=by, at=at)


def refuse_unanswerable(plan: plans.Plan, by: Actor, at: datetime) -> None:
    """A plan that is not approved is published only by whoever may approve it."""
    if plan.state != "approved":
        approving.refuse_approver(plan, by, seats_above(plan, at))
