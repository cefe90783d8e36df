"""Two were taken for one: where does the later case stand when it goes its own way again?"""

from __future__ import annotations

from doorstep.cases.rules.lifecycle import State


def stands_at(before: State, *, is_place_in_force: bool) -> State:
    """The step where it stood when it was merged.

    Whoever had it has put it out of hand since, so it is sent out anew; and where the grids around it have changed
    meanwhile its place is looked up again. No promise is made anew by any of it.
    """
    if before is State.REPORTED or not is_place_in_force:
        return State.REPORTED
    return State.LOCATED if before is State.LOCATED else State.CLASSIFIED
