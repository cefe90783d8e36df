"""Outlines of a division that somebody has changed: a coverage, with every house on the ground of its own piece."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.districting import divide
from doorstep.engines.districting.atoms import WHOLE, cut_into_atoms, placed
from doorstep.engines.districting.graph import pairs_of
from doorstep.engines.districting.outlining import outlines_of, standing_on
from doorstep.engines.districting.problem import Buildings


@pytest.fixture(scope="module")
def divided():
    """Houses in rows, none of which touches another, in micro-grids."""
    places = [(30.0 * column + 3 * (row % 2), 40.0 * row + 2 * (column % 3)) for row in range(6) for column in range(8)]
    walls = [shapely.box(x - 10, y - 5, x + 10, y + 5) for x, y in places]
    buildings = Buildings(places, [20] * len(places), footprints=walls)
    return buildings, divide(buildings, effort="quick")


def outlined(buildings, division, label):
    atoms, ground = division.atoms, division.ground
    lived_in = atoms.households > 0
    floors = np.c_[atoms.floor_from, atoms.floor_to]
    order = np.argsort(ground.node[lived_in])
    assert (order == np.arange(len(order))).all()
    return outlines_of(
        buildings, atoms.building[lived_in], atoms.section[lived_in], floors[lived_in], label, pairs_of(ground.graph)
    )


def test_atoms_are_placed_where_they_were_cut():
    houses = [shapely.box(0, 0, 60, 10), shapely.box(0, 50, 20, 60)]
    buildings = Buildings([[30, 5], [10, 55]], [120, 20], footprints=houses, entrances=[4, 1])
    cut = cut_into_atoms(buildings)
    again = placed(buildings, cut.building, cut.section, np.zeros((len(cut), 2), np.int64))
    assert np.allclose(again.start, cut.start) and np.allclose(again.end, cut.end)
    assert (again.floor_from == WHOLE).all()


def test_bands_of_one_section_lie_side_by_side_in_its_strip():
    buildings = Buildings([[30, 5]], [120], footprints=[shapely.box(0, 0, 60, 10)])
    atoms = placed(buildings, np.zeros(3, np.int64), np.array([0, 0, 1]), np.array([[1, 6], [7, 12], [0, 0]]))
    assert np.allclose(atoms.start[:, 0], [0, 15, 30])
    assert np.allclose(atoms.end[:, 0], [15, 30, 60])


@settings(max_examples=20, deadline=None)
@given(moves=st.lists(st.tuples(st.integers(0, 47), st.integers(0, 8)), max_size=6))
def test_whatever_a_person_moved_the_outlines_tile_the_ground_and_hold_their_houses(divided, moves):
    buildings, division = divided
    label = division.microgrid[division.atoms.households > 0].copy()
    for atom, piece in moves:
        label[atom] = min(piece, label.max())
    label = np.unique(label, return_inverse=True)[1].reshape(-1)
    polygons = outlined(buildings, division, label)
    assert polygons is not None
    assert shapely.coverage_is_valid(polygons) and shapely.is_valid(polygons).all()
    whole = shapely.union_all(polygons)
    assert shapely.area(polygons).sum() == pytest.approx(whole.area) and len(whole.interiors) == 0
    atoms = division.atoms
    lived_in = np.flatnonzero(atoms.households > 0)
    assert (standing_on(buildings, atoms.building[lived_in], polygons) == label).all()


def test_without_walls_there_is_nothing_to_be_true_to():
    buildings = Buildings([[0.0, 0.0]], [60])
    nothing = np.zeros(1, np.int64)
    assert outlines_of(buildings, nothing, nothing, np.zeros((1, 2), np.int64), nothing, np.zeros((0, 2), int)) is None
