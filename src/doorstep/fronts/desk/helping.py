"""The hall's call: staff at a counter, in a property office or in the field call the desk and the grid to a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.actions.distress import call_help
from doorstep.cases.actions.report import Place
from doorstep.core.access import Actor, Role, audit
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, distress
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.staff.queries import area_code_of


@for_roles(*sorted(CASE_READERS))
@require_http_methods(["GET", "HEAD", "POST"])
def help_here(request: Any) -> HttpResponse:
    """The numbers to dial, one button, and who was told."""
    if request.method != "POST":
        return _form(request, request.GET)
    try:
        with transaction.atomic():
            said = distress.call_in(request, _place(request))
            receipt = call_help(said, distress.what_in(request.POST), at=request.at)
            audit.deed("called-help", receipt.number, by=request.actor, at=request.at)
    except Refusal as refused:
        return _form(request, request.POST, refused)
    return SeeOther(f"{reverse('desk-help')}?number={receipt.number}")


def _place(request: Any) -> Place:
    """A door that was chosen, a position that was given, or words; the community in any case where it is known."""
    form = request.POST
    above = _above(request)
    chosen = asked.number(form, "door")
    lon, lat = asked.degrees(form, "lon", 180), asked.degrees(form, "lat", 90)
    has_point = lon is not None and lat is not None
    return Place(
        lon=lon if has_point else None,
        lat=lat if has_point else None,
        accuracy_m=asked.degrees(form, "accuracy", 10_000) if has_point else None,
        door=chosen if chosen in {each.pk for each in _doors(above)} else None,
        county=above.county if above else None,
        subdistrict=above.subdistrict if above else None,
        community=above.community if above else None,
        words=asked.line(form, "place_words"),
    )


def _above(request: Any) -> areas.Above | None:
    actor: Actor = request.actor
    if actor.role is not Role.DEPARTMENT:
        return areas.above(actor.org) if actor.org is not None else None
    code = area_code_of(actor.unit) if actor.unit is not None else None
    area = areas.with_code(code, local_date(request.at)) if code else None
    return areas.above(area) if area is not None else None


def _doors(above: areas.Above | None) -> Sequence[Any]:
    """The stations of the community first: halls and offices have a code of their own."""
    found = areas.doors_of(above.community) if above and above.community else []
    return sorted(found, key=lambda door: door.kind != "station")


def _form(request: Any, answers: Mapping[str, str], refused: Refusal | None = None) -> HttpResponse:
    doors = [Choice(str(door.pk), door.name) for door in _doors(_above(request))]
    given = {
        **distress.page(answers, refused),
        "doors": [Choice("", say("help-door-none")), *doors],
        "number": asked.line(request.GET, "number", 20),
    }
    response = words.drawn(request, "desk/help.html", given)
    response.status_code = 200 if refused is None else getattr(refused, "status", 422)
    return response
