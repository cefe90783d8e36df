"""Who is told as time passes: the holder, the head of the unit, then one level above after the other.

Up to the holder's due time the holder's clock alone counts. From then on the promise to the resident counts too, so
that handing a case round and round keeps nobody above from hearing of it. No rung says anything about a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.cases.rules.absent_owner import look_at
from doorstep.cases.rules.clocks import Clocks, Pause
from doorstep.catalogue.item import Level, Limits, Urgency
from doorstep.core.time.limits import Hours, Limit
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local


class Rung(StrEnum):
    """Who has been told, the nearest first."""

    HOLDER = "holder"
    HEAD = "head"
    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"
    COMMAND = "command"

    @property
    def rank(self) -> int:
        """Its place, counted from one; nought is nobody yet."""
        return list(Rung).index(self) + 1


_ABOVE: Final = {
    Level.GRID: (Rung.COMMUNITY, Rung.SUBDISTRICT, Rung.COMMAND),
    Level.PROPERTY: (Rung.COMMUNITY, Rung.SUBDISTRICT, Rung.COMMAND),
    Level.COMMUNITY: (Rung.SUBDISTRICT, Rung.COMMAND),
    Level.DEPARTMENT: (Rung.SUBDISTRICT, Rung.COMMAND),
    Level.SUBDISTRICT: (Rung.COMMAND,),
}


class Told(NamedTuple):
    """A rung, when it is told, and whether because the promise ran out rather than the holder's time."""

    rung: Rung
    at: datetime
    by_promise: bool = False


def rung_of(rank: int) -> Rung | None:
    """The rung with this place; None for nobody yet."""
    return list(Rung)[rank - 1] if rank else None


def after_hand_over(rank: int) -> int:
    """The rung on which a new holder begins: what the levels above have heard they have heard."""
    return rank if rank >= Rung.COMMUNITY.rank else 0


def ladder(now: Clocks, level: Level, *, reached: int, limits: Limits, calendar: Calendar) -> Iterator[Told]:
    """The rungs that are still to be told, the lowest first; a moment for each, which no pause holds."""
    for rung, part in zip((Rung.HOLDER, Rung.HEAD, *_ABOVE[level]), limits.ladder, strict=False):
        if rung.rank > reached and (told := _told(rung, part, now, calendar)) is not None:
            yield told


def _told(rung: Rung, part: float, now: Clocks, calendar: Calendar) -> Told | None:
    if now.sent_at is None or now.due is None or now.limit is None:
        return None
    by_holder = part_of(part, now.sent_at, now.due.at, now.limit, now.pauses, calendar)
    # What was promised before a case was closed says nothing of the time after it was opened again.
    if part < 1 or now.was_reopened:
        return Told(rung, by_holder)
    by_promise = part_of(part, now.reported_at, now.promised.finish, now.promise.finish, (), calendar)
    return Told(rung, min(by_holder, by_promise), by_promise < by_holder)


def part_of(
    part: float, start: datetime, due: datetime, limit: Limit, pauses: tuple[Pause, ...], calendar: Calendar
) -> datetime:
    """When that part of the time from `start` to `due` is over, pauses left out; 1 is `due`, 2 as long again."""
    if part == 1:
        return due
    length = _length(start, due, limit, calendar)
    for pause in pauses:
        length -= _length(pause.since, pause.until, limit, calendar)
    moment = _later(start, max(length, timedelta()) * part, limit, calendar)
    for pause in pauses:
        if pause.since < moment:
            moment = _later(moment, _length(pause.since, pause.until, limit, calendar), limit, calendar)
    moment = _out_of(moment, pauses)
    return max(moment, due) if part > 1 else min(moment, due)


def _length(start: datetime, end: datetime, limit: Limit, calendar: Calendar) -> timedelta:
    return end - start if isinstance(limit, Hours) else calendar.working_time(start, end)


def _later(start: datetime, length: timedelta, limit: Limit, calendar: Calendar) -> datetime:
    if isinstance(limit, Hours):
        return local(start) + length
    return calendar.add_working_hours(start, length / timedelta(hours=1)).at


def _out_of(moment: datetime, pauses: tuple[Pause, ...]) -> datetime:
    # The last minute before a night can be the first of a pause that ends in it.
    return next((pause.until for pause in pauses if pause.since < moment < pause.until), moment)


def rung_above(level: Level, reached: int) -> Rung:
    """The next level above a holder that has not been told; the highest is told again."""
    return next((rung for rung in _ABOVE[level] if rung.rank > reached), Rung.COMMAND)


def unsigned_at(now: Clocks, urgency: Urgency, limits: Limits, calendar: Calendar) -> datetime | None:
    """When a case that nobody has taken is taken as signed for."""
    return None if now.sent_at is None else calendar.add(now.sent_at, now.answer or limits.unsigned[urgency]).at


def look_again_at(
    now: Clocks,
    level: Level,
    *,
    unsigned: Urgency | None,
    reached: int,
    at: datetime,
    limits: Limits,
    calendar: Calendar,
) -> datetime | None:
    """The next moment at which anything of its clocks changes, which may be now; `unsigned` is its urgency where
    nobody has taken it."""
    moments = [told.at for told in ladder(now, level, reached=reached, limits=limits, calendar=calendar)]
    if unsigned is not None:
        moments.append(unsigned_at(now, unsigned, limits, calendar) or at)
    if now.paused is not None:
        moments.append(now.paused.until)
    elif now.owner_sought_at is not None:
        moments.append(look_at(now.owner_sought_at, calendar))
    return max(min(moments), at) if moments else None
