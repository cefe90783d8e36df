"""What a level could not solve goes to the level above, which said or will say what it can do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Handler, Level
from doorstep.core.text import say

ABOVE: Final = {
    Level.GRID: (Level.COMMUNITY, Level.SUBDISTRICT),
    Level.PROPERTY: (Level.COMMUNITY, Level.SUBDISTRICT),
    Level.COMMUNITY: (Level.SUBDISTRICT,),
}
"""Who is called by whom, the nearest first. What a subdistrict or a department cannot solve, a desk decides."""


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    """The desk above whoever called last; None where nobody called, or nobody above is there."""
    for level in ABOVE.get(case.raised_from, ()) if case.raised_from else ():
        desks = [unit for unit in able(case, units) if unit.fits(Handler(level))]
        if desks:
            desk = first_to_ask(case, desks)
            return Choice(desk.id, because=say("calling-raised", unit=desk.said))
    return None
