"""What is wished of a plan, as a program sends it; the usual values are those of the pages."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field

from doorstep.areas.actions.drawing import MOST_HOUSEHOLDS, MOST_WEIGHT, Wishes, staying, weights_of
from doorstep.fronts.open.shapes import LARGEST, Sent, Yes

USUAL: Final = Wishes()

MicrogridCode = Annotated[str, Field(pattern=r"^[0-9]{17}$")]
AmountName = Annotated[str, Field(min_length=1, max_length=60)]
Households = Annotated[int, Field(strict=True, ge=1, le=MOST_HOUSEHOLDS)]
Target = Annotated[int, Field(strict=True, ge=0, le=MOST_HOUSEHOLDS)]
Weight = Annotated[float, Field(strict=True, ge=0, le=MOST_WEIGHT)]


class WeightsSent(Sent):
    """What matters how much; a compact micro-grid of the wished size costs about 1."""

    compactness: Weight = USUAL.weights.compactness
    size: Weight = USUAL.weights.size
    compound: Weight = USUAL.weights.compound
    building: Weight = USUAL.weights.building
    barrier: Weight = USUAL.weights.barrier
    perimeter: Weight = USUAL.weights.perimeter
    moved: Weight = USUAL.weights.moved
    balance: Weight = USUAL.weights.balance


class WishesSent(Sent):
    """The bounds of micro-grids and grids, the wished sizes (0 for the middle), what is counted, what matters how much.

    Bounds of grids are counted in households or, with `grid_unit` "microgrids", in micro-grids: 4 to 6, for instance.
    `kept` are codes of micro-grids that stay as they stand in the plan `kept_of`, or without it in the one in force.
    No micro-grid crosses lines of the kinds `uncrossable`; `balances` names further amounts to be shared evenly, such
    as "@cases", those of the last year; with `grids_stay` micro-grids are drawn inside the grids in force.
    """

    low: Households = USUAL.low
    high: Households = USUAL.high
    target: Target = USUAL.target
    grid_low: Households = USUAL.grid_low
    grid_high: Households = USUAL.grid_high
    grid_target: Target = USUAL.grid_target
    grid_unit: Literal["households", "microgrids"] = "households"
    count: Literal["lived_in", "dwellings"] = "lived_in"
    keep_compounds: Yes = False
    effort: Literal["quick", "standard", "thorough", "certified"] = "standard"
    seed: Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)] = 0
    kept: Annotated[tuple[MicrogridCode, ...], Field(max_length=500)] = ()
    kept_of: Annotated[int, Field(strict=True, ge=0, le=LARGEST)] = 0
    uncrossable: Annotated[tuple[Literal["road", "railway", "water", "wall"], ...], Field(max_length=4)] = ()
    balances: Annotated[tuple[AmountName, ...], Field(max_length=20)] = ()
    grids_stay: Yes = False
    weights: WeightsSent = WeightsSent()

    def wishes_for(self, community: int) -> Wishes:
        """The same as the actions take it; where `moved` is not named, residents stay unless it pays."""
        said: dict[str, Any] = self.model_dump(exclude={"weights"})
        wishes = Wishes(**said, weights=weights_of(self.weights.model_dump()))
        return wishes if "moved" in self.weights.model_fields_set else staying(community, wishes)
