"""One handler for every refusal: a page for people, JSON for programs."""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import DisallowedHost
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from doorstep.core.refusals import Refusal
from doorstep.core.text import languages, say, text


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """What happened, why, and what to do next."""
    status = getattr(refusal, "status", 409)
    if wants_json(request):
        body = {"refused": text(refusal.message), "where": refusal.where}
        if refusal.try_this is not None:
            body["try_this"] = text(refusal.try_this)
        return JsonResponse(body, status=status)
    return render(request, "refused.html", {"refusal": refusal, "before": page_before(request)}, status=status)


def page_before(request: HttpRequest) -> str:
    """The page of ours from which a form was sent, read anew; nothing where none was sent or no page is named."""
    named = request.headers.get("Referer", "")
    if request.method != "POST" or not url_has_allowed_host_and_scheme(named, {request.get_host()}):
        return ""
    parts = urlsplit(named)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def wants_json(request: HttpRequest) -> bool:
    """Whether a program is asking."""
    is_program = request.path.startswith(("/api/", "/open311/", "/features/"))
    return is_program or request.headers.get("Accept", "").startswith("application/json")


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


RETRY_AFTER_S = 5


def not_now(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer in this moment; what was sent can be sent again."""
    refusal = Refusal(say("parts-not-now"), say("parts-not-now-try"))
    refusal.status = 503  # type: ignore[attr-defined]
    response = refuse(request, refusal)
    response.headers["Retry-After"] = str(RETRY_AFTER_S)
    return response


def wrong_address(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: most often the pages are called under a host name that they were not told of."""
    if isinstance(exception, DisallowedHost):
        # The name comes from whoever calls: no page is built from it. Nor is their language known so early.
        said = [text(key, lang) for lang in languages for key in ("parts-wrong-host", "parts-wrong-host-try")]
        words = "\n".join([*said, ""])
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    return unreadable(request)


def unreadable(request: HttpRequest) -> HttpResponse:
    """400: what was sent cannot be read."""
    refusal = Refusal(say("parts-bad-request"), say("parts-bad-request-try"))
    refusal.status = 400  # type: ignore[attr-defined]
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
