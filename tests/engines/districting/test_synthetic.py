from itertools import islice

import numba
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.districting.atoms import cut_into_atoms
from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.synthetic import (
    HOUSING,
    RIVER_M,
    ROAD_M,
    Kind,
    city,
    communities,
    community_of,
)

seeds = st.integers(0, 2**32)
numbers = st.integers(0, 100_000)


def in_bytes(community):
    buildings = community.buildings
    columns = (buildings.xy, buildings.households, buildings.floors, buildings.compounds, buildings.entrances)
    shapes = np.r_[buildings.footprints, community.barriers, community.streets, community.compounds]
    return [column.tobytes() for column in columns] + shapely.to_wkb(shapes).tolist()


@settings(max_examples=20, deadline=None)
@given(seeds, numbers)
def test_the_same_seed_makes_the_same_community(seed, number):
    assert in_bytes(community_of(seed, number)) == in_bytes(community_of(seed, number))


def test_another_seed_and_another_number_make_another():
    assert len({in_bytes(community_of(seed, number))[1] for seed in range(3) for number in range(3)}) == 9


@settings(max_examples=40, deadline=None)
@given(seeds, numbers, st.sampled_from(Kind))
def test_houses_stand_on_their_land_apart_from_each_other_and_from_river_and_road(seed, number, kind):
    community = community_of(seed, number, kind)
    shapes = community.buildings.footprints
    assert shapely.covers(community.ground, shapes).all()
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    assert (one == other).all()
    for line in community.rivers:
        assert shapely.distance(shapes, line).min() >= RIVER_M
    for line in community.roads:
        assert shapely.distance(shapes, line).min() >= ROAD_M
    blocks = community.compounds[community.buildings.compounds]
    assert shapely.covers(blocks, shapely.points(community.buildings.xy)).all()


@settings(max_examples=40, deadline=None)
@given(seeds, numbers, st.sampled_from(Kind), st.integers(1, 4000))
def test_as_many_households_as_were_asked_for_or_at_least_half(seed, number, kind, households):
    community = community_of(seed, number, kind, households)
    largest = max(max(each.floors) * max(each.homes) * max(each.entrances) for each in HOUSING.values())
    assert households <= 2 * community.households
    assert community.households < households + largest


def test_a_larger_city_begins_with_the_smaller_one():
    small, large = list(city(10_000, 3)), list(city(30_000, 3))
    assert [in_bytes(each) for each in small] == [in_bytes(each) for each in large[: len(small)]]
    for communities_, least in ((small, 10_000), (large, 30_000)):
        total = sum(each.households for each in communities_)
        assert least <= total < least + communities_[-1].households


def test_communities_stand_side_by_side_in_rows():
    grounds = [each.ground for each in islice(communities(1), 60)]
    one, other = shapely.STRtree(grounds).query(grounds, predicate="intersects")
    assert (one == other).all()
    assert len({ground.bounds[1] for ground in grounds}) > 1
    moved = next(islice(communities(1), 1, None))
    assert np.allclose(moved.buildings.xy - moved.ground.bounds[:2], community_of(1, 1).buildings.xy)


def test_the_kinds_are_told_apart_by_what_their_atoms_hold():
    """The figures that the page on the benchmark names."""
    mean = {}
    for kind in Kind:
        atoms = [cut_into_atoms(community_of(5, number, kind).buildings).households for number in range(12)]
        mean[kind] = float(np.concatenate(atoms).mean())
    assert mean[Kind.VILLAGE] < 3 < 8 < mean[Kind.MIXED] < 18 < mean[Kind.SLAB] < 26
    assert mean[Kind.SLAB] <= mean[Kind.MID_RISE] + 4 < 40 < mean[Kind.TOWER] < 132


@pytest.mark.skipif(numba.config.DISABLE_JIT, reason="A whole community takes minutes without the compiler.")
@pytest.mark.parametrize("kind", Kind)
def test_a_community_of_each_kind_can_be_divided(kind):
    community = community_of(0, 0, kind, 900)
    division = divide(community.buildings, barriers=community.barriers, boundary=community.ground, effort="quick")
    assert division.households == community.households
    assert all(piece.is_in_range or piece.certificate for piece in division.microgrids)
