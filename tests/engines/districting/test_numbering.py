import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.engines.districting.numbering import (
    BadCommunityCode,
    NumbersExhausted,
    grid_code,
    microgrid_code,
    number_within,
    reading_order,
)

COMMUNITY = "321102001005"


def test_numbers_run_from_west_to_east_and_then_to_the_next_row_south():
    x, y = np.meshgrid([0.0, 100, 200], [200.0, 100, 0])
    places = np.c_[x.ravel(), y.ravel()]
    assert reading_order(places).tolist() == list(range(9))


def test_a_row_may_be_a_little_uneven():
    places = np.array([[0.0, 95], [100, 105], [200, 100], [0, 3], [100, 0], [200, 5]])
    assert reading_order(places).tolist() == list(range(6))


def test_a_street_to_the_east_is_one_row_and_one_to_the_south_one_column():
    along = np.array([[30.0, 0.0], [10, 1], [20, 0]])
    assert reading_order(along).tolist() == [1, 2, 0]
    assert reading_order(along[:, ::-1] * [1, -1]).tolist() == [1, 2, 0]
    assert reading_order(np.array([[5.0, 5.0], [5, 5]])).tolist() == [0, 1]
    assert reading_order(np.zeros((0, 2))).tolist() == []


@given(st.lists(st.tuples(st.integers(-500, 500), st.integers(-500, 500)), max_size=40))
def test_every_place_is_numbered_once(places):
    xy = np.array(places, dtype=float).reshape(-1, 2)
    assert sorted(reading_order(xy).tolist()) == list(range(len(places)))


def test_numbers_begin_anew_in_each_grid():
    places = np.array([[0.0, 0], [10, 0], [20, 0], [30, 0]])
    assert number_within(np.array([0, 1, 0, 1]), places, "micro-grids", 99).tolist() == [1, 1, 2, 2]


def test_more_than_the_digits_can_number_is_refused():
    with pytest.raises(NumbersExhausted) as refused:
        number_within(np.zeros(100, int), np.zeros((100, 2)), "micro-grids", 99)
    assert (refused.value.level, refused.value.count, refused.value.most) == ("micro-grids", 100, 99)


def test_a_code_has_seventeen_digits():
    assert grid_code(COMMUNITY, 7) == "321102001005007"
    assert microgrid_code(COMMUNITY, 7, 12) == "32110200100500712"


@pytest.mark.parametrize(("grid", "microgrid"), [(0, 1), (1000, 1), (1, 0), (1, 100)])
def test_a_number_without_digits_is_refused(grid, microgrid):
    with pytest.raises(NumbersExhausted):
        microgrid_code(COMMUNITY, grid, microgrid)


@pytest.mark.parametrize("code", ["", "32110200100", "3211020010055", "32110200100x"])
def test_a_community_code_of_another_length_is_refused(code):
    with pytest.raises(BadCommunityCode):
        grid_code(code, 1)
