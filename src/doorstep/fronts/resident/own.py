"""What is kept of me and my case: who saw it, a copy to take with me, and erasing. The link is the proof."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases.actions import erase as erasing
from doorstep.cases.actions.ledger import find
from doorstep.cases.own_data import own_data
from doorstep.cases.seen import Seen, who_saw
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.fronts.entering import as_actor
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.resident.following import private
from doorstep.fronts.resident.photos import holder_of_link
from doorstep.fronts.templatetags.words import said
from doorstep.mediation.queries import own_of_case
from doorstep.proofs.receipt import receipt


class ErasingUnsure(Refusal):
    """What is erased does not come back; one tick says that it is meant."""


@as_actor(holder_of_link)
@require_safe
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The page: seen by whom, taken where, erased when."""
    return _page(request, token)


@as_actor(holder_of_link)
@require_safe
def own_copy(request: HttpRequest, token: str) -> HttpResponse:
    """Everything in one file that a program can read."""
    case, at = case_of(request)
    copy = own_data(case.pk, erasing.standings_of(case, at), at=at)
    if copy is not None:
        copy["mediation"] = own_of_case(case.pk, at=at)
    response = JsonResponse(copy, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="doorstep-{case.number}.json"'
    return private(response)


@as_actor(holder_of_link)
@require_safe
def proof(request: HttpRequest, token: str) -> HttpResponse:
    """What shows, without us, that the record of the case is as it was written."""
    case, at = case_of(request)
    response = JsonResponse(receipt(case.pk, at=at), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="doorstep-proof-{case.number}.json"'
    return private(response)


@as_actor(holder_of_link)
@require_POST
def erase(request: HttpRequest, token: str) -> HttpResponse:
    """Erase all that can go; what cannot yet is told with the reason and the day."""
    ava, at = request.actor, request.at  # type: ignore[attr-defined]
    if request.POST.get("sure") != "yes":
        refused = ErasingUnsure(say("shield-erase-unsure"), say("shield-erase-unsure-try"), "sure")
        return _page(request, token, refused)
    erasing.erase(CaseId(ava.case), by=ava, at=at)
    return SeeOther(f"{reverse('resident-own', args=[token])}?done=erased")


def case_of(request: HttpRequest) -> tuple[Any, datetime]:
    """The case whose link was shown, and the moment."""
    ava: Actor = request.actor  # type: ignore[attr-defined]
    if ava.case is None:
        raise Http404
    return find(CaseId(ava.case)), request.at  # type: ignore[attr-defined]


def _page(request: HttpRequest, token: str, refused: Refusal | None = None) -> HttpResponse:
    case, at = case_of(request)
    standing = erasing.standings_of(case, at)
    copy = own_data(case.pk, standing, at=at)
    given = {
        "case": case,
        "token": token,
        "copy": copy,
        "rows": [(say(f"cases-move-{row['move']}"), row) for row in copy["life"]] if copy else [],
        "seen": [look(each) for each in who_saw(case.pk)],
        "parts": [(say(f"shield-part-{each.part}"), each) for each in standing],
        "asked_at": copy["erasing"]["asked_at"] if copy else None,
        "refusal": refused,
        "done": request.GET.get("done") == "erased",
    }
    return private(render(request, "resident/own.html", given, status=200 if refused is None else 422))


def look(each: Seen) -> dict[str, Any]:
    """One look at the case, in words: a unit and a post, never a person."""
    return {
        "at": each.at,
        "who": said(each.unit) if each.unit else _role(each),
        "post": _post(each),
        "what": say(f"shield-seen-{each.what}"),
        "is_contact": each.what == "contact",
        "purpose": say(f"shield-purpose-{each.purpose}") if each.purpose else "",
        "because": each.because,
        "until": each.until,
    }


def _role(each: Seen) -> Message:
    return say(f"staff-role-{each.role.replace('_', '-')}") if each.role else say("cases-hat-desk")


def _post(each: Seen) -> Message | str:
    if not each.post_kind:
        return ""
    return each.post_title or say(f"staff-post-{each.post_kind.replace('_', '-')}")
