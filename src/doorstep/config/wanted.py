"""What `doorstep divide` is asked: bounds, sizes, weights, what is counted, what is not crossed, how long to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

if TYPE_CHECKING:
    from doorstep.areas.readers import Feature
    from doorstep.engines.districting import Bounds, Weights


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


class Line(StrEnum):
    """What can be forbidden to be crossed."""

    ROAD = "road"
    RAILWAY = "railway"
    WATER = "water"
    WALL = "wall"


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
    uncrossable: tuple[Line, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def bounds(self) -> Bounds:
        from doorstep.engines.districting import Bounds

        return Bounds(self.low, self.high, self.target)

    @property
    def grid_bounds(self) -> Bounds:
        from doorstep.engines.districting import Bounds

        return Bounds(self.grid_low, self.grid_high, self.grid_target, self.grid_unit.value)

    def weighed(self) -> Weights:
        """The usual weights but for those that are named."""
        from doorstep.areas.rules.wishes import weights_of

        return weights_of(self.weights)

    def is_uncrossable(self, feature: Feature) -> bool:
        """Whether no micro-grid may cross a line of the base map."""
        return feature.is_barrier and feature.kind.value in {line.value for line in self.uncrossable}

    def wishes(self, **more: Any) -> dict[str, Any]:
        """The same, as a desk would wish it; drafts are drawn in cells, which a hand can change at once."""
        wishes = {name: value for name, value in vars(self).items() if name != "outlines"}
        plain = {name: str(value) if isinstance(value, StrEnum) else value for name, value in wishes.items()}
        lines = tuple(str(line) for line in self.uncrossable)
        return {**plain, "uncrossable": lines, "weights": self.weighed(), **more}

    def settings(self, **more: Any) -> dict[str, Any]:
        """The same for a report; of the weights only those that were named."""
        return {**self.wishes(**more), "weights": dict(self.weights)}

    def refuse_contradictions(self) -> None:
        """Refuses bounds that are crossed, a wished size outside of them, and weights that are none."""
        self.weighed()
        if self.low > self.high or self.grid_low > self.grid_high:
            raise WantedRefused(say("districting-bounds-crossed"), say("districting-bounds-crossed-try"))
        for target, low, high in (
            (self.target, self.low, self.high),
            (self.grid_target, self.grid_low, self.grid_high),
        ):
            if target and not low <= target <= high:
                what = say("wishes-target-outside", target=target, low=low, high=high)
                raise WantedRefused(what, say("wishes-target-outside-try"))


def weights_named(written: Sequence[str]) -> dict[str, float]:
    """Weights as "compound=2"; refuses what is not written so."""
    found = {}
    for each in written:
        name, _, value = each.partition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError:
            raise WantedRefused(
                say("command-divide-weight-wrong", written=each[:60]), say("command-divide-weight-wrong-try")
            ) from None
    return found
