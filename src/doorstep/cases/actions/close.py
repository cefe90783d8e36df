"""End a case: solved, explained or out of scope, each with its own words; and open it again."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.models import Event, Said
from doorstep.cases.queries import calendar, catalogue, life_of
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.close import Closed, Outcome, outcome_named
from doorstep.cases.rules.close import close as decide
from doorstep.cases.rules.follow_up import awaits_answer, follow_up_at, is_followed_up
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.reopen import reopen as decide_reopen
from doorstep.cases.rules.verify import Verdict
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json


def close(held: Held, *, at: datetime) -> Entry:
    """By machine, after the verdict: the outcome is what the holder said came of it."""
    outcome = Outcome(held.case.outcome or Outcome.SOLVED)
    verdict = _verdict_on(held)
    # What was not solved was explained by the holder, in words that the reporter has already been told.
    told = Said.objects.filter(case=held.id, seq__in=_done_in(held)).values_list("words", flat=True).last()
    return _put(held, decide(outcome, verdict, told or ""), at=at)


def _verdict_on(held: Held) -> Verdict | None:
    """The last verdict, be it written or decided a moment ago on the same way."""
    now = next((entry.facts for entry in reversed(held.entries) if entry.move is Move.VERIFY), None)
    if now is None:
        written = Event.objects.filter(case=held.id, move=Move.VERIFY).order_by("-seq").first()
        now = written.facts if written else None
    return Verdict(now["verdict"]) if now is not None else None


def _done_in(held: Held) -> QuerySet[Event, int]:
    return Event.objects.filter(case=held.id, move=Move.DO).values_list("seq", flat=True)


def close_by_hand(case: CaseId, outcome: str, explanation: str, *, by: Actor, at: datetime) -> Entry:
    """A desk ends a case without work: explained, or out of scope, in words the resident can use."""
    wanted = outcome_named(outcome)
    with hold(case, by=by) as held:
        held.rule(Move.CLOSE)
        verdict = Verdict.SEEN_BY_STAFF if held.state is State.VERIFIED else None
        return _put(held, decide(wanted, verdict, explanation), at=at, words=explanation)


def reopen(case: CaseId, still_wrong: str, *, by: Actor, at: datetime) -> Entry:
    """Open it again: it is dispatched anew, and the first promise stays the promise."""
    with hold(case, by=by) as held:
        held.rule(Move.REOPEN)
        because = decide_reopen(still_wrong, closed_at=held.case.ended_at or at, at=at, limits=catalogue().limits)
        return held.done(
            Move.REOPEN,
            at=at,
            words=blur(still_wrong).text,
            facts={"because": as_json(because), **_did_not_hold(held, at)},
            outcome="",
            holder_unit_id=None,
            holder_due_at=None,
            look_again_at=at,
        )


def _did_not_hold(held: Held, at: datetime) -> dict[str, bool]:
    """Whether it answers the question that is asked after the end."""
    ended, limits = held.case.ended_at, catalogue().limits
    return {"held": False} if awaits_answer(life_of(held.id), held.state, ended_at=ended, at=at, limits=limits) else {}


def _put(held: Held, decided: Closed, *, at: datetime, words: str = "") -> Entry:
    """Write the end; what was solved is looked at once more, when the reporter is asked whether it held."""
    is_asked = is_followed_up(decided.outcome, held.case.source)
    return held.done(
        Move.CLOSE,
        at=at,
        words=words,
        facts={
            "outcome": str(decided.outcome),
            "confirmed": decided.is_confirmed,
            **({"verdict": str(decided.verdict)} if decided.verdict else {}),
            "because": as_json(decided.because),
        },
        outcome=str(decided.outcome),
        look_again_at=follow_up_at(at, catalogue().limits, calendar(at)) if is_asked else None,
    )
