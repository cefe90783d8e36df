import numpy as np
import pytest
import shapely

from doorstep.engines.districting.problem import (
    BadBounds,
    BadBuildings,
    Bounds,
    Buildings,
    DistrictingError,
    NoBuildings,
)


def test_the_target_is_the_middle_when_the_city_names_none():
    assert Bounds(50, 100).target == 75


@pytest.mark.parametrize(("low", "high", "target"), [(0, 10, 5), (60, 50, 55), (50, 100, 40), (50, 100, 101)])
def test_bounds_out_of_order_are_refused_with_their_figures(low, high, target):
    with pytest.raises(BadBounds) as refused:
        Bounds(low, high, target)
    assert (refused.value.low, refused.value.high, refused.value.target) == (low, high, target)


@pytest.mark.parametrize(
    ("total", "fits"), [(49, False), (50, True), (100, True), (101, True), (150, True), (7, False), (0, False)]
)
def test_fifty_to_a_hundred_leaves_no_gap_above_fifty(total, fits):
    assert Bounds(50, 100).fits(total) is fits


@pytest.mark.parametrize(
    ("total", "fits"), [(80, True), (81, False), (139, False), (140, True), (160, True), (161, False)]
)
def test_a_narrow_band_leaves_gaps_that_no_number_of_pieces_fills(total, fits):
    assert Bounds(70, 80).fits(total) is fits


def test_nothing_to_divide_is_refused():
    with pytest.raises(NoBuildings):
        Buildings([], [])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("households", [3, np.nan]),
        ("households", [3, -1]),
        ("households", [3, 1.5]),
        ("floors", [1, -2]),
        ("entrances", [1, -2]),
    ],
)
def test_a_figure_that_cannot_be_is_refused_with_its_row(field, value):
    given = {"households": [3, 4], field: value}
    with pytest.raises(BadBuildings) as refused:
        Buildings([[0, 0], [1, 1]], **given)
    assert refused.value.field == field
    assert refused.value.rows == (1,)


def test_a_building_without_a_place_is_refused_with_its_row():
    with pytest.raises(BadBuildings) as refused:
        Buildings([[0, np.nan], [1, 1]], [1, 1])
    assert refused.value.rows == (0,)


def test_a_column_of_another_length_is_refused():
    with pytest.raises(BadBuildings, match="3 values for 2 buildings"):
        Buildings([[0, 0], [1, 1]], [1, 1, 1])
    with pytest.raises(BadBuildings, match="1 values for 2 buildings"):
        Buildings([[0, 0], [1, 1]], [1, 1], [shapely.box(0, 0, 1, 1)])


def test_a_missing_footprint_is_refused_with_its_row():
    with pytest.raises(BadBuildings) as refused:
        Buildings([[0, 0], [1, 1]], [1, 1], [shapely.box(0, 0, 1, 1), None])
    assert refused.value.rows == (1,)


def test_every_refusal_is_a_value_error():
    assert issubclass(DistrictingError, ValueError)
