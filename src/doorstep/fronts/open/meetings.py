"""The weekly meeting: what to speak about, what was decided, and the days on which the area met."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Query, Router

from doorstep.cases import meeting as meetings
from doorstep.core.access.roles import DESKS
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Day, Sent, Told

router = Router(tags=["cases"])

for_desks = for_roles(*sorted(DESKS))


class AgendaPoint(Told):
    """A case that the meeting should speak about, and why."""

    number: str
    state: str
    urgency: str
    item: str
    words: str
    holder: str | None
    promised_by: datetime | None
    reasons: list[str]


class DecisionTold(Told):
    """What was decided about a case."""

    number: str
    words: str
    at: datetime


class MetTold(Told):
    """An earlier day with how much was decided on it."""

    day: date
    decisions: int


class MeetingTold(Told):
    """Today's meeting. `is_cut`: there is more to speak about than is listed."""

    day: date
    agenda: list[AgendaPoint]
    is_cut: bool
    decided: list[DecisionTold]
    met: list[MetTold]


class MinutesAsked(Sent):
    day: Day


@router.get("/meeting", response=MeetingTold)
@for_desks
def show_meeting(request: Request) -> dict[str, Any]:
    today = local_date(request.at)
    points = meetings.agenda(request.actor, request.at)
    return {
        "day": today,
        "agenda": [{name: getattr(each, name) for name in AgendaPoint.model_fields} for each in points],
        "is_cut": len(points) == meetings.MOST_POINTS,
        "decided": [each._asdict() for each in meetings.minutes(today)],
        "met": [{"day": day, "decisions": count} for day, count in meetings.days_met(today).items() if day != today],
    }


@router.get("/meeting/minutes", response=list[DecisionTold])
@for_desks
def show_minutes(request: Request, asked: Query[MinutesAsked]) -> list[dict[str, Any]]:
    return [each._asdict() for each in meetings.minutes(asked.day)]
