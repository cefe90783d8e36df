import numpy as np
import shapely
from tests.engines.districting.small import a_street

from doorstep.engines.districting.atoms import cut_into_atoms
from doorstep.engines.districting.problem import Buildings


def test_a_building_of_fifty_is_one_atom_and_an_empty_one_is_none():
    atoms = cut_into_atoms(a_street([50, 0, 3]))
    assert atoms.building.tolist() == [0, 2]
    assert atoms.households.tolist() == [50, 3]


def test_a_long_building_above_fifty_is_cut_into_its_entrances_from_west_to_east():
    long = Buildings([[0, 0]], [62], [shapely.box(-30, -5, 30, 5)], floors=[6], entrances=[3])
    atoms = cut_into_atoms(long)
    assert atoms.section.tolist() == [0, 1, 2]
    assert atoms.households.sum() == 62
    assert np.ptp(atoms.households) <= 1
    assert np.allclose(atoms.xy[:, 0], [-20, 0, 20])


def test_where_entrances_are_not_known_there_is_one_every_fifteen_metres():
    atoms = cut_into_atoms(Buildings([[0, 0]], [80], [shapely.box(-5, -30, 5, 30)]))
    assert len(atoms) == 4
    assert np.allclose(atoms.xy[:, 1], [-22.5, -7.5, 7.5, 22.5])


def test_a_tower_stays_whole():
    assert len(cut_into_atoms(Buildings([[0, 0]], [120], [shapely.box(-9, -9, 9, 9)]))) == 1


def test_a_building_known_only_by_its_place_is_whole_unless_its_entrances_are_known():
    assert len(cut_into_atoms(Buildings([[0, 0]], [80]))) == 1
    assert cut_into_atoms(Buildings([[0, 0]], [80], entrances=[2])).households.tolist() == [40, 40]


def test_a_footprint_without_width_is_taken_for_a_place():
    thin = shapely.Polygon([(0, 0), (10, 0), (0, 0)])
    assert np.allclose(cut_into_atoms(Buildings([[5, 0]], [9], [thin])).xy, [[5, 0]])


def test_floors_not_known_are_guessed_at_four_homes_each():
    atoms = cut_into_atoms(a_street([9, 9], floors=[0, 6]))
    assert atoms.floors.tolist() == [3, 6]


def test_no_section_is_left_without_a_household():
    atoms = cut_into_atoms(Buildings([[0, 0]], [51], [shapely.box(-600, -5, 600, 5)], entrances=[80]))
    assert (atoms.households == 1).all()
