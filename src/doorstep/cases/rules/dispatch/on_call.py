"""What is critical goes to a unit that is on call now: the item's own if one is, or else the nearest desk."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.text import say


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    if case.urgency is not Urgency.CRITICAL:
        return None
    ready = [unit for unit in able(case, units) if unit.is_on_call]
    for handler in case.item.who if case.item else ():
        if fitting := [unit for unit in ready if unit.fits(handler)]:
            return _called(case, fitting)
    desks = [unit for unit in ready if unit.level in {Level.COMMUNITY, Level.SUBDISTRICT}]
    return _called(case, desks) if desks else None


def _called(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice:
    unit = first_to_ask(case, units)
    return Choice(unit.id, because=say("cases-dispatch-on-call", unit=unit.said))
