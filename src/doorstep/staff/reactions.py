"""New grids get a team and seats; where a grid or micro-grid goes on, its people go on with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from doorstep.areas.models import Area
from doorstep.core.time.zone import local_date
from doorstep.events import on
from doorstep.events.areas import PlanInForce
from doorstep.staff.actions.units import abolish
from doorstep.staff.models import Appointment, Post, Unit
from doorstep.staff.rules.seats import SEATS


@on(PlanInForce)
def seat_new_areas(events: Sequence[PlanInForce]) -> None:
    for event in events:
        begun = {area.pk: area for area in Area.objects.filter(pk__in=event.begun).order_by("code")}
        ended = {area.pk: area for area in Area.objects.filter(pk__in=event.ended).order_by("code")}
        heirs = {old: heir for old, heir in event.heirs.items() if old in ended and heir in begun}
        for key, area in begun.items():
            if key not in heirs.values():
                _begin(area)
        for key, area in ended.items():
            if key in heirs:
                _go_on(area, begun[heirs[key]], event)
            else:
                _end(area, event)


def _begin(area: Area) -> None:
    is_grid = area.level in {"grid", "special_grid"}
    unit = Unit.objects.create(kind="grid_team", name=area.name, area=area) if is_grid else None
    Post.objects.bulk_create(Post(kind=kind, area=area, unit=unit) for kind in SEATS[area.level])


def _go_on(old: Area, new: Area, event: PlanInForce) -> None:
    """The unit keeps its number and its cases; posts and appointments of the past stay where they were."""
    today = local_date(event.at)
    Unit.objects.filter(area=old, closed_at=None).update(area=new)
    for post in Post.objects.filter(area=old, abolished_on=None):
        heir = Post.objects.create(kind=post.kind, area=new, unit=post.unit, title=post.title)
        to_come = Appointment.objects.filter(post=post, from_on__gte=today)
        to_come.update(post=heir)
        held = list(_held_beyond(post, today))
        Appointment.objects.bulk_create(
            Appointment(person_id=each.person_id, post=heir, from_on=today, until_on=each.until_on) for each in held
        )
        _held_beyond(post, today).update(until_on=today)
        Post.objects.filter(pk=post.pk).update(abolished_on=today)


def _held_beyond(post: Post, today: date) -> QuerySet[Appointment]:
    """The appointments that began before this day and would go on."""
    return Appointment.objects.filter(post=post, from_on__lt=today).exclude(until_on__lte=today)


def _end(area: Area, event: PlanInForce) -> None:
    Unit.objects.filter(area=area, closed_at=None).update(closed_at=event.at)
    abolish(Post.objects.filter(area=area), local_date(event.at))
