"""In, out, and what belongs to one's own account."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import segno
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from doorstep.core.access.roles import SIGNED_IN
from doorstep.core.refusals import Refusal
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, limits
from doorstep.fronts.entering import (
    COOKIE,
    before_new_password,
    before_second_factor,
    for_roles,
    set_session,
    without_transaction,
)
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.resident.grids import duties_of
from doorstep.fronts.staff.frame import start_page, title_of
from doorstep.staff import queries
from doorstep.staff.actions import passwords, second_factor, signing_in

LONGEST_PASSWORD = 500
# The sentences that a page may begin with after something was done; an address cannot put other words there.
TOLD = frozenset({"session-ended", "sessions-ended", "password-changed", "seat-taken"})


@without_transaction
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: Any) -> HttpResponse:
    """Name and password; whoever is signed in already goes on."""
    wanted = asked.our_page(request.POST.get("next") or request.GET.get("next", ""), reverse("staff-start"))
    if request.method != "POST":
        if request.signed_in is not None:
            return HttpResponseRedirect(wanted)
        return _private(render(request, "staff/sign_in.html", {"next": wanted}))
    username = asked.line(request.POST, "username", 60)
    try:
        with limits.counted_sign_in(request):
            key = signing_in.sign_in(
                username,
                request.POST.get("password", "")[:LONGEST_PASSWORD],
                browser=browser_of(request),
                at=request.at,
            )
    except Refusal as refused:
        page = {"next": wanted, "username": username, "refused": refused}
        return _private(render(request, "staff/sign_in.html", page, status=getattr(refused, "status", 403)))
    if request.signed_in is not None:
        signing_in.sign_out(request.actor.session, at=request.at)
    rotate_token(request)
    response = SeeOther(wanted)
    set_session(response, key)
    return response


def browser_of(request: HttpRequest) -> str:
    """What the browser says it is, for the list of one's own sessions."""
    return asked.line({"agent": request.headers.get("User-Agent", "")}, "agent", 120)


# The first that stands in what a browser says of itself; each pretends to be those below it.
BROWSERS = (
    ("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def browser_name(agent: str) -> str:
    """A browser and its system by the names that people know; whatever is not known is shown as it was said."""
    known = [next((name for sign, name in names if sign in agent), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, known)) or agent


@for_roles(*SIGNED_IN)
@before_second_factor
@without_transaction
@require_POST
def sign_out(request: Any) -> HttpResponse:
    """End this session; the browser forgets its key."""
    signing_in.sign_out(request.actor.session, at=request.at)
    response = SeeOther(reverse("staff-sign-in"))
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


@for_roles(*SIGNED_IN)
@before_second_factor
@without_transaction
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def factor(request: Any) -> HttpResponse:
    """Set the second factor up, or give a code of it."""
    wanted = asked.our_page(request.POST.get("next") or request.GET.get("next", ""), reverse("staff-start"))
    if request.actor.second_factor:
        return HttpResponseRedirect(wanted)
    return (_give if request.signed_in.has_second_factor else _set_up)(request, wanted)


def _give(request: Any, wanted: str) -> HttpResponse:
    page: dict[str, Any] = {"next": wanted}
    if request.method == "POST":
        try:
            second_factor.give_second_factor(
                request.actor.account, request.actor.session, request.POST.get("code", ""), at=request.at
            )
            return SeeOther(wanted)
        except second_factor.CodeRefused as refused:
            page["refused"] = refused
    return _private(render(request, "staff/second_factor.html", page, status=403 if "refused" in page else 200))


def _set_up(request: Any, wanted: str) -> HttpResponse:
    account, session = request.actor.account, request.actor.session
    page: dict[str, Any] = {"next": wanted, "is_required": request.signed_in.needs_second_factor}
    if request.method == "POST":
        try:
            codes = second_factor.confirm_second_factor(account, session, request.POST.get("code", ""), at=request.at)
            return _private(render(request, "staff/recovery_codes.html", {"codes": codes, "next": wanted}))
        except second_factor.CodeRefused as refused:
            page["refused"] = refused
    address = second_factor.begin_second_factor(account, session)
    page |= {"qr": mark_safe(qr_of(address)), "key": key_of(address)}  # noqa: S308 - drawn here, from our own address
    return _private(render(request, "staff/second_factor_set_up.html", page, status=422 if "refused" in page else 200))


def qr_of(address: str) -> str:
    """The address as a QR code."""
    return str(segno.make(address, error="m").svg_inline(scale=5, border=2, light="#fff", dark="#000"))


def key_of(address: str) -> str:
    """The key in the address as it is typed by hand, in groups of four."""
    key = parse_qs(urlsplit(address).query)["secret"][0]
    return " ".join(key[place : place + 4] for place in range(0, len(key), 4))


@for_roles(*SIGNED_IN)
@before_new_password
@without_transaction
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: Any) -> HttpResponse:
    """A new password; the other sessions of the account end with the old one."""
    page: dict[str, Any] = {"length": passwords.SHORTEST_PASSWORD, "must": request.signed_in.must_change_password}
    if request.method == "POST":
        old, new = (request.POST.get(name, "")[:LONGEST_PASSWORD] for name in ("old", "new"))
        try:
            passwords.change_password(request.actor.account, request.actor.session, old, new, at=request.at)
            wanted = asked.our_page(request.GET.get("next", ""), "")
            return SeeOther(wanted or f"{reverse('staff-seats')}?told=password-changed")
        except passwords.PasswordRefused as refused:
            page["refused"] = refused
    return _private(render(request, "staff/password.html", page, status=422 if "refused" in page else 200))


@for_roles(*SIGNED_IN)
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def seats(request: Any) -> HttpResponse:
    """One's own posts, which of them one acts from, and the way to everything else of one's own."""
    if request.method == "POST":
        chosen = asked.number(request.POST, "appointment")
        signing_in.choose_seat(request.actor.session, request.actor.account, chosen or 0, at=request.at)
        return SeeOther(reverse("staff-start"))
    held = [
        {"row": row, "title": title_of(row.kind, row.title)}
        for row in queries.seats_of(request.actor.account, local_date(request.at))
    ]
    duties = duties_of(request.signed_in.post_kind)
    return render(request, "staff/seats.html", {"held": held, "duties": duties, "told": _told(request)})


@for_roles(*SIGNED_IN)
@without_transaction
def sessions(request: Any) -> HttpResponse:
    """Where one is signed in."""
    rows = queries.sessions_of(request.actor.account, seen_after=request.at - signing_in.IDLE_FOR, at=request.at)
    shown = [(row, browser_name(row.browser)) for row in rows]
    return render(request, "staff/sessions.html", {"rows": shown, "told": _told(request)})


@for_roles(*SIGNED_IN)
@without_transaction
@require_POST
def end_sessions(request: Any) -> HttpResponse:
    """End one session, or all but this one."""
    chosen = asked.number(request.POST, "session")
    if chosen is None:
        signing_in.end_other_sessions(request.actor.session, request.actor.account, at=request.at)
    else:
        signing_in.end_session(chosen, request.actor.account, at=request.at)
    told = "session-ended" if chosen else "sessions-ended"
    return SeeOther(f"{reverse('staff-sessions')}?told={told}")


@for_roles(*SIGNED_IN)
@without_transaction
def start(request: Any) -> HttpResponse:
    """The page on which the day of this post begins."""
    return redirect(start_page(request.actor.role))


def _told(request: HttpRequest) -> str:
    told = request.GET.get("told", "")
    return f"staff-told-{told}" if told in TOLD else ""


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "no-store"
    return response
