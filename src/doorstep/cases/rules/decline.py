"""May the holder hand the case back? With a reason, in time, before the second objection; that one is arbitrated."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from doorstep.cases.rules.questions import Question
from doorstep.catalogue.item import Limits, Urgency
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.working_days import Calendar

SHORTEST_REASON = 4


class DeclineRefused(Refusal):
    pass


class Declined(NamedTuple):
    """What follows: the case is dispatched anew without whoever declined, or parked with a question."""

    ask: Question | None
    because: Message


def decline(
    reason: str,
    *,
    urgency: Urgency,
    declined_before: int,
    arbitrated: bool,
    dispatched_at: datetime,
    at: datetime,
    limits: Limits,
    calendar: Calendar,
) -> Declined:
    """The answer to a holder who says that the case is not theirs; `arbitrated` when the level above sent it."""
    if arbitrated:
        raise DeclineRefused(say("cases-decline-arbitrated"), try_this=say("cases-decline-arbitrated-try"))
    if len(reason.strip()) < SHORTEST_REASON:
        raise DeclineRefused(say("cases-decline-without-reason"), try_this=say("cases-decline-without-reason-try"))
    if urgency is Urgency.CRITICAL:
        raise DeclineRefused(say("cases-decline-critical"), try_this=say("cases-decline-critical-try"))
    if at > calendar.add(dispatched_at, limits.objection).at:
        raise DeclineRefused(
            say("cases-decline-too-late", days=limits.objection.count), try_this=say("cases-decline-too-late-try")
        )
    if declined_before:
        return Declined(Question.ARBITRATE, say("cases-decline-to-arbitration"))
    return Declined(None, say("cases-decline-sent-on"))
