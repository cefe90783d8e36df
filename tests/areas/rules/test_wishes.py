"""What may be wished of a plan: every rule a place has can be said, and what makes no sense is named."""

from __future__ import annotations

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.areas.rules.wishes import WEIGHTS, Wishes, WishRefused, refuse_contradictions, weights_of, wishes_of
from doorstep.core.text import Message, text
from doorstep.engines.districting.problem import GRID_BOUNDS, MICROGRID_BOUNDS, Weights


def test_the_usual_wishes_are_those_of_the_engine():
    usual = Wishes()
    assert (usual.bounds, usual.grid_bounds, usual.weights) == (MICROGRID_BOUNDS, GRID_BOUNDS, Weights())


@pytest.mark.parametrize(
    ("wishes", "low", "high", "target", "unit"),
    [
        (Wishes(), 200, 500, 350, "households"),
        (Wishes(grid_low=300), 300, 500, 400, "households"),
        (Wishes(grid_low=400, grid_high=520, grid_target=461), 400, 520, 461, "households"),
        (Wishes(grid_low=4, grid_high=6, grid_unit="microgrids"), 4, 6, 5, "microgrids"),
        (Wishes(grid_low=5, grid_high=5, grid_unit="microgrids"), 5, 5, 5, "microgrids"),
    ],
)
def test_every_rule_for_grids_that_places_have_can_be_wished(wishes, low, high, target, unit):
    refuse_contradictions(wishes)
    bounds = wishes.grid_bounds
    assert (bounds.low, bounds.high, bounds.target, bounds.unit) == (low, high, target, unit)


@pytest.mark.parametrize(
    ("wishes", "where"),
    [
        (Wishes(low=101), "low"),
        (Wishes(grid_low=501), "grid_low"),
        (Wishes(target=49), "target"),
        (Wishes(target=101), "target"),
        (Wishes(grid_target=199), "grid_target"),
        (Wishes(grid_low=4, grid_high=6, grid_target=75, grid_unit="microgrids"), "grid_target"),
    ],
)
def test_a_contradiction_is_refused_by_the_name_of_its_field(wishes, where):
    with pytest.raises(WishRefused) as refused:
        refuse_contradictions(wishes)
    assert refused.value.where == where
    assert str(refused.value)


@pytest.mark.parametrize("value", [-0.1, float("nan"), float("inf"), 100.1, "much", None])
@pytest.mark.parametrize("name", WEIGHTS)
def test_what_cannot_weigh_is_refused_by_its_name(name, value):
    with pytest.raises(WishRefused) as refused:
        weights_of({name: value})
    assert refused.value.where == f"weight_{name}"


def test_a_weight_that_does_not_exist_is_refused():
    with pytest.raises(WishRefused) as refused:
        weights_of({"beauty": 1.0})
    assert refused.value.where == "beauty"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_weight_of_the_engine_has_words(lang):
    for each in fields(Weights):
        assert text(Message(f"wishes-weight-{each.name}"), lang)
        assert text(Message(f"wishes-weight-{each.name}-hint", {"usual": "1"}), lang)


@given(
    weights=st.fixed_dictionaries({}, optional={name: st.floats(0, 100) for name in WEIGHTS}),
    sizes=st.tuples(st.integers(1, 1000), st.integers(1, 1000)),
    unit=st.sampled_from(["households", "microgrids"]),
)
def test_wishes_kept_with_a_plan_are_the_same_when_they_are_read(weights, sizes, unit):
    low, high = sorted(sizes)
    wishes = Wishes(low=low, high=high, target=high, grid_unit=unit, weights=weights_of(weights))
    assert wishes_of(asdict(wishes)) == wishes


def test_wishes_of_an_earlier_release_are_filled_up_with_the_usual():
    assert wishes_of({"low": 40, "high": 90, "count": "dwellings"}) == Wishes(low=40, high=90, count="dwellings")
    assert wishes_of({}) == Wishes()
