"""The weekly meeting: what to speak about, what was decided, and the minutes on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import meeting as meetings
from doorstep.cases.actions import looking
from doorstep.cases.actions import meeting as acts
from doorstep.cases.meeting import MOST_POINTS, Decision, Point
from doorstep.core.access.roles import DESKS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther


@require_safe
@for_roles(*sorted(DESKS))
def meeting(request: HttpRequest) -> HttpResponse:
    """Today's meeting, or the minutes of an earlier day."""
    today = local_date(request.at)  # type: ignore[attr-defined]
    day = asked.day(request.GET, "day")
    if day is not None and day != today:
        return words.drawn(request, "desk/minutes.html", {"day": day, "decided": meetings.minutes(day)})
    return _shown(request)


@require_POST
@for_roles(*sorted(DESKS))
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what was decided about one case; what was written stays in the form when it is refused."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            case = CaseId(looking.find_numbered(number))
            acts.decide(case, asked.text(form, "words"), by=actor, at=at)
    except acts.DecisionRefused as refused:
        return _shown(request, number, refused, form.get("words", ""))
    return SeeOther(f"{reverse('desk-meeting')}#case-{number}")


def _shown(request: HttpRequest, number: str = "", refused: Refusal | None = None, written: str = "") -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    today: date = local_date(at)
    decided = meetings.minutes(today)
    found = meetings.agenda(request.actor, at)  # type: ignore[attr-defined]
    rows = [_row(each, decided, refused if number == each.number else None, written, at) for each in found]
    seen = {each.number for each in found}
    page = {
        "day": today,
        "rows": rows,
        "is_cut": len(found) == MOST_POINTS,
        "most": MOST_POINTS,
        "others": [each for each in decided if each.number not in seen],
        "met": [(day, count) for day, count in meetings.days_met(today).items() if day != today],
    }
    return words.drawn(request, "desk/meeting.html", page, status=200 if refused is None else 409)


def _row(each: Point, decided: list[Decision], refused: Refusal | None, written: str, at: Any) -> dict[str, Any]:
    return {
        "point": each,
        "item": words.item_name(each.item),
        "reasons": [say(f"meeting-because-{reason}") for reason in each.reasons],
        "is_late": each.promised_by is not None and each.promised_by < at,
        "decided": [one for one in decided if one.number == each.number],
        "refused": refused,
        "written": written if refused is not None else "",
    }
