import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engines.districting.small import a_quarter, a_street
from tests.engines.districting.test_dividing import SMALL

from doorstep.engines.districting.dividing import divide
from doorstep.engines.districting.finer_steps import stairwells
from doorstep.engines.districting.problem import Buildings


def test_every_entrance_of_every_building_is_a_stairwell_of_its_micro_grid():
    street = a_street([9, 8, 0, 7], entrances=[3, 1, 2, 0])
    division = divide(street, **SMALL)
    steps, microgrid = stairwells(division, street)
    assert steps.building.tolist() == [0, 0, 0, 1, 3]
    assert steps.section.tolist() == [0, 1, 2, 0, 0]
    assert steps.households.tolist() == [3, 3, 3, 8, 7]
    assert microgrid.tolist() == [int(division.microgrid[building]) for building in (0, 0, 0, 1, 3)]


def test_the_neighbours_of_a_hub_household_are_as_few_as_was_asked():
    tower = Buildings([[0, 0], [40, 0]], [96, 60], floors=[12, 6], entrances=[2, 2])
    division = divide(tower)
    steps, _ = stairwells(division, tower, most=15)
    assert steps.households.max() <= 15
    assert set(steps.section.tolist()) == {0, 1}
    assert (steps.floor_from > 0).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 20), st.integers(0, 3), st.integers(0, 12))
def test_however_fine_the_steps_each_home_is_in_one_and_none_leaves_its_micro_grid(count, seed, most):
    quarter = a_quarter(count, seed, most=60)
    rng = np.random.default_rng(seed)
    buildings = Buildings(
        quarter.xy, quarter.households, quarter.footprints, quarter.floors, entrances=rng.integers(0, 4, count)
    )
    division = divide(buildings, effort="quick")
    steps, microgrid = stairwells(division, buildings, most)
    assert (np.bincount(steps.building, steps.households, count) == buildings.households).all()
    homes = np.bincount(microgrid, steps.households, len(division.microgrids))
    assert homes.tolist() == [piece.households for piece in division.microgrids]
    assert (steps.households > 0).all()
    names = np.c_[steps.building, steps.section, steps.floor_from]
    assert len(np.unique(names, axis=0)) == len(steps)
