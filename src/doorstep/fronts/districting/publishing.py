"""Publish a plan from a day, or throw it away."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from doorstep.areas import plans
from doorstep.areas.actions import publishing
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.districting import approving
from doorstep.fronts.districting.places import crumbs, drawers, own_plan, to_community
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import posts


class DayRefused(Refusal):
    """What stands there is no day."""


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Any, plan: int) -> HttpResponse:
    """What publishing from that day would do; sent back as a form, it is done."""
    found, place = own_plan(request, plan)
    if request.method == "POST":
        from_on, digest = _day(request.POST.get("from_on", "")), asked.line(request.POST, "digest", 64)
        approving.publish(found, from_on, digest, by=request.actor, at=request.at)
        return to_community(place, plan)
    today = local_date(request.at)
    from_on = _day(request.GET.get("from_on") or today.isoformat())
    publishing.refuse_unpublishable(found, from_on, request.at)
    approving.refuse_unanswerable(found, request.actor, request.at)
    change = plans.change_by(found)
    context = {
        "plan": found,
        "community": place,
        "change": change,
        "leaving": [(title_of(each.kind, each.title), each) for each in posts.held_in(change.ending, today)],
        "approval": approving.approval_of(found, request.actor, request.at),
        "from_on": from_on,
        "at_once": from_on == today,
        "crumbs": crumbs(found, place),
    }
    return render(request, "districting/publish.html", context)


@drawers
@require_POST
def discard(request: Any, plan: int) -> HttpResponse:
    _, place = own_plan(request, plan)
    publishing.discard(PlanId(plan), by=request.actor, at=request.at)
    return to_community(place, plan)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise DayRefused(say("districting-not-a-day"), say("districting-not-a-day-try"), "from_on") from None
