"""How a call of OGC API – Features comes in, and how it is refused: in JSON, to be read by pages of anybody."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Final
from urllib.parse import urlencode, urljoin

import orjson
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from doorstep.core.refusals import Refusal
from doorstep.core.text import say, text, use_language
from doorstep.fronts.entering import DATABASE_GONE, for_the_public, without_transaction
from doorstep.fronts.open311.entering import language_of
from doorstep.fronts.refusing import RETRY_AFTER_S

JSON: Final = "application/json"
GEOJSON: Final = "application/geo+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
FRESH_S: Final = 60
EVERYWHERE: Final = frozenset({"f", "lang"})
_FORMS: Final = ("json",)


class CallRefused(Refusal):
    """An argument that cannot be read, or that nobody knows; answered as 400."""

    status = 400


class NotThere(Refusal):
    """No such collection, or no such feature in it; answered as 404."""

    status = 404


class NoSuchMethod(Refusal):
    """Features are read, never written; answered as 405."""

    status = 405


class Request(HttpRequest):
    """A call whose moment is known."""

    at: Any


def link(path: str, rel: str, kind: str = JSON, title: str = "", **arguments: Any) -> dict[str, str]:
    """A link to a place of ours."""
    address = urljoin(settings.PUBLIC_ADDRESS, f"/features/{path}")
    given = {name: str(value) for name, value in arguments.items() if value not in (None, "")}
    told = {"href": f"{address}?{urlencode(given)}" if given else address, "rel": rel, "type": kind}
    return {**told, "title": title} if title else told


def answered(content: Any, kind: str = JSON) -> HttpResponse:
    """Something in JSON, with a mark by which whoever has it already is told so."""
    body = content if isinstance(content, bytes) else orjson.dumps(content)
    return HttpResponse(body, content_type=kind)


def calls(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that is read by programs; what it refuses says why, in JSON."""

    @wraps(view)
    def entered(request: Any, **given: str) -> HttpResponse:
        with use_language(language_of(request)):
            try:
                if request.method not in {"GET", "HEAD"}:
                    raise NoSuchMethod(say("features-no-such-method"), say("features-no-such-method-try"))
                answer = view(request, **{name: value.replace("\0", "") for name, value in given.items()})
            except (Refusal, Http404, SuspiciousOperation, *DATABASE_GONE) as error:
                answer = _refused(error)
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Vary"] = "Accept-Language, Accept-Encoding"
        return _unless_known(request, answer)

    return without_transaction(for_the_public(entered))


def known_only(request: HttpRequest, names: Collection[str]) -> None:
    """Refuse arguments that are not described, as the standard demands: a slip must not look like an answer."""
    for name in request.GET:
        if name not in names and name not in EVERYWHERE:
            raise CallRefused(say("features-unknown", name=name[:60]), say("features-unknown-try"), name[:60])
    if request.GET.get("f", "json") not in _FORMS:
        raise CallRefused(say("features-no-form"), say("features-no-form-try"), "f")


def _unless_known(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """304 for whoever already has what would be sent."""
    if answer.status_code != 200:
        return answer
    if "ETag" not in answer.headers:
        answer.headers["ETag"] = f'W/"{hashlib.blake2b(answer.content, digest_size=12).hexdigest()}"'
    answer.headers["Cache-Control"] = f"public, max-age={FRESH_S}"
    known = {each.strip() for each in request.headers.get("If-None-Match", "").split(",")}
    if answer.headers["ETag"] not in known:
        return answer
    kept = {name: answer.headers[name] for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin")}
    return HttpResponse(status=304, headers=kept)


def _refused(error: Exception) -> HttpResponse:
    if isinstance(error, DATABASE_GONE):
        return _problem(503, text("parts-not-now"), {"Retry-After": str(RETRY_AFTER_S)})
    if isinstance(error, Http404):
        return _problem(404, f"{text('features-no-address')} {text('features-no-address-try')}")
    if not isinstance(error, Refusal):
        return _problem(400, f"{text('features-unreadable')} {text('features-unreadable-try')}")
    status = int(getattr(error, "status", 400))
    return _problem(status, str(error), {"Allow": "GET, HEAD"} if status == 405 else None)


def _problem(status: int, description: str, headers: dict[str, str] | None = None) -> HttpResponse:
    """As the standard's own `exception`: a code and what is wrong."""
    body = orjson.dumps({"code": str(status), "description": description})
    return HttpResponse(body, content_type=JSON, status=status, headers=headers)
