"""Views in bulk, for the security administrator: the facts, and room for what it was."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.staff import alarms as kept


@for_roles(Role.SECURITY_ADMIN)
@require_safe
def listed(request: Any) -> HttpResponse:
    """Alarms, the latest first."""
    return _page(request)


@for_roles(Role.SECURITY_ADMIN)
@require_POST
def answer(request: Any, alarm: int) -> HttpResponse:
    """Write down what it was."""
    try:
        kept.answer_alarm(alarm, asked.line(request.POST, "words"), by=request.actor, at=request.at)
    except Refusal as refused:
        return _page(request, refused)
    return SeeOther(reverse("staff-alarms"))


def _page(request: Any, refused: Refusal | None = None) -> HttpResponse:
    rows = [
        {
            "raised": each,
            "what": say(f"shield-alarm-{each.alarm.what}", opened=each.alarm.opened),
            "held_against": say(
                "shield-alarm-opened" if each.alarm.what == "case-list" else "shield-alarm-worked",
                count=each.alarm.worked_on,
            ),
            "post": say(f"staff-post-{each.post_kind.replace('_', '-')}") if each.post_kind else "",
        }
        for each in kept.alarms()
    ]
    return render(request, "staff/alarms.html", {"rows": rows, "refused": refused})
