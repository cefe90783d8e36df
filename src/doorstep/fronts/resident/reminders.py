"""For everybody: what neighbours are urgently reminded of now, and how to be reminded oneself, without an account."""

from __future__ import annotations

from typing import Any

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.alerts import queries, wording
from doorstep.alerts.actions import subscribing
from doorstep.areas import queries as areas
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.refusals import Refusal
from doorstep.core.text import language
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.templatetags.words import said


@for_the_public
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What is true now; what was taken back is said to be over."""
    at = request.at  # type: ignore[attr-defined]
    rows = [_row(each) for each in queries.public(at, asked.number(request.GET, "community"))]
    told = "reminders-told-confirmed" if request.GET.get("told") == "confirmed" else ""
    return render(request, "alerts/board.html", {"rows": rows, "told": told})


@for_the_public
@require_safe
def one(request: HttpRequest, reminder: int) -> HttpResponse:
    """One reminder, as its messages lead to it."""
    at = request.at  # type: ignore[attr-defined]
    row = queries.one(min(reminder, asked.LARGEST_NUMBER))
    rows = [_row(row)] if row is not None and not row.drill and row.until > at else []
    return render(request, "alerts/board.html", {"rows": rows, "alone": True}, status=200 if rows else 404)


def _row(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "marks": wording.marks(row.drill, row.kind, "all-clear" if row.state == "cancelled" else "word"),
        "headline": wording.headline(row),
        "where": wording.where(row),
    }


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Which place and which number or address; a code goes there."""
    form, at = request.POST, request.at  # type: ignore[attr-defined]
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            limits.count_question(request)
            number = subscribing.ask(
                asked.line(form, "contact", 121),
                asked.line(form, "community", 17),
                asked.line(form, "door", 12),
                agreed="agreed" in form,
                with_drills="with_drills" in form,
                language=language(),
                at=at,
            )
            return SeeOther(reverse("resident-reminders-confirm", args=[_signer().sign(str(number))]))
        except Refusal as no:
            refused = no
    with acting_as(ANONYMOUS):
        served = areas.served_communities(local_date(at))
        places = [
            (each.code, f"{said(each.subdistrict.name)} · {said(each.name)}") for each in served if each.subdistrict
        ]
    context = {"written": form or {"door": asked.line(request.GET, "door", 12)}, "places": places, **_no(refused)}
    return render(request, "alerts/subscribe.html", context, status=_status(refused))


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The six digits from the message."""
    at = request.at  # type: ignore[attr-defined]
    try:
        number = int(_signer().unsign(token))
    except (BadSignature, ValueError) as error:
        raise Http404(token) from error
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            limits.count_question(request)
            subscribing.confirm(number, asked.line(request.POST, "code", 12), at=at)
            return SeeOther(f"{reverse('resident-reminders')}?told=confirmed")
        except Refusal as no:
            refused = no
    return render(request, "alerts/confirm.html", _no(refused), status=_status(refused))


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Reminded no more. A link is opened by machines too, so it is a button that does it."""
    is_done = False
    if request.method == "POST":
        subscribing.stop(token, at=request.at)  # type: ignore[attr-defined]
        is_done = True
    return render(request, "alerts/stop.html", {"is_done": is_done})


def _no(refused: Refusal | None) -> dict[str, Any]:
    wrong = {f"wrong_{refused.where}": refused.message} if refused and refused.where else {}
    return {"refused": refused, **wrong}


def _status(refused: Refusal | None) -> int:
    return 200 if refused is None else getattr(refused, "status", 422)


def _signer() -> Signer:
    return Signer(salt="doorstep subscription", sep=".")
