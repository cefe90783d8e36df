"""Invented communities for the benches of districting, and what is measured of their divisions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from doorstep.engines.districting import Assurance, Bounds, Division, Weights
from doorstep.engines.districting.atoms import cut_into_atoms
from doorstep.engines.districting.graph import Graph, components, pairs_of
from doorstep.engines.districting.objective import new_marks, piece_costs, rules_for, unavoidable_cost
from doorstep.engines.districting.relief import cut_into_bands
from doorstep.engines.districting.survey import NO_GROUP, Land, Survey, survey
from doorstep.engines.districting.synthetic import Community, Kind, communities

SEED = 1
BOUNDS = Bounds(50, 100, 75)
WEIGHTS = Weights()


def first(count: int) -> Iterator[Community]:
    """The first communities of the city of the benches."""
    return islice(communities(SEED), count)


def sample(of_each_kind: int) -> list[Community]:
    """The first few communities of each kind."""
    left = dict.fromkeys(Kind, of_each_kind)
    found = []
    for community in communities(SEED):
        if left[community.kind]:
            left[community.kind] -= 1
            found.append(community)
        if not any(left.values()):
            return found
    raise AssertionError


def survey_of(community: Community) -> Survey:
    """What `divide` begins with: the atoms, those above the upper bound cut by floors, their cells and their graph."""
    atoms = cut_into_atoms(community.buildings)
    atoms = cut_into_bands(atoms, atoms.households > BOUNDS.high)
    nobody = np.full(len(community.buildings), NO_GROUP)
    nothing = np.array([], dtype=object)
    land = Land(
        ground=community.ground,
        buildings=community.buildings,
        barriers=community.barriers,
        uncrossable=nothing,
        group=nobody,
        standing=None,
        fixed=nobody,
        kept=None,
        amounts={},
        given=nobody,
        special=nothing,
        special_grid=nobody,
        homes=community.buildings.households,
    )
    return survey(land, atoms, BOUNDS)


def judged(graph: Graph, piece: np.ndarray, weights: Weights = WEIGHTS) -> dict[str, Any]:
    """What a division of the graph is worth, whoever made it: range, contiguity, objective less what none can save."""
    piece = np.unique(piece, return_inverse=True)[1].astype(np.int64)
    count = int(piece.max()) + 1
    sizes = np.bincount(piece, graph.size, count)
    pairs = pairs_of(graph)
    inside = piece[pairs[:, 0]] == piece[pairs[:, 1]]
    parts = len(np.unique(components(len(piece), pairs[inside])))
    in_range = int(((sizes >= BOUNDS.low) & (sizes <= BOUNDS.high)).sum())
    rules = rules_for(BOUNDS, weights)
    cost = float(piece_costs(graph, piece, float(BOUNDS.target), rules, new_marks(len(piece))).sum())
    return {
        "pieces": count,
        "in_range": in_range,
        "cut_off_parts": parts - count,
        "feasible": in_range == count and parts == count,
        "cost": round(cost - unavoidable_cost(graph, rules), 4),
        "cost_per_piece": round((cost - unavoidable_cost(graph, rules)) * BOUNDS.target / float(graph.size.sum()), 4),
    }


def by_kind(rows: Sequence[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Means and counts over the communities of each kind, and over all."""
    kinds: Iterable[str] = [*dict.fromkeys(row["kind"] for row in rows), "all"]
    return {kind: summed([row for row in rows if kind in (row["kind"], "all")]) for kind in kinds}


def summed(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    pieces = sum(row["pieces"] for row in rows)
    seconds = np.array([row["seconds"] for row in rows])
    gaps = [row["gap"] for row in rows if row.get("gap") is not None and row["proof"] != Assurance.OPTIMAL.value]
    return {
        "communities": len(rows),
        "households": sum(row["households"] for row in rows),
        "solved": sum(row["in_range"] == row["pieces"] for row in rows),
        "solved_or_certified": sum(row["in_range"] + row["certified"] == row["pieces"] for row in rows),
        "proved_best": sum(row.get("proof") == Assurance.OPTIMAL.value for row in rows),
        "bounded": len(gaps),
        "mean_gap_of_bounded": round(float(np.mean(gaps)), 4) if gaps else None,
        "pieces": pieces,
        "pieces_in_range": round(sum(row["in_range"] for row in rows) / pieces, 6),
        "cost_per_piece": round(float(np.average([row["cost_per_piece"] for row in rows],
                                                 weights=[row["households"] for row in rows])), 4),
        "seconds_median": round(float(np.median(seconds)), 3),
        "seconds_p95": round(float(np.percentile(seconds, 95)), 3),
        "seconds_max": round(float(seconds.max()), 3),
    }  # fmt: skip


def row_of(community: Community, division: Division, seconds: float) -> dict[str, Any]:
    """One community's figures."""
    outside = [piece for piece in division.microgrids if not piece.is_in_range]
    return {
        "number": community.number,
        "kind": str(community.kind),
        "households": community.households,
        "pieces": len(division.microgrids),
        "in_range": len(division.microgrids) - len(outside),
        "certified": sum(piece.certificate is not None for piece in outside),
        "grids": len(division.grids),
        "grids_in_range": sum(grid.is_in_range for grid in division.grids),
        "cost_per_piece": round(division.cost_per_piece, 4),
        "proof": division.proof.value,
        "gap": division.gap,
        "seconds": round(seconds, 4),
    }
