"""What every way of fitting gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from doorstep.engines.wording.weighing import Floats, Ints, Rows


class Fit(NamedTuple):
    """Weights of shape (pieces, labels) and a bias for each label, the higher the likelier.

    `left_out[i]` holds the scores that example i would get had it not been an example.
    """

    weights: Floats
    bias: Floats
    left_out: Floats


Fitting = Callable[[Rows, Ints, int], Fit]
"""Examples, the number of the label of each, and how many labels there are."""
