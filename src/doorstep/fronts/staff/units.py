"""Units: who acts where; begun, changed and ended by the system administrator."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.areas import queries as areas
from doorstep.areas.names import said
from doorstep.cases.queries import catalogue
from doorstep.core.access import Role
from doorstep.core.contacts import ContactRefused
from doorstep.core.text import Message, language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther, page_address
from doorstep.staff import units
from doorstep.staff.actions import units as acts
from doorstep.staff.duty import Duty, duty_of, readable_duty

LAST_PAGE = 2000
REFUSED = (acts.UnitRefused, ContactRefused)
TOLD = frozenset({"began", "changed", "ended"})
for_keepers = for_roles(Role.SYSTEM_ADMIN)


@for_keepers
@require_safe
def listed(request: Any) -> HttpResponse:
    """The units that act, by area."""
    wanted = _wanted(request)
    number = min(asked.number(request.GET, "page") or 1, LAST_PAGE)
    rows = units.page(wanted, local_date(request.at), number=number)
    page = {
        "rows": [_shown(row) for row in rows[: units.PAGE]],
        "wanted": wanted,
        "kinds": [("", say("staff-any")), *((kind, kind_name(kind)) for kind in units.KINDS)],
        "earlier": page_address(request, number - 1) if number > 1 else "",
        "later": page_address(request, number + 1) if len(rows) > units.PAGE else "",
        "told": _told(request),
    }
    return render(request, "staff/units.html", page)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any) -> HttpResponse:
    """One more unit."""
    page: dict[str, Any] = {
        "kinds": [(kind, kind_name(kind)) for kind in units.KINDS_KEPT],
        "subjects": _subjects(),
        "written": request.POST,
    }
    if request.method == "POST":
        kind = asked.line(request.POST, "kind", 24)
        area = areas.with_code(asked.line(request.POST, "area_code", 17), local_date(request.at))
        try:
            with transaction.atomic():
                unit = acts.begin_unit(
                    kind, area, _said_of(request, kind), catalogue().departments, by=request.actor, at=request.at
                )
            return SeeOther(f"{reverse('staff-unit', args=[unit])}?told=began")
        except REFUSED as refused:
            page["refused"] = refused
    return render(request, "staff/unit_add.html", page, status=422 if "refused" in page else 200)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Any, unit: int) -> HttpResponse:
    """One unit, and what may be said of it anew."""
    row = _row(request, unit)
    page: dict[str, Any] = {**_shown(row), "subjects": _subjects(), "told": _told(request)}
    page["written"] = _written(row, duty_of(unit))
    if request.method == "POST":
        try:
            with transaction.atomic():
                acts.change_unit(
                    unit, _said_of(request, row.kind), catalogue().departments, by=request.actor, at=request.at
                )
            return SeeOther(f"{reverse('staff-unit', args=[unit])}?told=changed")
        except REFUSED as refused:
            page |= {"refused": refused, "written": request.POST}
    return render(request, "staff/unit.html", page, status=422 if "refused" in page else 200)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, unit: int) -> HttpResponse:
    """What ending it would do; sent back as a form, it is done."""
    if request.method == "POST":
        acts.end_unit(unit, by=request.actor, at=request.at)
        return SeeOther(f"{reverse('staff-units')}?told=ended")
    row = _row(request, unit)
    if not row.ends_by_hand:
        raise Http404(unit)
    return render(request, "staff/unit_end.html", _shown(row))


def kind_name(kind: str) -> Message:
    """What a kind of unit is called."""
    return say(f"staff-unit-kind-{kind.replace('_', '-')}")


def _row(request: Any, unit: int) -> units.Row:
    row = units.one(unit, local_date(request.at))
    if row is None:
        raise Http404(unit)
    return row


def _shown(row: units.Row) -> dict[str, Any]:
    trade = catalogue().departments.get(row.subject)
    return {
        "unit": row,
        "name": said(row.name),
        "kind": kind_name(row.kind),
        "trade": trade.name.said(language()) if trade else "",
    }


def _written(row: units.Row, duty: Duty) -> dict[str, str]:
    on_call = "yes" if row.is_on_call else ""
    reached = {"phone": row.phone, "duty_phone": duty.phone, "duty_email": duty.email}
    return {"name": row.name, "subject": row.subject, "on_call": on_call, **reached}


def _said_of(request: Any, kind: str) -> acts.Told:
    form = request.POST
    # Only departments have a trade; what a browser sends beside another kind means nothing.
    subject = asked.line(form, "subject", 40) if kind == "department" else ""
    phone = asked.line(form, "phone", 60)
    duty = readable_duty(asked.line(form, "duty_phone", 60), asked.line(form, "duty_email", 200))
    return acts.Told(asked.line(form, "name", 200), subject, form.get("on_call") == "yes", phone, duty)


def _subjects() -> list[tuple[str, Message | str]]:
    trades = catalogue().departments
    named = sorted((trade.name.said(language()), code) for code, trade in trades.items())
    return [("", say("staff-unit-subject-none")), *((code, name) for name, code in named)]


def _wanted(request: Any) -> units.Wanted:
    kind = asked.line(request.GET, "kind", 24)
    return units.Wanted(words=asked.line(request.GET, "q", 40), kind=kind if kind in units.KINDS else "")


def _told(request: Any) -> str:
    told = request.GET.get("told", "")
    return f"staff-told-unit-{told}" if told in TOLD else ""
