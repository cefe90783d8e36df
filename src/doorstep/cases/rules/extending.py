"""More time, once: the holder asks with a reason, and a level above grants it before the promise is broken."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from doorstep.cases.rules.clocks import Clocks
from doorstep.cases.rules.deadlines import ExtensionRefused, extended
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Item, Level, Limits
from doorstep.core.text import say
from doorstep.core.time.limits import WorkingDays
from doorstep.core.time.working_days import Calendar

SHORTEST_REASON: Final = 4

# Nobody grants their own wish: the desk of a grid, the office above a desk, and so on.
_GRANTED_BY: Final = {
    Level.GRID: Answerer.COMMUNITY,
    Level.PROPERTY: Answerer.COMMUNITY,
    Level.COMMUNITY: Answerer.SUBDISTRICT,
    Level.DEPARTMENT: Answerer.SUBDISTRICT,
    Level.SUBDISTRICT: Answerer.COUNTY,
}
_NAMED_BY_ITEM: Final = {Level.COMMUNITY: Answerer.COMMUNITY, Level.SUBDISTRICT: Answerer.SUBDISTRICT}
_UPWARDS: Final = (Answerer.COMMUNITY, Answerer.SUBDISTRICT, Answerer.COUNTY)

ASKING: Final = {
    Answerer.COMMUNITY: Question.MORE_TIME,
    Answerer.SUBDISTRICT: Question.MORE_TIME_SUBDISTRICT,
    Answerer.COUNTY: Question.MORE_TIME_COUNTY,
}


def granted_by(holder: Level, item: Item | None) -> Answerer:
    """The lowest desk that may grant: above the holder, and not below the level that the item names."""
    least = _GRANTED_BY[holder]
    named = _NAMED_BY_ITEM.get(item.extension_by) if item is not None and item.extension_by is not None else None
    return max(least, named or least, key=_UPWARDS.index)


def may_grant(role: str, question: str) -> bool:
    """Whether a desk of this level may answer: the one that is asked, or any above it."""
    asked = {str(each): answerer for answerer, each in ASKING.items()}.get(question)
    return asked is not None and role in _UPWARDS and _UPWARDS.index(Answerer(role)) >= _UPWARDS.index(asked)


def ask_for_more(
    reason: str, days: int, now: Clocks, *, question: str, at: datetime, limits: Limits, calendar: Calendar
) -> datetime:
    """Until when it would be promised then; refused where nobody could grant it, so that nobody is asked in vain."""
    if question:
        raise ExtensionRefused(say("clocks-extend-asked-already"), say("clocks-extend-asked-already-try"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise ExtensionRefused(say("clocks-extend-no-reason"), say("clocks-extend-no-reason-try"), "words")
    return _extended(days, now, at=at, limits=limits, calendar=calendar)


def grant(days: int, now: Clocks, *, at: datetime, limits: Limits, calendar: Calendar) -> datetime:
    """Until when it is promised from now on."""
    return _extended(days, now, at=at, limits=limits, calendar=calendar)


def _extended(days: int, now: Clocks, *, at: datetime, limits: Limits, calendar: Calendar) -> datetime:
    due, _ = extended(
        now.promised.finish,
        WorkingDays(days),
        times_before=1 if now.days_extended else 0,
        at=at,
        limits=limits,
        calendar=calendar,
    )
    return due.at
