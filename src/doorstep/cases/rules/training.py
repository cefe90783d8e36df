"""Is a newly trained classifier worth taking into use?"""

from __future__ import annotations

from typing import Final, NamedTuple

from doorstep.core.text import Message, say

FEWEST_CASES: Final = 50
"""Fewer cases say nothing about which of two classifiers is better."""

SLIP: Final = 0.02
"""By how much the items' own checks, which nobody learns from, may be told worse."""

PRIVATE_UNTIL: Final = 5
"""A piece of text that the catalogue does not hold is kept only when so many different reporters wrote it."""


class Compared(NamedTuple):
    """Macro-F1 of the classifier in use and of the new one: on the same left-out cases, and on the items' checks."""

    cases: int
    before: float
    after: float
    checks_before: float
    checks_after: float


def why_not(compared: Compared) -> Message | None:
    """Why the new one is not taken into use; None when it is better."""
    if compared.cases < FEWEST_CASES:
        return say("wording-too-few-cases", cases=compared.cases, least=FEWEST_CASES)
    if compared.after <= compared.before:
        return say("wording-no-better", before=_percent(compared.before), after=_percent(compared.after))
    if compared.checks_after < compared.checks_before - SLIP:
        return say(
            "wording-checks-worse", before=_percent(compared.checks_before), after=_percent(compared.checks_after)
        )
    return None


def _percent(share: float) -> float:
    return round(100 * share, 1)
