"""The place of a private case is seen in steps: from the door by its holder, to the community by the county."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.place_seen import Step, step_for
from doorstep.catalogue.item import Sensitivity

ROLES = ("grid", "community", "subdistrict", "county")


@pytest.mark.parametrize(
    ("sensitivity", "seen"),
    [
        (Sensitivity.ORDINARY, [Step.DOOR, Step.DOOR, Step.DOOR, Step.DOOR]),
        (Sensitivity.PERSONAL, [Step.MICROGRID, Step.MICROGRID, Step.GRID, Step.COMMUNITY]),
        (Sensitivity.SENSITIVE, [Step.GRID, Step.GRID, Step.COMMUNITY, Step.COMMUNITY]),
    ],
)
def test_each_level_sees_as_much_as_it_steers(sensitivity, seen):
    assert [step_for(sensitivity, role, is_holder=False) for role in ROLES] == seen


@given(st.sampled_from(list(Sensitivity)), st.sampled_from([*ROLES, "department"]))
def test_the_holder_whoever_rescues_and_whoever_is_asked_where_see_the_door(sensitivity, role):
    assert step_for(sensitivity, role, is_holder=True) is Step.DOOR
    assert step_for(sensitivity, role, is_holder=False, urgency="critical") is Step.DOOR
    assert step_for(sensitivity, role, is_holder=False, asks_where=True) is Step.DOOR


@given(st.sampled_from(list(Sensitivity)))
def test_nobody_further_up_sees_more_than_somebody_nearer(sensitivity):
    steps = [step_for(sensitivity, role, is_holder=False) for role in ROLES]
    assert steps == sorted(steps)


@given(st.sampled_from(ROLES))
def test_what_is_more_private_is_never_shown_more_exactly(role):
    steps = [step_for(each, role, is_holder=False) for each in Sensitivity]
    assert steps == sorted(steps)


@pytest.mark.parametrize("is_holder", [True, False])
def test_whoever_comes_by_a_link_sees_no_door_of_a_sensitive_case(is_holder):
    seen = [step_for(each, "outside", is_holder=is_holder) for each in Sensitivity]
    assert seen == [Step.DOOR, Step.MICROGRID, Step.GRID]
    assert step_for(Sensitivity.SENSITIVE, "outside", is_holder=is_holder, urgency="critical") is Step.DOOR
