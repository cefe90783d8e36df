"""A neighbour in a post agrees to be asked for help, takes it back, and answers the calls: I come, or not now."""

from __future__ import annotations

from datetime import time
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.cases import neighbours
from doorstep.cases.actions import neighbours as calling
from doorstep.cases.actions import readiness
from doorstep.cases.neighbours import CallOnMe
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.fronts.templatetags.words import said


@for_roles(Role.NEIGHBOUR)
@require_http_methods(["GET", "HEAD", "POST"])
def ready(request: Any) -> HttpResponse:
    """What one would help with and when one may be asked; one's own word, kept for a year."""
    if request.method != "POST":
        return _form(request)
    form = request.POST
    try:
        with transaction.atomic():
            readiness.sign_up(
                form.getlist("helps"),
                form.get("days", ""),
                _hour(form.get("from_hour", "")),
                _hour(form.get("until_hour", "")),
                by=request.actor,
                at=request.at,
            )
    except Refusal as refused:
        return _form(request, refused=refused, written=form, picked=form.getlist("helps"))
    return SeeOther(f"{reverse('staff-neighbourhood')}?done=ready")


@for_roles(Role.NEIGHBOUR)
@require_POST
def take_back(request: Any) -> HttpResponse:
    """Asked no more, from now on."""
    readiness.take_back(by=request.actor, at=request.at)
    return SeeOther(f"{reverse('staff-neighbourhood')}?done=taken-back")


@for_roles(Role.NEIGHBOUR)
@require_safe
def call(request: Any, call: int) -> HttpResponse:
    """One call: what is needed and roughly where; exactly where for whoever comes."""
    return _call(request, call)


@for_roles(Role.NEIGHBOUR)
@require_POST
def answer(request: Any, call: int) -> HttpResponse:
    """I come, or not now."""
    comes = request.POST.get("answer") == "coming"
    try:
        with transaction.atomic():
            calling.answer(call, comes, by=request.actor, at=request.at)
    except Refusal as refused:
        return _call(request, call, refused=refused)
    if comes:
        return SeeOther(reverse("staff-neighbour-call", args=[call]))
    return SeeOther(f"{reverse('staff-neighbourhood')}?done=not-now")


def _hour(written: str) -> time | None:
    try:
        found = time.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo is None else None


def _form(request: Any, **more: Any) -> HttpResponse:
    own = neighbours.own_readiness(request.actor, request.at)
    written = {
        "days": own.days if own else "all",
        "from_hour": f"{own.from_hour if own else neighbours.FROM_HOUR:%H:%M}",
        "until_hour": f"{own.until_hour if own else neighbours.UNTIL_HOUR:%H:%M}",
    }
    page = {
        "own": own,
        "written": written,
        "picked": own.helps if own else [],
        "helps": [
            Choice(str(each), say(f"neighbours-help-{each}"), say(f"neighbours-help-{each}-hint"))
            for each in neighbours.HELPS
        ],
        "days": [Choice(str(each), say(f"neighbours-days-{each}")) for each in neighbours.Days],
        **more,
    }
    return render(request, "staff/ready.html", page, status=422 if "refused" in more else 200)


def _call(request: Any, number: int, refused: Refusal | None = None) -> HttpResponse:
    found = neighbours.call_on(number, request.actor, request.at)
    page = {"call": shown(found) if found else None, "refused": refused}
    return render(request, "staff/neighbour_call.html", page, status=409 if refused else 200 if found else 404)


def shown(each: CallOnMe) -> dict[str, Any]:
    """A call as a page says it."""
    tone, key = ("done", "mine") if each.is_coming else ("waiting", "open") if each.is_open else ("quiet", "over")
    return {
        "on": each,
        "help": say(f"neighbours-help-{each.help}"),
        "area": each.area,
        "holder": said(each.holder) if each.holder else "",
        "tone": tone,
        "state": say(f"neighbours-answer-{key}"),
        "link": reverse("staff-neighbour-call", args=[each.id]),
    }
