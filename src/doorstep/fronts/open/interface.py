"""The open interface itself: how it reads, writes and refuses."""

from __future__ import annotations

from typing import Any

import orjson
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from doorstep.cases.actions.looking import NotACaseNumber
from doorstep.cases.actions.tables import RowRefused, SheetRefused
from doorstep.catalogue.actions.demanding import DemandRefused
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say, text
from doorstep.fronts.limits import TooMany
from doorstep.fronts.refusing import not_found, refuse


class Orjson(BaseRenderer, Parser):
    """JSON both ways."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class Interface(NinjaAPI):
    """Operations are known by the names of their functions."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        name: str = operation.view_func.__name__
        return name.strip("_").replace("_", "-")


class Unreadable(Refusal):
    """Not JSON; answered as 400."""

    status = 400


class TooLarge(Refusal):
    """More than we take at once; answered as 413."""

    status = 413


class Unusable(Refusal):
    """Answers that do not fit the description; answered as 422, each fault with its place."""

    status = 422


interface = Interface(
    title="Doorstep", version="1", docs_url=None, openapi_url=None, renderer=Orjson(), parser=Orjson()
)


@interface.exception_handler(Refusal)
def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """In words; 422 where one answer is at fault, 409 where the case stands otherwise, unless it says more itself.

    An address with a number that no case can have leads nowhere, as one does that no case has.
    """
    response = refuse(request, refusal)
    if isinstance(refusal, NotACaseNumber):
        response.status_code = 404
    elif refusal.where and not hasattr(refusal, "status"):
        response.status_code = 422
    if isinstance(refusal, TooMany):
        response.headers["Retry-After"] = str(refusal.wait_s)
    return response


@interface.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return not_found(request, error)


@interface.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    """The body could not be read at all."""
    return refuse(request, Unreadable(say("open-unreadable"), say("open-unreadable-try")))


@interface.exception_handler(RequestDataTooBig)
def too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return refuse(request, TooLarge(say("open-too-large"), say("open-too-large-try")))


@interface.exception_handler(ValidationError)
def unusable(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each fault with its field, in words; what was sent is not sent back."""
    faults = [{"where": _where(each["loc"]), "refused": text(_fault(each))} for each in error.errors]
    body = {
        "refused": text("open-unusable"),
        "try_this": text("open-unusable-try"),
        "where": faults[0]["where"] if faults else "",
        "faults": faults,
    }
    return HttpResponse(orjson.dumps(body), content_type="application/json; charset=utf-8", status=Unusable.status)


@interface.exception_handler(RowRefused)
def no_row(request: HttpRequest, refusal: RowRefused) -> HttpResponse:
    """Every column of a row that cannot be kept."""
    return _with_faults(refusal, [(each.column, each.message) for each in refusal.faults])


@interface.exception_handler(SheetRefused)
def no_rows(request: HttpRequest, refusal: SheetRefused) -> HttpResponse:
    """Every fault of every row; none of them was taken."""
    return _with_faults(refusal, [(f"rows.{place - 1}.{fault.column}", fault.message) for place, fault in refusal.rows])


@interface.exception_handler(DemandRefused)
def not_asked(request: HttpRequest, refusal: DemandRefused) -> HttpResponse:
    """Everything that stands against it, fields of a form by their rows."""
    return _with_faults(refusal, [(fault.where, fault.message) for fault in refusal.faults])


def _with_faults(refusal: RowRefused | SheetRefused | DemandRefused, faults: list[tuple[str, Message]]) -> HttpResponse:
    body = {
        "refused": text(refusal.message),
        "try_this": text(refusal.try_this) if refusal.try_this else None,
        "where": faults[0][0],
        "faults": [{"where": where, "refused": text(message)} for where, message in faults],
    }
    return HttpResponse(orjson.dumps(body), content_type="application/json; charset=utf-8", status=refusal.status)


def _where(place: tuple[str | int, ...]) -> str:
    """The field as the caller knows it: without the part of the request and our own name for the body."""
    source, *rest = place
    return ".".join(str(part) for part in (rest[1:] if source == "body" else rest))


def _fault(error: dict[str, Any]) -> Message:
    """What is wrong with one answer, in our words."""
    bounds = error.get("ctx", {})
    kind = _KINDS.get(error["type"], "other")
    params = {name: str(bounds[known]) for known, name in _BOUNDS.items() if known in bounds}
    return say(f"open-fault-{kind}", **params) if kind in _BOUNDED else say(f"open-fault-{kind}")


_BOUNDS = {"max_length": "most", "min_length": "least", "le": "most", "lt": "most", "ge": "least", "gt": "least",
           "expected": "known"}  # fmt: skip
_BOUNDED = {"long", "short", "large", "small", "unknown"}
_KINDS = {
    "missing": "missing",
    "extra_forbidden": "extra",
    "string_too_long": "long",
    "string_too_short": "short",
    "too_long": "long",
    "too_short": "short",
    "string_pattern_mismatch": "pattern",
    "less_than": "large",
    "less_than_equal": "large",
    "greater_than": "small",
    "greater_than_equal": "small",
    "literal_error": "unknown",
    "enum": "unknown",
    "string_type": "text",
    "int_type": "number",
    "int_parsing": "number",
    "int_from_float": "number",
    "float_type": "number",
    "float_parsing": "number",
    "bool_type": "yes-no",
    "bool_parsing": "yes-no",
    "date_type": "day",
    "date_parsing": "day",
    "date_from_datetime_parsing": "day",
    "list_type": "list",
    "model_type": "object",
    "model_attributes_type": "object",
    "dict_type": "object",
}
