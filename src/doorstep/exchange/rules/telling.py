"""Which moves of a case another platform is told of, and what they are called in its language."""

from __future__ import annotations

from typing import Final

from doorstep.events.cases import CaseMoved

KINDS: Final = {
    "dispatch": "dispatched",
    "take": "taken",
    "do": "answered",
    "redo": "reopened",
    "reopen": "reopened",
    "close": "closed",
    "merge": "merged",
    "withdraw": "withdrawn",
}


def kind_of(moved: CaseMoved) -> str | None:
    """What the row is called; None for what stays in the house: locating, classifying, saying no, verifying."""
    if moved.move == "note":
        return "noted" if moved.has_words_for_reporter else None
    if moved.move == "ask":
        # Only what the reporter is asked can be answered by whoever speaks for the reporter.
        return "asked" if moved.facts.get("question") == "tell-us-more" else None
    if moved.move == "close" and moved.facts.get("outcome") == "out-of-scope":
        return "returned"
    return KINDS.get(moved.move)
