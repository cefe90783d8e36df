"""Urgent reminders: what is true now, for everybody; drafted, approved by two others and taken back by staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Router, Status
from pydantic import AwareDatetime, Field

from doorstep.alerts import queries
from doorstep.alerts.actions import reminding
from doorstep.alerts.actions.reminding import DRAFTERS, METRES, Draft, Drill, Kind
from doorstep.core.access.roles import DESKS
from doorstep.fronts.open.entering import Request, for_readers, for_roles
from doorstep.fronts.open.shapes import AlertStep, Code, Id, Line, Made, OneLine, Sent, Text, Told
from doorstep.fronts.staff.frame import title_of

router = Router(tags=["alerts"])

for_drafters = for_roles(*sorted(DRAFTERS))
for_desks = for_roles(*sorted(DESKS))


class ReminderTold(Told):
    """A reminder, or the relay of a warning, which names its `issuer`. `drill` says that it is only tried."""

    id: int
    kind: str
    words: str
    area: str
    area_name: str
    place: str
    metres: int | None
    drill: str
    issuer: str
    warning: str
    severity: str
    state: str
    all_clear: str
    until: datetime
    drafted_at: datetime
    going_at: datetime | None
    ended_at: datetime | None


class TallyTold(Told):
    """Of one channel, how many letters stand where."""

    channel: str
    phase: Literal["word", "all-clear"]
    waiting: int
    sent: int
    failed: int
    stopped: int
    unclear: int
    unsent: int


class WholeReminder(ReminderTold):
    """The same with who did what, and what became of it by channel; nobody's number or name."""

    steps: list[AlertStep]
    tallies: list[TallyTold]


class ReminderSent(Sent):
    """For an area, or for whoever is within `metres` of a door (0: its building). `family` is sealed."""

    kind: Literal[tuple(Kind)]  # type: ignore[valid-type]
    words: Annotated[Text, Field(max_length=2000)]
    until: AwareDatetime
    area: Code | Literal[""] = ""
    door: Annotated[Line, Field(max_length=12)] = ""
    metres: Literal[METRES] | None = None  # type: ignore[valid-type]
    drill: Literal[tuple(Drill)] = ""  # type: ignore[valid-type]
    issuer: OneLine = ""
    warning: OneLine = ""
    severity: OneLine = ""
    issued_at: AwareDatetime | None = None
    source: OneLine = ""
    family: Line = ""


class BackSent(Sent):
    words: OneLine


class AllClearSent(Sent):
    all_clear: Annotated[Text, Field(max_length=1000)]


class Going(Told):
    """Whether it goes out now; else another yes is waited for."""

    goes: bool


@router.get("/reminders/now", response=list[ReminderTold])
@for_readers
def list_reminders_now(request: Request) -> list[dict[str, Any]]:
    return [_told(each) for each in queries.public(request.at)]


@router.get("/reminders", response=list[ReminderTold])
@for_drafters
def list_reminders(request: Request) -> list[dict[str, Any]]:
    return [_told(each) for each in queries.visible()]


@router.post("/reminders", response={201: Made})
@for_drafters
def draft_reminder(request: Request, said: ReminderSent) -> Status[dict[str, Any]]:
    wish = Draft(**{**said.model_dump(), "door": said.door.upper()})
    return Status(201, {"id": reminding.draft(wish, by=request.actor, at=request.at)})


@router.get("/reminders/{reminder}", response=WholeReminder)
@for_drafters
def show_reminder(request: Request, reminder: Id) -> dict[str, Any]:
    return _whole(reminder)


@router.post("/reminders/{reminder}/approve", response=Going)
@for_desks
def approve_reminder(request: Request, reminder: Id) -> dict[str, Any]:
    return {"goes": reminding.approve(reminder, by=request.actor, at=request.at)}


@router.post("/reminders/{reminder}/send-back", response=WholeReminder)
@for_drafters
def send_reminder_back(request: Request, reminder: Id, said: BackSent) -> dict[str, Any]:
    reminding.send_back(reminder, said.words, by=request.actor, at=request.at)
    return _whole(reminder)


@router.post("/reminders/{reminder}/cancel", response=WholeReminder)
@for_drafters
def cancel_reminder(request: Request, reminder: Id, said: AllClearSent) -> dict[str, Any]:
    reminding.cancel(reminder, said.all_clear, by=request.actor, at=request.at)
    return _whole(reminder)


def _whole(reminder: int) -> dict[str, Any]:
    row = queries.one(reminder)
    if row is None:
        raise Http404
    steps = [told_step(each) for each in queries.steps_of(reminder=row.pk)]
    return {**_told(row), "steps": steps, "tallies": [each._asdict() for each in queries.tallies(row.pk)]}


def told_step(step: queries.Said) -> dict[str, Any]:
    """One step for a program."""
    return {"kind": step.kind, "post": str(title_of(*step.post)), "at": step.at, "words": step.words}


def _told(row: Any) -> dict[str, Any]:
    own = ("kind", "words", "place", "metres", "drill", "issuer", "warning", "severity", "state", "all_clear", "until",
           "drafted_at", "going_at", "ended_at")  # fmt: skip
    return {
        "id": row.pk,
        "area": row.area.code,
        "area_name": row.area.name,
        **{name: getattr(row, name) for name in own},
    }
