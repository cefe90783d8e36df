"""A courtyard without a property company: the community stands in, brings the owners together and says who pays."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.dispatch.community_desk import COMMUNITY_DESK
from doorstep.cases.rules.dispatch.passed import Passed, nobody
from doorstep.cases.rules.dispatch.property_company import PROPERTY_COMPANY
from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.core.text import say


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    """A company that is there and may not be asked is no missing one: then the case goes on to the next rule."""
    if case.item is None or PROPERTY_COMPANY not in case.item.who or has_company(case, units):
        return None
    desks = [unit for unit in able(case, units) if unit.fits(COMMUNITY_DESK)]
    if not desks:
        return None
    desk = first_to_ask(case, desks)
    return Choice(desk.id, because=say("cases-dispatch-standing-in", unit=desk.said))


def why_passed(case: CaseFacts, units: Sequence[UnitFacts]) -> Passed:
    """Nobody had to stand in, or nobody could."""
    if case.item is None or PROPERTY_COMPANY not in case.item.who or has_company(case, units):
        return Passed.NOT_NEEDED
    return nobody(case, [unit for unit in units if unit.fits(COMMUNITY_DESK)])


def has_company(case: CaseFacts, units: Sequence[UnitFacts]) -> bool:
    """Whether a property company serves the place, with or without anybody in it."""
    return any(unit.fits(PROPERTY_COMPANY) and unit.covers(case.area) for unit in units)
