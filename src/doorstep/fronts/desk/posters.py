"""Posters of entrances and stations as PDF: those chosen, or all in use."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.areas.writers import posters as writer
from doorstep.areas.writers.posters import SIZES, PosterDoor
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_roles


class NoDoors(Refusal):
    """There is nothing to print."""


@require_safe
@for_roles(Role.COMMUNITY)
def posters(request: HttpRequest) -> HttpResponse:
    """`size` is a4, a5 or sheet; nothing is written down about whoever scans a code later."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    size, chosen = request.GET.get("size", SIZES[0]), set(request.GET.getlist("code"))
    found = [door for door in areas.doors_of(actor.org) if not chosen or door.code in chosen]
    community = areas.area_in_force(actor.org, local_date(at))
    if not found or community is None:
        raise NoDoors(say("paper-no-doors"), say("paper-no-doors-try"))
    doors = [
        PosterDoor(door.code, door.name, urljoin(settings.PUBLIC_ADDRESS, reverse("resident-door", args=[door.code])))
        for door in found
    ]
    made = writer.posters(doors, community.name, size if size in SIZES else SIZES[0], is_sample=community.is_sample)
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="posters-{community.code}.pdf"'},
    )
