"""How far a plan has come towards publication: the steps, whose hands made it, and what exactly was approved."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from typing import Any

import orjson
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from doorstep.areas.models import ApprovalKind as ApprovalKind
from doorstep.areas.models import ApprovalStep as ApprovalStep
from doorstep.areas.models import Plan, PlanAtom, PlanPiece, PlanSpecial, PlanState, PlanStep
from doorstep.areas.rules.approving import Seat as Seat
from doorstep.areas.rules.approving import Verdict as Verdict
from doorstep.areas.rules.approving import approval_by as approval_by
from doorstep.areas.rules.approving import approving_level as approving_level
from doorstep.core.access import Actor

MOST_WAITING = 100
"""How many plans that wait a list shows."""
ASKED_FOR = frozenset({ApprovalKind.SUBMIT, ApprovalKind.APPROVE})
"""Steps that carry the plan as it was."""


def seat_of(actor: Actor) -> Seat:
    """Whoever acts, as the rules of approval know them."""
    return Seat(str(actor.role), actor.account, actor.post)


def steps_of(plan: int) -> list[ApprovalStep]:
    """Every step of a plan towards publication, oldest first, without the reports that they carry."""
    return list(ApprovalStep.objects.filter(plan=plan).defer("report").order_by("seq"))


def hands_of(plan: Plan) -> list[Seat]:
    """Who had a hand in a plan: drew it, changed it by hand, or submitted it as it is."""
    return hands_of_all([plan])[plan.pk]


def hands_of_all(plans: Collection[Plan]) -> dict[int, list[Seat]]:
    """The same of many plans, by plan, asked for at once."""
    hands = {plan.pk: {Seat(plan.made_by_role, plan.made_by_account, plan.made_by_post)} for plan in plans}
    changes = PlanStep.objects.filter(plan__in=hands.keys()).order_by()
    for plan, role, account, post in changes.values_list("plan", "by_role", "by_account", "by_post").distinct():
        hands[plan].add(Seat(role, account, post))
    for plan, step in latest_submits([each.pk for each in plans if each.state != PlanState.DRAFT]).items():
        hands[plan].add(Seat(step.by_role, step.by_account, step.by_post))
    return {plan: sorted(own, key=str) for plan, own in hands.items()}


def latest_submits(plans: Collection[int]) -> dict[int, ApprovalStep]:
    """The newest time that each of these plans was submitted, without the report that it carried."""
    steps = ApprovalStep.objects.filter(plan__in=plans, kind=ApprovalKind.SUBMIT).defer("report")
    return {step.plan_id: step for step in steps.order_by("plan", "-seq").distinct("plan")}


def latest(plan: int, *kinds: ApprovalKind) -> ApprovalStep | None:
    """The newest step of a plan, or the newest of these kinds."""
    steps = ApprovalStep.objects.filter(plan=plan)
    return (steps.filter(kind__in=kinds) if kinds else steps).order_by("-seq").first()


def awaiting(*, community: int | None = None, subdistrict: int | None = None, county: int | None = None) -> list[Plan]:
    """The submitted plans of an area, the one that has waited longest first, a hundred at most."""
    areas = {"community": community, "community__subdistrict": subdistrict, "community__county": county}
    inside = {level: area for level, area in areas.items() if area is not None}
    submitted = ApprovalStep.objects.filter(plan=OuterRef("pk"), kind=ApprovalKind.SUBMIT).order_by("-seq").values("at")
    found = Plan.objects.filter(state=PlanState.SUBMITTED, **inside).select_related("community")
    found = found.defer("community__outline", "ground").annotate(since=Coalesce(Subquery(submitted[:1]), "made_at"))
    return list(found.order_by("since", "pk")[:MOST_WAITING])


def digest_of(plan: Plan) -> str:
    """A name for exactly these micro-grids with their homes, their borders, and this report (SHA-256, hexadecimal)."""
    digest = hashlib.sha256()
    digest.update(_line([plan.community_id, plan.settings, plan.report]))
    pieces = PlanPiece.objects.filter(plan=plan.pk).order_by("code")
    for piece in pieces.values_list("code", "households", "parts", "certificate", "outline"):
        digest.update(_line(piece[:-1]))
        digest.update(bytes(piece[-1]))
    atoms = PlanAtom.objects.filter(piece__plan=plan.pk).order_by("position", "id")
    for atom in atoms.values_list(
        "position", "piece__code", "building", "entrance", "floor_from", "floor_to", "households"
    ):
        digest.update(_line(atom))
    specials = PlanSpecial.objects.filter(plan=plan.pk).order_by("code")
    for special in specials.values_list("code", "name", "households", "buildings", "outline"):
        digest.update(_line(special[:-1]))
        digest.update(bytes(special[-1]))
    return digest.hexdigest()


def _line(values: Iterable[Any]) -> bytes:
    return orjson.dumps(list(values), option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
