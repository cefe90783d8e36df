"""Meetings and shifts as an iCalendar file (RFC 5545), so that any calendar of a phone or computer can show them.

A meeting is one event with a rule (RRULE). A day that a holiday takes is an EXDATE; where the meeting moves to another
day, that day is an event of its own. What was called off stays, as cancelled, so that a calendar takes it over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Any, Final

from icalendar import Calendar, Event, Timezone

from doorstep.core.text import Message, text
from doorstep.core.time.zone import LOCAL
from doorstep.rota.rules.weeks import Week, first_day

CONTENT_TYPE: Final = "text/calendar; charset=utf-8"
DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ASK_AGAIN: Final = timedelta(hours=1)
_ZONE_FROM: Final = date(2000, 1, 1)


@dataclass(frozen=True)
class MeetingSeen:
    """A weekly meeting with what becomes of it as far as holidays are known; `link` leads to its page."""

    id: int
    org: int
    name: str
    place: str
    is_public: bool
    weekday: int
    begins: time
    minutes: int
    first_on: date
    until_on: date | None
    sequence: int
    changed_at: datetime
    weeks: Sequence[Week]
    called_off: frozenset[date]


@dataclass(frozen=True)
class ShiftSeen:
    """A time on duty."""

    id: int
    name: str
    place: str
    begins_at: datetime
    ends_at: datetime
    is_called_off: bool
    sequence: int
    changed_at: datetime


def written(
    title: Message | str,
    meetings: Iterable[MeetingSeen],
    shifts: Iterable[ShiftSeen],
    host: str,
    lang: str,
    uid: str = "shift",
) -> bytes:
    """The whole file. The same content gives the same bytes, so that whoever asks again is told that nothing is new."""
    calendar = Calendar()  # type: ignore[no-untyped-call]
    calendar.add("prodid", "-//Doorstep//Doorstep//ZH")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", text(title, lang) if isinstance(title, Message) else title)
    calendar.add("x-wr-timezone", str(LOCAL))
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add_component(_zone())
    for meeting in meetings:
        for event in _of_meeting(meeting, host):
            calendar.add_component(event)
    for shift in shifts:
        calendar.add_component(_of_shift(shift, host, uid))
    return bytes(calendar.to_ical())


@cache
def _zone() -> Timezone:
    return Timezone.from_tzid(str(LOCAL), first_date=_ZONE_FROM)


def _of_meeting(meeting: MeetingSeen, host: str) -> Iterable[Event]:
    if meeting.until_on is not None and first_day(meeting.weekday, meeting.first_on) >= meeting.until_on:
        # It ended before it was ever held: whoever has it in a calendar is told so.
        yield _held(meeting, _uid(meeting, host), first_day(meeting.weekday, meeting.first_on), is_off=True)
        return
    yield _rule(meeting, host)
    for week in meeting.weeks:
        is_off = week.day in meeting.called_off
        if week.is_as_usual and is_off:
            event = _held(meeting, _uid(meeting, host), week.day, is_off=True)
            event.add("recurrence-id", _at(meeting, week.day))
            yield event
        elif week.held_on is not None and not week.is_as_usual:
            yield _held(meeting, f"meeting-{meeting.id}-{week.day:%Y%m%d}@{host}", week.held_on, is_off=is_off)


def _rule(meeting: MeetingSeen, host: str) -> Event:
    event = _held(meeting, _uid(meeting, host), first_day(meeting.weekday, meeting.first_on))
    rule: dict[str, Any] = {"freq": "weekly", "byday": DAYS[meeting.weekday]}
    if meeting.until_on is not None:
        # RFC 5545 wants the end of a rule in UTC where the beginning has a zone.
        rule["until"] = datetime.combine(meeting.until_on, time(), LOCAL).astimezone(UTC) - timedelta(seconds=1)
    event.add("rrule", rule)
    moved = [_at(meeting, week.day) for week in meeting.weeks if not week.is_as_usual]
    if moved:
        event.add("exdate", moved)
    return event


def _held(meeting: MeetingSeen, uid: str, day: date, *, is_off: bool = False) -> Event:
    begins = _at(meeting, day)
    return _event(
        uid,
        meeting.name,
        meeting.place,
        begins,
        begins + timedelta(minutes=meeting.minutes),
        meeting.sequence,
        meeting.changed_at,
        is_off=is_off,
    )


def _of_shift(shift: ShiftSeen, host: str, uid: str) -> Event:
    return _event(
        f"{uid}-{shift.id}@{host}",
        shift.name,
        shift.place,
        shift.begins_at.astimezone(LOCAL),
        shift.ends_at.astimezone(LOCAL),
        shift.sequence,
        shift.changed_at,
        is_off=shift.is_called_off,
    )


def _event(
    uid: str, name: str, place: str, begins: datetime, ends: datetime, sequence: int, changed: datetime, *, is_off: bool
) -> Event:
    event = Event()  # type: ignore[no-untyped-call]
    event.add("uid", uid)
    event.add("dtstamp", changed.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", changed.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", sequence)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", name)
    if place:
        event.add("location", place)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    return event


def _at(meeting: MeetingSeen, day: date) -> datetime:
    return datetime.combine(day, meeting.begins, LOCAL)


def _uid(meeting: MeetingSeen, host: str) -> str:
    return f"meeting-{meeting.id}@{host}"
