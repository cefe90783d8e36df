"""For everybody: where emergency mode is on and why, and a word of what is needed, without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.alerts import emergencies
from doorstep.alerts.actions import needing
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked, limits
from doorstep.fronts.alerts import telling
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther


@for_the_public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Where it is on now."""
    rows = [telling.shown(each) for each in emergencies.open_now(request.at)]  # type: ignore[attr-defined]
    return render(request, "alerts/emergencies_public.html", {"rows": rows})


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def tell(request: HttpRequest, emergency: int) -> HttpResponse:
    """What is needed, how many, and where; a link to take it back."""
    at, number = request.at, min(emergency, asked.LARGEST_NUMBER)  # type: ignore[attr-defined]
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            limits.count_report(request)
            need = needing.tell(number, telling.wish(request.POST), came_by="resident", at=at)
            return SeeOther(reverse("resident-need", args=[needing.link_token(need)]))
        except Refusal as no:
            refused = no
    with acting_as(ANONYMOUS):
        row = emergencies.one(number)
    if row is None or not emergencies.is_on(row, at):
        return render(request, "alerts/emergencies_public.html", {"rows": [], "gone": True}, status=404)
    written = request.POST or {"quantity": "1", "door": asked.line(request.GET, "door", 12)}
    context = {**telling.shown(row), **telling.form(written, refused), "kept_days": emergencies.KEPT_FOR.days}
    return render(request, "alerts/need_tell.html", context, status=telling.status_of(refused))


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a need, for whoever told it; a button takes it back."""
    at: Any = request.at  # type: ignore[attr-defined]
    number = needing.need_of_link(token)
    if number is None:
        raise Http404(token)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            needing.withdraw(number, at=at)
            return SeeOther(reverse("resident-need", args=[token]))
        except Refusal as no:
            refused = no
    found = emergencies.told(number)
    if found is None:
        raise Http404(token)
    row, emergency = found
    context = {
        **telling.shown(emergency),
        "need": row,
        "item": say(f"emergency-item-{row.item}"),
        "is_on": emergencies.is_on(emergency, at),
        "refused": refused,
    }
    return render(request, "alerts/need_told.html", context, status=telling.status_of(refused))
