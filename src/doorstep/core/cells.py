"""Cells of a table that a spreadsheet will open."""

from __future__ import annotations

# What a spreadsheet takes for the beginning of a formula, in half and full width (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")  # read, not shown
_BREAKS = ("\t", "\r", "\n")
# Spreadsheets keep 15 digits of a number (IEEE 754 double); the code of a micro-grid has 17.
_MOST_DIGITS = 15


def harmless(cell: object) -> str:
    """The cell as text that no spreadsheet takes for a formula, or rounds; numbers stay numbers.

    A tab behind a long code makes it text for a spreadsheet; a program that reads codes drops blanks anyway.
    """
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return str(cell)
    written = str(cell)
    if written.isdecimal() and len(written) > _MOST_DIGITS:
        return f"{written}\t"
    return f"'{written}" if written.lstrip().startswith(_FORMULA) or written.startswith(_BREAKS) else written
