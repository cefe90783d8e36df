"""Which things that happen other software is told of, and what they are called: names with their version."""

from __future__ import annotations

from typing import Final

from doorstep.events.cases import CaseMoved

REPORTED: Final = "case.reported.v1"
RECLASSIFIED: Final = "case.reclassified.v1"
PLAN_IN_FORCE: Final = "plan.in_force.v1"
PING: Final = "webhook.ping.v1"

_BY_MOVE: Final = {
    # A case is told of when its place and class are known; that it was classified before, the reaction sees.
    "classify": REPORTED,
    "dispatch": "case.dispatched.v1",
    "take": "case.taken.v1",
    "do": "case.answered.v1",
    "redo": "case.reopened.v1",
    "reopen": "case.reopened.v1",
    "close": "case.closed.v1",
    "merge": "case.merged.v1",
    "withdraw": "case.withdrawn.v1",
    "erase": "case.erased.v1",
}
KINDS: Final = (
    REPORTED,
    RECLASSIFIED,
    *dict.fromkeys(kind for kind in _BY_MOVE.values() if kind != REPORTED),
    PLAN_IN_FORCE,
)
"""What may be subscribed to, in the order in which it happens; a ping goes to whoever asks for it."""


def kind_of(moved: CaseMoved) -> str | None:
    """What a move is called; None for what stays in the house: locating, notes, questions, objections."""
    return _BY_MOVE.get(moved.move)
