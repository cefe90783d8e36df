"""What only the pages of reminders and emergency mode are put together of, and the banner that other pages carry."""

from __future__ import annotations

from contextlib import nullcontext, suppress
from typing import Any

from django import template
from django.template.context import Context

from doorstep.alerts import emergencies
from doorstep.core.access import ANONYMOUS, acting_as, current_actor
from doorstep.core.text import text
from doorstep.fronts.alerts import telling
from doorstep.fronts.entering import DATABASE_GONE

register = template.Library()


@register.simple_tag
def t_way(channel: str) -> str:
    """The name of a channel, as desks know it."""
    return text(f"reminders-channel-{channel}")


@register.inclusion_tag("alerts/banner.html", takes_context=True)
def emergency_banner(context: Context, place: Any = None) -> dict[str, Any]:
    """Where emergency mode is on: for staff round their own area, for residents at this door or case, or anywhere."""
    request: Any = context.get("request")
    at, signed_in = getattr(request, "at", None), getattr(request, "signed_in", None)
    if signed_in is None:
        org = getattr(place, "community_id", None)
    else:
        # The bound of a department is a unit, and administrators have none: they are told of all.
        org = signed_in.actor.org if signed_in.actor.role in emergencies.OF_AN_AREA else None
    rows: list[Any] = []
    if at is None:
        return {"emergencies": rows}
    # A page that only shows words is shown without a database too.
    with suppress(*DATABASE_GONE), nullcontext() if current_actor() else acting_as(ANONYMOUS):
        rows = emergencies.open_now(at) if org is None else emergencies.open_around(org, at)
    return {"emergencies": [telling.shown(each) for each in rows], "for_staff": _is_serving(signed_in)}


def _is_serving(signed_in: Any) -> bool:
    return signed_in is not None and signed_in.actor.role in emergencies.SERVING
