"""The working calendar: every desk sees it, the command centre sets what is different here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases.actions.calendar import set_day, unset_day
from doorstep.cases.calendar_year import YEARS, year_of
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice

TOLD = ("set", "unset")


@for_roles(*sorted(DESKS))
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """One year; this one unless another is asked for."""
    return _shown(request, asked.number(request.GET, "year"), told=request.GET.get("done", ""))


@for_roles(Role.COUNTY)
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Set one day; what was written is kept in the form when it is refused."""
    day = asked.day(request.POST, "day")
    is_worked, name = request.POST.get("kind") == "worked", asked.line(request.POST, "name")
    try:
        set_day(day, is_worked, name, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    except Refusal as refused:
        return _shown(request, None, refused=refused, written=request.POST)
    assert day is not None
    return SeeOther(f"{reverse('desk-calendar')}?year={day.year}&done=set")


@for_roles(Role.COUNTY)
@require_POST
def unset(request: HttpRequest) -> HttpResponse:
    """Let a day be what is announced of it."""
    day = asked.day(request.POST, "day")
    try:
        unset_day(day, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    except Refusal as refused:
        return _shown(request, None, refused=refused)
    assert day is not None
    return SeeOther(f"{reverse('desk-calendar')}?year={day.year}&done=unset")


def _shown(
    request: HttpRequest, year: int | None, *, refused: Refusal | None = None, written: Any = None, told: str = ""
) -> HttpResponse:
    this = local_date(request.at).year  # type: ignore[attr-defined]
    found = year_of(year if year is not None and year in YEARS else this)
    lang = language()
    page = {
        "found": found,
        "years": [found.year - 1, found.year + 1],
        "announced": [(each, each.en if lang == "en" else each.zh) for each in found.announced or ()],
        "kinds": [Choice("off", say("clocks-off")), Choice("worked", say("clocks-worked"))],
        "may_set": request.actor.role is Role.COUNTY,  # type: ignore[attr-defined]
        "refused": refused,
        "written": written or {},
        "told": say(f"clocks-calendar-told-{told}") if told in TOLD else "",
    }
    return words.drawn(request, "desk/calendar.html", page)
