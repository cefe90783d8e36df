"""The names that we give to grids ourselves are sentences, said in the reader's language; other names are data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from doorstep.core.text import Message, say, text

SOURCES: Final = frozenset({"osm", "own", "shape"})
"""What a file of buildings may be: an extract of OpenStreetMap, a file with ids of its own, or one of mere outlines."""
KEPT_IN: Final = "zh"
"""The language in which our names are kept."""


def of_grid(number: int) -> Message:
    """What a grid is called until somebody names it."""
    return say("areas-grid-name", number=number)


def of_microgrid(grid: int, number: int) -> Message:
    """What a micro-grid is called until somebody names it."""
    return say("areas-microgrid-name", grid=grid, number=number)


def of_part(entrance: int | None, floor_from: int | None = None, floor_to: int | None = None) -> list[Message]:
    """Which entrance and floors of a building are meant; nothing for the whole of it."""
    said = [] if entrance is None else [say("districting-hand-atom-entrance", number=entrance)]
    if floor_from is not None and floor_to is not None:
        key = "districting-hand-atom-floor" if floor_from == floor_to else "districting-hand-atom-floors"
        said.append(say(key, **{"from": floor_from, "to": floor_to}))
    return said


def said(name: str) -> Message | str:
    """A name for whoever reads it: one of ours as a message, what people call a place as it is."""
    for key, shape in _shapes():
        if ours := shape.fullmatch(name):
            return say(key, **{gap: int(number) for gap, number in ours.groupdict().items()})
    return name


def of_sources(sources: Iterable[str]) -> str:
    """Where data come from, for whoever reads it; each once."""
    return text("counts-and").join(
        dict.fromkeys(text(f"counts-source-{each}") if each in SOURCES else each for each in sources)
    )


@cache
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    grid, number = "(?P<grid>[0-9]+)", "(?P<number>[0-9]+)"
    return (
        ("areas-grid-name", re.compile(text("areas-grid-name", lang=KEPT_IN, number=number))),
        ("areas-microgrid-name", re.compile(text("areas-microgrid-name", lang=KEPT_IN, grid=grid, number=number))),
    )
