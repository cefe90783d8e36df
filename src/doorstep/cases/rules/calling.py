"""Several units at one case: each is called to do its part, and a whistle names where and when they meet.

A part is a case of its own, so that it has a holder, a clock and a result; the case that it belongs to waits for all of
them. Whoever called says how well each did its part: the community scores the department, and nobody the person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from typing import Final, NamedTuple

from doorstep.cases.rules.facts import UnitFacts, UnitId
from doorstep.catalogue.item import Limits
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.limits import Hours, Limit, WorkingDays, WorkingHours
from doorstep.core.time.working_days import Calendar, Due

PART: Final = "part"
"""The source of a case that is one unit's part of another."""
MOST_CALLED: Final = 8
SHORTEST_WORDS: Final = 4
SCORES: Final = (1, 2, 3, 4, 5)
SHORTEST_PART: Final = 0.01
"""Hours; a promise that runs out this minute leaves no less."""
LATEST_MEETING: Final = timedelta(days=31)


INDOORS: Final = frozenset({"platform"})
"""Trades that have nobody to send: they keep this platform running."""


class CallRefused(Refusal):
    """These units cannot be called to this case, or not so."""


class PartsOpen(Refusal):
    """Somebody who was called has not done their part yet."""


class Meeting(NamedTuple):
    """Where and when the units meet."""

    place: str
    at: datetime


@dataclass(frozen=True)
class Part:
    """A unit's part of a case, as far as deciding needs it."""

    number: str
    unit: UnitId
    is_open: bool
    outcome: str = ""


def can_come(unit: UnitFacts) -> bool:
    """Whether it has anybody to send to a place; what it is asked about itself is dispatched to it all the same."""
    return not unit.departments or bool(unit.departments - INDOORS)


def refuse_call(
    units: Sequence[UnitId],
    words: str,
    *,
    able: Sequence[UnitFacts],
    holder: UnitId | None,
    parts: Sequence[Part],
    is_part: bool,
) -> None:
    """Refuse a call that nobody could answer. `able` are the units that may act on the case."""
    if is_part:
        raise CallRefused(say("calling-not-from-a-part"), say("calling-not-from-a-part-try"))
    if not units:
        raise CallRefused(say("calling-nobody"), say("calling-nobody-try"), "unit")
    if len(set(units)) > MOST_CALLED:
        raise CallRefused(say("calling-too-many", most=MOST_CALLED), say("calling-too-many-try"), "unit")
    if len(words.strip()) < SHORTEST_WORDS:
        raise CallRefused(say("calling-without-words"), say("calling-without-words-try"), "words")
    known = {unit.id: unit for unit in able}
    at_it = {part.unit for part in parts if part.is_open}
    for unit in units:
        if unit not in known:
            raise CallRefused(say("cases-unit-unfit"), say("cases-unit-unfit-try"), "unit")
        if unit == holder:
            raise CallRefused(say("calling-holder", unit=known[unit].said), say("calling-holder-try"), "unit")
        if unit in at_it:
            raise CallRefused(say("calling-again", unit=known[unit].said), say("calling-again-try"), "unit")


def refuse_meeting(meeting: Meeting, *, at: datetime) -> None:
    """Refuse a meeting without a place, in the past, or in a far future that is a slip of the pen."""
    if not meeting.place.strip():
        raise CallRefused(say("calling-without-place"), say("calling-without-place-try"), "place")
    if meeting.at <= at:
        raise CallRefused(say("calling-meeting-over"), say("calling-meeting-over-try"), "meet_at")
    if meeting.at > at + LATEST_MEETING:
        raise CallRefused(
            say("calling-meeting-far", days=LATEST_MEETING.days), say("calling-meeting-over-try"), "meet_at"
        )


def answer_by(at: datetime, limits: Limits, calendar: Calendar) -> Due:
    """Until when whoever is called says that they come."""
    return calendar.add(at, limits.whistle)


def part_limit(
    at: datetime, meeting: Meeting | None, promised_by: datetime | None, limits: Limits, calendar: Calendar
) -> Limit:
    """How long a part may take from the call on: it counts as complex, but none outlasts a promise that holds."""
    days = limits.whistle_complex.count + (calendar.working_days(at, meeting.at) if meeting else 0)
    if promised_by is None or not at < promised_by < calendar.add_working_days(at, days).at:
        return WorkingDays(days)
    open_hours = _hours(calendar.working_time(at, promised_by))
    return WorkingHours(open_hours) if open_hours else Hours(max(_hours(promised_by - at), SHORTEST_PART))


def _hours(length: timedelta) -> float:
    """Rounded down to what a limit is written with."""
    return floor(length / timedelta(hours=1) * 100) / 100


def score_named(typed: str) -> int | None:
    """One of the scores; None where none was given, which is nobody's fault."""
    if not typed:
        return None
    if not typed.isascii() or not typed.isdigit() or int(typed) not in SCORES:
        raise CallRefused(say("calling-score-unknown"), say("calling-score-unknown-try"), "score")
    return int(typed)


def refuse_open(parts: Sequence[Part]) -> None:
    """A case is not done while somebody who was called is still at their part."""
    if still := [part.number for part in parts if part.is_open]:
        numbers = ", ".join(still[:3])
        raise PartsOpen(say("calling-parts-open", count=len(still), numbers=numbers), say("calling-parts-open-try"))


def all_did_their_part(parts: Sequence[Part]) -> bool:
    """Whether everybody who was called has done their part; what was withdrawn counts for nothing."""
    return bool(parts) and not any(part.is_open for part in parts) and any(part.outcome == "solved" for part in parts)
