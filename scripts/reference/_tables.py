"""Markdown tables, and the line that tells a reader not to write there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

HEAD = "<!-- Written by scripts/make_reference.py from the code; change the code instead. -->\n"


def table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar inside a cell stays a bar."""
    lines = [columns, ["---"] * len(columns), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines) + "\n"


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")


def code(words: Iterable[object]) -> str:
    """Each of them as code, with commas."""
    return ", ".join(f"`{word}`" for word in words)
