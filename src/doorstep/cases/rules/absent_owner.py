"""A flat whose owner cannot be reached: what is tried, in which order, and when the next level hears of it.

The case stays with its holder and its clocks. Each step is a fact on the ledger, without a name. Nobody goes into a
home but with the police and a legal basis that is named, to save somebody or to stop a danger. Whatever was done last,
there is a moment at which the case is looked at again: it never falls silent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from doorstep.cases.rules.clocks import FOUND, Clocks
from doorstep.catalogue.item import PauseReason, Urgency
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.working_days import Calendar
from doorstep.core.time.zone import local_date


class Step(StrEnum):
    """What a holder does about an owner who is not there, in its order."""

    TRIED = "tried"
    ASKED = "asked"
    SECURED = "secured"
    NOTICE = "notice"
    ENTERED = "entered"
    FOUND = FOUND


HOWS: Final[Mapping[Step, tuple[str, ...]]] = {
    Step.TRIED: ("knocked", "rang", "called"),
    Step.ASKED: ("neighbours", "community", "property", "tenant"),
    Step.SECURED: ("water", "power", "gas", "fenced"),
    Step.NOTICE: ("door",),
    # 人民警察法 §21, 民法典 §182, 消防法 §45, 民事诉讼法: who may enter a home, and why.
    Step.ENTERED: ("rescue", "necessity", "fire", "court"),
    Step.FOUND: ("met", "reached", "key"),
}
"""How each is done; of an entry it is the legal basis."""

TRIES: Final = 2
"""Knocking twice, on two days, says more than twice in an hour; where something is urgent, once is enough."""
REST_DAYS: Final = 5
"""After so many working days without a step the level above is told."""
DANGER: Final = frozenset({Urgency.CRITICAL, Urgency.URGENT})


class StepRefused(Refusal):
    """Not this step, or not yet."""


class Done(NamedTuple):
    """A step that the ledger holds."""

    step: Step
    how: str
    at: datetime


class Standing(NamedTuple):
    """How the search for an owner stands: the steps since it began; empty where nobody is looked for."""

    done: tuple[Done, ...]

    @property
    def is_absent(self) -> bool:
        """Whether an owner is looked for."""
        return bool(self.done)

    def has(self, step: Step) -> bool:
        """Whether this was done."""
        return any(each.step is step for each in self.done)

    def days_tried(self) -> int:
        """On how many days somebody tried."""
        return len({local_date(each.at) for each in self.done if each.step is Step.TRIED})


def standing(rows: Iterable[tuple[str, Mapping[str, Any], datetime]]) -> Standing:
    """How it stands after these rows of the ledger: move, facts, when it happened. Once the owner is found it is over,
    and so is it when the case came to its end and was opened again."""
    done: list[Done] = []
    for move, facts, at in rows:
        step = facts.get("absent")
        if step == Step.FOUND or move == "reopen":
            done = []
        elif step is not None:
            done.append(Done(Step(step), str(facts.get("how", "")), at))
    return Standing(tuple(done))


def is_enough(now: Standing, urgency: Urgency) -> bool:
    """Whether it was tried often enough to say that nobody is there."""
    return now.days_tried() >= (1 if urgency in DANGER else TRIES)


def why_not_yet(step: Step, now: Standing, urgency: Urgency) -> Message | None:
    """What has to come before this step; None when it may be done now."""
    match step:
        case Step.ASKED | Step.SECURED if not now.has(Step.TRIED):
            return say("absent-first-try")
        case Step.SECURED if urgency not in DANGER:
            return say("absent-no-danger")
        case Step.NOTICE if not (is_enough(now, urgency) and now.has(Step.ASKED)):
            return say("absent-first-ask", tries=1 if urgency in DANGER else TRIES)
        case Step.ENTERED if urgency not in DANGER:
            return say("absent-no-danger")
        case Step.ENTERED if not (now.has(Step.TRIED) and now.has(Step.ASKED)):
            return say("absent-first-both")
        case Step.FOUND if not now.is_absent:
            return say("absent-not-looked-for")
    return None


def may_do(now: Standing, urgency: Urgency) -> tuple[Step, ...]:
    """The steps that may be done now, in their order."""
    return tuple(step for step in Step if why_not_yet(step, now, urgency) is None)


def next_step(now: Standing, urgency: Urgency) -> Step | None:
    """What comes next; None when all is done that a holder can do, and a review date is to be set."""
    if not is_enough(now, urgency):
        return Step.TRIED
    if not now.has(Step.ASKED):
        return Step.ASKED
    if urgency in DANGER and not now.has(Step.SECURED):
        return Step.SECURED
    return None if now.has(Step.NOTICE) else Step.NOTICE


def record(step: str, how: str, now: Standing, urgency: Urgency, *, with_police: bool) -> tuple[Step, Message]:
    """The step as it is kept, and what the reporter is told; refused out of its order or without what it needs."""
    if step not in set(Step):
        raise StepRefused(say("absent-no-step"), say("absent-no-step-try"), "step")
    wanted = Step(step)
    if how not in HOWS[wanted]:
        raise StepRefused(say("absent-no-how"), say("absent-no-how-try"), "how")
    missing = why_not_yet(wanted, now, urgency)
    if missing is not None:
        raise StepRefused(missing, say("absent-not-yet-try"), "step")
    if wanted is Step.ENTERED and not with_police:
        raise StepRefused(say("absent-without-police"), say("absent-without-police-try"), "police")
    if wanted is Step.ENTERED:
        return wanted, say("absent-told-entered", basis=say(f"absent-basis-{how}"))
    return wanted, say(f"absent-told-{wanted}", how=say(f"absent-how-{how}"))


def refuse_wait(now: Standing, urgency: Urgency) -> None:
    """The clock stands still for an absent owner only once it was tried, asked around and a notice left."""
    if not now.is_absent or next_step(now, urgency) is not None:
        raise StepRefused(say("absent-no-wait"), say("absent-no-wait-try"), "reason")


def look_at(moved_at: datetime, calendar: Calendar) -> datetime:
    """When the level above is told of a search in which nothing has moved since."""
    return calendar.add_working_days(moved_at, REST_DAYS).at


def is_silent(now: Clocks, at: datetime, calendar: Calendar) -> bool:
    """Whether it is time to tell the level above: the wait for an owner has run out, or nothing has moved for days."""
    if now.owner_sought_at is None:
        return False
    if now.paused is not None:
        return now.paused.reason is PauseReason.OWNER_ABSENT and at >= now.paused.until
    return at >= look_at(now.owner_sought_at, calendar)


def steps_left(now: Standing, urgency: Urgency) -> Sequence[Step]:
    """The order of the whole, as the page shows it: what belongs to a danger is left out where there is none."""
    return [step for step in Step if urgency in DANGER or step not in (Step.SECURED, Step.ENTERED) or now.has(step)]
