"""What the law gives to a department goes straight to it, and is not pushed down to the community."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Level
from doorstep.core.text import say


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    for handler in case.item.who if case.item else ():
        if handler.level is not Level.DEPARTMENT:
            continue
        if fitting := [unit for unit in able(case, units) if unit.fits(handler)]:
            department = first_to_ask(case, fitting)
            return Choice(department.id, because=say("cases-dispatch-department", unit=department.said))
    return None
