"""Write a step of a plan towards publication, in the transaction that holds its community."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from doorstep.areas.approvals import ApprovalKind, ApprovalStep, latest
from doorstep.areas.models import Plan, PlanState
from doorstep.core.access import Actor


def add_step(plan: Plan, kind: ApprovalKind, *, by: Actor, at: datetime, **facts: Any) -> ApprovalStep:
    """One more step, after all others."""
    before = latest(plan.pk)
    return ApprovalStep.objects.create(
        plan=plan,
        seq=before.seq + 1 if before else 1,
        at=at,
        kind=kind,
        by_role=str(by.role),
        by_post=by.post,
        by_account=by.account,
        **facts,
    )


def back_to_draft(plan: Plan, kind: ApprovalKind, *, by: Actor, at: datetime, reason: str = "") -> None:
    """What was submitted, approved or published is a draft again; an approval that it had counts no more."""
    add_step(plan, kind, by=by, at=at, reason=reason)
    plan.state, plan.in_force_from = PlanState.DRAFT, None
    plan.save(update_fields=["state", "in_force_from"])
