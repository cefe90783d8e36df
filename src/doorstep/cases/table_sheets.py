"""The decision table as CSV and Excel, out and in: codes or names in the cells, one row a row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from doorstep.areas.readers.formats import Format, Limits, recognise
from doorstep.areas.readers.report import Report
from doorstep.areas.readers.tables import plain_text, rows
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.table.checking import MOST_ROWS, Fault
from doorstep.cases.rules.table.moment import DAYS
from doorstep.cases.rules.table.rows import Row, Words, words_of
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.cells import harmless
from doorstep.core.text import languages, text

COLUMNS: Final = (
    "what", "places", "urgencies", "days", "hours", "begins", "ends", "holder", "helpers", "limit", "reason",
)  # fmt: skip
MANY: Final = frozenset({"what", "places", "urgencies", "days", "helpers"})
LIMITS: Final = Limits(file_bytes=4 * 1024 * 1024, unpacked_bytes=32 * 1024 * 1024, rows=MOST_ROWS)
WIDTHS: Final = {"what": 32, "places": 32, "holder": 24, "helpers": 24, "reason": 48, "told": 60}
_COUNT: Final = re.compile(r"[0-9]{1,6}(\.[0-9]{1,3})?")
_SPACES: Final = re.compile(r"\s+")
# A limit is kept as `parse_limit` reads it, and said as people say it.
_UNITS: Final = {
    "h": "hours",
    "d": "days",
    "working hours": "working-hours",
    "working hour": "working-hours",
    "working days": "working-days",
    "working day": "working-days",
}
_SEPARATORS: Final = re.compile(r"[、,，;；\n]+")


def head() -> list[str]:
    """The names of the columns, in the reader's language; the last is for people only."""
    return [text(f"table-column-{name}") for name in (*COLUMNS, "told")]


def cells_of(row: Row, told: str) -> list[str]:
    """A row as cells."""
    words = words_of(row)
    written = [limit_said(words.limit) if name == "limit" else getattr(words, name) for name in COLUMNS]
    return [*("、".join(each) if isinstance(each, tuple) else each for each in written), told]


def workbook(kept: Iterable[Sequence[str]]) -> bytes:
    """An .xlsx file; codes are text, so that no digit is rounded away."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(text("table-title"))
    sheet.freeze_panes = "A2"
    for place, name in enumerate((*COLUMNS, "told"), 1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(name, 16)
    heads = [WriteOnlyCell(sheet, value=each) for each in head()]
    for each in heads:
        each.font = Font(bold=True)
    sheet.append(heads)
    for row in kept:
        sheet.append([cell if cell.isdecimal() else harmless(cell) for cell in row])
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


class Sheet(NamedTuple):
    """What a file holds: its rows by their number in the spreadsheet, and what in its cells is no words."""

    rows: list[tuple[int, Words]]
    faults: list[tuple[int, Fault]]


def read_sheet(path: Path) -> Sheet:
    """The rows of a file; raises `FileRefused` where it is no table at all."""
    report = Report(path.name)
    format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), LIMITS)
    found = []
    for row in rows(path, format_, _aliases(), report, LIMITS):
        cells = {
            name: plain_text(cell, row.number, name, report) for name, cell in row.cells.items() if name in COLUMNS
        }
        found.append((row.number, words_from(cells)))
    problems = report.findings().problems
    return Sheet(found, [(int(each.row or 1), Fault(each.field, each.what)) for each in problems])


def words_from(cells: Mapping[str, str]) -> Words:
    """A row from cells or from a form: several answers in one cell stand apart by commas; names become codes."""
    written: dict[str, Any] = {}
    for name in COLUMNS:
        cell = cells.get(name, "").strip()
        if name in MANY:
            parts = [each.strip() for each in _SEPARATORS.split(cell) if each.strip()]
            written[name] = tuple(dict.fromkeys(_coded(name, each) for each in parts))
        else:
            read = _READ.get(name)
            written[name] = read(cell) if read else cell
    return Words(**written)


def limit_said(written: str) -> str:
    """A limit as one says it, in the reader's language; what cannot be read, as it was written."""
    count, _, unit = written.partition(" ")
    name = _UNITS.get(unit)
    return text(f"table-limit-{name}", count=float(count)) if name and _COUNT.fullmatch(count) else written


def _limit_read(cell: str) -> str:
    """The limit that was said in either language as it is kept; anything else as it was written."""
    count, squeezed = _COUNT.match(cell), _SPACES.sub("", cell)
    if count is None:
        return cell
    said = {
        _SPACES.sub("", text(f"table-limit-{name}", lang, count=float(count[0]))): unit
        for unit, name in _UNITS.items()
        for lang in languages
    }
    return f"{count[0]} {said[squeezed]}" if squeezed in said else cell


def _coded(column: str, written: str) -> str:
    known = _names().get("holder" if column == "helpers" else column, {})
    return known.get(written.lower(), written)


@cache
def _aliases() -> dict[str, list[str]]:
    return {name: [text(f"table-column-{name}", lang) for lang in languages] for name in (*COLUMNS, "told")}


def _names() -> dict[str, dict[str, str]]:
    """What people call things, in both languages, and the code of each."""
    known = catalogue()
    named = [(item.name, code) for code, item in known.items.items()]
    classes = [(each.name, code) for code, each in known.classes.items()]
    departments = [(each.name, f"{Level.DEPARTMENT}:{code}") for code, each in known.departments.items()]
    levels = {text(f"table-kind-{each}", lang): str(each) for each in Level for lang in languages}
    return {
        "what": _by_name([*classes, *named]),
        "holder": _by_name(departments) | {name.lower(): code for name, code in levels.items()},
        "urgencies": {text(f"cases-urgency-{each}", lang).lower(): str(each) for each in Urgency for lang in languages},
        "days": {text(f"table-day-{each}", lang).lower(): each for each in DAYS for lang in languages},
    }


def _by_name(named: Iterable[tuple[Any, str]]) -> dict[str, str]:
    return {said.lower(): code for name, code in named for said in (name.zh, name.en)}


_READ: Final = {"holder": lambda cell: _coded("holder", cell), "limit": _limit_read}
