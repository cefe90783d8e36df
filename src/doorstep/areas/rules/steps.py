"""Replay the steps by which people changed a draft: which micro-grid each atom is in, and what can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

CHANGES: Final = frozenset({"move", "split", "merge"})
MOST_MICROGRIDS: Final = 99


@dataclass(frozen=True)
class Step:
    """One row of the ledger; the facts are those of `areas.models.PlanStep`."""

    seq: int
    kind: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Replayed:
    """How a draft stands after its steps: the code of each atom's micro-grid, by position.

    `done` are the changes in force, oldest first; `undone` those that can be done again, the next one last. `reason` is
    empty where the micro-grids have changed since somebody wrote one.
    """

    codes: tuple[str, ...]
    locked: frozenset[str]
    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    reason: str
    version: int

    @property
    def is_changed(self) -> bool:
        return bool(self.done)


def replay(start: Sequence[str], steps: Iterable[Step]) -> Replayed:
    """From the computed plan to the plan as people left it."""
    done: list[Step] = []
    undone: list[Step] = []
    locked: set[str] = set()
    reason, version = "", 0
    for step in steps:
        version = step.seq
        if step.kind in CHANGES:
            done, undone, reason = [*done, step], [], ""
        elif step.kind == "undo":
            undone, reason = [*undone, done.pop()], ""
        elif step.kind == "redo":
            done, reason = [*done, undone.pop()], ""
        elif step.kind == "keep":
            reason = step.facts["reason"]
        elif step.kind == "lock":
            locked.add(step.facts["code"])
        else:
            locked.discard(step.facts["code"])
    return Replayed(_applied(start, done), frozenset(locked), tuple(done), tuple(undone), reason, version)


def _applied(start: Sequence[str], changes: Iterable[Step]) -> tuple[str, ...]:
    codes = list(start)
    for change in changes:
        for positions in change.facts["from"].values():
            for position in positions:
                codes[position] = change.facts["to"]
    return tuple(codes)


def next_code(grid: str, taken: Iterable[str], now: Iterable[str]) -> str | None:
    """A code for a new micro-grid of a grid: the lowest number that was never taken, or else one that is free now.

    A number that another micro-grid had before would let its past be read as that of the new one.
    """
    for used in ({*taken, *now}, set(now)):
        for number in range(1, MOST_MICROGRIDS + 1):
            if (code := f"{grid}{number:02d}") not in used:
                return code
    return None
