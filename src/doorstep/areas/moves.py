"""Who comes into another micro-grid by a plan, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from doorstep.areas import plans
from doorstep.areas.models import Building, Plan, PlanAtom, PlanState
from doorstep.areas.plans import Shape, homes_of, plan_in_force
from doorstep.areas.rules.homes import Followed, Home, followed
from doorstep.areas.writers.records import MovedRow, PlanRows
from doorstep.core.text import Message, say

if TYPE_CHECKING:
    from doorstep.engines.districting import Division, Standing

FORCED: Final = frozenset({"out-of-range", "to-make-room", "to-fill"})
"""Reasons that leave no choice: somebody has to move so that the micro-grids stay in range."""
RENUMBERED: Final = "regrouped"
"""The micro-grid goes on as a whole in another grid: its neighbours stay together, its code is another."""
BY_HAND: Final = "by-hand"
OTHER: Final = "other"
"""The plan in force is not the one with which this plan was drawn."""


@dataclass(frozen=True)
class Moved:
    """Homes that come into another micro-grid, or whose micro-grid has another code; `building` is its name."""

    home: Home
    building: str
    households: int
    source: str
    to: str
    kind: str
    saves: float

    @property
    def is_renumbered(self) -> bool:
        return self.kind == RENUMBERED

    @property
    def is_forced(self) -> bool:
        return self.kind in FORCED

    @property
    def why(self) -> Message:
        """The reason in words."""
        return say(f"districting-moved-{self.kind}", saves=f"{self.saves:.2f}")


@dataclass(frozen=True)
class Moves:
    """What a plan means for those who live there. `before` is the plan to which it is compared.

    `households` live where the earlier plan knew of homes; `arrived` in buildings that it did not know.
    """

    before: Plan
    rows: Sequence[Moved]
    households: int
    arrived: int

    @cached_property
    def moved(self) -> int:
        """Households that come to other neighbours."""
        return sum(each.households for each in self.rows if not each.is_renumbered)

    @cached_property
    def forced(self) -> int:
        """Those of them who have to, so that micro-grids stay in range."""
        return sum(each.households for each in self.rows if each.is_forced)

    @property
    def chosen(self) -> int:
        """Those who move because the plan is better for it."""
        return self.moved - self.forced

    @cached_property
    def renumbered(self) -> int:
        """Households whose micro-grid goes on as it is under another code."""
        return sum(each.households for each in self.rows if each.is_renumbered)


def standing_of(plan: int, rows: Sequence[Building]) -> Standing | None:
    """The homes of a plan in force as the engine takes them; `rows` are the buildings that stand now."""
    from doorstep.engines.districting import Standing

    row_of = {row.pk: number for number, row in enumerate(rows)}
    homes = [each for each in homes_of(plan) if each.home.building in row_of and each.households > 0]
    if not homes:
        return None
    return Standing(
        building=[row_of[each.home.building] for each in homes],
        section=[(each.home.entrance or 1) - 1 for each in homes],
        floor_from=[each.home.floor_from or 0 for each in homes],
        floor_to=[each.home.floor_to or 0 for each in homes],
        number=[int(each.code[15:]) for each in homes],
        grid=[int(each.code[12:15]) for each in homes],
    )


def ways_of(division: Division, community: str) -> list[dict[str, Any]]:
    """Why homes come from one micro-grid into another, to be kept: each way once, by the codes of both."""
    moves = division.moves
    codes = np.c_[moves.from_grid, moves.from_number, moves.to_grid, moves.to_number].tolist()
    told = {
        (f"{community}{source:03d}{number:02d}", f"{community}{grid:03d}{to:02d}"): (kind.value, float(saves))
        for (source, number, grid, to), kind, saves in zip(codes, moves.kind, moves.saves.tolist(), strict=True)
    }
    return [
        {"from": source, "to": to, "kind": kind, "saves": round(saves, 4)}
        for (source, to), (kind, saves) in sorted(told.items())
    ]


def moves_of(plan: Plan) -> Moves | None:
    """Who moves by a plan; None where there was no plan before it whose homes are known."""
    before = plan_before(plan)
    earlier = homes_of(before.pk) if before else []
    if before is None or not any(each.households for each in earlier):
        return None
    homes = homes_of(plan.pk)
    found = followed(earlier, homes)
    moved = [each for each in found if each.has_moved]
    names = _names(each.home.building for each in moved)
    reasons = _reasons(plan, moved)
    rows = [
        Moved(each.home, names[each.home.building], each.households, each.source, each.to, *reasons[each.place])
        for each in sorted(moved, key=lambda each: (each.source, each.to, each.place))
    ]
    known = sum(each.households for each in found)
    return Moves(before, rows, known, sum(each.households for each in homes) - known)


def moved_footprints(plan: Plan) -> list[Shape]:
    """The buildings in which somebody moves by a plan, each in WKB with what a map says of it."""
    return footprints_of(moves_of(plan))


def footprints_of(told: Moves | None) -> list[Shape]:
    """The same for moves that are known."""
    by_building: dict[int, list[Moved]] = {}
    for each in told.rows if told else ():
        by_building.setdefault(each.home.building, []).append(each)
    rows = Building.objects.filter(pk__in=by_building).order_by("id").values_list("id", "footprint")
    return [
        (
            bytes(footprint),
            {
                "name": own[0].building,
                "households": sum(each.households for each in own),
                "from": "、".join(sorted({each.source for each in own})),
                "to": "、".join(sorted({each.to for each in own})),
                "forced": any(each.is_forced for each in own),
            },
        )
        for key, footprint in rows
        if (own := by_building[key])
    ]


def rows_of(plan: Plan) -> PlanRows:
    """All that a plan says, with who moves by it, to be written into a file."""
    told = moves_of(plan)
    rows = told.rows if told else ()
    places = Building.objects.filter(pk__in={each.home.building for each in rows}).values_list("id", "footprint")
    footprints = {key: bytes(footprint) for key, footprint in places}
    moved = [
        MovedRow(
            each.building,
            *each.home[1:],
            each.households,
            each.source,
            each.to,
            str(each.why),
            footprints[each.home.building],
        )
        for each in rows
    ]
    return plans.rows_of(plan)._replace(moved=moved if told else None)


def plan_before(plan: Plan) -> Plan | None:
    """The plan that this one replaced, or would replace now."""
    if plan.state in {PlanState.IN_FORCE, PlanState.PAST}:
        return Plan.objects.filter(pk=plan.report.get("replaced")).defer("ground").first()
    return plan_in_force(plan.community_id)


def _names(buildings: Iterable[int]) -> dict[int, str]:
    rows = Building.objects.filter(pk__in=set(buildings)).values_list("id", "name", "address")
    return {key: name or address or f"#{key}" for key, name, address in rows}


def _reasons(plan: Plan, moved: Sequence[Followed]) -> Mapping[int, tuple[str, float]]:
    """The kind of reason of each home that moves, by its place, and what the plan saves by it."""
    ways = {(way["from"], way["to"]): (way["kind"], way["saves"]) for way in plan.report.get("moves", ())}
    changed = _changed_by_hand(plan)
    return {
        each.place: (BY_HAND, 0.0) if each.place in changed else ways.get((each.source, each.to), (OTHER, 0.0))
        for each in moved
    }


def _changed_by_hand(plan: Plan) -> frozenset[int]:
    """The places of atoms that people moved after the plan was computed."""
    from doorstep.areas.grounds import unpack

    if not plan.steps.exists():
        return frozenset()
    kept = unpack(bytes(plan.ground)) if plan.ground is not None else None
    if kept is None:
        return frozenset()
    rows = PlanAtom.objects.filter(piece__plan=plan.pk).order_by("position", "id").values_list("piece__code", flat=True)
    return frozenset(at for at, (was, now) in enumerate(zip(kept.start, rows, strict=True)) if was != now)
