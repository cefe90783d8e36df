"""Propose that a case is unreasonable, and review it: only when two others agree does it end so, and the reporter is
told why and how to object."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.queries import catalogue
from doorstep.cases.reviews import mark_of, person_in, proposal_in
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.unreasonable import Review, ends_it, refuse_proposal
from doorstep.cases.rules.unreasonable import review as decide
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say
from doorstep.core.time.zone import local_date


def propose_unreasonable(case: CaseId, words: str, *, by: Actor, at: datetime) -> Entry:
    """A desk says so and why; the case goes on, and every clock runs, until two others have looked."""
    with hold(case, by=by) as held:
        held.rule(Move.ASK)
        refuse_proposal(held.state, held.case.question, words, was_decided=proposal_in(case).was_decided)
        question = str(Question.UNREASONABLE)
        return held.done(
            Move.ASK,
            at=at,
            facts={
                "question": question,
                "because": as_json(say("unreasonable-proposed")),
                "proposal": held.case.seq + 1,
                "speaker": mark_of(case, by, local_date(at)),
            },
            words=blur(words).text,
            for_reporter=False,
            question=question,
        )


def review_unreasonable(case: CaseId, answer: str, words: str, *, by: Actor, at: datetime) -> Entry:
    """Somebody else looks: a no lets the case go on for good, the second yes ends it."""
    with hold(case, by=by) as held:
        held.rule(Move.CLOSE)
        before = proposal_in(case)
        person = person_in(by.post, local_date(at))
        spoken = {"proposal": before.seq, "speaker": mark_of(case, by, local_date(at))}
        came = decide(answer, words, held.case.question, by=person, before=before.spoke)
        if came is Review.AGREES and ends_it(before.agreed):
            return _end(held, words, spoken, at=at)
        goes_on = came is Review.DISAGREES
        return held.done(
            Move.NOTE,
            at=at,
            facts={"review": str(came), "because": as_json(say(f"unreasonable-{came}")), **spoken},
            words=blur(words).text,
            for_reporter=False,
            question="" if goes_on else str(Question.UNREASONABLE_AGAIN),
        )


def _end(held: Held, words: str, spoken: Mapping[str, Any], *, at: datetime) -> Entry:
    because = say("cases-close-unreasonable", days=catalogue().limits.reopen_days)
    return held.done(
        Move.CLOSE,
        at=at,
        facts={
            "outcome": str(Outcome.UNREASONABLE),
            "confirmed": False,
            "review": str(Review.AGREES),
            "because": as_json(because),
            **spoken,
        },
        words=blur(words).text,
        outcome=str(Outcome.UNREASONABLE),
    )
