"""Far more than the work asks is an alarm; a busy hour and a curious minute are none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from doorstep.cases.rules.bulk_views import Bounds, is_alarming

BOUNDS = Bounds(cases=60, contacts=8, times=3)
COUNTS = st.integers(0, 5000)


@pytest.mark.parametrize(
    ("opened", "worked_on", "what", "alarms"),
    [
        (60, 0, "case", False),
        (61, 0, "case", True),
        (61, 21, "case", False),
        (200, 20, "case", True),
        (8, 0, "contact", False),
        (9, 0, "contact", True),
        (9, 3, "contact", False),
        (30, 9, "contact", True),
        (20, 0, "case-list", False),
        (21, 0, "case-list", True),
        (21, 7, "case-list", False),
    ],
)
def test_both_bounds_must_be_passed(opened, worked_on, what, alarms):
    assert is_alarming(opened, worked_on, what, BOUNDS) is alarms


@given(COUNTS, COUNTS, st.sampled_from(["case", "contact", "case-list"]))
def test_whoever_worked_on_a_third_of_what_they_opened_raises_none(opened, worked_on, what):
    if opened <= 3 * worked_on:
        assert not is_alarming(opened, worked_on, what, BOUNDS)


@given(COUNTS, COUNTS, COUNTS, st.sampled_from(["case", "contact", "case-list"]))
def test_more_work_never_raises_an_alarm(opened, worked_on, more, what):
    if not is_alarming(opened, worked_on, what, BOUNDS):
        assert not is_alarming(opened, worked_on + more, what, BOUNDS)
