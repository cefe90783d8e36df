"""Which moves of a case are told to its reporter, and in which words. What they did themselves they know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from doorstep.core.text import Message, from_json, say
from doorstep.core.time.zone import local
from doorstep.events.cases import CaseMoved

Words = Callable[[CaseMoved], Message | None]


def told(moved: CaseMoved) -> Message | None:
    """What to say of this move, or None when there is nothing that the reporter would want to hear."""
    if moved.by_hat == "reporter":
        return None
    words = TELLING.get(moved.move)
    return None if words is None else words(moved)


def _asked(moved: CaseMoved) -> Message | None:
    if "days" in moved.facts:
        # More time: told when it is answered.
        return None
    if moved.facts.get("question") == "did-it-hold":
        return say("held-notice")
    if moved.facts.get("question") == "unreasonable":
        # Told when it is decided.
        return None
    if moved.facts.get("question") == "tell-us-more":
        return say("notices-asked")
    if moved.facts.get("question") in ("neighbour-objects", "is-it-done"):
        return say("notices-objected")
    return say("notices-received")


def _dispatched(moved: CaseMoved) -> Message:
    return say("notices-dispatched", because=_because(moved))


def _noted(moved: CaseMoved) -> Message | None:
    if "voices" in moved.facts:
        return say("notices-voice-added" if moved.facts["voices"] > 0 else "notices-voice-gone")
    if "absent" in moved.facts:
        return say("notices-absent", because=_because(moved))
    if "promised_by" in moved.facts:
        return say("notices-reckoned")
    # The words themselves stay behind the link: letters and text messages pass through other people's machines.
    return say("notices-noted") if moved.has_words_for_reporter else None


def _done(moved: CaseMoved) -> Message:
    return say(f"notices-done-{moved.facts.get('outcome', 'solved')}")


def _closed(moved: CaseMoved) -> Message:
    return say("notices-closed", because=_because(moved))


def _merged(moved: CaseMoved) -> Message:
    return say("notices-merged", because=_because(moved))


def _taken(moved: CaseMoved) -> Message | None:
    return None if moved.facts.get("by_itself") else say("notices-taken")


def _paused(moved: CaseMoved) -> Message:
    until = local(datetime.fromisoformat(moved.facts["until"]))
    when = say("parts-moment", month=until.month, day=until.day, time=f"{until:%H:%M}")
    return say("notices-paused", because=_because(moved), when=when)


def _extended(moved: CaseMoved) -> Message | None:
    return say("notices-extended", because=_because(moved)) if moved.facts["granted"] else None


def _pressed(moved: CaseMoved) -> Message | None:
    if moved.facts.get("owner") == "absent":
        return say("notices-absent", because=_because(moved))
    # That time is running short concerns the holder; that it has run out concerns whoever waits.
    return say("notices-pressed", because=_because(moved)) if moved.facts["rung"] not in ("holder", "head") else None


def _because(moved: CaseMoved) -> Message | str:
    because = moved.facts.get("because")
    return from_json(because) if because else ""


TELLING: Final[Mapping[str, Words]] = {
    "ask": _asked,
    "dispatch": _dispatched,
    "take": _taken,
    "pause": _paused,
    "resume": lambda moved: say("notices-resumed"),
    "extend": _extended,
    "press": _pressed,
    "note": _noted,
    "do": _done,
    "redo": lambda moved: say("notices-redone"),
    "close": _closed,
    "reopen": lambda moved: say("notices-reopened"),
    "merge": _merged,
    "unmerge": _merged,
}
"""A move that is not here is told with the next one: locating, classifying, declining, verifying."""


def concerns_voices(moved: CaseMoved) -> bool:
    """Whether those who joined the case are told too: all of it, but for who else joins and leaves."""
    return "voices" not in moved.facts
