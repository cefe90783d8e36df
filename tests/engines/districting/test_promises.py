"""What is promised whatever is asked: each home in one piece that hangs together, in range or with the reason named."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import is_connected

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.division import ReasonKind
from doorstep.engines.districting.graph import build_graph
from doorstep.engines.districting.partition import partition
from doorstep.engines.districting.problem import Bounds, Buildings, Weights
from doorstep.engines.districting.synthetic import Kind, community_of

pytestmark = pytest.mark.skipif(numba.config.DISABLE_JIT, reason="So many graphs take minutes without the compiler.")

ROOT = Path(__file__).parents[3]


@st.composite
def any_graphs(draw):
    """Up to 24 houses, any of them neighbours: in parts, in knots, all alike or none, with sizes far apart."""
    count = draw(st.integers(1, 24))
    sizes = draw(st.lists(st.integers(1, 30), min_size=count, max_size=count))
    places = draw(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=count, max_size=count))
    ends = st.integers(0, count - 1)
    drawn = draw(st.lists(st.tuples(ends, ends), max_size=3 * count))
    pairs = np.array(sorted({(min(pair), max(pair)) for pair in drawn if pair[0] != pair[1]}), np.int64).reshape(-1, 2)
    crosses = np.array(draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))), np.bool_)
    compound = np.array(draw(st.lists(st.integers(0, 3), min_size=count, max_size=count)))
    places = np.array(places, np.float64)
    return build_graph(np.array(sizes), places, pairs, crosses, compound, np.arange(count), radius=20.0)


@st.composite
def any_bounds(draw):
    low = draw(st.integers(1, 25))
    return Bounds(low, draw(st.integers(low, 60)))


@settings(max_examples=150, deadline=None)
@given(any_graphs(), any_bounds(), st.sampled_from(["quick", "standard"]), st.integers(0, 3))
def test_whoever_neighbours_whom_each_house_is_in_one_connected_piece_in_range_or_named(graph, bounds, effort, seed):
    found = partition(graph, bounds, Weights(), effort, (seed,), float(bounds.target))
    numbers = np.unique(found.piece)
    assert len(found.piece) == len(graph.size)
    assert numbers.tolist() == list(range(len(numbers)))
    for number in numbers.tolist():
        members = np.flatnonzero(found.piece == number)
        assert is_connected(graph, members.tolist())
        assert bounds.holds(int(graph.size[members].sum())) != (number in found.out_of_range)


houses = st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 40), st.integers(0, 9), st.integers(-1, 2))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(houses, min_size=1, max_size=30),
    st.integers(20, 280),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
)
def test_whatever_is_asked_each_home_is_in_one_piece_of_one_part_in_range_or_named(rows, at, may_cross, keep, seed):
    x, y, households, floors, compounds = np.array(rows).T
    buildings = Buildings(np.c_[x, y], households, floors=floors, compounds=compounds)
    line = shapely.LineString([(at, -100), (at + 20, 400)])
    asked = {"barriers": [line]} if may_cross else {"uncrossable": [line]}
    bounds, grid_bounds = Bounds(20, 40, 30), Bounds(60, 160)
    division = divide(
        buildings, bounds=bounds, grid_bounds=grid_bounds, keep_together=compounds if keep else None,
        effort="quick", seed=seed, **asked,
    )  # fmt: skip
    atoms = division.atoms
    assert (np.bincount(atoms.building, atoms.households, len(buildings)) == households).all()
    assert set(atoms.building.tolist()) == set(range(len(buildings)))
    homes = np.bincount(division.microgrid, atoms.households, len(division.microgrids))
    assert homes.tolist() == [piece.households for piece in division.microgrids]
    named = {ReasonKind.PROVED_OUT_OF_RANGE, ReasonKind.OUT_OF_RANGE_UNPROVED}
    for piece in (*division.microgrids, *division.grids):
        assert piece.is_in_range != bool(named & {reason.kind for reason in piece.reasons})
    for piece in division.microgrids:
        assert piece.is_in_range == bounds.holds(piece.households)
        assert piece.polygon.geom_type == "Polygon"
    if not may_cross:
        # A building without homes goes with the ground on which it stands; only homes must not lie on both sides.
        sides = [side(line, place) * (homes > 0) for place, homes in zip(atoms.xy, atoms.households, strict=True)]
        west, east = (set(division.microgrid[np.equal(sides, each)].tolist()) for each in (-1, 1))
        assert not west & east


def side(line, place):
    """On which side of the line a home lies; 0 for those near it, which stand apart from others at the same place."""
    if shapely.distance(line, shapely.Point(place)) < 10:
        return 0
    (x0, y0), (x1, y1) = line.coords
    return np.sign((x1 - x0) * (place[1] - y0) - (y1 - y0) * (place[0] - x0))


def answers() -> str:
    """A digest of what `divide` says of one community of each kind."""
    digest = hashlib.sha256()
    for kind in Kind:
        community = community_of(3, 1, kind, 700)
        division = divide(community.buildings, barriers=community.barriers, boundary=community.ground, seed=5)
        digest.update(division.microgrid.tobytes() + division.grid.tobytes())
        for piece in (*division.microgrids, *division.grids):
            digest.update(shapely.to_wkb(piece.polygon) + repr((piece.number, piece.grid, piece.reasons)).encode())
    return digest.hexdigest()


@pytest.mark.integration
def test_the_same_seed_gives_the_same_answer_in_every_process():
    code = "from tests.engines.districting.test_promises import answers; print(answers())"
    told = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**told, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for hash_seed in ("1", "2")
    ]
    assert said == [answers()] * 2
