"""Ask for mediation from the page of one's own case, and come back to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.cases import queries as cases
from doorstep.core.access import Actor
from doorstep.core.access.links import party_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import as_actor
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.mediation import reading
from doorstep.fronts.resident.following import private
from doorstep.fronts.resident.photos import holder_of_link
from doorstep.mediation import queries as mediations
from doorstep.mediation.actions import requesting
from doorstep.mediation.actions.requesting import FromCase


class NotFromHere(Refusal):
    """This case does not lead to mediation, or its place is not known yet."""


@as_actor(holder_of_link)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, token: str) -> HttpResponse:
    """The form; or, where there is a mediation already, one's own page in it."""
    ava, at = request.actor, request.at  # type: ignore[attr-defined]
    shown = cases.followed(ava.case)
    if shown is None:
        raise Http404
    there = mediations.of_case(ava.case)
    if there is not None and there.party is not None and there.state not in ("stopped", "failed", "settled"):
        return SeeOther(reverse("party", args=[party_token(there.party, there.turn, at=at)]))
    if request.method != "POST":
        return _form(request, token, shown)
    made: list[requesting.Requested] = []
    refused = attempted(lambda: made.append(_request(request, shown, ava)))
    if refused is not None:
        return _form(request, token, shown, refused)
    return SeeOther(f"{reverse('party', args=[made[0].token])}?done=asked")


def _request(request: HttpRequest, shown: Any, ava: Actor) -> requesting.Requested:
    form, at = request.POST, request.at  # type: ignore[attr-defined]
    return request_from(shown.case, asked.text(form, "matter", reading.LONGEST), reading.parties(form), by=ava, at=at)


def request_from(
    case: Any, matter: str, parties: Sequence[mediations.NewParty], *, by: Actor, at: datetime
) -> requesting.Requested:
    """Ask for mediation as whoever reported this case; refused where it is no dispute, or nowhere yet."""
    if not mediations.may_be_mediated(case.case_class, case.item):
        raise NotFromHere(say("mediation-no-kind"), say("mediation-no-kind-try"))
    if case.community_id is None:
        raise NotFromHere(say("mediation-no-place"), say("mediation-no-place-try"))
    return requesting.request(
        matter,
        parties,
        community=case.community_id,
        case=FromCase(case.pk, case.number, case.community_id),
        by=by,
        at=at,
    )


def _form(request: HttpRequest, token: str, shown: Any, refused: Refusal | None = None) -> HttpResponse:
    contact = shown.contact
    given = {
        "case": shown.case,
        "token": token,
        "may": mediations.may_be_mediated(shown.case.case_class, shown.case.item),
        "written": reading.written(request.POST, refused)
        or {
            "name1": contact.name if contact else "",
            "phone1": contact.phone if contact else "",
            "email1": contact.email if contact else "",
        },
        "most": mediations.LONGEST_MATTER,
        "refused": refused,
    }
    status = 200 if refused is None else getattr(refused, "status", 409)
    return private(render(request, "mediation/ask.html", given, status=status))
