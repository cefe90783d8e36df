"""Publish a plan from a day, put it in force on that day, or throw it away."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F

from doorstep.areas import drafts, names
from doorstep.areas.actions.doors import put_where_homes_are
from doorstep.areas.actions.stepping import add_step, back_to_draft
from doorstep.areas.approvals import ApprovalKind, digest_of, latest
from doorstep.areas.models import OPEN_STATES, Area, Level, Plan, PlanPiece, PlanSpecial, PlanState
from doorstep.areas.plans import areas_in_force, by_grid, heirs_by, homes_in_force, homes_of, outline_around, unchanged
from doorstep.core.access import WORKER, Actor, acting_as, audit
from doorstep.core.ids import AreaId, PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text
from doorstep.core.time.zone import local_date
from doorstep.events import tell
from doorstep.events.areas import PlanInForce


class PlanRefused(Refusal):
    """This plan cannot be published or discarded now."""


def publish(plan: PlanId, from_on: date, *, by: Actor, at: datetime) -> None:
    """From that day the approved plan is in force; for today it is so at once. Another that waited is a draft again."""
    row = hold(plan)
    refuse_unpublishable(row, from_on, at)
    _refuse_unapproved(row)
    for waiting in Plan.objects.filter(community=row.community_id, state=PlanState.PUBLISHED):
        back_to_draft(waiting, ApprovalKind.SUPERSEDE, by=by, at=at)
    add_step(row, ApprovalKind.PUBLISH, by=by, at=at)
    row.state, row.in_force_from = PlanState.PUBLISHED, from_on
    row.save(update_fields=["state", "in_force_from"])
    audit.deed("published-plan", str(plan), by=by, at=at, facts={"from": from_on.isoformat()})
    if from_on == local_date(at):
        with acting_as(WORKER, because="put a plan in force"):
            _put_in_force(row, at)


def refuse_unpublishable(plan: Plan, from_on: date, at: datetime) -> None:
    """Only what binds nobody yet can be published, and from today on at the earliest."""
    if plan.state not in OPEN_STATES:
        raise PlanRefused(say("districting-not-a-draft"), say("districting-not-a-draft-try"))
    if from_on < local_date(at):
        raise PlanRefused(say("districting-in-the-past"), say("districting-in-the-past-try"), "from_on")
    drafts.refuse_unfit(plan)


def _refuse_unapproved(plan: Plan) -> None:
    """What was approved is what is published, to the last corner."""
    approved = latest(plan.pk, ApprovalKind.APPROVE)
    if plan.state != PlanState.APPROVED or approved is None:
        raise PlanRefused(say("approval-not-approved"), say("approval-not-approved-try"))
    if approved.digest != digest_of(plan):
        raise PlanRefused(say("approval-not-what-was-approved"), say("approval-not-what-was-approved-try"))


def discard(plan: PlanId, *, by: Actor, at: datetime) -> None:
    """A plan that nobody wants; it stays readable and cannot be published."""
    row = hold(plan)
    if row.state not in OPEN_STATES | {PlanState.PUBLISHED}:
        raise PlanRefused(say("districting-not-a-draft"), say("districting-not-a-draft-try"))
    add_step(row, ApprovalKind.DISCARD, by=by, at=at)
    row.state, row.in_force_from = PlanState.DISCARDED, None
    row.save(update_fields=["state", "in_force_from"])
    audit.deed("discarded-plan", str(plan), by=by, at=at)


def put_in_force(*, at: datetime) -> int:
    """Put every published plan in force whose day has come; how many were. The worker asks again and again."""
    with acting_as(WORKER, because="put plans in force"):
        due = Plan.objects.filter(state=PlanState.PUBLISHED, in_force_from__lte=local_date(at))
        # One order for all, so that two workers never wait for each other in a circle.
        plans = [hold(PlanId(plan)) for plan in due.order_by("community", "id").values_list("pk", flat=True)]
        # Somebody may have discarded one while its community was waited for.
        still_due = [plan for plan in plans if plan.state == PlanState.PUBLISHED]
        for plan in still_due:
            _put_in_force(plan, at)
    return len(still_due)


def hold(plan: PlanId) -> Plan:
    """The plan, and its community held against everybody else who would change the plans there."""
    Area.objects.select_for_update().only("pk").get(plans=plan)
    return Plan.objects.get(pk=plan)


def _put_in_force(plan: Plan, at: datetime) -> None:
    today = local_date(at)
    community = Area.objects.get(pk=plan.community_id)
    old = areas_in_force(community.pk)
    pieces, specials = list(plan.pieces.order_by("code")), list(plan.specials.order_by("code"))
    before, after = homes_in_force(community.pk), homes_of(plan.pk)
    kept = unchanged(old, pieces, before, after, specials)
    ended = {area.pk: area.level for code, area in old.items() if code not in kept}
    Area.objects.filter(pk__in=ended).update(valid_until=today)
    begun: dict[int, str] = {}
    rows: dict[str, int] = {code: area.pk for code, area in old.items() if code in kept}
    for code, group in by_grid(pieces).items():
        grid = old[code] if code in kept else _begin_grid(code, group, community, plan, today)
        fresh = [_microgrid(piece, grid, community, plan, today) for piece in group if piece.code not in kept]
        made = [*Area.objects.bulk_create(fresh), *([] if code in kept else [grid])]
        begun |= {area.pk: area.level for area in made}
        rows |= {area.code: area.pk for area in made}
        _refresh(grid, group, old, kept)
    for special in specials:
        area = old[special.code] if special.code in kept else _begin_special(special, community, plan, today)
        outline = bytes(special.outline)
        Area.objects.filter(pk=area.pk).update(
            grid=F("id"), name=special.name, households=special.households, outline=outline
        )
        if special.code not in kept:
            begun[area.pk], rows[area.code] = area.level, area.pk
    in_force = Plan.objects.filter(community=community, state=PlanState.IN_FORCE)
    plan.report["replaced"] = in_force.values_list("pk", flat=True).first()
    in_force.update(state=PlanState.PAST, in_force_until=today)
    Plan.objects.filter(pk=plan.pk).update(state=PlanState.IN_FORCE, in_force_from=today, report=plan.report)
    put_where_homes_are(community.pk)
    heirs = {old[code].pk: rows[heir] for code, heir in heirs_by(old, rows, before, after).items() if code not in kept}
    tell([PlanInForce(PlanId(plan.pk), AreaId(community.pk), begun, ended, heirs, at)])


def _refresh(grid: Area, group: Iterable[PlanPiece], old: dict[str, Area], kept: set[str]) -> None:
    """What goes on may have another number of households, another outline around its homes, or a grid that is new."""
    for piece in group:
        if piece.code in kept:
            Area.objects.filter(pk=old[piece.code].pk).update(
                parent=grid, grid=grid, households=piece.households, outline=bytes(piece.outline)
            )
    households = sum(piece.households for piece in group)
    Area.objects.filter(pk=grid.pk).update(grid=F("id"), households=households, outline=outline_around(group))


def _begin_grid(code: str, group: Iterable[PlanPiece], community: Area, plan: Plan, today: date) -> Area:
    return Area.objects.create(
        code=code,
        level=Level.GRID,
        name=text(names.of_grid(int(code[12:])), names.KEPT_IN),
        parent=community,
        county_id=community.county_id,
        subdistrict_id=community.subdistrict_id,
        community=community,
        plan=plan,
        outline=outline_around(group),
        is_sample=community.is_sample,
        valid_from=today,
    )


def _begin_special(special: PlanSpecial, community: Area, plan: Plan, today: date) -> Area:
    return Area.objects.create(
        code=special.code,
        level=Level.SPECIAL_GRID,
        name=special.name,
        parent=community,
        county_id=community.county_id,
        subdistrict_id=community.subdistrict_id,
        community=community,
        plan=plan,
        is_sample=community.is_sample,
        valid_from=today,
    )


def _microgrid(piece: PlanPiece, grid: Area, community: Area, plan: Plan, today: date) -> Area:
    return Area(
        code=piece.code,
        level=Level.MICROGRID,
        name=text(names.of_microgrid(piece.grid_number, piece.microgrid_number), names.KEPT_IN),
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
