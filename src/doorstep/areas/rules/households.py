"""How many dwellings a building has, and how many households live in it, when nobody has counted.

Footprint × floors ÷ floor area of a dwelling gives dwellings; a share of them is lived in. What is missing comes from
the defaults of that kind of housing. Every figure says whether it was counted, given or estimated, and by which rule,
so that a better one can take its place and nobody takes a guess for a fact.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor
from types import MappingProxyType
from typing import Final

from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.text import Message, say


class Basis(StrEnum):
    """Where a figure comes from."""

    COUNTED = "counted"  # somebody went and counted
    GIVEN = "given"  # the file or the register says so
    ESTIMATED = "estimated"  # a rule of this module says so


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, where it comes from and by which rule."""

    value: int
    basis: Basis
    rule: Message


@dataclass(frozen=True, slots=True)
class Housing:
    """What is usual for one kind of housing."""

    floors: int
    m2_per_dwelling: float
    """Gross floor area for each dwelling, with its share of walls and stairs."""
    lived_in: float
    """The share of dwellings in which somebody lives."""


@dataclass(frozen=True, slots=True)
class HousingDefaults:
    """What a city takes for usual; each number is a working assumption until the place has counted."""

    of_kind: Mapping[BuildingKind, Housing]
    small_footprint_m2: float = 150.0
    """Flats around one stairwell need more ground than this: without floors, a smaller building is one family's
    house."""
    other_is: BuildingKind = BuildingKind.OTHER
    """What a building is taken for whose source says only that it is a building."""


@dataclass(frozen=True, slots=True)
class BuildingFacts:
    """What is known of a building; `None` is not known."""

    kind: BuildingKind
    footprint_m2: float
    floors: int | None = None
    dwellings: int | None = None
    lived_in: int | None = None
    basis: Basis = Basis.GIVEN
    """Where the numbers above come from."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The figures of one building."""

    floors: Figure
    dwellings: Figure
    lived_in: Figure


USUAL: Final = HousingDefaults(
    MappingProxyType(
        {
            # Six floors: the most that GB 50096 lets people climb without a lift was seven, and six is what was built.
            # 90 m²: the gross area behind the 70/90 policy of 2006, near the urban mean of the 2020 census per
            # household.
            BuildingKind.RESIDENTIAL: Housing(floors=6, m2_per_dwelling=90.0, lived_in=0.85),
            BuildingKind.HOUSE: Housing(floors=2, m2_per_dwelling=320.0, lived_in=1.0),
            BuildingKind.BUNGALOW: Housing(floors=1, m2_per_dwelling=50.0, lived_in=0.85),
            # People under one warden are collective households (集体户); one for about a corridor of ten rooms, so that
            # a hall weighs in the districting like a stairwell of flats.
            BuildingKind.DORMITORY: Housing(floors=6, m2_per_dwelling=250.0, lived_in=1.0),
        }
    )
)


def estimate(facts: BuildingFacts, defaults: HousingDefaults = USUAL) -> Estimate:
    """Floors, dwellings and lived-in households of a building; what is given is kept, the rest is estimated.

    A building that is not housing has no dwellings unless the facts say so.
    """
    kind = _taken_for(facts, defaults)
    housing = defaults.of_kind.get(kind)
    floors = _floors(facts, housing)
    dwellings = _dwellings(facts, kind, housing, floors)
    return Estimate(floors, dwellings, _lived_in(facts, housing, dwellings))


def spread(total: int, shares: Sequence[float]) -> list[int]:
    """`total` whole households over buildings in proportion to `shares`, by largest remainder.

    The parts add up to the total. Ties go to the earlier building; shares that are all zero count as equal ones.
    """
    if total < 0 or any(share < 0 for share in shares):
        raise ValueError("Neither a total nor a share can be negative.")
    if not shares:
        if total:
            raise ValueError("There is no building to hold the households.")
        return []
    whole = sum(shares)
    exact = [total * share / whole for share in shares] if whole else [total / len(shares)] * len(shares)
    parts = [floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def spread_lived_in(total: int, estimates: Sequence[Estimate]) -> list[Estimate]:
    """The estimates with their lived-in households drawn to a total that is known for all of them together.

    What was counted or given for a building stays; the rest of the total goes to the others by their dwellings.
    """
    open_ones = [i for i, one in enumerate(estimates) if one.lived_in.basis is Basis.ESTIMATED]
    fixed = sum(one.lived_in.value for one in estimates if one.lived_in.basis is not Basis.ESTIMATED)
    parts = spread(max(0, total - fixed), [estimates[i].dwellings.value for i in open_ones]) if open_ones else []
    drawn = list(estimates)
    for i, part in zip(open_ones, parts, strict=True):
        rule = say("areas-households-spread", total=total)
        drawn[i] = Estimate(drawn[i].floors, drawn[i].dwellings, Figure(part, Basis.ESTIMATED, rule))
    return drawn


def _taken_for(facts: BuildingFacts, defaults: HousingDefaults) -> BuildingKind:
    kind = defaults.other_is if facts.kind is BuildingKind.OTHER else facts.kind
    is_small = facts.footprint_m2 < defaults.small_footprint_m2
    if kind is BuildingKind.RESIDENTIAL and is_small and facts.floors is None:
        return BuildingKind.HOUSE
    return kind


def _floors(facts: BuildingFacts, housing: Housing | None) -> Figure:
    if facts.floors is not None:
        return _known(facts.floors, facts.basis)
    if housing is None:
        return Figure(1, Basis.ESTIMATED, say("areas-households-floors-unknown"))
    return Figure(housing.floors, Basis.ESTIMATED, say("areas-households-usual-floors", floors=housing.floors))


def _dwellings(facts: BuildingFacts, kind: BuildingKind, housing: Housing | None, floors: Figure) -> Figure:
    if facts.dwellings is not None:
        return _known(facts.dwellings, facts.basis)
    at_least = facts.lived_in or 0
    if housing is None:
        rule = say("areas-households-not-housing") if not at_least else say("areas-households-as-lived-in")
        return Figure(at_least, Basis.ESTIMATED, rule)
    reckoned = max(1, round(facts.footprint_m2 * floors.value / housing.m2_per_dwelling))
    if reckoned < at_least:
        return Figure(at_least, Basis.ESTIMATED, say("areas-households-as-lived-in"))
    rule = say(
        "areas-households-by-floor-area",
        kind=say(f"areas-kind-{kind}"),
        footprint=round(facts.footprint_m2),
        floors=floors.value,
        each=round(housing.m2_per_dwelling),
    )
    return Figure(reckoned, Basis.ESTIMATED, rule)


def _lived_in(facts: BuildingFacts, housing: Housing | None, dwellings: Figure) -> Figure:
    if facts.lived_in is not None:
        return _known(facts.lived_in, facts.basis)
    share = housing.lived_in if housing else 1.0
    rule = say("areas-households-share", dwellings=dwellings.value, percent=round(share * 100))
    return Figure(round(dwellings.value * share), Basis.ESTIMATED, rule)


def _known(value: int, basis: Basis) -> Figure:
    return Figure(value, basis, say(f"areas-households-{basis}"))
