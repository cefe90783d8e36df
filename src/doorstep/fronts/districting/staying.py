"""How much it has to gain before a household comes into another micro-grid, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from doorstep.areas.actions.drawing import STAY
from doorstep.core.text import say
from doorstep.fronts.parts import Choice

BY_NUMBER: Final = "number"
"""The weight is the number that the form asks for."""


def weight(form: Mapping[str, str]) -> dict[str, float]:
    """The weight that was chosen in words, by its name; nothing where the number counts."""
    chosen = form.get("stay", "")
    return {"moved": STAY[chosen]} if chosen in STAY else {}


def chosen(form: Mapping[str, str], moved: str) -> str:
    """What stands chosen in the form: as it was typed, or the words for this weight."""
    if form.get("stay") in (*STAY, BY_NUMBER):
        return form["stay"]
    return next((words for words, value in STAY.items() if f"{value:g}" == moved), BY_NUMBER)


def choices() -> list[Choice]:
    """What can be chosen."""
    return [
        Choice(each, say(f"districting-stay-{each}"), say(f"districting-stay-{each}-hint"))
        for each in (*STAY, BY_NUMBER)
    ]
