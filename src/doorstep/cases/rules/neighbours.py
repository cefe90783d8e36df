"""Neighbours who signed up to be asked: who is asked for which case, in which order, and when a call is over.

They may say no, without a reason, and hold nothing: the holder and the clocks of the case stay as they are. Nothing
here knows how soon anybody answered, or how often they came.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from doorstep.catalogue.item import Help, Item
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local

CONSENT_DAYS: Final = 365
"""A year after somebody signed up they are asked no more, until they say again that they want to be."""
FIRST_WAVE: Final = 3
NEXT_WAVE: Final = 5
MOST_ASKED: Final = 15
WAVE_LASTS: Final = timedelta(minutes=10)
MOST_WANTED: Final = 6
LASTS_H: Final = (1, 2, 6, 24)
SHORTEST_WORDS: Final = 4
REMEMBERED: Final = timedelta(hours=24)
"""Who came is known to the holder for a day after the call has run out, and then to nobody."""
PARTY_HOUSEHOLD: Final = "hub_household"


class Days(StrEnum):
    """On which days somebody may be asked."""

    ALL = "all"
    WORKING = "working"
    FREE = "free"


class Over(StrEnum):
    """Why nobody is asked any more."""

    ENOUGH = "enough"
    CALLED_OFF = "called-off"
    TIME = "time"
    CASE = "case"


class NeighboursRefused(Refusal):
    """Nobody near by is asked, or not so."""


class ReadinessRefused(Refusal):
    """Nobody signs up like that."""


@dataclass(frozen=True)
class Terms:
    """With what somebody would help, and on which days between which hours they may be asked."""

    helps: frozenset[Help]
    days: Days
    from_hour: time
    until_hour: time


@dataclass(frozen=True)
class Ready:
    """Somebody who signed up, in a post that they hold; the consent ends on `until_on`."""

    appointment: int
    post: int
    kind: str
    microgrid: int | None
    grid: int | None
    terms: Terms
    until_on: date


@dataclass(frozen=True)
class Call:
    """What is asked for, where, and how far it has come."""

    number: str
    help: Help
    microgrid: int | None
    grid: int
    wanted: int
    coming: int = 0


def terms(helps: Collection[str], days: str, from_hour: time | None, until_hour: time | None) -> Terms:
    """What somebody signs up for; refused where nothing could ever be asked of them."""
    chosen = frozenset(Help(each) for each in helps if each in set(Help))
    if not chosen:
        raise ReadinessRefused(say("neighbours-no-help"), say("neighbours-no-help-try"), "helps")
    if days not in set(Days):
        raise ReadinessRefused(say("neighbours-no-days"), say("neighbours-no-days-try"), "days")
    if from_hour is None or until_hour is None or from_hour >= until_hour:
        raise ReadinessRefused(say("neighbours-no-hours"), say("neighbours-no-hours-try"), "from_hour")
    return Terms(chosen, Days(days), from_hour, until_hour)


def ends_on(today: date) -> date:
    """Until when a consent that is given today holds."""
    return today + timedelta(days=CONSENT_DAYS)


def may_be_asked(ready: Ready, wanted: Help, at: datetime, calendar: Calendar) -> bool:
    """Whether this is what they signed up for, at an hour at which they said that they may be disturbed."""
    here = local(at)
    if wanted not in ready.terms.helps or ready.until_on <= here.date():
        return False
    if not ready.terms.from_hour <= here.time() < ready.terms.until_hour:
        return False
    is_working = calendar.is_working_day(here.date())
    return ready.terms.days is Days.ALL or (ready.terms.days is Days.WORKING) == is_working


def next_asked(
    call: Call, ready: Sequence[Ready], *, asked: Collection[int], at: datetime, calendar: Calendar
) -> list[Ready]:
    """Who is asked now: those of the micro-grid first, then those of its grid; a few, and then a few more.

    Households of party members come before other neighbours at the same distance. Among equals each call has an order
    of its own, so that it is not always the same people; how somebody answered before is not known.
    """
    wave = min(NEXT_WAVE if asked else FIRST_WAVE, MOST_ASKED - len(asked))
    near = [
        each
        for each in ready
        if each.appointment not in asked
        and (each.grid == call.grid or (each.microgrid is not None and each.microgrid == call.microgrid))
        and may_be_asked(each, call.help, at, calendar)
    ]
    return sorted(near, key=lambda each: _turn(call, each))[: max(0, wave)]


def _turn(call: Call, ready: Ready) -> tuple[bool, bool, bytes]:
    is_farther = call.microgrid is None or ready.microgrid != call.microgrid
    lot = sha256(f"{call.number}/{ready.appointment}".encode()).digest()
    return is_farther, ready.kind != PARTY_HOUSEHOLD, lot


def over(call: Call, *, until: datetime, at: datetime) -> Over | None:
    """Whether the call ends by itself now."""
    if call.coming >= call.wanted:
        return Over.ENOUGH
    return Over.TIME if at >= until else None


def refuse_call(
    item: Item | None, wanted: str, words: str, place: str, number: int, hours: int, *, kept_from: int, is_part: bool
) -> Help:
    """The help that is called for; refused where the item, the case or the words do not allow it."""
    if is_part or kept_from:
        raise NeighboursRefused(say("neighbours-not-this-case"), say("neighbours-not-this-case-try"))
    if item is None or not item.neighbours:
        raise NeighboursRefused(say("neighbours-not-this-item"), say("neighbours-not-this-item-try"))
    if wanted not in item.neighbours:
        raise NeighboursRefused(say("neighbours-not-this-help"), say("neighbours-not-this-help-try"), "help")
    if len(words.strip()) < SHORTEST_WORDS:
        raise NeighboursRefused(say("neighbours-without-words"), say("neighbours-without-words-try"), "words")
    if not place.strip():
        raise NeighboursRefused(say("neighbours-without-place"), say("neighbours-without-place-try"), "place")
    if not 1 <= number <= MOST_WANTED:
        raise NeighboursRefused(say("neighbours-too-many", most=MOST_WANTED), say("neighbours-too-many-try"), "wanted")
    if hours not in LASTS_H:
        raise NeighboursRefused(say("neighbours-no-time"), say("neighbours-no-time-try"), "hours")
    return Help(wanted)


def refuse_nobody(found: Sequence[Ready]) -> None:
    """Where nobody near by signed up, or nobody may be disturbed now, it is said at once, with what to do instead."""
    if not found:
        raise NeighboursRefused(say("neighbours-nobody"), say("neighbours-nobody-try"))
