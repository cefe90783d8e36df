"""Somebody here needs help now: whoever stands there dials, and then tells those near by where it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.cases.actions.distress import call_help
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.fronts import distress, limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.resident.forms import PlaceRefused
from doorstep.fronts.resident.on_the_way import door_of, place_in
from doorstep.fronts.resident.reporting import answered


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def help_here(request: HttpRequest, code: str = "") -> HttpResponse:
    """The numbers to dial, one button, and the receipt of what was called."""
    if request.method != "POST":
        return _form(request, code, {})
    at = request.at  # type: ignore[attr-defined]
    try:
        said = distress.call_in(request, place_in(request.POST, door_of(code)))
        limits.count_report(request)
        receipt = call_help(said, distress.what_in(request.POST), at=at)
    except Refusal as refused:
        return _form(request, code, request.POST, refused)
    return SeeOther(reverse("resident-received", args=[follow_token(receipt.case, at=at)]))


def _form(request: HttpRequest, code: str, answers: Mapping[str, str], refused: Refusal | None = None) -> HttpResponse:
    door = None
    try:
        door = door_of(code)
    except PlaceRefused as unknown:
        refused = refused or unknown
    status = 200 if refused is None else getattr(refused, "status", 422)
    given = {**distress.page(answers, refused), "door": door}
    return answered(request, render(request, "resident/help.html", given, status=status), refused)
