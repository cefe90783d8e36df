"""Send a case to whoever should act on it."""

from __future__ import annotations

from datetime import datetime

from doorstep.cases.actions.clocks import keep
from doorstep.cases.actions.ledger import Entry, Held, hold
from doorstep.cases.models import Case
from doorstep.cases.queries import Surroundings, catalogue, catalogue_of, item_of
from doorstep.cases.rules.admission import barred_from_grids
from doorstep.cases.rules.deadlines import holder_due_at
from doorstep.cases.rules.dispatch import Explained, choose_unit
from doorstep.cases.rules.facts import AreaCode, CaseFacts, UnitFacts, UnitId
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.catalogue.item import Item, Level, Urgency
from doorstep.core.access import Actor
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, as_json, language, say
from doorstep.core.time.zone import local_date


class UnitRefused(Refusal):
    """Not a unit that may act on this case."""


def dispatch(held: Held, around: Surroundings, *, at: datetime) -> Entry:
    """By machine: the first rule that knows; a person is asked when none does."""
    choice = choose_unit(_facts(held, around), around.units_for(held.case))
    if isinstance(choice, Explained):
        return held.ask(Question.WHICH_UNIT, at=at, because=choice.because)
    if choice is None:
        return held.ask(Question.WHICH_UNIT, at=at)
    return _send(held, around, choice.unit, choice.because, [str(unit) for unit in choice.together_with], at=at)


def dispatch_by_hand(case: CaseId, unit: int, *, by: Actor, at: datetime, reason: str = "") -> Entry:
    """A desk chooses who acts; what is not on the admission list is refused to a grid, with the rule it rests on."""
    with hold(case, by=by) as held:
        around = Surroundings([held.case], local_date(at))
        chosen = next((each for each in around.units_for(held.case) if each.id == str(unit)), None)
        if chosen is None or not chosen.is_staffed:
            raise UnitRefused(say("cases-unit-unfit"), say("cases-unit-unfit-try"), "unit")
        _refuse_off_the_list(held, chosen)
        arbitrated = held.case.question == Question.ARBITRATE
        return _send(
            held, around, chosen.id, say("cases-dispatch-by-hand"), [], at=at, words=reason, arbitrated=arbitrated
        )


def units_for(case: Case, at: datetime) -> list[UnitFacts]:
    """The units that a desk may choose from, the nearest first."""
    around = Surroundings([case], local_date(at))
    code = AreaCode(around.code_of(case))
    staffed = [unit for unit in around.units_for(case) if unit.is_staffed]
    return sorted(staffed, key=lambda unit: unit.place_in_a_list(code))


def _refuse_off_the_list(held: Held, unit: UnitFacts) -> None:
    item = catalogue().items.get(held.case.item)
    barred = barred_from_grids(item) if unit.level is Level.GRID else None
    if barred is None:
        return
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
    arbitrated: bool = False,
) -> Entry:
    item = item_of(held.case)
    limit = catalogue_of(held.case).promise(item, Urgency(held.case.urgency)).finish
    due = holder_due_at(at, limit, around.calendar)
    facts = {
        "unit": int(unit),
        "together_with": [int(each) for each in together_with],
        "because": as_json(because),
        "limit": str(limit),
        "due_at": due.at.isoformat(),
        "provisional": due.provisional,
    }
    if arbitrated:
        facts["arbitrated"] = True
    entry = held.done(
        Move.DISPATCH, at=at, facts=facts, words=words, for_reporter=False, holder_unit_id=int(unit), question=""
    )
    keep(held, around, next(each.level for each in around.units_for(held.case) if each.id == unit), at=at)
    return entry
