"""The clocks of a case, told from its ledger: what is promised, until when its holder has time, when it stood still.

The ledger is the only source: whatever is kept beside it can be reckoned again, under a calendar that knows more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, NamedTuple

from doorstep.cases.rules.deadlines import PromisedBy, due_after_pause, holder_due_at, promised_by
from doorstep.cases.rules.lifecycle import By, Move, State
from doorstep.catalogue.item import PauseReason, Promise
from doorstep.core.time.limits import Limit, WorkingDays, parse_limit
from doorstep.core.time.working_days import Calendar, Due

FOUND: Final = "found"
"""The owner of a flat who could not be reached is there."""
# Whoever had a case that is here again has it no more.
_NOBODYS: Final = frozenset({State.REPORTED, State.LOCATED, State.CLASSIFIED})


class Turn(NamedTuple):
    """One row of the ledger, as far as clocks care."""

    move: str
    from_state: str
    to_state: str
    at: datetime
    by: str
    facts: Mapping[str, Any]


class Pause(NamedTuple):
    """For how long the holder's clock stood still; a running one ends at `until` by itself."""

    since: datetime
    until: datetime
    reason: PauseReason
    is_running: bool = False


@dataclass(frozen=True)
class Clocks:
    """Both clocks of a case. `due` and `pauses` are the present holder's, `days_paused` the whole case's.

    `answer`: how soon the holder says that they come, where the dispatch asked for it.
    """

    reported_at: datetime
    promise: Promise
    promised: PromisedBy
    sent_at: datetime | None = None
    limit: Limit | None = None
    answer: Limit | None = None
    due: Due | None = None
    pauses: tuple[Pause, ...] = ()
    days_paused: int = 0
    days_extended: int = 0
    was_reopened: bool = False
    reporter_spoke_at: datetime | None = None
    owner_sought_at: datetime | None = None
    """When something last moved in the search for an absent owner; None where none is looked for."""

    @property
    def paused(self) -> Pause | None:
        """The pause that is running."""
        return self.pauses[-1] if self.pauses and self.pauses[-1].is_running else None

    @property
    def is_provisional(self) -> bool:
        """Whether a holiday that is not yet announced may still move a date."""
        return self.promised.provisional or (self.due is not None and self.due.provisional)

    @property
    def reporter_answered(self) -> bool:
        """Whether the reporter, whom the holder waits for, has said something since."""
        waits = self.paused
        spoke = self.reporter_spoke_at
        return waits is not None and waits.reason is PauseReason.RESIDENT and spoke is not None and spoke > waits.since

    @property
    def owner_found(self) -> bool:
        """Whether the owner, whom the holder waits for, is there."""
        waits = self.paused
        return waits is not None and waits.reason is PauseReason.OWNER_ABSENT and self.owner_sought_at is None


def clocks(turns: Iterable[Turn], *, reported_at: datetime, promise: Promise, calendar: Calendar) -> Clocks:
    """The clocks after these rows; `promise` is what older rows, which do not say it, were promised."""
    now = Clocks(reported_at, promise, promised_by(reported_at, promise, calendar))
    for turn in turns:
        if now.paused is not None and (turn.move == Move.RESUME or turn.to_state != turn.from_state):
            now = _resumed(now, turn.at, calendar)
        now = _owner_after(_after(now, turn, calendar), turn)
    if now.paused is None:
        return now
    # Until it is resumed, the holder's time is what it would be if the pause lasted to its end.
    return replace(now, due=_given_back(now, now.paused, calendar))


def _after(now: Clocks, turn: Turn, calendar: Calendar) -> Clocks:
    if turn.to_state in _NOBODYS:
        is_again = now.was_reopened or turn.move == Move.REOPEN
        now = replace(now, sent_at=None, limit=None, answer=None, due=None, pauses=(), was_reopened=is_again)
    match turn.move:
        case Move.CLASSIFY:
            return _promised(now, _promise(turn.facts, now.promise), calendar)
        case Move.DISPATCH:
            limit = _limit(turn.facts, now.promise)
            due = holder_due_at(turn.at, limit, calendar)
            answer = parse_limit(turn.facts["answer"]) if "answer" in turn.facts else None
            return replace(now, sent_at=turn.at, limit=limit, answer=answer, due=due, pauses=())
        case Move.DECLINE if turn.to_state == turn.from_state:
            # An objection stretches nothing: the holder's time runs until somebody else has the case.
            return now
        case Move.PAUSE:
            until = calendar.add_working_days(turn.at, int(turn.facts["days"])).at
            pause = Pause(turn.at, until, PauseReason(turn.facts["reason"]), is_running=True)
            return replace(now, pauses=(*now.pauses, pause))
        case Move.EXTEND if turn.facts.get("granted"):
            return _extended(now, int(turn.facts["days"]), calendar)
        case Move.NOTE if turn.by == By.REPORTER:
            return replace(now, reporter_spoke_at=turn.at)
    return now


def _owner_after(now: Clocks, turn: Turn) -> Clocks:
    step = turn.facts.get("absent")
    if step is not None:
        return replace(now, owner_sought_at=None if step == FOUND else turn.at)
    if turn.move == Move.REOPEN:
        return replace(now, owner_sought_at=None)
    moves_it = turn.move in (Move.PAUSE, Move.RESUME, Move.PRESS, Move.DISPATCH)
    return replace(now, owner_sought_at=turn.at) if now.owner_sought_at is not None and moves_it else now


def _promise(facts: Mapping[str, Any], usual: Promise) -> Promise:
    written = facts.get("promise")
    return Promise(parse_limit(written[0]), parse_limit(written[1])) if written else usual


def _limit(facts: Mapping[str, Any], promise: Promise) -> Limit:
    written = facts.get("limit")
    return parse_limit(written) if written else promise.finish


def _promised(now: Clocks, promise: Promise, calendar: Calendar) -> Clocks:
    promised = promised_by(now.reported_at, promise, calendar)
    return replace(now, promise=promise, promised=_put_off(promised, now.days_extended, calendar))


def _put_off(promised: PromisedBy, days: int, calendar: Calendar) -> PromisedBy:
    if not days:
        return promised
    later = calendar.add_working_days(promised.finish, days)
    return PromisedBy(promised.first_contact, later.at, promised.provisional or later.provisional)


def _extended(now: Clocks, days: int, calendar: Calendar) -> Clocks:
    due = now.due
    if due is not None:
        later = calendar.add_working_days(due.at, days)
        due = Due(later.at, due.provisional or later.provisional)
    return replace(
        now,
        promised=_put_off(now.promised, days, calendar),
        due=due,
        # From now on it is counted in days, however it was counted before.
        limit=WorkingDays(days) if due is not None else now.limit,
        days_extended=now.days_extended + days,
    )


def _resumed(now: Clocks, at: datetime, calendar: Calendar) -> Clocks:
    waited = now.pauses[-1]
    ended = Pause(waited.since, min(at, waited.until), waited.reason)
    return replace(
        now,
        pauses=(*now.pauses[:-1], ended),
        due=_given_back(now, ended, calendar),
        days_paused=now.days_paused + days_of(ended, calendar),
    )


def _given_back(now: Clocks, pause: Pause, calendar: Calendar) -> Due | None:
    if now.due is None or now.limit is None:
        return now.due
    later = due_after_pause(now.due.at, now.limit, pause.since, pause.until, calendar)
    return Due(later.at, now.due.provisional or later.provisional)


def days_of(pause: Pause, calendar: Calendar) -> int:
    """What a pause counts towards the most that a case may stand still: a day at least."""
    return max(1, calendar.working_days(pause.since, pause.until))
