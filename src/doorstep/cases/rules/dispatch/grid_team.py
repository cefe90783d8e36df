"""What is on the admission list goes to the team of its grid, when somebody is in post there.

Nothing off the list is ever given to a grid, however near the team may be.
"""

from __future__ import annotations

from collections.abc import Sequence

from doorstep.cases.rules.admission import barred_from_grids
from doorstep.cases.rules.facts import CaseFacts, Choice, UnitFacts, able, first_to_ask
from doorstep.catalogue.item import Handler, Level
from doorstep.core.text import say

GRID_TEAM = Handler(Level.GRID)


def choose(case: CaseFacts, units: Sequence[UnitFacts]) -> Choice | None:
    if case.item is None or barred_from_grids(case.item) is not None or GRID_TEAM not in case.item.who:
        return None
    teams = [unit for unit in able(case, units) if unit.fits(GRID_TEAM)]
    if not teams:
        return None
    team = first_to_ask(case, teams)
    return Choice(team.id, because=say("cases-dispatch-grid-team", unit=team.said))
