"""What nobody nearer can take goes to the subdistrict office, which acts or brings those together who can."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Handler, Level
from doorstep.core.text import say

SUBDISTRICT_OFFICE = Handler(Level.SUBDISTRICT)


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    offices = [unit for unit in able(case, units) if unit.fits(SUBDISTRICT_OFFICE)]
    if not offices:
        return None
    office = first_to_ask(case, offices)
    return Choice(office.id, because=say("cases-dispatch-subdistrict", unit=office.said))
