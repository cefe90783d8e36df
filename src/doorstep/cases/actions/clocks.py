"""Let the holder's clock stand still and run again, ask for more time and grant it, and tell the next rung."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from doorstep.cases.absent import rows_of
from doorstep.cases.actions.ledger import Entry, Held, MoveRefused, hold
from doorstep.cases.models import Event
from doorstep.cases.queries import Surroundings, calendar, catalogue, clocks_of, level_of, turns_of
from doorstep.cases.rules import absent_owner, extending, pausing
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.clocks import Clocks, Turn
from doorstep.cases.rules.deadlines import ExtensionRefused
from doorstep.cases.rules.ladder import Rung, Told, after_hand_over, ladder, look_again_at, rung_above, unsigned_at
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.unreasonable import WAITS as REVIEWED
from doorstep.cases.rules.waiting import next_told, told_of_holders
from doorstep.catalogue.item import Level, PauseReason, Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.text import as_json, say
from doorstep.core.time.working_days import Calendar
from doorstep.staff.models import Unit

SHORTEST_REASON: Final = 4


def pause(case: CaseId, reason: str, days: int, words: str = "", *, by: Actor, at: datetime) -> Entry:
    """The holder waits for something: the holder's clock stands still, what is promised runs on, the resident knows."""
    with hold(case, by=by) as held:
        held.rule(Move.PAUSE)
        now, known = _clocks(held, at), calendar(at)
        urgency, limits = Urgency(held.case.urgency), catalogue().limits
        if reason == PauseReason.OWNER_ABSENT:
            absent_owner.refuse_wait(absent_owner.standing(rows_of(case)), urgency)
        decided = pausing.pause(reason, days, now, urgency=urgency, at=at, limits=limits, calendar=known)
        entry = held.done(
            Move.PAUSE,
            at=at,
            words=blur(words).text,
            facts={
                "reason": reason,
                "days": decided.days,
                "until": decided.until.isoformat(),
                "because": as_json(decided.because),
            },
        )
        _keep(held, _clocks(held, at), at)
        return entry


def resume(case: CaseId, words: str = "", *, by: Actor, at: datetime) -> Entry:
    """The holder goes on, or a desk says that there is nothing to wait for."""
    with hold(case, by=by) as held:
        held.rule(Move.RESUME)
        pausing.refuse_without_pause(_clocks(held, at))
        entry = held.done(
            Move.RESUME, at=at, words=blur(words).text, facts={"because": as_json(say("clocks-resume-by-hand"))}
        )
        _keep(held, _clocks(held, at), at)
        return entry


def ask_for_more_time(case: CaseId, days: int, reason: str, *, by: Actor, at: datetime) -> Entry:
    """The holder asks for an extension; the level above answers, and until then every clock runs."""
    with hold(case, by=by) as held:
        held.rule(Move.ASK)
        if held.case.holder_unit_id != by.unit:
            raise MoveRefused(say("clocks-extend-not-holder"), say("clocks-extend-not-holder-try"))
        now, limits = _clocks(held, at), catalogue().limits
        until = extending.ask_for_more(
            reason, days, now, question=held.case.question, at=at, limits=limits, calendar=calendar(at)
        )
        who = extending.granted_by(_level(held), catalogue().items.get(held.case.item))
        question = str(extending.ASKING[who])
        return held.done(
            Move.ASK,
            at=at,
            words=blur(reason).text,
            facts={"question": question, "days": days, "promised_by": until.isoformat()},
            question=question,
        )


def extend(case: CaseId, granted: bool, words: str = "", *, by: Actor, at: datetime) -> Entry:
    """The level above grants what was asked for, and the resident is told the new date; or says why not."""
    with hold(case, by=by) as held:
        held.rule(Move.EXTEND)
        _refuse_who_may_not_grant(held)
        if not granted and len(words.strip()) < SHORTEST_REASON:
            raise ExtensionRefused(say("clocks-refuse-no-reason"), say("clocks-refuse-no-reason-try"), "words")
        asked = Event.objects.filter(case=case, move=Move.ASK, facts__has_key="days").latest("seq")
        days = int(asked.facts["days"])
        facts: dict[str, object] = {"granted": granted, "days": days}
        if granted:
            now, limits = _clocks(held, at), catalogue().limits
            extending.grant(days, now, at=at, limits=limits, calendar=calendar(at))
        facts["because"] = as_json(say("cases-extend-told", days=days) if granted else say("clocks-extend-refused"))
        entry = held.done(Move.EXTEND, at=at, words=blur(words).text, facts=facts, question="")
        _keep(held, _clocks(held, at), at)
        return entry


def _refuse_who_may_not_grant(held: Held) -> None:
    question = held.case.question
    if not question.startswith(str(Question.MORE_TIME)):
        raise MoveRefused(say("clocks-extend-nobody-asked"), say("clocks-extend-nobody-asked-try"))
    if not extending.may_grant(str(held.actor.role), question):
        who = Question(question).answered_by
        raise MoveRefused(say("clocks-extend-not-you"), say("clocks-extend-not-you-try", who=say(f"clocks-who-{who}")))


def look_anew(held: Held, at: datetime) -> None:
    """After a fact that clocks care about: when the case is looked at again, and at once if a pause ends by it."""
    now = _clocks(held, at)
    _keep(held, now, at)
    if pausing.resumes(now, at) is not None:
        held.case.look_again_at = at


# By machine -----------------------------------------------------------------------------------------------------------


def run(held: Held, around: Surroundings, *, at: datetime) -> None:
    """Whatever is due of the clocks of a case that somebody holds, and when to look again."""
    now = _reckoned(held, _turns(around, held), around.calendar)
    if now is None or now.due is None:
        return
    level = around.holders.get(held.case.holder_unit_id or 0, Level.SUBDISTRICT)
    is_silent = absent_owner.is_silent(now, at, around.calendar)
    resumed = pausing.resumes(now, at)
    if resumed is not None:
        held.done(Move.RESUME, at=at, facts={"because": as_json(resumed.because)})
        now = _reckoned(held, _turns(around, held), around.calendar) or now
    is_signed = _sign(held, now, around.calendar, at)
    told = _next_told(held, now, level, around.calendar, at)
    if told is not None:
        _press(held, told, at, why="promise" if told.by_promise else str(told.rung))
    elif is_silent:
        _press(held, Told(rung_above(level, held.case.rung), at), at, why="absent", facts={"owner": "absent"})
    elif is_signed and not held.case.rung:
        _press(held, Told(Rung.HOLDER, at), at, why="unsigned")
    if now.owner_sought_at is not None:
        # What was just written moves the search on.
        now = _reckoned(held, _turns(around, held), around.calendar) or now
    _keep(held, now, at, level=level, known=around.calendar)


def wait(held: Held, around: Surroundings, *, at: datetime) -> None:
    """A case that waits for a desk's answer: tell the next level when it has waited long enough, and look again."""
    question, turns = held.case.question, _turns(around, held)

    def following() -> Told | None:
        return next_told(
            turns,
            question,
            held.case.urgency,
            reached=held.case.rung,
            limits=catalogue().limits,
            calendar=around.calendar,
        )

    told = following()
    if told is not None and told.at <= at:
        _press(held, told, at, why="unanswered", facts={"question": question})
        turns = _turns(around, held)
        told = following()
    held.case.look_again_at = told.at if told is not None else None


def _signs_by_itself(held: Held) -> bool:
    """Not while a desk is asked who has it; that two others look whether it is reasonable holds up nothing."""
    return held.state is State.DISPATCHED and held.case.question in ("", *REVIEWED)


def _sign(held: Held, now: Clocks, known: Calendar, at: datetime) -> bool:
    """Take as signed for what nobody has signed for in time; what waits for a desk to say who has it is not."""
    if not _signs_by_itself(held):
        return False
    until = unsigned_at(now, Urgency(held.case.urgency), catalogue().limits, known)
    if until is None or at < until:
        return False
    held.done(
        Move.TAKE,
        at=at,
        facts={
            "unit": held.case.holder_unit_id,
            "by_itself": True,
            "because": as_json(say("clocks-signed-by-itself")),
        },
    )
    return True


def _next_told(held: Held, now: Clocks, level: Level, known: Calendar, at: datetime) -> Told | None:
    """The highest rung whose time has come; those that it passes are not told of what is no longer theirs alone."""
    limits = catalogue().limits
    rungs = ladder(now, level, reached=held.case.rung, limits=limits, calendar=known)
    return max((told for told in rungs if told.at <= at), key=lambda told: told.rung.rank, default=None)


def _press(held: Held, told: Told, at: datetime, *, why: str, facts: Mapping[str, Any] | None = None) -> None:
    held.done(
        Move.PRESS,
        at=at,
        facts={"rung": str(told.rung), "because": as_json(say(f"clocks-press-{why}")), **(facts or {})},
        rung=told.rung.rank,
    )


def reckon_again(held: Held, around: Surroundings, *, at: datetime) -> bool:
    """Under a calendar that became another; whether a date has moved, which is then a row of the ledger."""
    case = held.case
    now = _reckoned(held, _turns(around, held), around.calendar)
    due = now.due.at if now is not None and now.due is not None else None
    if now is None or (now.promised.finish, due) == (case.promised_by, case.holder_due_at):
        return False
    facts = {"promised_by": now.promised.finish.isoformat(), "provisional": now.is_provisional}
    if due is not None:
        facts["due_at"] = due.isoformat()
    held.done(Move.NOTE, at=at, facts={**facts, "because": as_json(say("clocks-reckoned"))})
    if due is None:
        case.promised_by, case.first_contact_by = now.promised.finish, now.promised.first_contact
    else:
        level = around.holders.get(case.holder_unit_id or 0, Level.SUBDISTRICT)
        _keep(held, now, at, level=level, known=around.calendar)
    return True


# Reckoning ------------------------------------------------------------------------------------------------------------


def _clocks(held: Held, at: datetime) -> Clocks:
    """The clocks with what was decided so far; a case that is held has them."""
    kept = turns_of(Event.objects.filter(case=held.id).order_by("seq"))
    now = _reckoned(held, [*kept, *_entered(held.entries)], calendar(at))
    assert now is not None
    return now


def _turns(around: Surroundings, held: Held) -> list[Turn]:
    return [*around.turns.get(held.case.pk, ()), *_entered(held.entries)]


def _entered(entries: Iterable[Entry]) -> list[Turn]:
    return [
        Turn(str(each.move), str(each.from_state), str(each.to_state), each.heard_at, str(each.by), each.facts)
        for each in entries
    ]


def _reckoned(held: Held, turns: Iterable[Turn], known: Calendar) -> Clocks | None:
    return clocks_of(held.case, turns, known)


def keep(held: Held, around: Surroundings, level: Level, *, at: datetime) -> None:
    """The clocks of a case that was just sent to a holder at this level."""
    turns = _turns(around, held)
    held.case.rung = after_hand_over(min(held.case.rung, told_of_holders(turns)))
    now = _reckoned(held, turns, around.calendar)
    assert now is not None
    _keep(held, now, at, level=level, known=around.calendar)


def _keep(held: Held, now: Clocks, at: datetime, *, level: Level | None = None, known: Calendar | None = None) -> None:
    """Write beside the ledger what follows from it, so that queues are one indexed read."""
    case = held.case
    case.promised_by, case.first_contact_by = now.promised.finish, now.promised.first_contact
    case.holder_due_at = now.due.at if now.due is not None else None
    case.paused_until = now.paused.until if now.paused is not None else None
    case.look_again_at = look_again_at(
        now,
        level or _level(held),
        unsigned=Urgency(case.urgency) if _signs_by_itself(held) else None,
        reached=case.rung,
        at=at,
        limits=catalogue().limits,
        calendar=known or calendar(at),
    )


def _level(held: Held) -> Level:
    kind = Unit.objects.filter(pk=held.case.holder_unit_id or 0).values_list("kind", flat=True).first()
    return level_of(kind or "")
