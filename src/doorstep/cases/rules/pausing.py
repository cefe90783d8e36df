"""May the holder's clock stand still? For a reason that is known, for a time that ends, and not again and again."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from doorstep.cases.rules.clocks import Clocks
from doorstep.catalogue.item import Limits, PauseReason, Urgency
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.working_days import Calendar


class PauseRefused(Refusal):
    """The clock runs on."""


class Paused(NamedTuple):
    """Until when at most, and what the resident is told."""

    until: datetime
    days: int
    because: Message


def most_days(reason: PauseReason, now: Clocks, limits: Limits) -> int:
    """For how many working days this case may still wait for that; none when it has stood still long enough."""
    return max(0, min(limits.pause[reason].count, limits.pauses.count - now.days_paused))


def pause(
    reason: str, days: int, now: Clocks, *, urgency: Urgency, at: datetime, limits: Limits, calendar: Calendar
) -> Paused:
    """The pause that a holder asks for; what is promised to the resident runs on."""
    if reason not in list(PauseReason):
        raise PauseRefused(say("clocks-pause-no-reason"), say("clocks-pause-no-reason-try"), "reason")
    if now.paused is not None:
        raise PauseRefused(say("clocks-pause-twice"), say("clocks-pause-twice-try"))
    if urgency is Urgency.CRITICAL:
        raise PauseRefused(say("clocks-pause-critical"), say("clocks-pause-critical-try"))
    if now.due is None or at >= now.due.at:
        raise PauseRefused(say("clocks-pause-too-late"), say("clocks-pause-too-late-try"))
    most = most_days(PauseReason(reason), now, limits)
    if not most:
        total = limits.pauses.count
        raise PauseRefused(say("clocks-pause-used-up", total=total), say("clocks-pause-used-up-try"))
    if not 0 < days <= most:
        raise PauseRefused(say("clocks-pause-too-long", most=most), say("clocks-pause-too-long-try"), "days")
    until = calendar.add_working_days(at, days).at
    return Paused(until, days, say("clocks-pause-because", reason=say(f"clocks-reason-{reason}")))


class Resumed(NamedTuple):
    """Why the clock runs again."""

    because: Message


def resumes(now: Clocks, at: datetime) -> Resumed | None:
    """Whether a pause ends by itself now, and why; None while it lasts, or where none is running."""
    if now.paused is None:
        return None
    if now.reporter_answered:
        return Resumed(say("clocks-resume-answered"))
    if now.owner_found:
        return Resumed(say("absent-resume-found"))
    return Resumed(say("clocks-resume-over")) if at >= now.paused.until else None


def refuse_without_pause(now: Clocks) -> None:
    """Nothing goes on that does not stand still."""
    if now.paused is None:
        raise PauseRefused(say("clocks-resume-none"), say("clocks-resume-none-try"))
