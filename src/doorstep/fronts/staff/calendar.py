"""One's own calendar: the secret address by which a phone shows meetings and shifts, given, renewed and taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.core.access import GATE, acting_as
from doorstep.core.access.roles import SIGNED_IN
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_roles, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.rota import queries
from doorstep.rota.actions import feeds


@for_roles(*SIGNED_IN)
@without_transaction
@require_safe
def calendar(request: Any) -> HttpResponse:
    """What is in one's calendar, and how it comes onto a phone."""
    return _page(request)


@for_roles(*SIGNED_IN)
@without_transaction
@require_POST
def address(request: Any, name: str) -> HttpResponse:
    """Another address, shown on this answer alone; or none."""
    actor, at = request.actor, request.at
    if name not in ("give", "end"):
        raise Http404(name)
    with acting_as(GATE):
        if name == "give":
            token = feeds.give_address(by=actor, at=at)
            return _page(request, request.build_absolute_uri(reverse("calendar-own", args=[token])))
        feeds.take_address_back(by=actor, at=at)
    return SeeOther(f"{reverse('staff-calendar')}?told=ended")


def _page(request: Any, given: str = "") -> HttpResponse:
    account, today = request.actor.account, local_date(request.at)
    with acting_as(GATE):
        meetings = queries.meetings_for(account, request.at)
        page = {
            "since": queries.feed_of(account),
            "meetings": [(each, coming[0]) for each in meetings if (coming := queries.coming(each, today))],
            "shifts": [each for each in queries.shifts_for(account, request.at) if each.ends_at > request.at],
            "address": given,
            "webcal": given.replace("https://", "webcal://").replace("http://", "webcal://"),
            "told": "rota-told-address-ended" if request.GET.get("told") == "ended" else "",
        }
    return render(request, "staff/calendar.html", page)
