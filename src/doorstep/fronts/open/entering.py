"""Who may call an operation: the marks of the pages, set on operations.

A program shows the key of its session as a bearer token; the cookie of a browser opens nothing here. Each operation
runs in one transaction as one actor, and an answer of 400 or more leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja.decorators import decorate_view
from ninja.operation import Operation
from ninja.utils import contribute_operation_callback

from doorstep.core.access import Actor, Role
from doorstep.core.access.links import follower
from doorstep.core.refusals import Refusal
from doorstep.core.text import languages, say, use_language
from doorstep.exchange import queries as partners
from doorstep.fronts import entering
from doorstep.fronts.entering import as_actor, enter, for_the_public, without_transaction
from doorstep.fronts.open.interface import refused
from doorstep.fronts.parties.party import party_of_link
from doorstep.staff.actions.signing_in import SignedIn

Does = TypeVar("Does", bound=Callable[..., Any])
View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request whose sender is known."""

    actor: Actor
    at: datetime
    signed_in: SignedIn | None


def for_roles(*roles: Role, also: Sequence[Callable[[View], View]] = ()) -> Callable[[Does], Does]:
    """Open an operation to these roles, who send the key of their session; `also` are other marks of a page."""

    def mark(view: View) -> View:
        for each in (entering.for_roles(*roles), *also):
            view = each(view)
        return view

    return _marked(mark, roles)


def for_everybody(does: Does) -> Does:
    """Open an operation to all, whoever they are; it opens its own transactions."""
    return _marked(lambda view: without_transaction(for_the_public(view)))(does)


def for_readers(does: Does) -> Does:
    """Open an operation to all; it reads what everybody may see."""
    return _marked(for_the_public)(does)


def for_followers(does: Does) -> Does:
    """Open an operation to whoever holds the link of a case; the link is part of the address."""
    return _marked(as_actor(_holder_of_link))(does)


def for_parties(does: Does) -> Does:
    """Open an operation to whoever holds the link of a party to a mediation; the link is part of the address."""
    return _marked(as_actor(party_of_link))(does)


def for_partners(does: Does) -> Does:
    """Open an operation to other platforms, each with its own key; it opens its own transactions."""

    def mark(view: View) -> View:
        def known(request: Any, **given: Any) -> HttpResponse:
            scheme, _, key = request.headers.get("Authorization", "").partition(" ")
            request.partner = partners.with_key(key.strip()) if scheme.lower() == "bearer" else None
            if request.partner is None:
                return refused(request, KeyRefused(say("exchange-key-refused"), say("exchange-key-refused-try")))
            return view(request, **given)

        return without_transaction(for_the_public(known))

    def say_so(operation: Operation) -> None:
        operation.openapi_extra = {**(operation.openapi_extra or {}), "security": [{"partner": []}]}

    decorate_view(partial(_entered, mark))(does)
    contribute_operation_callback(does, say_so)
    return does


class KeyRefused(Refusal):
    """No partner has this key; answered as 401."""

    status = 401


def _holder_of_link(request: Request, token: str, **rest: Any) -> Actor:
    return follower(token, at=request.at)


def _marked(mark: Callable[[View], View], roles: tuple[Role, ...] = ()) -> Callable[[Does], Does]:
    def on(does: Does) -> Does:
        decorate_view(partial(_entered, mark))(does)
        contribute_operation_callback(does, partial(_say_who, roles))
        return does

    return on


def _entered(mark: Callable[[View], View], run: View) -> View:
    """The operation as a view that is entered by the same way as a page."""
    view = mark(lambda request, **given: run(request, **given))

    def entered(request: Request, **given: Any) -> HttpResponse:
        try:
            response = enter(request, view, (), given)
        except Refusal as refusal:
            return refused(request, refusal)
        return view(request, **given) if response is None else response

    return entered


def _say_who(roles: tuple[Role, ...], operation: Operation) -> None:
    """Who may is told in the description of the interface too."""
    if roles:
        told = {"security": [{"session": []}], "x-roles": sorted(str(role) for role in roles)}
        operation.openapi_extra = {**(operation.openapi_extra or {}), **told}


def in_their_language(view: View) -> View:
    """Serve a program in the language it asks for; each operation is entered by itself."""

    def spoken(request: HttpRequest, **given: Any) -> HttpResponse:
        with use_language(language_asked(request)):
            response = view(request, **given)
            if response.status_code == 405:
                response = _no_such_method(request, response)
        response.headers.setdefault("Vary", "Accept-Language")
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = "Bearer"
        return response

    # Cookies open nothing here, so that there is nothing for a foreign page to forge.
    return csrf_exempt(without_transaction(for_the_public(spoken)))


def _no_such_method(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    answer = refused(request, NoSuchMethod(say("open-no-such-method"), say("open-no-such-method-try")))
    answer.headers["Allow"] = response.headers["Allow"]
    return answer


class NoSuchMethod(Refusal):
    """Nothing is done here in this way; answered as 405."""

    status = 405


def language_asked(request: HttpRequest) -> str:
    """`lang` in the address, or else the first language of `Accept-Language` that we speak."""
    asked = request.GET.get("lang", "") if request.META.get("QUERY_STRING") else ""
    if asked in languages:
        return asked
    for wish in request.headers.get("Accept-Language", "").split(","):
        lang = wish.split(";")[0].strip()[:2].lower()
        if lang in languages:
            return lang
    return languages[0]
