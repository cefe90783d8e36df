"""What `doorstep divide` is asked: bounds and wished sizes, what is counted, how long to look and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

if TYPE_CHECKING:
    from doorstep.engines.districting import Bounds


class WantedRefused(Refusal):
    """Bounds that contradict each other."""


class Count(StrEnum):
    """What is counted in a building."""

    LIVED_IN = "lived_in"
    DWELLINGS = "dwellings"


class Effort(StrEnum):
    """How long a better division is looked for."""

    QUICK = "quick"
    STANDARD = "standard"
    THOROUGH = "thorough"
    CERTIFIED = "certified"
    PROVEN = "proven"


class Outlines(StrEnum):
    """How the polygons are drawn."""

    CELLS = "cells"
    FOOTPRINTS = "footprints"


class Unit(StrEnum):
    """In what the bounds of grids are counted."""

    HOUSEHOLDS = "households"
    MICROGRIDS = "microgrids"


@dataclass(frozen=True)
class Wanted:
    """The bounds, what is counted, how long to look and where to begin."""

    low: int
    high: int
    grid_low: int
    grid_high: int
    count: Count
    keep_compounds: bool
    effort: Effort = Effort.STANDARD
    seed: int = 0
    outlines: Outlines = Outlines.FOOTPRINTS
    target: int = 0
    grid_target: int = 0
    grid_unit: Unit = Unit.HOUSEHOLDS

    @property
    def bounds(self) -> Bounds:
        from doorstep.engines.districting import Bounds

        return Bounds(self.low, self.high, self.target)

    @property
    def grid_bounds(self) -> Bounds:
        from doorstep.engines.districting import Bounds

        return Bounds(self.grid_low, self.grid_high, self.grid_target, self.grid_unit.value)

    def wishes(self) -> dict[str, Any]:
        """The same, as a desk would wish it; drafts are drawn in cells, which a hand can change at once."""
        wishes = {name: value for name, value in vars(self).items() if name != "outlines"}
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in wishes.items()}

    def refuse_contradictions(self) -> None:
        """Refuses bounds that are crossed, and a wished size outside of them."""
        if self.low > self.high or self.grid_low > self.grid_high:
            raise WantedRefused(say("districting-bounds-crossed"), say("districting-bounds-crossed-try"))
        for target, low, high in (
            (self.target, self.low, self.high),
            (self.grid_target, self.grid_low, self.grid_high),
        ):
            if target and not low <= target <= high:
                what = say("wishes-target-outside", target=target, low=low, high=high)
                raise WantedRefused(what, say("wishes-target-outside-try"))
