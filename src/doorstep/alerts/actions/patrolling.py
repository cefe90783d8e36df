"""Gong patrols: neighbours sign up themselves, plan their own rounds, and say whether they mean to come.

Nobody sets a patrol a round. Whoever leaves, and whatever is past, is removed: nobody can count who came how often.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from doorstep.alerts.models import Going, Member, Patrol, Round
from doorstep.alerts.patrols import member_of
from doorstep.alerts.rules.patrols import LASTS, PatrolNotFound, begins_of, refusal, refuse_patrol
from doorstep.alerts.rules.patrols import PatrolRefused as PatrolRefused
from doorstep.alerts.rules.patrols import Walk as Walk
from doorstep.areas.queries import community_of
from doorstep.core.access import WORKER, Actor, Role, acting_as, audit
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import appointment_of, appointments_in_force


def found(name: str, about: str, *, by: Actor, at: datetime) -> int:
    """A patrol that the neighbours of this community may join; its number."""
    refuse_patrol(name, about)
    if by.role is not Role.COMMUNITY or by.org is None:
        raise refusal("desk")
    with acting_as(WORKER):
        if Patrol.objects.filter(community=by.org, name=name, ended_at=None).exists():
            raise refusal("same-name", "name")
        row = Patrol.objects.create(community_id=by.org, name=name, about=about)
    audit.deed("patrol-founded", str(row.pk), by=by, at=at)
    return row.pk


def end(patrol: int, *, by: Actor, at: datetime) -> None:
    """There is none any more: who was in it and what it planned is removed."""
    with acting_as(WORKER), transaction.atomic():
        row = _living(patrol, by.org if by.role is Role.COMMUNITY else None)
        row.members.all().delete()
        row.rounds.all().delete()
        row.ended_at = at
        row.save(update_fields=["ended_at"])
    audit.deed("patrol-ended", str(row.pk), by=by, at=at)


def join(patrol: int, *, by: Actor, at: datetime) -> None:
    """A neighbour's own wish; joining twice is joining once."""
    today = local_date(at)
    seat = appointment_of(by.post, by.account, today) if by.role is Role.NEIGHBOUR else None
    with acting_as(WORKER), transaction.atomic():
        row = _living(patrol, community_of(by.org, today))
        if seat is None:
            raise refusal("seat")
        Member.objects.get_or_create(patrol=row, appointment_id=seat)


def leave(patrol: int, *, by: Actor, at: datetime) -> None:
    """Gone at once, and with it what was said about coming."""
    with acting_as(WORKER):
        Member.objects.filter(pk=_member(patrol, by, at)).delete()


def plan(patrol: int, walk: Walk, *, by: Actor, at: datetime) -> int:
    """A round that any member plans for the whole patrol; its number."""
    with acting_as(WORKER), transaction.atomic():
        member = _member(patrol, by, at)
        row = Patrol.objects.select_for_update().get(pk=patrol)
        begins_at = begins_of(walk, row.rounds.filter(begins_at__gt=at).count(), at)
        made = Round.objects.create(patrol=row, begins_at=begins_at, meets=walk.meets, reminds=walk.reminds)
        Going.objects.create(round=made, member_id=member)
    return made.pk


def call_off(number: int, is_off: bool, *, by: Actor, at: datetime) -> None:
    """Any member says that it does not take place, or that it does after all."""
    with acting_as(WORKER):
        row, _ = _round(number, by, at)
        row.is_off = is_off
        row.save(update_fields=["is_off"])


def mean_to_come(number: int, comes: bool, *, by: Actor, at: datetime) -> None:
    """One's own word for one round; it binds nobody, and is gone with the round."""
    with acting_as(WORKER), transaction.atomic():
        row, member = _round(number, by, at)
        if not comes:
            Going.objects.filter(round=row, member=member).delete()
        elif row.is_off:
            raise refusal("off")
        else:
            Going.objects.get_or_create(round=row, member_id=member)


def forget(at: datetime, limit: int = 500) -> int:
    """By machine: past rounds go, and whoever holds their post no longer."""
    with acting_as(WORKER):
        past = list(Round.objects.filter(begins_at__lte=at - LASTS).values_list("pk", flat=True)[:limit])
        Round.objects.filter(pk__in=past).delete()
        held = appointments_in_force(local_date(at)).values("pk")
        gone = list(Member.objects.exclude(appointment__in=held).values_list("pk", flat=True)[:limit])
        Member.objects.filter(pk__in=gone).delete()
    return len(past) + len(gone)


def _living(patrol: int, community: int | None) -> Patrol:
    row = Patrol.objects.select_for_update().filter(pk=patrol, ended_at=None).first()
    if row is None or row.community_id != community:
        raise PatrolNotFound(say("patrols-unknown"), say("patrols-unknown-try"))
    return row


def _member(patrol: int, by: Actor, at: datetime) -> int:
    _living(patrol, community_of(by.org, local_date(at)) if by.role is Role.NEIGHBOUR else None)
    member = member_of(patrol, by, at)
    if member is None:
        raise refusal("member")
    return member


def _round(number: int, by: Actor, at: datetime) -> tuple[Round, int]:
    row = Round.objects.select_related("patrol").filter(pk=number, begins_at__gt=at - LASTS).first()
    if row is None:
        raise PatrolNotFound(say("patrols-no-round"), say("patrols-no-round-try"))
    return row, _member(row.patrol_id, by, at)
