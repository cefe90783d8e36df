"""How many live in a building, and how we know."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.areas.rules.households import (
    USUAL,
    Basis,
    BuildingFacts,
    estimate,
    spread,
    spread_lived_in,
)
from doorstep.areas.rules.kinds import HOUSING, BuildingKind

A_BLOCK = BuildingFacts(BuildingKind.RESIDENTIAL, footprint_m2=600.0)


def test_a_block_of_flats_without_floors_is_taken_to_have_six():
    estimated = estimate(A_BLOCK)
    assert (estimated.floors.value, estimated.floors.basis) == (6, Basis.ESTIMATED)
    assert (estimated.dwellings.value, estimated.dwellings.basis) == (40, Basis.ESTIMATED)
    assert (estimated.lived_in.value, estimated.lived_in.basis) == (34, Basis.ESTIMATED)


def test_known_floors_count_for_more_than_usual_ones():
    estimated = estimate(replace(A_BLOCK, floors=11))
    assert (estimated.floors.value, estimated.floors.basis) == (11, Basis.GIVEN)
    assert estimated.dwellings.value == round(600 * 11 / 90)


def test_what_was_counted_stays_and_is_marked_as_counted():
    counted = estimate(replace(A_BLOCK, floors=5, dwellings=48, lived_in=31, basis=Basis.COUNTED))
    figures = (counted.floors, counted.dwellings, counted.lived_in)
    assert [figure.value for figure in figures] == [5, 48, 31]
    assert {figure.basis for figure in figures} == {Basis.COUNTED}


def test_given_dwellings_are_the_ground_for_those_lived_in():
    estimated = estimate(replace(A_BLOCK, dwellings=100))
    assert estimated.dwellings.basis is Basis.GIVEN
    assert (estimated.lived_in.value, estimated.lived_in.basis) == (85, Basis.ESTIMATED)


def test_there_are_never_fewer_dwellings_than_households():
    crowded = estimate(replace(A_BLOCK, lived_in=90))
    assert crowded.dwellings.value == 90
    assert crowded.dwellings.rule.key == "areas-households-as-lived-in"


def test_a_small_house_on_the_map_as_residential_is_one_family():
    assert estimate(replace(A_BLOCK, footprint_m2=110.0)).lived_in.value == 1
    tower = estimate(replace(A_BLOCK, footprint_m2=110.0, floors=9))
    assert tower.dwellings.value == 11


@pytest.mark.parametrize("kind", sorted(set(BuildingKind) - HOUSING))
def test_nobody_is_taken_to_live_in_an_office_or_shed(kind):
    empty = estimate(BuildingFacts(kind, footprint_m2=2_000.0, floors=4))
    assert (empty.dwellings.value, empty.lived_in.value) == (0, 0)
    caretaker = estimate(BuildingFacts(kind, footprint_m2=2_000.0, lived_in=2))
    assert (caretaker.dwellings.value, caretaker.lived_in.value) == (2, 2)


@pytest.mark.parametrize("kind", sorted(HOUSING))
def test_every_kind_of_housing_has_somebody_in_it(kind):
    estimated = estimate(BuildingFacts(kind, footprint_m2=40.0))
    assert estimated.dwellings.value >= estimated.lived_in.value >= 1


def test_a_city_may_take_unnamed_buildings_for_housing():
    unnamed = BuildingFacts(BuildingKind.OTHER, footprint_m2=600.0, floors=6)
    assert estimate(unnamed).lived_in.value == 0
    assert estimate(unnamed, replace(USUAL, other_is=BuildingKind.RESIDENTIAL)).lived_in.value == 34


def test_every_estimate_says_its_rule_in_both_languages():
    from doorstep.core.text import text

    for kind in BuildingKind:
        for figure in vars_of(estimate(BuildingFacts(kind, 600.0))):
            assert all(text(figure.rule, lang) != figure.rule.key for lang in ("zh", "en"))
    by_area = text(estimate(A_BLOCK).dwellings.rule, "en")
    assert "600 m²" in by_area and "6 floors" in by_area and "block of flats" in by_area


def vars_of(estimated):
    return (estimated.floors, estimated.dwellings, estimated.lived_in)


def test_a_known_total_is_spread_by_size_and_adds_up():
    assert spread(10, [1, 1, 2]) == [3, 2, 5]
    assert spread(7, [0, 0]) == [4, 3]
    assert spread(0, []) == []


@given(total=st.integers(0, 10_000), shares=st.lists(st.floats(0, 1e6), min_size=1, max_size=60))
def test_spreading_never_loses_a_household_or_cheats_a_building_of_one(total, shares):
    parts = spread(total, shares)
    assert sum(parts) == total
    whole = sum(shares)
    if whole > 1e-3:
        assert all(abs(part - total * share / whole) < 1 + 1e-6 for part, share in zip(parts, shares, strict=True))


def test_spreading_over_nothing_or_less_is_a_fault():
    with pytest.raises(ValueError, match="negative"):
        spread(-1, [1.0])
    with pytest.raises(ValueError, match="no building"):
        spread(3, [])


def test_a_total_for_the_compound_corrects_estimates_and_leaves_counts_alone():
    counted = estimate(replace(A_BLOCK, lived_in=20, basis=Basis.COUNTED))
    twice = estimate(replace(A_BLOCK, footprint_m2=1_200.0))
    drawn = spread_lived_in(80, [counted, estimate(A_BLOCK), twice])
    assert [one.lived_in.value for one in drawn] == [20, 20, 40]
    assert [one.lived_in.basis for one in drawn] == [Basis.COUNTED, Basis.ESTIMATED, Basis.ESTIMATED]
    assert drawn[2].lived_in.rule.key == "areas-households-spread"
    assert drawn[2].dwellings == twice.dwellings


def test_a_total_below_what_was_counted_leaves_nobody_for_the_rest():
    counted = estimate(replace(A_BLOCK, lived_in=20, basis=Basis.COUNTED))
    assert [one.lived_in.value for one in spread_lived_in(10, [counted, estimate(A_BLOCK)])] == [20, 0]
    assert spread_lived_in(10, [counted]) == [counted]
