"""When the area meets each week, and which of its posts are on duty; whoever it concerns has it in their calendar."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.staff.frame import title_of
from doorstep.rota import queries
from doorstep.rota.actions import meeting as acts

for_desks = for_roles(*sorted(DESKS))
TOLD = frozenset({"meeting", "meeting-ended", "called-off", "held", "shift", "shift-off"})


@require_safe
@for_desks
def rota(request: HttpRequest) -> HttpResponse:
    """The weekly meeting with its next days, and the shifts that are to come."""
    return _page(request)


@require_POST
@for_desks
def deed(request: Any, name: str) -> HttpResponse:
    """Set the meeting, end it, call a day off or on again; put a post on duty or call that off."""
    if name not in DEEDS:
        raise Http404(name)
    try:
        with transaction.atomic():
            told = DEEDS[name](request)
    except acts.RotaRefused as refused:
        return _page(request, refused, name)
    return SeeOther(f"{reverse('desk-rota')}?told={told}")


def _set(request: Any) -> str:
    form = request.POST
    wanted = acts.Wanted(
        name=asked.line(form, "name", 60),
        weekday=asked.number(form, "weekday"),
        begins=_time(form.get("begins", "")),
        minutes=asked.number(form, "minutes"),
        place=asked.line(form, "place", 100),
        is_public=form.get("is_public") == "yes",
        first_on=asked.day(form, "first_on"),
    )
    acts.set_meeting(wanted, by=request.actor, at=request.at)
    return "meeting"


def _end(request: Any) -> str:
    acts.end_meeting(by=request.actor, at=request.at)
    return "meeting-ended"


def _call_off(request: Any) -> str:
    acts.call_off(asked.number(request.POST, "meeting") or 0, _day(request), by=request.actor, at=request.at)
    return "called-off"


def _hold(request: Any) -> str:
    acts.hold_after_all(asked.number(request.POST, "meeting") or 0, _day(request), by=request.actor, at=request.at)
    return "held"


def _shift(request: Any) -> str:
    form = request.POST
    acts.put_on_duty(
        asked.number(form, "post"),
        asked.line(form, "shift_name", 60),
        asked.moment(form, "begins_at"),
        asked.moment(form, "ends_at"),
        by=request.actor,
        at=request.at,
    )
    return "shift"


def _shift_off(request: Any) -> str:
    acts.call_shift_off(asked.number(request.POST, "shift") or 0, by=request.actor, at=request.at)
    return "shift-off"


DEEDS = {
    "meeting": _set,
    "end": _end,
    "call-off": _call_off,
    "hold": _hold,
    "shift": _shift,
    "shift-off": _shift_off,
}


def _page(request: Any, refused: Refusal | None = None, of: str = "") -> HttpResponse:
    today = local_date(request.at)
    meeting = queries.meeting_of(request.actor.org, request.at)
    written = request.POST if of == "meeting" else _written(meeting)
    told = request.GET.get("told", "")
    context = {
        "meeting": meeting,
        "weekday": say(f"rota-weekday-{meeting.weekday}") if meeting else "",
        "coming": queries.coming(meeting, today) if meeting else [],
        "duties": [
            {"duty": each, "title": title_of(each.post_kind, each.post_title)}
            for each in queries.duties(request.actor.org, request.at)
        ],
        "weekdays": [(str(day), say(f"rota-weekday-{day}")) for day in queries.WEEKDAYS],
        "posts": [
            (str(seat.post), say("rota-seat", post=title_of(seat.kind, seat.title), area=seat.area, who=seat.person))
            for seat in queries.seats(request.actor.org, today)
        ],
        "area_code": _code(request),
        "written": written,
        "shift": request.POST if of == "shift" else {},
        "refused": refused,
        "refused_of": of,
        "told": f"rota-told-{told}" if told in TOLD else "",
    }
    return words.drawn(request, "desk/rota.html", context, status=200 if refused is None else 422)


def _written(meeting: Any) -> dict[str, Any]:
    if meeting is None:
        return {"name": str(say("rota-usual-name")), "minutes": 60, "begins": "09:00", "weekday": "0"}
    return {
        "name": meeting.name,
        "weekday": str(meeting.weekday),
        "begins": f"{meeting.begins:%H:%M}",
        "minutes": meeting.minutes,
        "place": meeting.place,
        "is_public": "yes" if meeting.is_public else "",
    }


def _code(request: Any) -> str:
    area = areas.area_in_force(request.actor.org, local_date(request.at))
    return area.code if area else ""


def _day(request: Any) -> date:
    day = asked.day(request.POST, "day")
    if day is None:
        raise acts.RotaRefused(say("rota-no-such-day"), say("rota-no-such-day-try"), "day")
    return day


def _time(given: str) -> time | None:
    try:
        return time.fromisoformat(given).replace(tzinfo=None)
    except ValueError:
        return None
