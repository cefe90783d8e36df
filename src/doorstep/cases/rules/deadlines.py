"""When the promise to the resident runs out, and when whoever holds the case is due: two clocks, never one."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import NamedTuple

from doorstep.catalogue.item import Limits, Promise
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.limits import Hours, Limit, WorkingDays, WorkingHours
from doorstep.core.time.working_days import Calendar, Due
from doorstep.core.time.zone import LOCAL, local


class PromisedBy(NamedTuple):
    """The two moments a resident is promised. `provisional` when a holiday not yet announced may move one."""

    first_contact: datetime
    finish: datetime
    provisional: bool


def promised_by(reported_at: datetime, promise: Promise, calendar: Calendar) -> PromisedBy:
    """When the promise made to the resident runs out; hand-overs never reset it.

    The day of the report does not count where working days are promised, so 00:01 and 23:59 fall due together.
    """
    contact, finish = calendar.add(reported_at, promise.first_contact), calendar.add(reported_at, promise.finish)
    return PromisedBy(contact.at, finish.at, contact.provisional or finish.provisional)


def holder_due_at(dispatched_at: datetime, limit: Limit, calendar: Calendar) -> Due:
    """When this holder's time runs out; it runs from the dispatch to this holder, not from their signing for it."""
    return calendar.add(dispatched_at, limit)


def sooner(at: datetime, one: Limit, other: Limit, calendar: Calendar) -> Limit:
    """Of two limits the one that runs out first, counted from `at`."""
    return one if calendar.add(at, one).at <= calendar.add(at, other).at else other


def due_after_pause(
    due_at: datetime, limit: Limit, paused_at: datetime, resumed_at: datetime, calendar: Calendar
) -> Due:
    """The holder's time with the pause given back, in the kind of time that `limit` counts; the promise stays."""
    match limit:
        case Hours():
            return Due(local(due_at) + (resumed_at - paused_at))
        case WorkingHours():
            hours = calendar.working_time(paused_at, resumed_at) / timedelta(hours=1)
            return calendar.add_working_hours(due_at, hours)
        case WorkingDays():
            return calendar.add_working_days(due_at, calendar.working_days(paused_at, resumed_at))


class ExtensionRefused(Refusal):
    pass


def extended(
    promised: datetime, days: WorkingDays, *, times_before: int, at: datetime, limits: Limits, calendar: Calendar
) -> tuple[Due, Message]:
    """The promise put off, and what the resident is told now: once, not for long, never when it is already broken."""
    if times_before:
        raise ExtensionRefused(say("cases-extend-once"), try_this=say("cases-extend-once-try"))
    if at >= promised:
        raise ExtensionRefused(say("cases-extend-too-late"), try_this=say("cases-extend-too-late-try"))
    if not 0 < days.count <= limits.extension.count:
        raise ExtensionRefused(say("cases-extend-too-long", most=limits.extension.count))
    due = calendar.add_working_days(promised, days.count)
    return due, say("cases-extend-told", days=days.count)


def end_of_day_after(at: datetime, days: int) -> datetime:
    """The last moment of the day that many days later, whatever the hour of `at`."""
    day = local(at).date() + timedelta(days=days)
    return datetime.combine(day, time.max, LOCAL)
