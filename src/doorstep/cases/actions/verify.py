"""Ask whether it was really solved, and hear the answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.models import Event
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.verify import Said, Verdict, Verified
from doorstep.cases.rules.verify import verify as decide
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say


class NothingToVerify(Refusal):
    """Nobody has said yet that it is done."""


def say_solved(case: CaseId, *, by: Actor, at: datetime, words: str = "") -> Entry:
    """The reporter is content."""
    with hold(case, by=by) as held:
        held.rule(Move.VERIFY)
        return _verified(held, _decided(held, Said.SOLVED, at), at=at, words=words)


def say_not_solved(case: CaseId, words: str, *, by: Actor, at: datetime) -> Entry:
    """The reporter, or a desk that looked, says what is still wrong: the holder has it again, on the old clock."""
    with hold(case, by=by) as held:
        return held.done(
            Move.REDO, at=at, words=blur(words).text, facts={"unit": held.case.holder_unit_id}, look_again_at=at
        )


def verify_by_hand(case: CaseId, words: str, *, by: Actor, at: datetime, score: int | None = None) -> Entry:
    """A desk went to see, or called: told apart from the reporter's own word.

    `score` is how well a unit that was called did its part.
    """
    with hold(case, by=by) as held:
        held.rule(Move.VERIFY)
        far_enough = answer_waited_for(held)
        decided = decide(None, done_at=far_enough, at=at, limits=catalogue().limits, seen_by_staff=True)
        if decided is None:
            decided = Verified(Verdict.SEEN_BY_STAFF, say("cases-verify-seen-by-staff"))
        return _verified(held, decided, at=at, words=words, more={} if score is None else {"score": score})


def verify_after_silence(held: Held, *, at: datetime) -> Entry | None:
    """By machine: nobody answered in time. Silence is written down as silence."""
    decided = _decided(held, None, at)
    return None if decided is None else _verified(held, decided, at=at)


def answer_waited_for(held: Held) -> datetime:
    """When the holder said that it was done."""
    done = Event.objects.filter(case=held.id, move=Move.DO).order_by("-seq").first()
    if done is None:
        raise NothingToVerify(say("cases-nothing-to-verify"), say("cases-nothing-to-verify-try"))
    return done.heard_at


def _decided(held: Held, said: Said | None, at: datetime) -> Verified | None:
    return decide(said, done_at=answer_waited_for(held), at=at, limits=catalogue().limits)


def _verified(
    held: Held, decided: Verified | None, *, at: datetime, words: str = "", more: Mapping[str, int] | None = None
) -> Entry:
    assert decided is not None
    return held.done(
        Move.VERIFY,
        at=at,
        words=blur(words).text,
        facts={"verdict": str(decided.verdict), "because": as_json(decided.because), **(more or {})},
        look_again_at=at,
    )
