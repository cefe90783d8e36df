"""What is to be said about each piece, and about the division as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import shapely

from doorstep.engines.districting.atoms import WHOLE
from doorstep.engines.districting.certificate import Certificate
from doorstep.engines.districting.division import Reason, ReasonKind
from doorstep.engines.districting.graph import Graph, components, pairs_of, sources
from doorstep.engines.districting.neighbours import APART_M
from doorstep.engines.districting.problem import NO_COMPOUND, Bounds, Buildings, Geometries, Ints
from doorstep.engines.districting.survey import Survey

Reasons = list[list[Reason]]


def of_range(
    sizes: Ints,
    bounds: Bounds,
    proved: Mapping[int, Certificate | None],
    wished: Iterable[int] = (),
    wish: ReasonKind = ReasonKind.FIXED,
) -> Reasons:
    """One reason for each piece out of range; those that are wished so have the `wish`."""
    reasons: Reasons = [[] for _ in sizes]
    for piece, certificate in proved.items():
        kind = ReasonKind.PROVED_OUT_OF_RANGE if certificate else ReasonKind.OUT_OF_RANGE_UNPROVED
        reasons[piece].append(Reason(kind, {"size": int(sizes[piece]), "low": bounds.low, "high": bounds.high}))
    for piece in wished:
        reasons[piece].append(Reason(wish, {"size": int(sizes[piece]), "low": bounds.low, "high": bounds.high}))
    return reasons


def of_microgrids(survey: Survey, buildings: Buildings, piece: Ints, bounds: Bounds, count: int) -> Reasons:
    """Compounds split without need, barriers crossed, buildings shared by floors."""
    reasons: Reasons = [[] for _ in range(count)]
    _add_split_compounds(reasons, survey, buildings, piece, bounds)
    _add_crossed_barriers(reasons, survey.graph, piece)
    banded = survey.atoms.floor_from != WHOLE
    for number, building in np.unique(np.c_[piece, survey.atoms.building][banded], axis=0).tolist():
        if (piece[survey.atoms.building == building] != number).any():
            reasons[number].append(Reason(ReasonKind.FLOOR_BANDS, {"building": building}))
    return reasons


def _add_split_compounds(reasons: Reasons, survey: Survey, buildings: Buildings, piece: Ints, bounds: Bounds) -> None:
    compound = buildings.compounds[survey.atoms.building]
    for value in np.unique(compound[compound != NO_COMPOUND]).tolist():
        members = compound == value
        pieces = np.unique(piece[members]).tolist()
        if len(pieces) > 1 and survey.atoms.households[members].sum() <= bounds.high:
            for number in pieces:
                facts = {"compound": value, "pieces": len(pieces)}
                reasons[number].append(Reason(ReasonKind.SPLITS_COMPOUND, facts))


def _add_crossed_barriers(reasons: Reasons, graph: Graph, piece: Ints) -> None:
    source = sources(graph)
    free = (piece[source] == piece[graph.neighbour]) & ~graph.crosses
    part = components(len(piece), np.c_[source[free], graph.neighbour[free]])
    parts = np.bincount(np.unique(np.c_[piece, part], axis=0)[:, 0], minlength=len(reasons))
    for number in np.flatnonzero(parts > 1).tolist():
        reasons[number].append(Reason(ReasonKind.CROSSES_BARRIER, {"parts": int(parts[number])}))


def of_polygons(polygons: Geometries) -> Reasons:
    """Which polygons hold an island."""
    counts = shapely.get_num_geometries(polygons)
    return [
        [Reason(ReasonKind.IN_SEVERAL_PARTS, {"parts": int(parts)})] if parts > 1 else [] for parts in counts.tolist()
    ]


def of_buildings(buildings: Buildings) -> tuple[Reason, ...]:
    """Buildings with one centre: perhaps one building twice."""
    centres = shapely.points(buildings.xy)
    one, other = shapely.STRtree(centres).query(centres, predicate="dwithin", distance=APART_M)
    earlier = other < one
    first = np.full(len(buildings), len(buildings))
    np.minimum.at(first, one[earlier], other[earlier])
    rows = np.flatnonzero(first < len(buildings))
    return tuple(
        Reason(ReasonKind.SAME_PLACE, {"building": int(row), "same_as": int(first[row])}) for row in rows.tolist()
    )


def of_compounds(survey: Survey, buildings: Buildings) -> tuple[Reason, ...]:
    """Compounds whose buildings do not all hang together."""
    compound = buildings.compounds[survey.atoms.building]
    pairs = pairs_of(survey.graph)
    same = compound[pairs[:, 0]] == compound[pairs[:, 1]]
    part = components(len(compound), pairs[same])
    named = compound != NO_COMPOUND
    both = np.unique(np.c_[compound, part][named], axis=0)
    values, parts = np.unique(both[:, 0], return_counts=True)
    return tuple(
        Reason(ReasonKind.COMPOUND_IN_PARTS, {"compound": value, "parts": count})
        for value, count in zip(values.tolist(), parts.tolist(), strict=True)
        if count > 1
    )
