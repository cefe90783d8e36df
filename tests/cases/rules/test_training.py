"""A new model serves when it is better on cases that neither has learnt from, and no worse on the items' checks."""

import pytest

from doorstep.cases.rules.training import FEWEST_CASES, Compared, why_not


def test_a_better_model_is_taken():
    assert why_not(Compared(FEWEST_CASES, 0.70, 0.71, 0.90, 0.89)) is None


@pytest.mark.parametrize(
    ("compared", "key"),
    [
        (Compared(FEWEST_CASES - 1, 0.1, 0.9, 0.9, 0.9), "wording-too-few-cases"),
        (Compared(500, 0.70, 0.70, 0.90, 0.95), "wording-no-better"),
        (Compared(500, 0.70, 0.60, 0.90, 0.95), "wording-no-better"),
        (Compared(500, 0.70, 0.80, 0.90, 0.87), "wording-checks-worse"),
    ],
)
def test_what_is_not_better_is_left_with_its_reason(compared, key):
    assert why_not(compared).key == key
