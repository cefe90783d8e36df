"""A holder says that a case is not theirs: an objection, with its legal basis, in time, and never without an end.

The first is reviewed by the desk that sent the case, the second by the level above it, whose word stands. Until then
the holder keeps the case and every clock runs; so no handing back and forth stretches what was promised.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Level, Limits, Urgency
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.working_days import Calendar

SHORTEST_REASON: Final = 4
WRITTEN: Final = "written"
"""The basis that is none of those offered: the holder writes it."""

UPWARDS: Final = (Answerer.COMMUNITY, Answerer.SUBDISTRICT, Answerer.COUNTY)
REVIEW: Final = {
    Answerer.COMMUNITY: Question.OBJECTION_COMMUNITY,
    Answerer.SUBDISTRICT: Question.OBJECTION,
    Answerer.COUNTY: Question.OBJECTION_COUNTY,
}
ARBITRATION: Final = {
    Answerer.SUBDISTRICT: Question.ARBITRATE_SUBDISTRICT,
    Answerer.COUNTY: Question.ARBITRATE,
}
OPEN: Final = frozenset({*REVIEW.values(), *ARBITRATION.values()})
"""The questions of an objection that waits to be decided."""


class DeclineRefused(Refusal):
    pass


class Verdict(StrEnum):
    """What came of an objection."""

    UPHELD = "upheld"
    REJECTED = "rejected"


class Declined(NamedTuple):
    """What follows: who is asked, and what the resident is told."""

    ask: Question
    because: Message


class Sent(NamedTuple):
    """How the case came to its holder: when, and by the desk of which level; None is the machine."""

    at: datetime
    by: Answerer | None


def decline(
    reason: str,
    basis: str,
    cited: str = "",
    *,
    urgency: Urgency,
    declined_before: int,
    arbitrated: bool,
    is_open: bool,
    sent: Sent,
    holder: Level,
    at: datetime,
    limits: Limits,
    calendar: Calendar,
) -> Declined:
    """The answer to a holder who objects; `arbitrated` when the level above has decided, `is_open` while one waits."""
    not_now = why_not_now(urgency, arbitrated, is_open, sent.at, at=at, limits=limits, calendar=calendar)
    if not_now is not None:
        raise not_now
    if len(reason.strip()) < SHORTEST_REASON:
        raise DeclineRefused(say("cases-decline-without-reason"), try_this=say("cases-decline-without-reason-try"))
    if not basis or (basis == WRITTEN and len(cited.strip()) < SHORTEST_REASON):
        raise DeclineRefused(say("cases-decline-without-basis"), say("cases-decline-without-basis-try"), "basis")
    reviewer = reviewed_by(sent.by, holder)
    if declined_before:
        return Declined(ARBITRATION[_above(reviewer)], say("cases-decline-to-arbitration"))
    return Declined(REVIEW[reviewer], say("cases-decline-to-review"))


def why_not_now(
    urgency: str,
    arbitrated: bool,
    is_open: bool,
    sent_at: datetime,
    *,
    at: datetime,
    limits: Limits,
    calendar: Calendar,
) -> DeclineRefused | None:
    """What no reason and no basis could mend; None where an objection would be heard, and so is offered."""
    if arbitrated:
        return DeclineRefused(say("cases-decline-arbitrated"), try_this=say("cases-decline-arbitrated-try"))
    if is_open:
        return DeclineRefused(say("cases-decline-open"), try_this=say("cases-decline-open-try"))
    if urgency == Urgency.CRITICAL:
        return DeclineRefused(say("cases-decline-critical"), try_this=say("cases-decline-critical-try"))
    if at > calendar.add(sent_at, limits.objection).at:
        days = limits.objection.count
        return DeclineRefused(say("cases-decline-too-late", days=days), try_this=say("cases-decline-too-late-try"))
    return None


def reviewed_by(sent_by: Answerer | None, holder: Level) -> Answerer:
    """The desk that sent it; the machine's dispatches are the subdistrict's, and no desk reviews its own objection."""
    least = {Level.COMMUNITY: Answerer.SUBDISTRICT, Level.SUBDISTRICT: Answerer.COUNTY}.get(holder, Answerer.COMMUNITY)
    return max(sent_by or Answerer.SUBDISTRICT, least, key=UPWARDS.index)


def _above(desk: Answerer) -> Answerer:
    """Above the county is nobody here; then it decides itself, and for good."""
    return UPWARDS[min(UPWARDS.index(desk) + 1, len(UPWARDS) - 1)]


def is_final(question: str) -> bool:
    """Whether the decision that this question waits for stands for good."""
    return question in ARBITRATION.values()


def refuse_to_decide(role: str, question: str) -> None:
    """An objection is decided by the desk that is asked, or one above it."""
    if not may_decide(role, question):
        who = say(f"desk-answerer-{Question(question).answered_by}")
        raise DeclineRefused(say("cases-objection-not-you", who=who), say("cases-objection-not-you-try", who=who))


def may_decide(role: str, question: str) -> bool:
    """Whether a desk of this level may decide it."""
    return _is_at_least(role, Question(question).answered_by)


def refuse_below_arbitration(role: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> None:
    """What the level above has decided is sent elsewhere by nobody below it."""
    decided = arbitrated_by(rows)
    if decided is not None and not may_overrule(role, decided):
        who = say(f"desk-answerer-{decided}")
        raise DeclineRefused(say("cases-arbitrated-stands", who=who), say("cases-arbitrated-stands-try", who=who))


def may_overrule(role: str, decided: Answerer | None) -> bool:
    """Whether a desk of this level may send elsewhere what that level decided for good; None: nobody did."""
    return decided is None or _is_at_least(role, decided)


def _is_at_least(role: str, desk: str) -> bool:
    return role in UPWARDS and UPWARDS.index(Answerer(role)) >= UPWARDS.index(Answerer(desk))


def arbitrated_by(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Answerer | None:
    """The level whose word stands, from the moves of a case with their facts, oldest first; None where none does.

    A case that is opened again is a new matter; so is one that somebody entitled has sent elsewhere since.
    """
    stands: Answerer | None = None
    for move, facts in rows:
        if move == "reopen":
            stands = None
        elif move in ("dispatch", "note") and (facts.get("final") or facts.get("arbitrated")):
            stands = Answerer(facts.get("final") or Answerer.COUNTY)
        elif move == "dispatch":
            stands = None
    return stands


def upheld_against(rows: Iterable[tuple[str, str, Mapping[str, Any], int | None]]) -> frozenset[str]:
    """The units that were rid of a case by an objection, from (move, state after, facts, unit): never asked again."""
    found = set()
    for move, to_state, facts, unit in rows:
        if move == "dispatch" and facts.get("objection") == Verdict.UPHELD:
            found.add(str(facts["from_unit"]))
        elif move == "decline" and to_state == "classified" and unit is not None:
            # Until objections were reviewed, a case went on at once.
            found.add(str(unit))
    return frozenset(found)
