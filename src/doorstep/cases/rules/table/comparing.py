"""What a changed table would do to past cases, against the one in force: units and areas, never persons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import numpy as np

from doorstep.cases.rules.table.many import EXPLAINED, NO_ROW, NOBODY, Cases, Ground, Sent

MOST_LINES: Final = 5_000
COMMUNITY: Final = 12


@dataclass(frozen=True)
class Load:
    """How many cases a unit has by the table in force, and by the changed one."""

    unit: str
    before: int
    after: int


@dataclass(frozen=True)
class Place:
    """How many cases of a community go elsewhere, and how many would have nobody."""

    community: str
    cases: int
    moved: int
    nobody: int


@dataclass(frozen=True)
class Line:
    """Cases of one item in one community that go from one unit to another; an empty unit is nobody."""

    community: str
    item: str
    before: str
    after: str
    row: int
    cases: int


@dataclass(frozen=True)
class Compared:
    """The whole answer of a rehearsal. `rows` tells how many cases each row of the changed table decides."""

    cases: int = 0
    moved: int = 0
    explained: int = 0
    nobody_before: int = 0
    nobody_after: int = 0
    loads: list[Load] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    lines_left_out: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def compared(cases: Cases, ground: Ground, before: Sent, after: Sent) -> Compared:
    """Who gains and who loses, where, and which cases would have nobody."""
    moved = before.unit != after.unit
    lines, left_out = _lines(cases, ground, before, after, moved)
    decided, counts = np.unique(after.row[after.row != NO_ROW], return_counts=True)
    return Compared(
        cases=len(cases),
        moved=int(moved.sum()),
        explained=int((after.unit == EXPLAINED).sum()),
        nobody_before=int((before.unit == NOBODY).sum()),
        nobody_after=int((after.unit == NOBODY).sum()),
        loads=_loads(ground, before, after),
        places=_places(cases, ground, after, moved),
        lines=lines,
        lines_left_out=left_out,
        rows={str(row): int(count) for row, count in zip(decided, counts, strict=True)},
    )


def _loads(ground: Ground, before: Sent, after: Sent) -> list[Load]:
    size = len(ground.units)
    was = np.bincount(before.unit[before.unit >= 0], minlength=size)
    becomes = np.bincount(after.unit[after.unit >= 0], minlength=size)
    changed = [place for place in range(size) if was[place] != becomes[place]]
    changed.sort(key=lambda place: (-abs(int(becomes[place]) - int(was[place])), ground.units[place].id))
    return [Load(ground.units[place].id, int(was[place]), int(becomes[place])) for place in changed]


def _places(cases: Cases, ground: Ground, after: Sent, moved: Any) -> list[Place]:
    names, of_area = _communities(ground)
    here = of_area[cases.area] if len(cases) else np.zeros(0, np.int64)
    all_ = np.bincount(here, minlength=len(names))
    gone = np.bincount(here[moved], minlength=len(names))
    alone = np.bincount(here[after.unit == NOBODY], minlength=len(names))
    found = [
        Place(name, int(all_[place]), int(gone[place]), int(alone[place]))
        for place, name in enumerate(names)
        if gone[place] or alone[place]
    ]
    return sorted(found, key=lambda each: (-each.moved, -each.nobody, each.community))


def _lines(cases: Cases, ground: Ground, before: Sent, after: Sent, moved: Any) -> tuple[list[Line], int]:
    names, of_area = _communities(ground)
    wanted = moved | (after.unit == NOBODY)
    if not wanted.any():
        return [], 0
    columns = (of_area[cases.area], cases.item, before.unit, after.unit, after.row)
    table = np.column_stack([each[wanted] for each in columns])
    kinds, counts = np.unique(table, axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    told = [
        Line(
            community=names[community],
            item=ground.items[item].id if item >= 0 else "",
            before=_unit(ground, was),
            after=_unit(ground, becomes),
            row=max(0, int(row)),
            cases=int(count),
        )
        for (community, item, was, becomes, row), count in zip(
            kinds[order[:MOST_LINES]], counts[order[:MOST_LINES]], strict=True
        )
    ]
    return told, max(0, len(kinds) - MOST_LINES)


def _unit(ground: Ground, place: int) -> str:
    return ground.units[place].id if place >= 0 else ""


def _communities(ground: Ground) -> tuple[Sequence[str], Any]:
    names: dict[str, int] = {}
    numbers = [names.setdefault(area[:COMMUNITY], len(names)) for area in ground.areas]
    return list(names), np.array(numbers, np.int64)


def as_answer(found: Compared) -> dict[str, Any]:
    """What JSON keeps of it."""
    return asdict(found)


def from_answer(kept: dict[str, Any]) -> Compared:
    """What `as_answer` wrote."""
    return Compared(
        **{
            **kept,
            "loads": [Load(**each) for each in kept["loads"]],
            "places": [Place(**each) for each in kept["places"]],
            "lines": [Line(**each) for each in kept["lines"]],
        }
    )
