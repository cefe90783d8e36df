"""Codes for doors and stations: made, printed, retired."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.areas.actions import doors as actions
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import languages, say, text
from doorstep.fronts import asked
from doorstep.fronts.desk import places, words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice, Fault

POSTER = ("title", "text", "danger")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.COMMUNITY)
def doors(request: HttpRequest) -> HttpResponse:
    """The list, and the forms that add to it."""
    if request.method != "POST":
        return _listed(request)
    try:
        with transaction.atomic():
            made = _make(request)
    except Refusal as refusal:
        return _listed(request, refusal)
    return SeeOther(f"{reverse('desk-doors')}?made={made}")


@require_POST
@for_roles(Role.COMMUNITY)
def retire(request: HttpRequest) -> HttpResponse:
    """Take one code out of use."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    door = actions.retire(asked.line(request.POST, "code", 12), by=actor, at=at)
    return SeeOther(f"{reverse('desk-doors')}?retired={door.code}")


@require_safe
@for_roles(Role.COMMUNITY)
def printed(request: HttpRequest) -> HttpResponse:
    """Sheets for the printer: several codes on A4, or a poster each on A6; those chosen, or all in use."""
    actor = request.actor  # type: ignore[attr-defined]
    chosen = set(request.GET.getlist("code"))
    in_use = areas.doors_of(actor.org)
    found = [door for door in in_use if door.code in chosen] if chosen else in_use
    context = {
        "doors": [(door, picture(door.code)) for door in found],
        "posters": request.GET.get("size") == "a6",
        # Passers-by read the one language or the other, whatever the desk reads.
        "said": {lang: {what: text(f"desk-poster-{what}", lang=lang) for what in POSTER} for lang in languages},
    }
    return words.drawn(request, "desk/doors_print.html", context)


def picture(code: str) -> str:
    """The QR code of a door as the address of a picture; it leads to the report page of that door."""
    address = urljoin(settings.PUBLIC_ADDRESS, reverse("resident-door", args=[code]))
    return str(segno.make(address, error="m", micro=False).svg_data_uri(scale=8, border=2))


def _make(request: HttpRequest) -> int:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    form = request.POST
    if form.get("make") == "station":
        lon, lat = _point(asked.line(form, "place", 60))
        actions.make_station(asked.line(form, "name", 160), lon, lat, by=actor, at=at)
        return 1
    if form.get("make") == "all":
        wanted = [building.id for building in areas.housing(actor.org)]
    else:
        wanted = [asked.number(form, "building") or 0]
    return len(actions.make_for_buildings(wanted, by=actor, at=at))


def _point(written: str) -> tuple[float | None, float | None]:
    """ "longitude,latitude", in either width of comma."""
    lon, _, lat = written.replace("，", ",").partition(",")
    return asked.degrees({"lon": lon}, "lon", 180), asked.degrees({"lat": lat}, "lat", 90)


def _listed(request: HttpRequest, refused: Refusal | None = None) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    housing = areas.housing(actor.org)
    context: dict[str, Any] = {
        "doors": areas.doors_of(actor.org, retired=True),
        "buildings": [
            Choice(str(each.id), say("desk-doors-building-entrances", name=each.name, count=each.entrances))
            for each in housing
            if each.doors < each.entrances
        ],
        "layers": places.layers(actor.org),
        "refused": refused,
        "faults": [Fault(refused.where, refused.message)] if refused and refused.where else [],
        "wrong": {refused.where: refused.message} if refused else {},
        "written": request.POST,
        "made": asked.number(request.GET, "made"),
        "retired": asked.line(request.GET, "retired", 12),
    }
    return words.drawn(request, "desk/doors.html", context)
