"""What each weight costs: the same community, one weight changed at a time, judged by what no weight decides."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from doorstep.engines.districting import Bounds, Buildings, Weights, divide
from doorstep.engines.districting.measuring import (
    FACTORS,
    as_rows,
    compound_cuts,
    crossings,
    measures_of,
    metres_to_the_middle,
    roundness,
    values_of,
)
from doorstep.engines.districting.trades import trades, weights_at_work

ROWS, COLUMNS = 6, 8
BOUNDS = Bounds(50, 100)


@pytest.fixture(scope="module")
def village() -> Buildings:
    """Houses 30 m apart, two compounds as wide as five columns and three, eleven households each."""
    row, column = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    return Buildings(
        xy=np.c_[30.0 * column, 30.0 * row], households=np.full(ROWS * COLUMNS, 11), compounds=(column >= 5) * 1
    )


RIVER = shapely.LineString([(75, -100), (75, 300)])


@pytest.fixture(scope="module")
def tried(village):
    told = []
    found = trades(
        village, names=["barrier", "perimeter"], barriers=[RIVER], progress=lambda *heard: told.append(heard)
    )
    return found, told


def test_each_weight_is_tried_at_five_values_and_the_division_as_asked_counts_for_its_own(tried):
    found, _ = tried
    assert [each.weight for each in found] == [""] + ["barrier"] * 4 + ["perimeter"] * 4
    rows = as_rows(found, Weights(), "barrier")
    assert [row.value for row in rows] == [factor * Weights().barrier for factor in FACTORS]
    assert rows[2].measures == found[0].measures
    assert [row.value for row in as_rows(found, Weights(), "perimeter")] == list(FACTORS)


def test_the_answer_to_the_weights_as_they_are_is_what_divide_gives(village, tried):
    found, _ = tried
    assert found[0].measures == measures_of(divide(village, barriers=[RIVER], effort="quick"))


def test_a_river_that_weighs_nothing_is_crossed_and_one_that_weighs_much_is_not(tried):
    rows = as_rows(tried[0], Weights(), "barrier")
    assert rows[0].measures.crossings > 0 == rows[-1].measures.crossings


def test_who_waits_hears_how_far_it_has_come(tried):
    _, told = tried
    parts = [part for stage, part in told if stage == "trades"]
    assert len(parts) == 10 and parts[0] == 0.0 and parts[-1] == 1.0 and parts == sorted(parts)


def test_a_weight_of_nothing_is_tried_by_itself():
    assert values_of(Weights(compound=0.5), "compound") == (0.0, 0.25, 0.5, 1.0, 2.0)
    assert values_of(Weights(perimeter=0.0), "perimeter") == FACTORS


def test_nobody_can_move_where_no_plan_stands():
    assert "moved" not in weights_at_work({}) and "balance" not in weights_at_work({"balances": None})
    assert {"moved", "balance"} <= set(weights_at_work({"standing": object(), "balances": {"old": [1]}}))


def test_the_measures_are_what_can_be_reckoned_by_hand():
    """Two rows of three houses, cut between the second and the third column by bounds that leave no other way."""
    xy = np.array([(0, 0), (40, 0), (0, 40), (40, 40), (400, 0), (400, 40)], float)
    buildings = Buildings(xy=xy, households=[20] * 4 + [40] * 2, compounds=[0, 0, 0, 0, 0, 1])
    division = divide(buildings, bounds=BOUNDS, grid_bounds=Bounds(50, 500), effort="quick")
    assert sorted(piece.households for piece in division.microgrids) == [80, 80]
    near, far = np.hypot(20, 20), 20.0
    assert metres_to_the_middle(division) == pytest.approx((near + far) / 2)
    measures = measures_of(division)
    assert measures.off_target == 5.0 and measures.moved is None
    # Compound 0 has 120 households, more than one micro-grid holds: in two it is not cut beyond need.
    assert division.ground is not None and compound_cuts(division, division.ground) == 0


def test_a_compound_that_one_piece_could_hold_is_cut_once():
    xy = np.array([(0, 0), (30, 0), (60, 0), (90, 0)], float)
    buildings = Buildings(xy=xy, households=[30, 30, 30, 30], compounds=[0, 1, 1, 2])
    division = divide(buildings, bounds=BOUNDS, grid_bounds=Bounds(50, 500), effort="quick")
    assert len(division.microgrids) == 2 and measures_of(division).compound_cuts == 1


def test_a_piece_on_both_sides_of_a_river_crosses_it_once():
    xy = np.array([(0, 0), (0, 30), (60, 0), (60, 30)], float)
    river = shapely.LineString([(30, -100), (30, 200)])
    division = divide(Buildings(xy=xy, households=[20] * 4), barriers=[river], grid_bounds=Bounds(50, 500))
    assert len(division.microgrids) == 1
    assert division.ground is not None and crossings(division, division.ground) == 1


def test_a_square_is_rounder_than_a_strip():
    assert roundness(shapely.box(0, 0, 1, 1)) == pytest.approx(np.pi / 4)
    assert roundness(shapely.box(0, 0, 4, 1)) < 0.6 < roundness(shapely.box(0, 0, 1, 1))


def test_where_nobody_lives_there_is_nothing_to_measure():
    division = divide(Buildings(xy=[(0, 0), (50, 0)], households=[0, 0]))
    measures = measures_of(division)
    assert (measures.metres, measures.crossings, measures.compound_cuts) == (0.0, 0, 0)


def test_what_an_even_load_costs_is_measured_by_how_far_micro_grids_are_from_an_even_share(village: Buildings) -> None:
    # All of the old people live in the first two rows.
    old = np.where(np.arange(ROWS * COLUMNS) < 2 * COLUMNS, 6.0, 0.0)
    found = trades(village, names=["balance"], balances={"over 60": old}, bounds=BOUNDS, grid_bounds=Bounds(100, 600))
    rows = {each.value: each.measures for each in as_rows(found, Weights(), "balance")}
    assert all(each.uneven is not None for each in rows.values())
    assert rows[max(rows)].uneven < rows[0.0].uneven
    assert rows[max(rows)].metres >= rows[0.0].metres


def test_nobody_is_told_what_even_loads_cost_where_nothing_is_shared() -> None:
    assert "balance" not in weights_at_work({"balances": {}}) and "balance" in weights_at_work({"balances": {"a": [1]}})
