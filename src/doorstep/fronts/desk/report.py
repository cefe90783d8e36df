"""A report that somebody at a desk writes down for a caller or a visitor."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.actions.apart import report_each, reports_of
from doorstep.cases.actions.contact import readable_contact
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report, readable
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Source
from doorstep.core.access import Actor, Role, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.apart import Offer, offer_for
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.parts import Fault
from doorstep.fronts.templatetags.words import said

# A sensor reports by itself, and the others from pages of their own.
ELSEWHERE = frozenset({Source.SENSOR, Source.RESIDENT, Source.COURIER, Source.HALL})
SOURCES = tuple(source for source in Source if source not in ELSEWHERE)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*sorted(DESKS))
def report_for(request: HttpRequest) -> HttpResponse:
    """The form, and the case that comes of it."""
    if request.method != "POST":
        return _form(request)
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    try:
        said, how = _said(request, actor), request.POST.get("matters", "")
        if not how and (offer := offer_for(readable(said.words), said.item, how)):
            return _form(request, offer=offer)
        with transaction.atomic():
            receipts = report_each(reports_of(said, how), at=at)
            for receipt in receipts:
                audit.deed("reported-for-caller", receipt.number, by=actor, at=at)
    except Refusal as refusal:
        return _form(request, refusal)
    first, *others = (receipt.number for receipt in receipts)
    query = urlencode({"recorded": 1, "also": others}, doseq=True)
    return SeeOther(f"{reverse('desk-case', args=[first])}?{query}")


def _said(request: HttpRequest, actor: Actor) -> Report:
    form = request.POST
    source, item, door = form.get("source", ""), form.get("item", ""), form.get("door", "")
    email, phone, name = (asked.line(form, field) for field in ("email", "phone", "name"))
    contact = readable_contact(email, phone, name=name, language=language())
    doors = {str(each.pk): each for each in _doors(actor)}
    chosen = doors.get(door)
    place = areas.above(_area(form.get("area", ""), actor, local_date(request.at)))  # type: ignore[attr-defined]
    return Report(
        words=asked.text(form, "words", LONGEST_REPORT + 1),
        place=Place(
            door=chosen.pk if chosen else None,
            county=place.county if place else None,
            subdistrict=place.subdistrict if place else None,
            community=place.community if place else None,
            words=asked.line(form, "place"),
        ),
        contact=contact,
        item=item if item in catalogue().offered else "",
        source=source if source in SOURCES else str(Source.HOTLINE),
        key=report_key(request),
        because=because_in(form),
    )


WHO: Final = ("self", "family", "neighbour", "other")
WHY: Final = ("no-phone", "hard-to-write", "cannot-come", "other")


def because_in(form: Mapping[str, str]) -> Message | None:
    """For whom it is reported, and why they do not report it themselves; None where that was not said."""
    who, why = form.get("who", ""), form.get("why", "")
    if who not in WHO:
        return None
    if why not in WHY:
        return say(f"counter-for-{who}")
    return say("counter-because", who=say(f"counter-for-{who}"), why=say(f"counter-why-{why}"))


def behalf_choices() -> dict[str, list[tuple[str, Message]]]:
    """What the two questions about whoever wants it offer."""
    return {
        "whos": [("", say("counter-not-said")), *((each, say(f"counter-for-{each}")) for each in WHO)],
        "whys": [("", say("counter-not-said")), *((each, say(f"counter-why-{each}")) for each in WHY)],
    }


def _area(chosen: str, actor: Actor, today: Any) -> int:
    """The area that was chosen, if it lies in the desk's own; else the desk's own."""
    assert actor.org is not None
    return next((each.id for each in areas.below(actor.org, today) if str(each.id) == chosen), actor.org)


def _doors(actor: Actor) -> list[Any]:
    return areas.doors_of(actor.org) if actor.role is Role.COMMUNITY and actor.org is not None else []


def _form(request: HttpRequest, refused: Refusal | None = None, offer: Offer | None = None) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    below = [] if actor.role is Role.COMMUNITY else areas.below(actor.org, local_date(at))
    context = {
        "refused": refused,
        "offer": offer,
        "faults": [Fault(refused.where, refused.message)] if refused and refused.where else [],
        "wrong": {refused.where: refused.message} if refused else {},
        "written": request.POST,
        "form": request.POST.get("form") or new_form(),
        "most": LONGEST_REPORT,
        "sources": [(source, words.source_name(source)) for source in SOURCES],
        "items": [("", say("desk-any")), *words.items()],
        "doors": [("", say("desk-report-door-none"))] + [(str(each.pk), each.name) for each in _doors(actor)],
        **behalf_choices(),
        "areas": [("", say("desk-any"))] + [(str(each.id), said(each.name)) for each in below],
    }
    return words.drawn(request, "desk/report.html", context)
