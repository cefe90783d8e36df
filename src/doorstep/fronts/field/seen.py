"""Report something one has seen oneself: one sentence is enough, and takes ten seconds."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.parts import Choice
from doorstep.fronts.pictures import pictures_in
from doorstep.fronts.spoken import may_record, sound_in

SOURCE = "grid-worker"


@for_roles(Role.GRID)
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: Any) -> HttpResponse:
    """The form, and what becomes of it; a refusal keeps what was written."""
    if request.method != "POST":
        return _form(request)
    try:
        written = write_report(_said(request), at=request.at)
    except Refusal as refused:
        return _form(request, refused=refused, written=request.POST)
    return SeeOther(f"{reverse('field-today')}?done=report&number={written.number}")


def _said(request: Any) -> Report:
    return Report(
        asked.text(request.POST, "words", LONGEST_REPORT + 1),
        _place(request),
        source=SOURCE,
        key=report_key(request),
        pictures=pictures_in(request),
        sound=sound_in(request),
    )


def _place(request: Any) -> Place:
    """A door of the grid, or one position that the worker chose to give, or words; the community in any case."""
    county, subdistrict, community = areas.above(request.actor.org) or (None, None, None)
    lon, lat = asked.degrees(request.POST, "lon", 180), asked.degrees(request.POST, "lat", 90)
    has_point = lon is not None and lat is not None
    door = asked.number(request.POST, "door")
    known = {each.pk for each in _doors(request)} if door else set()
    return Place(
        lon=lon if has_point else None,
        lat=lat if has_point else None,
        accuracy_m=asked.degrees(request.POST, "accuracy", 10_000) if has_point else None,
        door=door if door in known else None,
        county=county,
        subdistrict=subdistrict,
        community=community,
        words=asked.line(request.POST, "place", 200),
    )


def _doors(request: Any) -> list[Any]:
    """The doors and stations of one's own grid."""
    territory = areas.territory(local_date(request.at))
    above = areas.above(request.actor.org)
    doors = areas.doors_of(above.community) if above and above.community else []
    places = [(door, territory.at(door.lon, door.lat)[0]) for door in doors]
    return [door for door, place in places if place is not None and place.grid == request.actor.org]


def _form(request: Any, **more: Any) -> HttpResponse:
    doors = [Choice(str(door.pk), door.name) for door in _doors(request)]
    given = {"form": request.POST.get("form") or new_form(), "longest": LONGEST_REPORT}
    page = {"doors": [Choice("", say("field-door-none")), *doors], **given, **more}
    return may_record(words.drawn(request, "field/report.html", page))
