"""What the ledger and the words of a complaint say of whom it concerns."""

from __future__ import annotations

from doorstep.cases.models import Case, Event, Said
from doorstep.cases.queries import Surroundings
from doorstep.cases.rules.complaint import DEPARTMENT as DEPARTMENT
from doorstep.cases.rules.complaint import ITEM, concerned, kept_from
from doorstep.cases.rules.complaint import Concerned as Concerned
from doorstep.cases.rules.complaint import is_concerned as is_concerned
from doorstep.cases.rules.facts import UnitId
from doorstep.core.access import WORKER, acting_as


def kept_from_of(case: Case, item: str) -> int:
    """From whom a case is kept once it has this item; what was kept from somebody is never shown to them later."""
    if item != ITEM:
        return case.kept_from
    with acting_as(WORKER):
        words = Said.objects.filter(case=case.pk, seq=1).values_list("words", flat=True).first()
        return max(case.kept_from, kept_from(item, _named(case), words or ""))


def concerned_by(case: Case, around: Surroundings) -> frozenset[UnitId]:
    """The units that may not hold it; none where it is no complaint about staff."""
    if case.item != ITEM:
        return frozenset()
    with acting_as(WORKER):
        return concerned(case.kept_from, _named(case), around.units_for(case))


def _named(case: Case) -> str:
    facts = Event.objects.filter(case=case.pk, seq=1).values_list("facts", flat=True).first() or {}
    return str(facts.get("concerns", ""))
