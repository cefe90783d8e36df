"""Urgent reminders at the desk: written by one, read and approved by two others, taken back, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.alerts import queries, wording
from doorstep.alerts.actions import reminding
from doorstep.alerts.actions.reminding import METRES, Draft, Drill, Kind
from doorstep.areas import queries as areas
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local, local_date
from doorstep.fronts import asked
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.fronts.staff.frame import title_of
from doorstep.fronts.templatetags.words import said

drafters = for_roles(*sorted(reminding.DRAFTERS))
TONES: Final = {"drafted": "waiting", "going": "moving", "cancelled": "alarm"}
TOLD: Final = frozenset({"drafted", "approved", "going", "sent-back", "cancelled"})


@drafters
@require_safe
def listed(request: Any) -> HttpResponse:
    """All of one's own territory, and what goes out from the levels above."""
    rows = [_row(each) for each in queries.visible()]
    return render(request, "alerts/reminders.html", {"rows": rows})


@drafters
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """The form, and the draft that comes of it; what was written is kept when it is refused."""
    form = request.POST
    refused: Refusal | None = None
    if request.method == "POST":
        made: list[int] = []
        wish = _wish(form)
        refused = attempted(lambda: made.append(reminding.draft(wish, by=request.actor, at=request.at)))
        if refused is None:
            return SeeOther(f"{reverse('alerts-reminder', args=made)}?told=drafted")
    usual = {"kind": "burst-pipe", "metres": "100", "until": f"{local(request.at + timedelta(hours=6)):%Y-%m-%dT%H:%M}"}
    context = {
        "written": form or usual,
        "refused": refused,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
        "kinds": [Choice(each, say(f"reminders-kind-{each}"), say(f"reminders-hint-{each}")) for each in Kind],
        "areas": [("", say("reminders-by-door")), *_areas(request)],
        "metres": [
            (str(each), say("reminders-metres", metres=each) if each else say("reminders-one-building"))
            for each in METRES
        ],
        "drills": [(each, say(f"reminders-drill-{each or 'none'}")) for each in Drill],
    }
    return render(request, "alerts/reminder_new.html", context, status=422 if refused else 200)


@drafters
@require_safe
def one(request: Any, reminder: int) -> HttpResponse:
    """What goes out, to how many by which channel, who said yes, and what became of it."""
    return _one(request, reminder)


@drafters
@require_POST
def deed(request: Any, reminder: int, name: str) -> HttpResponse:
    """Say yes, send it back, or take it back while it goes out."""
    by, at, form = request.actor, request.at, request.POST
    told = {"approve": "approved", "send-back": "sent-back", "cancel": "cancelled"}.get(name)
    if told is None or queries.one(asked_id(reminder)) is None:
        raise Http404(name)

    def do() -> None:
        nonlocal told
        if name == "approve":
            told = "going" if reminding.approve(reminder, by=by, at=at) else "approved"
        elif name == "send-back":
            reminding.send_back(reminder, asked.line(form, "words", 300), by=by, at=at)
        else:
            reminding.cancel(reminder, asked.text(form, "all_clear", 301), by=by, at=at)

    if refused := attempted(do):
        return _one(request, reminder, refused=refused, written=form)
    return SeeOther(f"{reverse('alerts-reminder', args=[reminder])}?told={told}")


def asked_id(number: int) -> int:
    """A number from an address, no larger than a row's."""
    return min(number, asked.LARGEST_NUMBER)


def _one(
    request: Any, reminder: int, *, refused: Refusal | None = None, written: Mapping[str, str] | None = None
) -> HttpResponse:
    row = queries.one(asked_id(reminder))
    if row is None:
        raise Http404(reminder)
    found = queries.counted(queries.recipients(row, local_date(request.at))) if row.state == "drafted" else {}
    told = request.GET.get("told", "")
    context = {
        **_row(row),
        "refused": refused,
        "written": written or {},
        "told": say(f"reminders-told-{told}") if told in TOLD else "",
        "preview": [(each, count, queries.is_configured(each)) for each, count in found.items()],
        "whole": sum(found.values()),
        "tallies": queries.tallies(row.pk),
        "steps": [
            (say(f"reminders-step-{each.kind}"), title_of(*each.post), each.at, each.words)
            for each in queries.steps_of(reminder=row.pk)
        ],
        "may_approve": row.state == "drafted" and reminding.may_say_yes(row, request.actor),
        "may_send_back": row.state == "drafted" and reminding.may_take_back(row, request.actor),
        "may_cancel": row.state == "going" and reminding.may_take_back(row, request.actor),
        "has_family": row.kind == Kind.LOST_CHILD,
    }
    return render(request, "alerts/reminder.html", context, status=422 if refused else 200)


def _row(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "marks": wording.marks(row.drill, row.kind, "all-clear" if row.state == "cancelled" else "word"),
        "headline": wording.headline(row),
        "where": wording.where(row),
        "state": (TONES.get(row.state, "quiet"), say(f"reminders-state-{row.state}")),
        "link": reverse("alerts-reminder", args=[row.pk]),
    }


def _wish(form: Mapping[str, str]) -> Draft:
    return Draft(
        kind=asked.line(form, "kind", 16),
        words=asked.text(form, "words", 2000),
        area=asked.line(form, "area", 17),
        door=asked.line(form, "door", 12).upper(),
        metres=asked.number(form, "metres"),
        until=asked.moment(form, "until"),
        drill=asked.line(form, "drill", 10),
        issuer=asked.line(form, "issuer", 120),
        warning=asked.line(form, "warning", 60),
        severity=asked.line(form, "severity", 20),
        issued_at=asked.moment(form, "issued_at"),
        source=asked.line(form, "source", 300),
        family=asked.line(form, "family", 200),
    )


def _areas(request: Any) -> list[tuple[str, str]]:
    """The areas that one's own desk or grid answers for, itself first."""
    today, by = local_date(request.at), request.actor
    own = areas.area_in_force(by.org, today) if by.org else None
    if own is None:
        return []
    if by.role in (Role.COUNTY, Role.SUBDISTRICT):
        inside = [(each.code, said(each.name)) for each in areas.communities_in(own.pk, today)]
    else:
        inside = [(each.code, said(each.name)) for each in areas.below(own.pk, today)]
    return [(own.code, said(own.name)), *inside]
