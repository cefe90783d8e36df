"""Send a case to whoever should act on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from doorstep.cases.actions.clocks import keep
from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.complaints import concerned_by
from doorstep.cases.models import Case
from doorstep.cases.objections import is_open, moves_with_facts, refuse_unless_asked
from doorstep.cases.queries import Surroundings, catalogue, catalogue_of, item_of
from doorstep.cases.rules.admission import Barred, barred_from_grids
from doorstep.cases.rules.calling import PART as PART
from doorstep.cases.rules.complaint import MOST_KEPT
from doorstep.cases.rules.deadlines import holder_due_at, sooner
from doorstep.cases.rules.decline import Verdict, is_final, refuse_below_arbitration
from doorstep.cases.rules.dispatch import Explained, decide
from doorstep.cases.rules.facts import AreaCode, CaseFacts, UnitFacts, UnitId
from doorstep.cases.rules.lifecycle import AT_WORK, Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.table.moment import moment_of
from doorstep.cases.rules.why import facts_of
from doorstep.catalogue import consents
from doorstep.catalogue.item import Item, Level, Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, as_json, language, say
from doorstep.core.time.limits import Limit
from doorstep.core.time.zone import local_date


class UnitRefused(Refusal):
    """Not a unit that may act on this case."""


def dispatch(held: Held, around: Surroundings, *, at: datetime) -> Entry:
    """By machine: the first rule that knows; a person is asked when none does, and when a unit hands a part back."""
    if held.case.source == PART:
        return held.ask(Question.WHICH_UNIT, at=at, because=say("calling-part-back"))
    case, table = _facts(held, around), around.table_for(held.case)
    decided = decide(case, around.units_for(held.case), table, moment_of(at, around.calendar))
    choice = decided.came_of_it
    if isinstance(choice, Explained):
        return held.ask(Question.WHICH_UNIT, at=at, because=choice.because)
    if choice is None:
        # What is kept from the subdistrict is not asked there.
        return held.ask(Question.COMPLAINT if held.case.kept_from >= MOST_KEPT else Question.WHICH_UNIT, at=at)
    helpers = [str(unit) for unit in choice.together_with]
    why = facts_of(decided, case, table)
    return _send(held, around, choice.unit, choice.because, helpers, at=at, limit=choice.limit, why=why)


def dispatch_by_hand(case: CaseId, unit: int, *, by: Actor, at: datetime, reason: str = "") -> Entry:
    """A desk chooses who acts; what is not on the admission list is refused to a grid, with the rule it rests on."""
    with hold(case, by=by) as held:
        around = Surroundings([held.case], local_date(at))
        chosen = next((each for each in around.units_for(held.case) if each.id == str(unit)), None)
        if chosen is None or not chosen.is_reached:
            raise UnitRefused(say("cases-unit-unfit"), say("cases-unit-unfit-try"), "unit")
        if chosen.id in concerned_by(held.case, around):
            raise UnitRefused(say("complaint-concerned"), say("complaint-concerned-try"), "unit")
        if held.case.holder_unit_id == unit and held.state in AT_WORK:
            # Sent once more to the same, its clock would begin anew.
            raise UnitRefused(say("cases-unit-same"), say("cases-unit-same-try"), "unit")
        agreed = _refuse_off_the_list(held, chosen, at)
        because, why = _by_hand(held, by)
        return _send(held, around, chosen.id, because, [], at=at, words=reason, why={**why, **agreed})


def _by_hand(held: Held, by: Actor) -> tuple[Message, Mapping[str, Any]]:
    """Why a desk sends it: of its own accord, or because an objection holds; the level above does so for good."""
    question = held.case.question
    if not is_open(question):
        refuse_below_arbitration(str(by.role), moves_with_facts(held.id))
        return say("cases-dispatch-by-hand"), {"rule": "by-hand"}
    refuse_unless_asked(str(by.role), question)
    why = {"rule": "by-hand", "objection": str(Verdict.UPHELD), "from_unit": held.case.holder_unit_id}
    if not is_final(question):
        return say("cases-objection-upheld"), why
    return say("cases-arbitration-upheld"), why | {"arbitrated": True, "final": str(by.role)}


def units_for(case: Case, at: datetime) -> list[UnitFacts]:
    """The units that a desk may choose from, the nearest first."""
    around = Surroundings([case], local_date(at))
    code = AreaCode(around.code_of(case))
    reached = [unit for unit in around.units_for(case) if unit.is_reached]
    return sorted(reached, key=lambda unit: unit.place_in_a_list(code))


def _refuse_off_the_list(held: Held, unit: UnitFacts, at: datetime) -> dict[str, int]:
    """Nothing for what is on the list, and the consent by number where the grid has agreed to it for this time."""
    item = catalogue().items.get(held.case.item)
    barred = barred_from_grids(item) if unit.level is Level.GRID else None
    if barred is None:
        return {}
    if barred is Barred.OFF_THE_LIST:
        for consent in consents.agreed(held.case.community_id, held.case.item, local_date(at)):
            if consent.covers(unit.serves):
                return {"consent": consent.id}
    named = item.name.said(language()) if item is not None else ""
    key = f"cases-{barred}"
    raise UnitRefused(
        say(key, item=named, departments=_departments(item)), say(f"{key}-try", departments=_departments(item)), "unit"
    )


def _departments(item: Item | None) -> str:
    """The departments that act on it, as one phrase."""
    lang = language()
    trades = [handler.department for handler in item.who if handler.department] if item is not None else []
    return (", " if lang == "en" else "、").join(catalogue().departments[trade].name.said(lang) for trade in trades)


def _facts(held: Held, around: Surroundings) -> CaseFacts:
    case = held.case
    return CaseFacts(
        number=case.number,
        area=AreaCode(around.code_of(case)),
        item=catalogue().items.get(case.item),
        urgency=Urgency(case.urgency),
        reported_at=case.reported_at,
        declined_by=around.refusals.get(case.pk, frozenset()),
        complained_of=concerned_by(case, around),
        raised_from=around.raised.get(case.pk),
    )


def _send(
    held: Held,
    around: Surroundings,
    unit: UnitId,
    because: Message,
    together_with: list[str],
    *,
    at: datetime,
    words: str = "",
    limit: Limit | None = None,
    why: Mapping[str, Any],
) -> Entry:
    usual = catalogue_of(held.case).promise(item_of(held.case), Urgency(held.case.urgency)).finish
    # The table may ask for it sooner, never later than is promised.
    limit = usual if limit is None else sooner(at, usual, limit, around.calendar)
    due = holder_due_at(at, limit, around.calendar)
    facts = {
        "unit": int(unit),
        "together_with": [int(each) for each in together_with],
        "because": as_json(because),
        "limit": str(limit),
        "due_at": due.at.isoformat(),
        "provisional": due.provisional,
        **why,
    }
    entry = held.done(
        Move.DISPATCH, at=at, facts=facts, words=words, for_reporter=False, holder_unit_id=int(unit), question=""
    )
    keep(held, around, next(each.level for each in around.units_for(held.case) if each.id == unit), at=at)
    return entry
