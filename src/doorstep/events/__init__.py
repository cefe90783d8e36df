"""The shared language of the capabilities: one tells, others react, and neither knows the other.

A reaction runs in the transaction of what it reacts to, so both happen or neither.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

E = TypeVar("E")
Reaction = Callable[[Sequence[Any]], None]

_reactions: dict[type, list[Reaction]] = {}


def on(kind: type[E]) -> Callable[[Callable[[Sequence[E]], None]], Callable[[Sequence[E]], None]]:
    """Register a reaction to all events of this kind that one transaction tells together."""

    def register(reaction: Callable[[Sequence[E]], None]) -> Callable[[Sequence[E]], None]:
        listeners = _reactions.setdefault(kind, [])
        if reaction not in listeners:
            listeners.append(reaction)
        return reaction

    return register


def tell(events: Sequence[Any]) -> None:
    """Let everybody react who asked for this kind of event; events of one call are of one kind."""
    if not events:
        return
    for reaction in _reactions.get(type(events[0]), []):
        reaction(events)
