"""How a call of Open311 comes in, and how it is refused: in its own form, by the standard's list of errors."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from doorstep.core.refusals import Refusal
from doorstep.core.text import default_language, say, use_language
from doorstep.exchange import queries as partners
from doorstep.exchange.queries import Known
from doorstep.fronts.entering import DATABASE_GONE, for_the_public, without_transaction
from doorstep.fronts.limits import TooMany
from doorstep.fronts.open.entering import language_asked
from doorstep.fronts.open311.asked import Asked, read
from doorstep.fronts.open311.saying import MEDIA, Told, written
from doorstep.fronts.refusing import RETRY_AFTER_S

FORMS: Final = {"json": ("application/json",), "xml": ("text/xml", "application/xml")}
View = Callable[..., Told]


class CallRefused(Refusal):
    """Not a call that can be answered; answered as 400."""

    status = 400


class NotThere(Refusal):
    """No such service, request, token or jurisdiction; answered as 404."""

    status = 404


class KeyRefused(Refusal):
    """No key where one is needed, or one that nobody has; answered as 403, as the standard says."""

    status = 403


class NoForm(Refusal):
    """In no form that we speak; answered as 406."""

    status = 406


class NoSuchMethod(Refusal):
    """Nothing is done here in this way; answered as 405."""

    status = 405


class Request(HttpRequest):
    """A call whose arguments are read, and whose partner is known where it has shown its key."""

    at: Any
    asked: Asked
    partner: Known | None


def calls(*, get: View | None = None, post: View | None = None) -> Callable[..., HttpResponse]:
    """The view of an address: what it does for each method, in the form and language that were asked for."""
    does = {"GET": get, "HEAD": get, "POST": post}
    allowed = ", ".join(method for method, view in does.items() if view)

    @wraps(get or post or calls)
    def entered(request: Any, ending: str = "", **given: str) -> HttpResponse:
        form = ending or "json"
        with use_language(language_of(request)):
            try:
                form = ending or _form_wanted(request)
                view = does.get(request.method)
                if view is None:
                    raise NoSuchMethod(
                        say("georeport-no-such-method"), say("georeport-no-such-method-try", methods=allowed)
                    )
                answer = _answer(view, request, given, form)
            except (Refusal, Http404, RequestDataTooBig, SuspiciousOperation, BadRequest, *DATABASE_GONE) as error:
                answer = _refused(error, form)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            answer.headers["Allow"] = allowed
        # Everybody's data, for pages of anybody; a key travels in the call itself, never in a cookie.
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Vary"] = "Accept, Accept-Language"
        return answer

    return csrf_exempt(without_transaction(for_the_public(entered)))


def language_of(request: HttpRequest) -> str:
    """The language that is asked for, or our own where so much is asked that nothing is read."""
    try:
        return language_asked(request)
    except SuspiciousOperation:
        # More arguments than are read: the call is refused for them a moment later.
        return default_language


def _answer(view: View, request: Any, given: dict[str, str], form: str) -> HttpResponse:
    request.asked = read(request)
    request.partner = _partner(request)
    told = view(request, **{name: value.replace("\0", "") for name, value in given.items()})
    return HttpResponse(written(told, form), content_type=MEDIA[form])


def _partner(request: Any) -> Known | None:
    """Who has shown a key: as `api_key`, or as the bearer token of the rest of the interface."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    key = request.asked.one("api_key") or (bearer.strip() if scheme.lower() == "bearer" else "")
    if not key:
        if request.method == "POST" and settings.OPEN311_NEEDS_KEY:
            raise KeyRefused(say("georeport-key-needed"), say("georeport-key-needed-try"), "api_key")
        return None
    known = partners.with_key(key)
    if known is None:
        raise KeyRefused(say("exchange-key-refused"), say("exchange-key-refused-try"), "api_key")
    return known


def _form_wanted(request: HttpRequest) -> str:
    """The form by the header Accept; JSON for whoever takes anything."""
    accepted = request.headers.get("Accept", "*/*")
    for form, media in FORMS.items():
        if any(each in accepted for each in media):
            return form
    if not accepted.strip() or "*/*" in accepted or "application/*" in accepted:
        return "json"
    if "text/*" in accepted:
        return "xml"
    raise NoForm(say("georeport-no-form"), say("georeport-no-form-try"), "Accept")


def _refused(error: Exception, form: str) -> HttpResponse:
    if isinstance(error, DATABASE_GONE):
        return _errors(503, str(say("parts-not-now")), form, {"Retry-After": str(RETRY_AFTER_S)})
    if isinstance(error, RequestDataTooBig):
        return _errors(413, f"{say('open-too-large')} {say('open-too-large-try')}", form)
    if isinstance(error, Http404):
        return _errors(404, f"{say('georeport-no-address')} {say('georeport-no-address-try')}", form)
    if not isinstance(error, Refusal):
        return _errors(400, f"{say('georeport-unreadable')} {say('georeport-unreadable-try')}", form)
    status = int(getattr(error, "status", 400))
    # The standard knows these; whatever else our own refusals are answered with is a call that cannot be done.
    known = status if status in {401, 403, 404, 405, 406, 409, 410, 413, 429} else 400
    more = {"Retry-After": str(error.wait_s)} if isinstance(error, TooMany) else {}
    return _errors(known, str(error), form, more)


def _errors(status: int, description: str, form: str, headers: dict[str, str] | None = None) -> HttpResponse:
    told = Told("errors", [{"code": status, "description": description}])
    return HttpResponse(written(told, form), content_type=MEDIA[form], status=status, headers=headers)
