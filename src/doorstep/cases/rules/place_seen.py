"""How exactly is the place of a sensitive case seen, and by whom? In graded steps: whoever holds it needs the door,
whoever steers it from further away sees the larger area, and opens the place for a purpose like a contact."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import Final

from doorstep.catalogue.item import Sensitivity, Urgency


class Step(IntEnum):
    """The finest area that is shown, from the door outwards."""

    DOOR = 0
    MICROGRID = 1
    GRID = 2
    COMMUNITY = 3


_STEPS: Final[Mapping[Sensitivity, Mapping[str, Step]]] = {
    Sensitivity.PERSONAL: {
        "grid": Step.MICROGRID, "community": Step.MICROGRID, "subdistrict": Step.GRID, "county": Step.COMMUNITY,
        "outside": Step.MICROGRID,
    },
    Sensitivity.SENSITIVE: {
        "grid": Step.GRID, "community": Step.GRID, "subdistrict": Step.COMMUNITY, "county": Step.COMMUNITY,
        "outside": Step.GRID,
    },
}  # fmt: skip


def step_for(
    sensitivity: Sensitivity | None, role: str, *, is_holder: bool, urgency: str = "", asks_where: bool = False
) -> Step:
    """How exactly this role sees where a case lies.

    In danger everybody sees the door, and so does whoever is asked where it is. Whoever comes by a link is known by
    nobody here: that its unit holds the case opens no door of a sensitive one.
    """
    sees_the_door = is_holder and role != "outside"
    if sees_the_door or asks_where or urgency == Urgency.CRITICAL or sensitivity is None:
        return Step.DOOR
    return _STEPS.get(sensitivity, {}).get(role, Step.DOOR)


def names_the_place(step: Step, unit_kind: str | None) -> bool:
    """Whether the name of the unit that has the case says where it lies more exactly than this step: a grid's team."""
    return step is Step.COMMUNITY and unit_kind == "grid_team"
