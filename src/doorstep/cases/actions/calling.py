"""Call several units to one case: each gets a part of it, as a case of its own, and a whistle says where they meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from doorstep.cases.actions import ledger
from doorstep.cases.actions.clocks import keep
from doorstep.cases.actions.dispatch import PART
from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.actions.report import Place, Report, report
from doorstep.cases.actions.verify import verify_by_hand
from doorstep.cases.complaints import concerned_by
from doorstep.cases.models import Case, Part
from doorstep.cases.parts import facts_of
from doorstep.cases.queries import Surroundings, calendar, catalogue, level_of
from doorstep.cases.rules.blur import blur
from doorstep.cases.rules.calling import (
    CallRefused as CallRefused,
)
from doorstep.cases.rules.calling import (
    Meeting as Meeting,
)
from doorstep.cases.rules.calling import (
    all_did_their_part,
    answer_by,
    can_come,
    part_limit,
    refuse_call,
    refuse_meeting,
    refuse_open,
    score_named,
)
from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.deadlines import holder_due_at
from doorstep.cases.rules.dispatch.raised import ABOVE
from doorstep.cases.rules.facts import AreaCode, UnitFacts, UnitId
from doorstep.cases.rules.lifecycle import AT_WORK, ENDED, By, Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.verify import answer_by as verdict_by
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import Message, as_json, say
from doorstep.core.time.zone import local_date
from doorstep.events.cases import CaseMoved
from doorstep.staff.models import Unit


def call(
    case: CaseId,
    units: Sequence[int],
    words: str,
    *,
    by: Actor,
    at: datetime,
    meeting: Meeting | None = None,
    finishes: bool = False,
) -> Entry:
    """By a desk, or by whoever holds the case: each unit is given its part, and `words` say what is asked of it.

    With a meeting it is a whistle. With `finishes` the case counts as done when all have done their part.
    """
    if meeting is not None:
        refuse_meeting(meeting, at=at)
    wanted = [UnitId(str(unit)) for unit in dict.fromkeys(units)]
    with hold(case, by=by) as held:
        held.rule(Move.NOTE)
        able = able_to_come(held.case, at)
        holder = UnitId(str(held.case.holder_unit_id)) if held.case.holder_unit_id else None
        refuse_call(wanted, words, able=able, holder=holder, parts=facts_of(case), is_part=_is_part(case))
        chosen = [unit for unit in able if unit.id in wanted]
        numbers = [_open_part(held.case, unit, blur(words).text, meeting, finishes, by, at) for unit in chosen]
        because = say("calling-called", units=_listed(chosen), count=len(chosen))
        facts: dict[str, Any] = {
            "called": [int(unit.id) for unit in chosen],
            "parts": numbers,
            "because": as_json(because),
        }
        if meeting is not None:
            facts["meet_at"] = meeting.at.isoformat()
        return held.done(Move.NOTE, at=at, facts=facts, words=blur(words).text, for_reporter=False)


def call_up(case: CaseId, why: str, *, by: Actor, at: datetime) -> Entry:
    """By the holder: it could not be solved here; the level above has it now. The reporter reads why."""
    with hold(case, by=by) as held:
        held.rule(Move.RAISE)
        refuse_open(facts_of(case))
        level = level_of(Unit.objects.values_list("kind", flat=True).get(pk=by.unit or 0))
        above = (Question.RAISED if level not in ABOVE else None) if not _is_part(case) else Question.WHICH_UNIT
        return held.done(
            Move.RAISE,
            at=at,
            facts={"unit": by.unit, "level": str(level), "because": as_json(say("calling-could-not"))},
            words=blur(why).text,
            holder_unit_id=None,
            holder_due_at=None,
            question=str(above or ""),
            look_again_at=at,
        )


def judge(part: CaseId, score: str, words: str, *, by: Actor, at: datetime) -> Entry:
    """By the desk that called: the part is done, and how well the unit did it."""
    given = score_named(score)
    if not _is_part(part):
        raise CallRefused(say("calling-not-a-part"), say("calling-not-a-part-try"))
    return verify_by_hand(part, words, by=by, at=at, score=given)


def _is_part(case: CaseId) -> bool:
    return Part.objects.filter(case=case).exists()


def able_to_come(case: Case, at: datetime) -> list[UnitFacts]:
    """Whoever may be called: units that somebody is in and that serve the place of the case, the nearest first.

    Whom a complaint is about is not called to it.
    """
    with acting_as(WORKER):
        around = Surroundings([case], local_date(at))
        code = AreaCode(around.code_of(case))
        concerned = concerned_by(case, around)
        units = (unit for unit in around.units_for(case) if unit.id not in concerned and can_come(unit))
        found = [unit for unit in units if unit.is_reached and unit.covers(code)]
        return sorted(found, key=lambda unit: unit.place_in_a_list(code))


def _listed(units: Sequence[UnitFacts]) -> Message | str:
    """Some units as one phrase."""
    listed: Message | str = units[0].said
    for unit in units[1:]:
        listed = say("calling-and", first=listed, second=unit.said)
    return listed


def _open_part(
    whole: Case, unit: UnitFacts, words: str, meeting: Meeting | None, finishes: bool, by: Actor, at: datetime
) -> str:
    """A case for this unit, at its desk at once: where it is and what it is about are known."""
    place = Place(
        lon=whole.lon,
        lat=whole.lat,
        door=whole.door_id,
        community=whole.community_id,
        subdistrict=whole.subdistrict_id,
        county=whole.county_id,
        words=meeting.place if meeting else whole.place_words,
    )
    receipt = report(Report(words, place, item=whole.item, urgency=whole.urgency, source=PART), at=at)
    limits = catalogue().limits
    with acting_as(WORKER):
        part = ledger.held(ledger.find(receipt.case), WORKER)
        _send(part, whole, unit, meeting, at)
        ledger.write([part], by=WORKER)
        Part.objects.create(
            case_id=receipt.case,
            whole_id=whole.pk,
            number=receipt.number,
            whole_number=whole.number,
            unit_id=int(unit.id),
            caller_id=by.unit,
            called_at=at,
            answer_by=answer_by(at, limits, calendar(at)).at,
            place=place.words if meeting else "",
            meet_at=meeting.at if meeting else None,
            finishes=finishes,
        )
        ledger.announce([part])
    return receipt.number


def _send(part: Held, whole: Case, unit: UnitFacts, meeting: Meeting | None, at: datetime) -> None:
    because = as_json(say("calling-part-of", number=whole.number))
    limits, known = catalogue().limits, calendar(at)
    limit = part_limit(at, meeting, whole.promised_by, limits, known)
    due = holder_due_at(at, limit, known)
    part.done(
        Move.LOCATE,
        at=at,
        facts={"because": because},
        grid_id=whole.grid_id,
        microgrid_id=whole.microgrid_id,
    )
    part.done(
        Move.CLASSIFY,
        at=at,
        facts={
            "item": whole.item,
            "class": whole.case_class,
            "urgency": whole.urgency,
            # What is promised of a part is what its unit has time for.
            "promise": [str(limits.whistle), str(limit)],
            "because": because,
        },
        item=whole.item,
        case_class=whole.case_class,
        kind=whole.kind,
        urgency=whole.urgency,
        sure=1.0,
        promised_by=due.at,
        first_contact_by=answer_by(at, limits, known).at,
    )
    key = "calling-whistled" if meeting else "calling-asked"
    part.done(
        Move.DISPATCH,
        at=at,
        facts={
            "unit": int(unit.id),
            "because": as_json(say(key, number=whole.number)),
            "answer": str(limits.whistle),
            "limit": str(limit),
            "due_at": due.at.isoformat(),
            "provisional": due.provisional,
        },
        holder_unit_id=int(unit.id),
    )
    keep(part, Surroundings([part.case], local_date(at)), unit.level, at=at)


def follow_parts(moved: Sequence[CaseMoved]) -> None:
    """By machine: what becomes of a part is written beside it, and the case that it belongs to is told.

    The parts of a case that ended end with it.
    """
    parts = {row.case_id: row for row in Part.objects.filter(case__in={event.case for event in moved})}
    for event in moved:
        if event.case in parts:
            _follow(parts[event.case], event)
    wholes = {row.whole_id: row.ended_at for row in parts.values() if row.ended_at is not None}
    for whole, at in sorted(wholes.items()):
        _gather(whole, at)
    for event in moved:
        if event.to_state in ENDED and event.from_state not in ENDED and event.case not in parts:
            _end_parts(event)


def _follow(row: Part, event: CaseMoved) -> None:
    if event.move == Move.DISPATCH:
        row.unit_id = int(event.facts["unit"])
    if event.move in (Move.TAKE, Move.DECLINE, Move.DO) and event.by_hat == By.HOLDER and row.answered_at is None:
        row.answered_at = event.heard_at
    if event.move == Move.VERIFY and "score" in event.facts:
        row.score = event.facts["score"]
    if event.to_state in ENDED:
        row.ended_at = event.heard_at
        row.outcome = str(event.facts.get("outcome", event.to_state))
    elif event.from_state in ENDED:
        row.ended_at, row.outcome = None, ""
    row.save(update_fields=["unit", "answered_at", "score", "ended_at", "outcome"])


def _gather(whole: int, at: datetime) -> None:
    """Once nobody is at a part any more, the case goes back to its holder, or is done where the call said so."""
    parts = facts_of(whole)
    case = Case.objects.select_for_update(no_key=True).get(pk=whole)
    if any(part.is_open for part in parts) or not case.is_open:
        return
    held = ledger.held(case, WORKER)
    finishes = Part.objects.filter(whole=whole, finishes=True).exists()
    if finishes and all_did_their_part(parts) and held.state in AT_WORK:
        held.done(
            Move.DO,
            at=at,
            facts={"outcome": str(Outcome.SOLVED), "because": as_json(say("calling-all-done"))},
            outcome=str(Outcome.SOLVED),
            look_again_at=verdict_by(at, catalogue().limits),
        )
    elif held.state in AT_WORK:
        held.done(Move.NOTE, at=at, facts={"because": as_json(say("calling-all-ended"))})
    ledger.write([held], by=WORKER)
    ledger.announce([held])


def _end_parts(event: CaseMoved) -> None:
    """What was called for is not needed any more."""
    open_parts = Part.objects.filter(whole=event.case, ended_at=None).values_list("case_id", flat=True)
    cases = Case.objects.filter(pk__in=list(open_parts)).order_by("pk").select_for_update(no_key=True)
    helds = [ledger.held(case, WORKER) for case in cases]
    for held in helds:
        held.done(Move.WITHDRAW, at=event.heard_at, facts={"because": as_json(say("calling-whole-ended"))})
    ledger.write(helds, by=WORKER)
    ledger.announce(helds)
