"""Somebody points at the houses of a hospital, and has its ground."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from doorstep.engines.districting.enclosing import REACH_M, ground_around


def houses(*corners: tuple[float, float]) -> np.ndarray:
    return np.array([shapely.box(x, y, x + 12, y + 10) for x, y in corners], dtype=object)


def test_a_house_by_itself_has_the_ground_around_it_as_far_as_it_reaches() -> None:
    lone = houses((0, 0))
    ground = ground_around(lone, [0])
    assert ground.covers(lone[0]) and ground.hausdorff_distance(lone[0]) <= REACH_M + 0.6


def test_between_two_houses_the_border_runs_midway() -> None:
    both = houses((0, 0), (32, 0))
    ground = ground_around(both, [0])
    assert ground.covers(both[0]) and not ground.intersects(both[1])
    assert ground.covers(shapely.Point(21, 5)) and not ground.intersects(shapely.Point(23, 5))


def test_neighbouring_houses_have_one_ground_and_those_far_apart_two() -> None:
    row = houses((0, 0), (20, 0), (400, 0))
    assert ground_around(row, [0, 1]).geom_type == "Polygon"
    assert ground_around(row, [0, 2]).geom_type == "MultiPolygon"


def test_buildings_that_are_points_have_ground_too() -> None:
    points = np.array([shapely.Point(0, 0), shapely.Point(40, 0)], dtype=object)
    ground = ground_around(points, [0])
    assert ground.covers(points[0]) and not ground.intersects(points[1])


def test_a_shop_under_the_chosen_house_is_there_too() -> None:
    tower = np.array([shapely.box(0, 0, 40, 40), shapely.box(10, 10, 30, 30)], dtype=object)
    assert ground_around(tower, [0]).covers(tower[0])
    assert ground_around(tower, [1]).covers(tower[1])


@settings(deadline=None, max_examples=60)
@given(
    st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=25),
    st.data(),
)
def test_the_ground_holds_all_that_was_chosen_and_nothing_else(
    places: set[tuple[int, int]], data: st.DataObject
) -> None:
    all_houses = houses(*((x * 17, y * 14) for x, y in sorted(places)))
    chosen = sorted(data.draw(st.sets(st.integers(0, len(all_houses) - 1), min_size=1)))
    ground = ground_around(all_houses, chosen)
    others = np.delete(all_houses, chosen)
    assert ground.is_valid and shapely.area(ground) > 0
    assert shapely.area(shapely.difference(all_houses[chosen], ground)).sum() == pytest.approx(0, abs=1e-6)
    assert shapely.area(shapely.intersection(others, ground)).sum() == pytest.approx(0, abs=1e-6)
