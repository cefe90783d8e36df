"""Which hats an actor wears before one case."""

from __future__ import annotations

from typing import Protocol

from doorstep.cases.rules.lifecycle import By

DESK_ROLES = frozenset({"community", "subdistrict", "county"})
HOLDER_ROLES = DESK_ROLES | {"grid", "department"}


class Who(Protocol):
    """What this rule needs to know of an actor."""

    @property
    def role(self) -> str: ...

    @property
    def unit(self) -> int | None: ...


def hats_of(who: Who, holder: int | None) -> frozenset[By]:
    """The hats of `who` before a case that the unit `holder` holds; a stranger wears none."""
    if who.role == "worker":
        return frozenset({By.MACHINE})
    if who.role == "follower":
        return frozenset({By.REPORTER})
    if who.role == "outside":
        return frozenset({By.HOLDER}) if holder is not None and who.unit == holder else frozenset()
    hats = set()
    if who.role in DESK_ROLES:
        hats.add(By.DESK)
    if who.role in HOLDER_ROLES and holder is not None and who.unit == holder:
        hats.add(By.HOLDER)
    return frozenset(hats)
