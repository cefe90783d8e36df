"""What the community sees to itself goes to its desk, and so does what is still without an item."""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Handler, Level
from doorstep.core.text import say

COMMUNITY_DESK = Handler(Level.COMMUNITY)


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    if case.item is not None and COMMUNITY_DESK not in case.item.who:
        return None
    desks = [unit for unit in able(case, units) if unit.fits(COMMUNITY_DESK)]
    if not desks:
        return None
    desk = first_to_ask(case, desks)
    return Choice(desk.id, because=say("cases-dispatch-community-desk", unit=desk.said))
