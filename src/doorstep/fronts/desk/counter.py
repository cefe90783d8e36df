"""The counter of a station: a visitor says it, a worker types it, and the visitor takes number and code home.

One screen, and the next visitor. The page with the visitor's link is the answer to the form and nothing else: nobody
can call it up for a case of somebody else.
"""

from __future__ import annotations

from typing import Any

import segno
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases import queries as cases
from doorstep.cases.actions.contact import readable_contact
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Receipt, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.catalogue.item import Source
from doorstep.core.access import Role, audit
from doorstep.core.access.links import follow_token
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say, text
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.report import because_in, behalf_choices
from doorstep.fronts.entering import for_roles
from doorstep.fronts.once import new_form, report_key
from doorstep.fronts.parts import Fault
from doorstep.fronts.spoken import may_record, sound_in


@for_roles(*sorted(DESKS | {Role.GRID}))
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: Any) -> HttpResponse:
    """The form; and once it is sent, what the visitor takes home."""
    if request.method != "POST":
        return _form(request)
    try:
        with transaction.atomic():
            said = _said(request)
            receipt = write_report(said, at=request.at)
            audit.deed("reported-for-caller", receipt.number, by=request.actor, at=request.at)
    except Refusal as refused:
        return _form(request, refused)
    return _slip(request, said, receipt)


def _said(request: Any) -> Report:
    form = request.POST
    contact = readable_contact("", form.get("phone", ""), name=asked.line(form, "name"), language=language())
    above = areas.above(request.actor.org)
    chosen = asked.number(form, "door")
    return Report(
        words=asked.text(form, "words", LONGEST_REPORT + 1),
        place=Place(
            door=chosen if chosen in {each.pk for each in _doors(request)} else None,
            county=above.county if above else None,
            subdistrict=above.subdistrict if above else None,
            community=above.community if above else None,
            words=asked.line(form, "place"),
        ),
        contact=contact,
        source=str(Source.STATION),
        key=report_key(request),
        because=because_in(form),
        sound=sound_in(request),
    )


def _doors(request: Any) -> list[Any]:
    above = areas.above(request.actor.org)
    return areas.doors_of(above.community) if above and above.community else []


def _slip(request: Any, said: Report, receipt: Receipt) -> HttpResponse:
    link = request.build_absolute_uri(reverse("resident-follow", args=[follow_token(receipt.case, at=request.at)]))
    given = {
        "number": receipt.number,
        "words": said.words or text("sound-alone"),
        "link": link,
        "told": not said.contact.is_empty,
        "danger": cases.danger_in(said.words),
        "qr": segno.make(link, error="m").svg_inline(scale=5, omitsize=True, border=3),
    }
    return words.drawn(request, "desk/counter_slip.html", given)


def _form(request: Any, refused: Refusal | None = None) -> HttpResponse:
    written = request.POST
    given = {
        "refused": refused,
        "faults": [Fault(refused.where, refused.message)] if refused and refused.where else [],
        "wrong": {refused.where: refused.message} if refused else {},
        "written": written,
        "form": written.get("form") or new_form(),
        "most": LONGEST_REPORT,
        "doors": [("", say("desk-report-door-none"))] + [(str(each.pk), each.name) for each in _doors(request)],
        **behalf_choices(),
    }
    return may_record(words.drawn(request, "desk/counter.html", given, status=200 if refused is None else 422))
