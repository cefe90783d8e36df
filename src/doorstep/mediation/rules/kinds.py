"""From which cases mediation is offered: disputes, and the leak between two flats."""

from __future__ import annotations

from typing import Final

DISPUTES: Final = "04"
"""The class of disputes."""
ITEMS: Final = frozenset({"leak-between-flats"})


def may_be_mediated(case_class: str, item: str) -> bool:
    """Whether its reporter is offered mediation."""
    return case_class.startswith(DISPUTES) or item in ITEMS
