"""Floors, dwellings and households of a building: what its file says, and the usual for the rest."""

from __future__ import annotations

from dataclasses import replace

from doorstep.areas.readers.records import Building
from doorstep.areas.rules.households import USUAL, BuildingFacts, Estimate, HousingDefaults, estimate
from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.geometry.metres import Projection


def figures_of(building: Building, plane: Projection, defaults: HousingDefaults = USUAL) -> Estimate:
    """The figures of one building, each with where it comes from; its ground is measured in the plane."""
    ground_m2 = float(plane.flatten(building.shape).area)
    facts = BuildingFacts(building.kind, ground_m2, building.floors, building.dwellings, building.lived_in)
    return estimate(facts, defaults)


def usual_housing(*, plain_is_residential: bool) -> HousingDefaults:
    """What is usual, and whether a building whose source says only that it is one is taken for housing."""
    return replace(USUAL, other_is=BuildingKind.RESIDENTIAL) if plain_is_residential else USUAL
