"""New grids get a team and seats; where a grid goes on under its code, its people go on with it."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.areas.models import Area
from doorstep.core.time.zone import local_date
from doorstep.events import on
from doorstep.events.areas import PlanInForce
from doorstep.staff.models import Appointment, Post, Unit

SEATS = {"grid": ("grid_lead", "grid_worker"), "microgrid": ("liaison", "volunteer", "volunteer")}


@on(PlanInForce)
def seat_new_areas(events: Sequence[PlanInForce]) -> None:
    for event in events:
        begun = {area.code: area for area in Area.objects.filter(pk__in=event.begun)}
        ended = {area.code: area for area in Area.objects.filter(pk__in=event.ended)}
        for code, area in begun.items():
            if code in ended:
                _go_on(ended[code], area, event)
            else:
                _begin(area)
        for code, area in ended.items():
            if code not in begun:
                _end(area, event)


def _begin(area: Area) -> None:
    unit = Unit.objects.create(kind="grid_team", name=area.name, area=area) if area.level == "grid" else None
    Post.objects.bulk_create(Post(kind=kind, area=area, unit=unit) for kind in SEATS[area.level])


def _go_on(old: Area, new: Area, event: PlanInForce) -> None:
    """The unit keeps its number and its cases; posts and appointments of the past stay where they were."""
    today = local_date(event.at)
    Unit.objects.filter(area=old, closed_at=None).update(area=new)
    for post in Post.objects.filter(area=old, abolished_on=None):
        heir = Post.objects.create(kind=post.kind, area=new, unit=post.unit, title=post.title)
        for appointment in Appointment.objects.filter(post=post, until_on=None, from_on__lt=today):
            Appointment.objects.create(person=appointment.person, post=heir, from_on=today)
            Appointment.objects.filter(pk=appointment.pk).update(until_on=today)
        Appointment.objects.filter(post=post, until_on=None).update(post=heir)
        Post.objects.filter(pk=post.pk).update(abolished_on=today)


def _end(area: Area, event: PlanInForce) -> None:
    today = local_date(event.at)
    Unit.objects.filter(area=area).update(closed_at=event.at)
    Appointment.objects.filter(post__area=area, until_on=None, from_on__lt=today).update(until_on=today)
    Post.objects.filter(area=area, abolished_on=None).update(abolished_on=today)
