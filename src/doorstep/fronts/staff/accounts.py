"""Accounts: opened by the system administrator, locked and unlocked by the security administrator."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther, page_address
from doorstep.fronts.staff.frame import title_of
from doorstep.staff import accounts, posts
from doorstep.staff.actions import accounts as acts
from doorstep.staff.actions.signing_in import IDLE_FOR

KEEPERS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN)
LAST_PAGE = 2000

# What the security administrator may do with one account, in the order of the page.
DEEDS: Mapping[str, Callable[..., None]] = {
    "disable": acts.disable,
    "enable": acts.enable,
    "clear-factor": acts.clear_second_factor,
    "end-sessions": acts.end_sessions_of,
}


@for_roles(*KEEPERS)
@require_safe
def listed(request: Any) -> HttpResponse:
    """Accounts by name, with what is unusual about them."""
    words, only = asked.line(request.GET, "q", 40), asked.line(request.GET, "only", 12)
    number = min(asked.number(request.GET, "page") or 1, LAST_PAGE)
    rows = accounts.accounts(words, only, request.at, number=number)
    page = {
        "rows": [_shown(row, request.at) for row in rows[: accounts.PAGE]],
        "q": words,
        "only": only,
        "onlies": [
            (each, say(f"staff-accounts-only-{each or 'any'}"))
            for each in ("", "locked", "disabled", "bare", "temporary")
        ],
        "earlier": page_address(request, number - 1) if number > 1 else "",
        "later": page_address(request, number + 1) if len(rows) > accounts.PAGE else "",
        "may_open": request.actor.role is Role.SYSTEM_ADMIN,
    }
    return render(request, "staff/accounts.html", page)


@for_roles(*KEEPERS)
@require_safe
def one(request: Any, account: int) -> HttpResponse:
    """One account, and what this administrator may do with it."""
    row = accounts.account(account, request.at)
    if row is None:
        raise Http404(account)
    is_security = request.actor.role is Role.SECURITY_ADMIN
    told = request.GET.get("told", "")
    page = {
        "account": _shown(row, request.at),
        "sessions": accounts.open_sessions(account, request.at, seen_after=request.at - IDLE_FOR) if is_security else 0,
        "is_security": is_security,
        "is_own": account == request.actor.account,
        "told": f"staff-told-{told}" if told in DEEDS else "",
    }
    return render(request, "staff/account.html", page)


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def deed(request: Any, account: int, name: str) -> HttpResponse:
    """Lock, unlock, clear the second factor, end the sessions."""
    if name not in DEEDS:
        raise Http404(name)
    DEEDS[name](account, by=request.actor, at=request.at)
    return SeeOther(f"{reverse('staff-account', args=[account])}?told={name}")


@for_roles(Role.SYSTEM_ADMIN)
@require_POST
def reset(request: Any, account: int) -> HttpResponse:
    """A new password for one day, shown on this answer alone."""
    password = acts.reset_password(account, by=request.actor, at=request.at)
    row = accounts.account(account, request.at)
    return render(request, "staff/first_password.html", {"username": row.username if row else "", "password": password})


@for_roles(Role.SYSTEM_ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: Any) -> HttpResponse:
    """An account for somebody who has none; the password for the first day is shown on this answer alone."""
    words = asked.line(request.GET, "q", 40)
    page: dict[str, Any] = {"q": words, "written": request.POST}
    if request.method == "POST":
        username = asked.line(request.POST, "username", 80).lower()
        try:
            with transaction.atomic():
                password = acts.open_account(
                    asked.number(request.POST, "person") or 0, username, by=request.actor, at=request.at
                )
            return render(request, "staff/first_password.html", {"username": username, "password": password})
        except Refusal as refused:
            page["refused"] = refused
    page["people"] = posts.people_named(words, local_date(request.at), without_account=True)
    page["titles"] = {kind: title_of(kind, "") for kind in posts.KINDS}
    return render(request, "staff/account_open.html", page, status=422 if "refused" in page else 200)


def _shown(row: accounts.Row, at: Any) -> dict[str, Any]:
    return {
        "row": row,
        "posts": [(title_of(kind, ""), area) for kind, area in row.posts],
        "is_locked": row.locked_until is not None and row.locked_until > at,
    }
