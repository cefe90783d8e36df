"""`divide`: from buildings to micro-grids and grids with their polygons, numbers and reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from numpy.typing import ArrayLike

from doorstep.engines.districting.division import Division
from doorstep.engines.districting.finishing import finish, nobody_lives_here
from doorstep.engines.districting.levels import draw_levels
from doorstep.engines.districting.neighbours import ground_of
from doorstep.engines.districting.problem import (
    GRID_BOUNDS,
    MICROGRID_BOUNDS,
    Bounds,
    Buildings,
    Effort,
    Geometries,
    Outlines,
    Progress,
    Weights,
)
from doorstep.engines.districting.question import Land, Question, amounts_of, groups_of, refuse_contradictions
from doorstep.engines.districting.special import cut_out, without
from doorstep.engines.districting.standing import AsItStands, Standing


def divide(
    buildings: Buildings,
    *,
    barriers: Sequence[shapely.Geometry] | Geometries = (),
    uncrossable: Sequence[shapely.Geometry] | Geometries = (),
    boundary: shapely.Geometry | None = None,
    bounds: Bounds = MICROGRID_BOUNDS,
    grid_bounds: Bounds = GRID_BOUNDS,
    weights: Weights | None = None,
    keep_together: ArrayLike | None = None,
    effort: Effort = "standard",
    prove: bool = False,
    seed: int = 0,
    outlines: Outlines = "cells",
    standing: Standing | None = None,
    special: Sequence[shapely.Geometry] | Geometries = (),
    fixed: ArrayLike | None = None,
    kept: AsItStands | None = None,
    balances: Mapping[str, ArrayLike] | None = None,
    given_grids: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Division:
    """Micro-grids of neighbours within `bounds` households, and grids that group them within `grid_bounds`.

    All places are metres of one projected coordinate system, x to the east.
    barriers        lines or polygons (rivers, main roads) that a piece had better not cross
    uncrossable     the same, that no piece may cross
    boundary        polygon of the community; without it the surroundings of the buildings are divided
    keep_together   (buildings,) a number for each group to be kept in one piece, -1 for none
    effort          "quick", "standard" or "thorough": how long a better division is looked for; "certified": the
                    answer says how far it is from the best one at most, and is the best where that can be proved soon
    prove           certified, with a hundred times as much work for the proof
    seed            the same question with the same seed has the same answer
    outlines        "cells": straight lines half-way between the middles of houses, at once, good for a preview;
                    "footprints": along roads and between the walls, never through a house, for the map that is kept
    standing        the plan in force: pieces keep its numbers where most of their households do, `Division.moves` lists
                    who comes elsewhere and why, and `weights.moved` says how much it has to gain
    special         polygons of special grids (a hospital, a school, a market): their ground, and the buildings whose
                    middle lies in one, are taken out first; `Division.special` tells of them, and no bounds apply
    fixed           (buildings,) a number for each group of buildings that is a micro-grid as it stands, -1 for none
    kept            micro-grids of a plan that stay as they stand, also where they are a part of a building
    balances        by name, (buildings,) amounts from 0 on that micro-grids are to share evenly (residents over 60,
                    cases a year, metres to walk), as much as `weights.balance` says; a building's is dealt out to its
                    parts like its homes
    given_grids     (buildings,) the number of the grid in which each building is to stay, -1 for none: micro-grids are
                    drawn inside them. Buildings in none go with the grid around them where they are too few for a
                    grid, and are else divided among themselves

    Buildings above 50 households are cut into their entrances, and into bands of floors only where a piece would else
    be out of range. A piece still out of range carries a certificate that no cut puts it in range, or says that none
    was found. Raises a `DistrictingError` where the buildings, the bounds or the boundary make no sense.

    Method: tree programme after Ito et al. (2012), recombination after DeFord et al. (2021); see docs/decisions.
    """
    tell = progress or _tell_nobody
    question = _asked(
        buildings,
        barriers,
        uncrossable,
        boundary,
        bounds,
        grid_bounds,
        weights or Weights(),
        keep_together,
        "proven" if prove else effort,
        seed,
        outlines,
        standing,
        special,
        fixed,
        kept,
        balances or {},
        given_grids,
    )
    if question.land.buildings.households.sum() == 0:
        return nobody_lives_here(question)
    drawn = draw_levels(question, tell)
    tell("polygons", 0.0)
    division = finish(question, drawn)
    tell("polygons", 1.0)
    return division


def _tell_nobody(stage: str, part: float) -> None:
    pass


def _asked(
    buildings: Buildings,
    barriers: Sequence[shapely.Geometry] | Geometries,
    uncrossable: Sequence[shapely.Geometry] | Geometries,
    boundary: shapely.Geometry | None,
    bounds: Bounds,
    grid_bounds: Bounds,
    weights: Weights,
    keep_together: ArrayLike | None,
    effort: Effort,
    seed: int,
    outlines: Outlines,
    standing: Standing | None,
    special: Sequence[shapely.Geometry] | Geometries,
    fixed: ArrayLike | None,
    kept: AsItStands | None,
    balances: Mapping[str, ArrayLike],
    given_grids: ArrayLike | None,
) -> Question:
    count = len(buildings)
    cut = cut_out(ground_of(buildings, boundary), buildings, special, boundary is None)
    land = Land(
        cut.ground,
        without(buildings, cut.grid),
        np.asarray(barriers, dtype=object),
        np.asarray(uncrossable, dtype=object),
        groups_of("keep_together", keep_together, count),
        standing and standing.checked(count),
        groups_of("fixed", fixed, count),
        kept and kept.checked(count),
        amounts_of(balances, count),
        groups_of("given_grids", given_grids, count, least=1),
        cut.special,
        cut.grid,
        buildings.households,
    )
    refuse_contradictions(land)
    return Question(land, bounds, grid_bounds, weights, effort, seed, outlines)
