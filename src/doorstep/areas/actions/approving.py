"""Carry a plan from its desk to the level above and back: submit, withdraw, approve, send back.

Whoever answers says which plan they looked at, by its digest; what is published later must be that very plan.
`in_post` are the seats at desks above the community that somebody holds: `doorstep.staff` knows them.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from doorstep.areas import drafts
from doorstep.areas.actions.outlining import follow_walls
from doorstep.areas.actions.publishing import PlanRefused, hold
from doorstep.areas.actions.stepping import add_step, back_to_draft
from doorstep.areas.approvals import ApprovalKind, ApprovalStep, digest_of, hands_of, seat_of
from doorstep.areas.models import Plan, PlanState
from doorstep.areas.rules.approving import Seat, Verdict, approval_by, approving_level, asked_to_approve
from doorstep.core.access import Actor, audit
from doorstep.core.ids import PlanId
from doorstep.core.text import Message, say
from doorstep.events import tell
from doorstep.events.areas import PlanSubmitted

MOST_REASON = 500


class ApprovalRefused(PlanRefused):
    """This plan cannot be submitted, approved, sent back or withdrawn now, or not by this person."""


def submit(plan: PlanId, *, by: Actor, at: datetime, in_post: Collection[Seat]) -> ApprovalStep:
    """Ask the level above to approve the draft as it is."""
    row = hold(plan)
    _refuse_unless(row, PlanState.DRAFT)
    drafts.refuse_unfit(row)
    if verdict(row, by, in_post) in (Verdict.MAY, Verdict.OWN):
        raise ApprovalRefused(say("approval-yours"), say("approval-yours-try"))
    # A draft whose steps were all undone is in cells still.
    follow_walls(row)
    step = add_step(row, ApprovalKind.SUBMIT, by=by, at=at, **_as_it_is(row))
    _turn(row, PlanState.SUBMITTED)
    audit.deed("submitted-plan", str(plan), by=by, at=at, facts={"digest": step.digest})
    asked = asked_to_approve(hands_of(row), in_post)
    tell([PlanSubmitted(plan, step.seq, row.community.name, asked, at)])
    return step


def withdraw(plan: PlanId, *, by: Actor, at: datetime) -> None:
    """Take back what was submitted or approved and is not published: it is a draft again."""
    row = hold(plan)
    _refuse_unless(row, PlanState.SUBMITTED, PlanState.APPROVED)
    back_to_draft(row, ApprovalKind.WITHDRAW, by=by, at=at)
    audit.deed("withdrew-plan", str(plan), by=by, at=at)


def send_back(plan: PlanId, reason: str, *, by: Actor, at: datetime, in_post: Collection[Seat]) -> None:
    """Say why not; the plan is a draft again. An approval, too, can be taken back until the plan is published."""
    row = hold(plan)
    _refuse_unless(row, PlanState.SUBMITTED, PlanState.APPROVED)
    refuse_approver(row, by, in_post)
    if not reason.strip():
        raise ApprovalRefused(say("approval-no-reason"), say("approval-no-reason-try"), "reason")
    back_to_draft(row, ApprovalKind.SEND_BACK, by=by, at=at, reason=reason.strip()[:MOST_REASON])
    audit.deed("sent-back-plan", str(plan), by=by, at=at)


def approve(plan: PlanId, digest: str, *, by: Actor, at: datetime, in_post: Collection[Seat]) -> ApprovalStep:
    """Say yes to the plan with this digest, submitted or not; from now on it can be published."""
    row = hold(plan)
    _refuse_unless(row, PlanState.SUBMITTED, PlanState.DRAFT)
    found = refuse_approver(row, by, in_post)
    drafts.refuse_unfit(row)
    now = _as_it_is(row)
    if now["digest"] != digest:
        raise ApprovalRefused(say("approval-changed"), say("approval-changed-try"))
    step = add_step(row, ApprovalKind.APPROVE, by=by, at=at, is_own=found is Verdict.OWN, **now)
    _turn(row, PlanState.APPROVED)
    facts = {"digest": digest, "own": found is Verdict.OWN}
    audit.deed("approved-plan", str(plan), by=by, at=at, facts=facts)
    return step


def verdict(plan: Plan, by: Actor, in_post: Collection[Seat]) -> Verdict:
    """Whether this person may approve the plan, or why not."""
    return approval_by(seat_of(by), hands_of(plan), in_post)


def refuse_approver(plan: Plan, by: Actor, in_post: Collection[Seat]) -> Verdict:
    """Only the level above approves, and nobody what they drew, changed or submitted themselves."""
    found = verdict(plan, by, in_post)
    if found is Verdict.BELOW:
        level = approving_level(hands_of(plan), in_post)
        raise ApprovalRefused(say("approval-below"), say("approval-below-try", level=level or "county"))
    if found is Verdict.DREW:
        raise ApprovalRefused(say("approval-drew"), say("approval-drew-try"))
    return found


def _as_it_is(plan: Plan) -> dict[str, Any]:
    return {"digest": digest_of(plan), "report": plan.report}


def _turn(plan: Plan, state: PlanState) -> None:
    plan.state = state
    plan.save(update_fields=["state"])


def _refuse_unless(plan: Plan, *states: PlanState) -> None:
    if plan.state not in states:
        raise ApprovalRefused(_what_it_is(plan), say("approval-not-now-try"))


def _what_it_is(plan: Plan) -> Message:
    """Who was faster, and with what: most often two have answered at once."""
    return say(f"approval-is-{plan.state.replace('_', '-')}")
