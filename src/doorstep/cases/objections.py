"""What the ledger tells of a case's objections, and who may still send it elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from doorstep.cases.models import Event
from doorstep.cases.queries import calendar, catalogue, level_of
from doorstep.cases.rules.bases import Basis, bases, basis_named
from doorstep.cases.rules.decline import OPEN, DeclineRefused, Sent, refuse_to_decide, why_not_now
from doorstep.cases.rules.decline import is_final as is_final
from doorstep.cases.rules.lifecycle import By, Move
from doorstep.cases.rules.objected import CameOf as CameOf
from doorstep.cases.rules.objected import Objection as Objection
from doorstep.cases.rules.objected import objections
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Level
from doorstep.core.text import Message, say
from doorstep.staff.models import Unit

DESK_OF_UNIT = {
    "community_desk": Answerer.COMMUNITY,
    "subdistrict_office": Answerer.SUBDISTRICT,
    "command_centre": Answerer.COUNTY,
}


def moves_with_facts(case: int) -> list[tuple[str, Mapping[str, Any]]]:
    """The moves by which a case was handed over, oldest first."""
    wanted = Event.objects.filter(case=case, move__in=[Move.DISPATCH, Move.NOTE, Move.REOPEN, Move.DECLINE])
    return list(wanted.order_by("seq").values_list("move", "facts"))


def sent_by(case: int, reported_at: datetime) -> Sent:
    """When the case came to its holder, and by which desk; by the machine where no desk did."""
    event = Event.objects.filter(case=case, move=Move.DISPATCH).order_by("-seq").first()
    if event is None:
        return Sent(reported_at, None)
    if event.by_hat != By.DESK or event.by_unit is None:
        return Sent(event.happened_at, None)
    kind = Unit.objects.filter(pk=event.by_unit).values_list("kind", flat=True).first()
    return Sent(event.happened_at, DESK_OF_UNIT.get(kind or ""))


def holder_of(case: Any) -> tuple[Level, frozenset[str]]:
    """The level and the trades of the unit that has the case."""
    unit = Unit.objects.filter(pk=case.holder_unit_id).values_list("kind", "subject").first()
    if unit is None:
        return Level.SUBDISTRICT, frozenset()
    return level_of(unit[0]), frozenset({unit[1]} if unit[1] else ())


def bases_for(case: Any) -> list[Basis]:
    """What the holder of a case may rest an objection on."""
    level, trades = holder_of(case)
    return bases(catalogue().items.get(case.item), level, trades, catalogue())


def may_be_objected_to(case: Any, life: Sequence[Any], *, is_arbitrated: bool, at: datetime) -> bool:
    """Whether an objection of its holder would be heard now, with whatever reason; `life` are the rows of the case."""
    sent = next((each.happened_at for each in reversed(life) if each.move == Move.DISPATCH), None)
    if sent is None:
        return False
    known = catalogue().limits
    waits = is_open(case.question)
    return why_not_now(case.urgency, is_arbitrated, waits, sent, at=at, limits=known, calendar=calendar(at)) is None


def objections_to(case: Any, life: Iterable[Any]) -> list[Objection]:
    """All that was objected to a case, oldest first, from its rows."""
    return objections(life, case.question)


def basis_said(objection: Objection) -> Message | None:
    """On what it rests, in words; None where it is older than bases."""
    return basis_named(objection.basis, catalogue()) if objection.basis else None


def decided_by(question: str) -> Answerer | None:
    """Who decides the objection that is open; None where none is."""
    return Question(question).answered_by if is_open(question) else None


def is_open(question: str) -> bool:
    """Whether an objection waits to be decided."""
    return question in OPEN


def refuse_while_open(question: str) -> None:
    """What is objected to is decided first; a correction in between would decide it unseen."""
    if is_open(question):
        raise DeclineRefused(say("cases-objection-first"), say("cases-objection-first-try"))


def refuse_unless_asked(role: str, question: str) -> None:
    """Only an open objection is decided, and only by the desk that is asked or one above."""
    if not is_open(question):
        raise DeclineRefused(say("cases-objection-none"), say("cases-objection-none-try"))
    refuse_to_decide(role, question)
