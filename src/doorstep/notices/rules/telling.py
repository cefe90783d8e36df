"""Which moves of a case are told to its reporter, and in which words. What they did themselves they know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from doorstep.core.text import Message, from_json, say
from doorstep.events.cases import CaseMoved

Words = Callable[[CaseMoved], Message | None]


def told(moved: CaseMoved) -> Message | None:
    """What to say of this move, or None when there is nothing that the reporter would want to hear."""
    if moved.by_hat == "reporter":
        return None
    words = TELLING.get(moved.move)
    return None if words is None else words(moved)


def _asked(moved: CaseMoved) -> Message:
    if moved.facts.get("question") == "tell-us-more":
        return say("notices-asked")
    return say("notices-received")


def _dispatched(moved: CaseMoved) -> Message:
    return say("notices-dispatched", because=_because(moved))


def _noted(moved: CaseMoved) -> Message | None:
    # The words themselves stay behind the link: letters and text messages pass through other people's machines.
    return say("notices-noted") if moved.has_words_for_reporter else None


def _done(moved: CaseMoved) -> Message:
    return say(f"notices-done-{moved.facts.get('outcome', 'solved')}")


def _closed(moved: CaseMoved) -> Message:
    return say("notices-closed", because=_because(moved))


def _merged(moved: CaseMoved) -> Message:
    return say("notices-merged", because=_because(moved))


def _because(moved: CaseMoved) -> Message | str:
    because = moved.facts.get("because")
    return from_json(because) if because else ""


TELLING: Final[Mapping[str, Words]] = {
    "ask": _asked,
    "dispatch": _dispatched,
    "take": lambda moved: say("notices-taken"),
    "note": _noted,
    "do": _done,
    "redo": lambda moved: say("notices-redone"),
    "close": _closed,
    "reopen": lambda moved: say("notices-reopened"),
    "merge": _merged,
}
"""A move that is not here is told with the next one: locating, classifying, declining, verifying."""
