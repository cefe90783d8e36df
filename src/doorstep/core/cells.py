"""Cells of a table that a spreadsheet will open."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula, in half and full width (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # read, not shown
_BREAKS = ("\t", "\r", "\n")


def harmless(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula; numbers stay numbers."""
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    written = str(cell)
    return f"'{written}" if written.lstrip().startswith(_FORMULA) or written.startswith(_BREAKS) else written
