"""Seen on the way: a courier taps what it is and sends it. The scanned code says where, unless told otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.areas import queries as areas
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Item, Source
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.fronts import asked, limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.pictures import pictures_in
from doorstep.fronts.resident.forms import PlaceRefused
from doorstep.fronts.resident.reporting import answered, form

if TYPE_CHECKING:
    from doorstep.areas.models import Door

STATION: Final = "station"
COMMONEST: Final = (
    "fire-lane", "manhole-cover", "bare-wires", "street-light", "road-damage", "blocked-drain",
    "garbage-not-collected", "bikes-piled-up", "trees",
)  # fmt: skip
"""What is seen from a bicycle, the most dangerous first. Those that a place does not offer are not shown."""


class NothingSeen(Refusal):
    """Sent before anything was tapped or written."""


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def on_the_way(request: HttpRequest, code: str = "") -> HttpResponse:
    """The buttons, and what becomes of the one that was tapped."""
    if request.method != "POST":
        return _form(request, code, {})
    try:
        return _received(request, code)
    except Refusal as refused:
        return _form(request, code, request.POST, refused)


@for_the_public
@without_transaction
@require_safe
def from_door(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody scanned a code: at a station, where couriers rest, the buttons; at an entrance the whole form."""
    with acting_as(ANONYMOUS):
        door = areas.door(asked.line({"door": code}, "door", 12))
    if door is not None and door.kind == STATION and "all" not in request.GET:
        return _form(request, code, {})
    return form(request, {"door": code})


def _received(request: HttpRequest, code: str) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    said = Report(
        words=_words(request.POST),
        place=place_in(request.POST, door_of(code)),
        item=_item(request.POST),
        source=str(Source.COURIER),
        key=report_key(request),
        pictures=pictures_in(request),
    )
    limits.count_report(request)
    receipt = write_report(said, at=at)
    return SeeOther(reverse("resident-received", args=[follow_token(receipt.case, at=at)]))


def _item(answers: Mapping[str, str]) -> str:
    item = answers.get("item", "")
    return item if item in {each.id for each in buttons()} else ""


def buttons() -> list[Item]:
    """What is seen from a bicycle, in the order that the catalogue says."""
    return sorted(
        (each for each in catalogue().offered.values() if each.courier), key=lambda each: (each.courier, each.id)
    )


def _words(answers: Mapping[str, str]) -> str:
    """What was tapped, in words, and what was added; either alone is enough."""
    item, added = _item(answers), asked.text(answers, "words", LONGEST_REPORT + 1)
    if not item and not added:
        raise NothingSeen(say("way-empty"), say("way-empty-try"), "item")
    named = catalogue().offered[item].name.said(language()) if item else ""
    return f"{named}\n{added}".strip() if added else named


def door_of(code: str) -> Door | None:
    """The door whose code was scanned, None without one; refused when there is no such door any more."""
    if not code:
        return None
    with acting_as(ANONYMOUS):
        door = areas.door(asked.line({"door": code}, "door", 12))
    if door is None:
        raise PlaceRefused(say("resident-door-unknown"), say("resident-door-unknown-try"), "door")
    return door


def place_in(answers: Mapping[str, str], door: Door | None) -> Place:
    """Where it is: words or a position when they were given, else the door whose code was scanned."""
    lon, lat = asked.degrees(answers, "lon", 180), asked.degrees(answers, "lat", 90)
    words = asked.line(answers, "place_words")
    if lon is not None and lat is not None:
        accuracy_m = asked.degrees(answers, "accuracy", 10_000)
        found = Place(lon=lon, lat=lat, accuracy_m=accuracy_m, words=words)
    elif words or door is None:
        found = Place(words=words)
    else:
        found = Place(door=door.pk)
    if door is None:
        return found
    of = door.community
    above = {"community": of.pk, "subdistrict": of.subdistrict_id, "county": of.county_id}
    return Place(found.lon, found.lat, found.accuracy_m, found.door, words=found.words, **above)


def _form(request: HttpRequest, code: str, answers: Mapping[str, str], refused: Refusal | None = None) -> HttpResponse:
    door = None
    try:
        door = door_of(code)
    except PlaceRefused as unknown:
        refused = refused or unknown
    lang = language()
    given: dict[str, Any] = {
        "door": door,
        "answers": answers,
        "form": answers.get("form") or new_form(),
        "refusal": refused,
        "things": [(each.id, each.name.said(lang)) for each in buttons()],
        "longest": LONGEST_REPORT,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
    }
    status = 200 if refused is None else getattr(refused, "status", 422)
    return answered(request, render(request, "resident/on_the_way.html", given, status=status), refused)
