"""Which cases anybody may list: what concerns everybody, and nothing about anyone."""

from dataclasses import replace

import pytest
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.lifecycle import State
from doorstep.cases.rules.published import may_be_published, status_after
from doorstep.catalogue.item import Sensitivity

light = shipped_catalogue().items["street-light"]


def test_a_street_light_is_everybodys_matter():
    assert may_be_published(light)


@pytest.mark.parametrize(
    "item",
    [
        None,
        replace(light, public=False),
        replace(light, sensitivity=Sensitivity.PERSONAL),
        replace(light, sensitivity=Sensitivity.SENSITIVE),
    ],
)
def test_what_may_touch_a_person_is_not_listed(item):
    assert not may_be_published(item)


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_status(state):
    assert status_after(state, "").isupper()


def test_what_ended_says_how():
    assert status_after("closed", "solved") == "FIXED"
    assert status_after("closed", "explained") == "NO_FURTHER_ACTION"
    assert status_after("closed", "out-of-scope") == "NOT_COUNCILS_RESPONSIBILITY"
    assert status_after("closed", "unreasonable") == "CLOSED"
