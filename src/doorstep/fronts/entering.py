"""Who is at the door: every request runs in one transaction, as exactly one actor."""

from __future__ import annotations

import codecs
import logging
from collections.abc import Callable
from contextlib import suppress
from enum import IntEnum
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from doorstep.catalogue.in_force import look_again
from doorstep.core.access import ANONYMOUS, GATE, Actor, Role, acting_as, become
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time import clock
from doorstep.fronts.refusing import not_now, only_sent, refuse, unreadable
from doorstep.staff.actions import signing_in

COOKIE = "doorstep_session"
# The server fell, or ended a statement that took too long; nothing of the request was kept.
DATABASE_GONE = (OperationalError, InterfaceError)
log = logging.getLogger(__name__)


class NotForYou(Refusal):
    """This page belongs to another role; it is answered as 403."""

    status = 403


class Entering:
    """Middleware: opens the transaction itself and sets the actor; a failed request leaves nothing behind.

    Views marked `without_transaction` open their own (`acting_as`), because they sign in, stream or only show words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = clock.now()  # type: ignore[attr-defined]
        request.signed_in = None  # type: ignore[attr-defined]
        request.actor = ANONYMOUS  # type: ignore[attr-defined]
        if is_garbled(request):
            return unreadable(request)
        response = self.get_response(request)
        if response.status_code == 405 and not is_program(request):
            allowed, response = response.headers["Allow"], only_sent(request)
            response.headers["Allow"] = allowed
        if request.signed_in is not None:  # type: ignore[attr-defined]
            # What staff see is not found again on a shared computer after they have signed out.
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Run the view inside its transaction; whatever it raises has rolled back before it is answered."""
        try:
            return enter(request, view, args, kwargs)
        except (Refusal, *DATABASE_GONE) as error:
            return self.process_exception(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The same for views that open their own transactions."""
        if isinstance(error, Refusal):
            return refuse(request, error)
        if isinstance(error, DATABASE_GONE):
            log.error("The database did not answer: %s", error, extra={"path": request.path})
            return not_now(request)
        return None


def enter(request: Any, view: Callable[..., HttpResponse], args: Any, kwargs: Any) -> HttpResponse | None:
    """The answer of a view inside its transaction, as whoever is at the door; None when it opens its own."""
    own_transaction = getattr(view, "without_transaction", False)
    key = _key_of(request) if getattr(view, "knows_staff", True) else ""
    if own_transaction and not key and not hasattr(view, "roles"):
        with suppress(*DATABASE_GONE):  # a page that only shows words needs no database
            look_again(request.at)
        return None
    with acting_as(GATE if key else ANONYMOUS):
        look_again(request.at)
        if key:
            request.signed_in = signing_in.recognise(key, at=request.at)
            request.actor = request.signed_in.actor if request.signed_in else ANONYMOUS
        turned_away = _turned_away(request, view)
        if turned_away is not None:
            return turned_away
        if not own_transaction:
            if key:
                become(request.actor)
            response = view(request, *args, **kwargs)
            if response.status_code >= 400:
                transaction.set_rollback(True)
            return response
    return None


def _key_of(request: HttpRequest) -> str:
    """The key of a session: a browser keeps it as a cookie, a program sends it as a bearer token.

    A program's address never takes the cookie, so that no foreign page can make a browser call it.
    """
    if not is_program(request):
        return request.COOKIES.get(COOKIE, "")
    scheme, _, key = request.headers.get("Authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def is_garbled(request: HttpRequest) -> bool:
    """Whether a form names a charset other than ours: UTF-7 spells half characters, which no page can show again.

    Open311 reads the charsets that the programs of other cities speak by itself.
    """
    named = request.encoding
    return bool(named) and codecs.lookup(str(named)).name != "utf-8" and not request.path.startswith("/open311/")


def is_program(request: HttpRequest) -> bool:
    """Whether the address belongs to the open interface, or to one of the standards that are spoken beside it."""
    return request.path.startswith(("/api/", "/open311/", "/features/"))


def for_roles(*roles: Role) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Mark a view as open to these roles only; everybody else is sent to sign in, or refused."""

    def mark(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        view.roles = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return mark


def without_transaction(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that opens its own transactions."""
    view.without_transaction = True  # type: ignore[attr-defined]
    return view


def for_the_public(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that is the same for everybody: it does not look whether somebody is signed in."""
    view.knows_staff = False  # type: ignore[attr-defined]
    return view


class Gate(IntEnum):
    """What a session has to have passed before it reaches a view; unmarked views wait for everything."""

    NONE = 0
    SECOND_FACTOR = 1
    PASSWORD = 2


def before_second_factor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark a view that a session may reach with its password alone: the second factor itself, and the way out."""
    view.waits_for = Gate.NONE  # type: ignore[attr-defined]
    return view


def before_new_password(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Mark the view that a session may reach with a password that has to be changed."""
    view.waits_for = Gate.SECOND_FACTOR  # type: ignore[attr-defined]
    return view


def as_actor(actor: Callable[..., Actor]) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Run a view as the actor that its arguments prove: the holder of a link, for one."""

    def wrap(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request.actor = actor(request, *args, **kwargs)  # type: ignore[attr-defined]
            become(request.actor)  # type: ignore[attr-defined]
            return view(request, *args, **kwargs)

        return for_the_public(wrapped)

    return wrap


def _turned_away(request: Any, view: object) -> HttpResponse | None:
    allowed = getattr(view, "roles", None)
    signed_in = request.signed_in
    if allowed is None:
        return None
    if signed_in is None:
        return _to("staff-sign-in", request)
    # The second factor comes first: a password alone must not be enough to change the password.
    waits = getattr(view, "waits_for", Gate.PASSWORD)
    if signed_in.needs_second_factor and waits >= Gate.SECOND_FACTOR:
        return _to("staff-second-factor", request)
    if signed_in.must_change_password and waits >= Gate.PASSWORD:
        return _to("staff-password", request)
    if signed_in.actor.role not in allowed:
        post = say(f"staff-post-{signed_in.post_kind.replace('_', '-')}")
        raise NotForYou(say("staff-not-for-you", post=post), say("staff-not-for-you-try"))
    return None


def _to(name: str, request: HttpRequest) -> HttpResponse:
    if is_program(request):
        raise NotSignedIn(*_WAITS_FOR[name])
    # Only a page can be come back to, not the sending of a form.
    back = urlencode({"next": request.get_full_path()}) if request.method == "GET" else ""
    address = f"{reverse(name)}?{back}" if back else reverse(name)
    if request.headers.get("HX-Request"):
        # A piece of a page cannot become a sign-in page: the whole browser goes there.
        return HttpResponse(status=204, headers={"HX-Redirect": reverse(name)})
    return HttpResponseRedirect(address)


class NotSignedIn(Refusal):
    """The API was called without a session; answered as 401."""

    status = 401


_WAITS_FOR = {
    "staff-sign-in": (say("staff-not-signed-in"), say("staff-not-signed-in-try")),
    "staff-second-factor": (say("open-second-factor-first"), say("open-second-factor-first-try")),
    "staff-password": (say("open-password-first"), say("open-password-first-try")),
}


def set_session(response: HttpResponse, key: str) -> None:
    """Give the browser its session key."""
    response.set_cookie(
        COOKIE, key, max_age=12 * 3600, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
