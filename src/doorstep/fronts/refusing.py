"""One handler for every refusal: a page for people, JSON for programs."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What happened, why, and what to do next."""
    status = getattr(refusal, "status", 409)
    if wants_json(request):
        body = {"refused": text(refusal.message), "where": refusal.where}
        if refusal.try_this is not None:
            body["try_this"] = text(refusal.try_this)
        return JsonResponse(body, status=status)
    return render(request, "refused.html", {"refusal": refusal}, status=status)


def wants_json(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    return request.path.startswith("/api/") or request.headers.get("Accept", "").startswith("application/json")


def not_found(request: HttpRequest, exception: Http404 | None = None) -> HttpResponse:
    """404, in words."""
    refusal = Refusal(say("parts-not-found"), say("parts-not-found-try"))
    refusal.status = 404  # type: ignore[attr-defined]
    return refuse(request, refusal)


def only_sent(request: HttpRequest) -> HttpResponse:
    """405, in words: the address of a form was opened, by going back to it or by typing it."""
    refusal = Refusal(say("parts-only-sent"), say("parts-only-sent-try"))
    refusal.status = 405  # type: ignore[attr-defined]
    return refuse(request, refusal)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or whose page is too old."""
    refusal = Refusal(say("parts-csrf"), say("parts-csrf-try"))
    refusal.status = 403  # type: ignore[attr-defined]
    return refuse(request, refusal)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours, said plainly; the log holds the trace."""
    refusal = Refusal(say("parts-our-fault"), say("parts-our-fault-try"))
    refusal.status = 500  # type: ignore[attr-defined]
    return refuse(request, refusal)
