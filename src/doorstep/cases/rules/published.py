"""Which cases may anybody list, and as what they stand there? What concerns everybody, and nothing about anyone."""

from __future__ import annotations

from typing import Final

from doorstep.cases.rules.lifecycle import State
from doorstep.catalogue.item import Item, Sensitivity

TOLD_MOVES: Final = ("report", "dispatch", "take", "do", "redo", "close", "reopen", "merge", "withdraw")
"""Moves after which whoever follows a public case from outside is told how it stands."""

_STATUS: Final = {
    State.DISPATCHED: "INVESTIGATING",
    State.TAKEN: "IN_PROGRESS",
    State.DONE: "IN_PROGRESS",
    State.VERIFIED: "IN_PROGRESS",
    State.MERGED: "DUPLICATE",
    State.WITHDRAWN: "CLOSED",
}
_ENDED_AS: Final = {
    "solved": "FIXED",
    "explained": "NO_FURTHER_ACTION",
    "out-of-scope": "NOT_COUNCILS_RESPONSIBILITY",
}


def may_be_published(item: Item | None) -> bool:
    """A street light is everybody's matter; whatever may touch a person is not listed."""
    return item is not None and item.public and item.sensitivity is Sensitivity.ORDINARY


def status_after(state: str, outcome: str) -> str:
    """The status in the words of Open311 with mySociety's further states."""
    if state == State.CLOSED:
        return _ENDED_AS.get(outcome, "CLOSED")
    return _STATUS.get(State(state), "OPEN")
