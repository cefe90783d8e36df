"""What the property company is paid to do goes to the company of that estate."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Handler, Level
from doorstep.core.text import say

PROPERTY_COMPANY = Handler(Level.PROPERTY)


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    if case.item is None or PROPERTY_COMPANY not in case.item.who:
        return None
    companies = [unit for unit in able(case, units) if unit.fits(PROPERTY_COMPANY)]
    if not companies:
        return None
    company = first_to_ask(case, companies)
    return Choice(company.id, because=say("cases-dispatch-property-company", unit=company.said))
