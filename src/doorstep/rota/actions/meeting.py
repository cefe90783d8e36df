"""The desk of an area says when its weekly meeting is, calls one off, and puts posts on duty."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db.models import F, Q

from doorstep.core.access import Actor
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.core.turns import take_turn
from doorstep.rota.models import CalledOff, Meeting, Shift
from doorstep.rota.queries import seats
from doorstep.rota.rules.weeks import WEEKDAYS

MINUTES: Final = range(15, 481)
LONGEST_SHIFT: Final = timedelta(hours=24)
FARTHEST: Final = timedelta(days=400)


class RotaRefused(Refusal):
    """Not at this time, or not for this post."""


class RotaUnknown(Refusal):
    """No such meeting or shift in this area; answered as 404."""

    status = 404


@dataclass(frozen=True)
class Wanted:
    """When an area meets each week."""

    name: str
    weekday: int | None
    begins: time | None
    minutes: int | None
    place: str = ""
    is_public: bool = False
    first_on: date | None = None


def set_meeting(wanted: Wanted, *, by: Actor, at: datetime) -> int:
    """From that day on the area meets so. Another day or hour ends what was; what is past stays as it was."""
    begins, weekday, minutes = _readable(wanted)
    today = local_date(at)
    first_on = wanted.first_on or today
    if not today <= first_on <= today + FARTHEST:
        raise RotaRefused(say("rota-first-on"), say("rota-first-on-try"), "first_on")
    take_turn("rota of", by.org)
    said = {"name": wanted.name, "minutes": minutes, "place": wanted.place, "is_public": wanted.is_public}
    now = _in_force(by, today)
    if now is not None and (now.weekday, now.begins) == (weekday, begins):
        Meeting.objects.filter(pk=now.pk).update(**said, sequence=F("sequence") + 1, changed_at=at)
        return now.pk
    assert by.org is not None
    _end_all(by, first_on, at)
    made = Meeting.objects.create(
        org_id=by.org, weekday=weekday, begins=begins, first_on=first_on, changed_at=at, **said
    )
    return made.pk


def end_meeting(*, by: Actor, at: datetime) -> None:
    """The area meets no more."""
    _end_all(by, local_date(at), at)


def call_off(meeting: int, day: date, *, by: Actor, at: datetime) -> None:
    """That week's meeting does not take place; calendars show it as cancelled."""
    row = _meeting(meeting, by)
    if day.weekday() != row.weekday or day < row.first_on or (row.until_on is not None and day >= row.until_on):
        raise RotaRefused(say("rota-no-such-day"), say("rota-no-such-day-try"), "day")
    CalledOff.objects.get_or_create(meeting=row, day=day, defaults={"at": at})
    _changed(row, at)


def hold_after_all(meeting: int, day: date, *, by: Actor, at: datetime) -> None:
    """It takes place after all."""
    row = _meeting(meeting, by)
    CalledOff.objects.filter(meeting=row, day=day).delete()
    _changed(row, at)


def put_on_duty(
    post: int | None, name: str, begins_at: datetime | None, ends_at: datetime | None, *, by: Actor, at: datetime
) -> int:
    """A post is on duty for a time; whoever holds it finds that in their calendar. Nobody signs in or out for it."""
    if not name:
        raise RotaRefused(say("rota-shift-name"), say("rota-shift-name-try"), "shift_name")
    if begins_at is None or ends_at is None or not timedelta() < ends_at - begins_at <= LONGEST_SHIFT:
        raise RotaRefused(say("rota-shift-times"), say("rota-shift-times-try"), "ends_at")
    if not at - timedelta(days=1) <= begins_at <= at + FARTHEST:
        raise RotaRefused(say("rota-shift-far"), say("rota-shift-far-try"), "begins_at")
    if post not in {seat.post for seat in seats(by.org, local_date(at))}:
        raise RotaRefused(say("rota-shift-post"), say("rota-shift-post-try"), "post")
    assert by.org is not None
    take_turn("rota of", by.org)
    same_time = Shift.objects.filter(post=post, called_off_at=None, begins_at__lt=ends_at, ends_at__gt=begins_at)
    if same_time.exists():
        raise RotaRefused(say("rota-shift-twice"), say("rota-shift-twice-try"), "begins_at")
    made = Shift.objects.create(
        org_id=by.org, post_id=post, name=name, begins_at=begins_at, ends_at=ends_at, changed_at=at
    )
    return made.pk


def call_shift_off(shift: int, *, by: Actor, at: datetime) -> None:
    """Nobody is on duty then; calendars show it as cancelled."""
    found = Shift.objects.filter(pk=shift, org=by.org, called_off_at=None)
    if not found.update(called_off_at=at, changed_at=at, sequence=F("sequence") + 1):
        raise RotaUnknown(say("rota-unknown"), say("rota-unknown-try"))


def _readable(wanted: Wanted) -> tuple[time, int, int]:
    if not wanted.name:
        raise RotaRefused(say("rota-name"), say("rota-name-try"), "name")
    if wanted.weekday not in WEEKDAYS:
        raise RotaRefused(say("rota-weekday"), say("rota-weekday-try"), "weekday")
    if wanted.begins is None:
        raise RotaRefused(say("rota-begins"), say("rota-begins-try"), "begins")
    if wanted.minutes not in MINUTES:
        told = say("rota-minutes", least=MINUTES.start, most=MINUTES.stop - 1)
        raise RotaRefused(told, say("rota-minutes-try"), "minutes")
    return wanted.begins, wanted.weekday or 0, wanted.minutes or 0


def _in_force(by: Actor, today: date) -> Meeting | None:
    found = Meeting.objects.filter(org=by.org).filter(Q(until_on=None) | Q(until_on__gt=today))
    return found.order_by("-first_on", "-pk").first()


def _end_all(by: Actor, day: date, at: datetime) -> None:
    going_on = Meeting.objects.filter(org=by.org).filter(Q(until_on=None) | Q(until_on__gt=day))
    going_on.update(until_on=day, sequence=F("sequence") + 1, changed_at=at)


def _meeting(meeting: int, by: Actor) -> Meeting:
    row = Meeting.objects.filter(pk=meeting, org=by.org).first()
    if row is None:
        raise RotaUnknown(say("rota-unknown"), say("rota-unknown-try"))
    return row


def _changed(row: Meeting, at: datetime) -> None:
    Meeting.objects.filter(pk=row.pk).update(sequence=F("sequence") + 1, changed_at=at)
