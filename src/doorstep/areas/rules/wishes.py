"""What may be wished of a plan: bounds, wished sizes, weights, what is counted, how long to look.

The usual values stand in one place, `doorstep.engines.districting.problem`; page, interface and command take them from
here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.engines.districting.problem import GRID_BOUNDS, MICROGRID_BOUNDS, BadWeight, Bounds, Weights

COUNTS: Final = ("lived_in", "dwellings")
EFFORTS: Final = ("quick", "standard", "thorough", "certified")
"""What a desk may ask for; "proven" may take hours and is the command's."""
UNITS: Final = ("households", "microgrids")
WEIGHTS: Final = tuple(each.name for each in fields(Weights))
STAY: Final = {"freely": 0.0, "pays": 1.0, "must": 20.0}
"""How much it has to gain before a household moves, in words: values of the weight `moved`."""
LINES: Final = ("road", "railway", "water", "wall")
"""What a desk may forbid to be crossed: main roads, railways, wide waters, walls."""
CASES: Final = "@cases"
"""The name of the one amount to be shared that no file brings: the cases of the last year."""
MOST_HOUSEHOLDS: Final = 100_000
MOST_WEIGHT: Final = 100.0


class WishRefused(Refusal):
    """A wish that makes no sense, or contradicts another; `where` names it."""


@dataclass(frozen=True)
class Wishes:
    """What a desk asks for.

    target        wished households of a micro-grid, 0 for the middle of its bounds; `grid_target` likewise
    grid_unit     in what the bounds of grids are counted: "households" or "microgrids"
    count         "lived_in" or "dwellings"
    kept          codes of micro-grids that stay as they stand, in the plan `kept_of`, 0 for the one in force
    uncrossable   lines of these kinds no micro-grid crosses; the others it had better not
    balances      names of further amounts of the buildings that micro-grids share evenly (`areas.amounts`)
    grids_stay    micro-grids are drawn inside the grids of the plan in force
    """

    low: int = MICROGRID_BOUNDS.low
    high: int = MICROGRID_BOUNDS.high
    target: int = 0
    grid_low: int = GRID_BOUNDS.low
    grid_high: int = GRID_BOUNDS.high
    grid_target: int = 0
    grid_unit: str = "households"
    count: str = "lived_in"
    keep_compounds: bool = False
    effort: str = "standard"
    seed: int = 0
    kept: tuple[str, ...] = ()
    kept_of: int = 0
    uncrossable: tuple[str, ...] = ()
    balances: tuple[str, ...] = ()
    grids_stay: bool = False
    weights: Weights = field(default_factory=Weights)

    @property
    def bounds(self) -> Bounds:
        return Bounds(self.low, self.high, self.target)

    @property
    def grid_bounds(self) -> Bounds:
        unit = "microgrids" if self.grid_unit == "microgrids" else "households"
        return Bounds(self.grid_low, self.grid_high, self.grid_target, unit)  # type: ignore[arg-type]


def wishes_of(settings: Mapping[str, Any]) -> Wishes:
    """The wishes that were kept with a plan, also by an earlier release, which knew fewer of them."""
    known = {each.name for each in fields(Wishes)} - {"weights"}
    weights = weights_of(settings.get("weights") or {})
    said = {name: settings[name] for name in known & settings.keys()}
    lists = {name: tuple(said.get(name, ())) for name in ("kept", "uncrossable", "balances")}
    return Wishes(**said | lists, weights=weights)


def again(wishes: Wishes) -> Wishes:
    """The same for a community that has a plan: residents stay where they are unless it pays, or as was wished."""
    weights = replace(wishes.weights, moved=wishes.weights.moved or STAY["pays"])
    return replace(wishes, weights=weights)


def weights_of(named: Mapping[str, Any]) -> Weights:
    """The usual weights but for those that are named; refuses a name that is none, or what is no number from 0 on."""
    for name, value in named.items():
        if name not in WEIGHTS:
            raise WishRefused(say("wishes-no-such-weight", name=name), say("wishes-no-such-weight-try"), name)
        if not isinstance(value, int | float) or not 0 <= value <= MOST_WEIGHT:
            raise _no_weight(name)
    try:
        return replace(Weights(), **named)
    except BadWeight as error:
        raise _no_weight(error.weight) from error


def _no_weight(name: str) -> WishRefused:
    return WishRefused(
        say("wishes-not-a-weight", name=say(f"wishes-weight-{name}")),
        say("wishes-not-a-weight-try", most=int(MOST_WEIGHT)),
        f"weight_{name}",
    )


def named(amount: str) -> Message | str:
    """How people call an amount: as its column was called, or in the reader's words."""
    return say("amounts-cases") if amount == CASES else amount


def refuse_contradictions(wishes: Wishes) -> None:
    """Refuse bounds that are crossed, a wished size outside its bounds, lines and weights that are none; says which."""
    for prefix in ("", "grid_"):
        low, high, target = (getattr(wishes, f"{prefix}{name}") for name in ("low", "high", "target"))
        if low > high:
            raise WishRefused(say("districting-bounds-crossed"), say("districting-bounds-crossed-try"), f"{prefix}low")
        if target and not low <= target <= high:
            raise WishRefused(
                say("wishes-target-outside", target=target, low=low, high=high),
                say("wishes-target-outside-try"),
                f"{prefix}target",
            )
    for kind in wishes.uncrossable:
        if kind not in LINES:
            what, try_this = say("wishes-not-a-line", name=kind[:40]), say("wishes-not-a-line-try")
            raise WishRefused(what, try_this, "uncrossable")
    weights_of(asdict(wishes.weights))
