"""The whole catalogue as one Excel workbook, and back: sheets for classes, items, questions, limits and departments.

What a workbook does not say of a sheet stays as it is: a table of items alone changes no questions, and a column that
is left out changes nothing. Every row that cannot be read is named; nothing is taken in unless all of it can be.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import Format, Limits, recognise
from doorstep.areas.readers.records import Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.catalogue import columns
from doorstep.catalogue.kept import CLASSES, ITEMS
from doorstep.core import signs
from doorstep.core.cells import harmless
from doorstep.core.text import say

Said = Mapping[str, Any]

MOST: Final = Limits(file_bytes=8 * 1024 * 1024, unpacked_bytes=64 * 1024 * 1024, rows=20_000)
SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "classes": columns.CLASS,
    "items": columns.ITEM,
    "questions": ("item", *columns.QUESTION),
    "limits": ("limit", "value"),
    "departments": ("code", "name_zh", "name_en"),
}
_WIDE: Final = frozenset({"words", "examples", "checks", "options", "ask_zh", "ask_en", "value", "who"})
_SIGNS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # read, not shown
_FORMULA: Final = ("=", "@")
_FAILED: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
LONGEST_CELL: Final = 32_767


def workbook(sheets: Mapping[str, Said]) -> bytes:
    """An .xlsx file; the columns have the names by which files and programs know them, in every language."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for name, heads in SHEETS.items():
        _write(book, name, heads, _rows_of(name, sheets))
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _rows_of(name: str, sheets: Mapping[str, Said]) -> Iterator[Mapping[str, str]]:
    items = [said for key, said in sorted(sheets.items()) if key.startswith(ITEMS)]
    match name:
        case "classes":
            for key, said in sorted(sheets.items()):
                if key.startswith(CLASSES):
                    yield from columns.class_cells(said)
        case "items":
            yield from map(columns.item_cells, items)
        case "questions":
            for said in items:
                for question in said.get("question", ()):
                    yield {"item": said["id"], **columns.question_cells(question)}
        case "limits":
            for key, value in columns.limit_cells(sheets["limits"]).items():
                yield {"limit": key, "value": value}
        case "departments":
            for row in sheets["departments"]["department"]:
                yield {"code": row["code"], "name_zh": row["name"]["zh"], "name_en": row["name"]["en"]}


def _write(book: Any, name: str, heads: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for place, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 48 if head in _WIDE else 18
    written = [WriteOnlyCell(sheet, value=head) for head in heads]
    for cell in written:
        cell.font = Font(bold=True)
    sheet.append(written)
    for row in rows:
        sheet.append([harmless(row.get(head, "")) for head in heads])


@dataclass(frozen=True)
class Read:
    """What a file says of every sheet it names, and what is wrong with its rows.

    `rows` tells in which row the file says each, as `items:12`.
    """

    sheets: Mapping[str, Said]
    findings: Findings
    rows: Mapping[str, str] = field(default_factory=dict)


def read_workbook(path: Path, stands: Mapping[str, Said]) -> Read:
    """What the file says, on top of what `stands`: an Excel workbook, or a CSV of items alone (UTF-8 or GB18030)."""
    report = Report(path.name)
    try:
        if recognise(path, frozenset({Format.CSV, Format.EXCEL}), MOST) is Format.CSV:
            rows: dict[str, Any] = dict.fromkeys(SHEETS, ()) | {"items": list(_csv(path, report)), "questions": None}
        else:
            rows = _excel(path, report)
    except FileRefused as no:
        report.refuse(no)
        return Read({}, report.findings())
    return Read(_sheets(rows, stands, report), report.findings(), _where(rows))


def _where(rows: Mapping[str, Any]) -> dict[str, str]:
    """Of items and classes the row in which each stands."""
    found: dict[str, str] = {}
    for sheet, key, prefix in (("items", "id", ITEMS), ("classes", "code", CLASSES)):
        for row in rows[sheet]:
            found.setdefault(f"{prefix}{row.cells.get(key, '')}", _at(sheet, row))
    return found


def _sheets(rows: Mapping[str, Any], stands: Mapping[str, Said], report: Report) -> dict[str, Said]:
    found: dict[str, Said] = {}
    found |= _classes(rows["classes"], report)
    found |= _items(rows["items"], stands, report)
    _questions(rows["questions"], found, stands, report)
    if rows["limits"]:
        cells = {row.cells["limit"]: row.cells.get("value", "") for row in rows["limits"] if row.cells.get("limit")}
        known = columns.limit_cells(stands["limits"])
        for row in rows["limits"]:
            if row.cells.get("limit", "") not in known:
                report.problem(
                    _at("limits", row), "limit", say("catalogue-row-no-limit", limit=row.cells.get("limit", ""))
                )
        found["limits"] = columns.limits_said(cells, stands["limits"])
    if rows["departments"]:
        found["departments"] = {"department": [_department(row.cells) for row in rows["departments"]]}
    return found


def _department(cells: Mapping[str, str]) -> Said:
    return {"code": cells.get("code", ""), "name": {"zh": cells.get("name_zh", ""), "en": cells.get("name_en", "")}}


def _classes(rows: Sequence[tables.Row], report: Report) -> dict[str, Said]:
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        code = row.cells.get("code", "")
        if len(code) == 2 and code.isdecimal() and code not in grouped:
            grouped[code] = [row.cells]
        elif len(code) == 4 and code.isdecimal() and code[:2] in grouped:
            grouped[code[:2]].append(row.cells)
        else:
            report.problem(_at("classes", row), "code", say("catalogue-row-class", code=code))
    return {f"{CLASSES}{code}": columns.class_said(cells) for code, cells in grouped.items()}


def _items(rows: Sequence[tables.Row], stands: Mapping[str, Said], report: Report) -> dict[str, Said]:
    found: dict[str, Said] = {}
    for row in rows:
        item = row.cells.get("id", "")
        name = f"{ITEMS}{item}"
        if not item:
            report.problem(_at("items", row), "id", say("catalogue-row-no-id"))
        elif name in found:
            report.problem(_at("items", row), "id", say("catalogue-file-twice", value=item))
        else:
            said = columns.item_said(row.cells, stands.get(name, {}))
            found[name] = said if "examples" in said else {**said, "examples": []}
    return found


def _questions(
    rows: Sequence[tables.Row] | None, found: dict[str, Said], stands: Mapping[str, Said], report: Report
) -> None:
    """The questions of each item that the sheet of questions is about; items that it does not name have none."""
    if rows is None:
        return
    asked: dict[str, list[Said]] = {}
    for row in rows:
        name = f"{ITEMS}{row.cells.get('item', '')}"
        if name not in found and name not in stands:
            item = row.cells.get("item", "")
            report.problem(_at("questions", row), "item", say("catalogue-file-no-such-item", item=item))
        else:
            asked.setdefault(name, []).append(columns.question_said(row.cells))
    for name in {*found, *asked}:
        if name.startswith(ITEMS):
            said = dict(found.get(name) or stands[name])
            said.pop("question", None)
            found[name] = {**said, "question": asked[name]} if name in asked else said


def _at(sheet: str, row: tables.Row) -> str:
    return f"{sheet}:{row.number}"


def _csv(path: Path, report: Report) -> Iterator[tables.Row]:
    for row in tables.rows(path, Format.CSV, dict.fromkeys(columns.ITEM, ()), report, MOST):
        yield _read(row, "items", report)


def _excel(path: Path, report: Report) -> dict[str, Any]:
    """The rows of each sheet that we know, by our columns; None for a sheet of questions that is not there."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings(), closing(load_workbook(path, read_only=True, data_only=False)) as book:
            warnings.simplefilter("ignore")
            known = {sheet.title.strip().lower(): sheet for sheet in book.worksheets}
            if not known.keys() & SHEETS.keys():
                raise FileRefused(say("catalogue-no-sheets"), say("catalogue-no-sheets-try", sheets=", ".join(SHEETS)))
            found = {name: _sheet_rows(known[name], name, report) if name in known else [] for name in SHEETS}
            return found | ({} if "questions" in known else {"questions": None})
    except FileRefused:
        raise
    except Exception as broken:  # openpyxl lets through whatever its parsers meet: KeyError, ParseError, ValueError …
        raise FileRefused(say("areas-file-broken", format=Format.EXCEL), say("areas-file-broken-try")) from broken


def _sheet_rows(sheet: Any, name: str, report: Report) -> list[tables.Row]:
    sheet.reset_dimensions()
    lines = enumerate(sheet.iter_rows(values_only=True), start=1)
    header = next(((number, line) for number, line in lines if any(line)), None)
    if header is None:
        return []
    fields = tables.fields_of([str(cell or "") for cell in header[1]], dict.fromkeys(SHEETS[name], ()), report)
    rows = []
    for number, line in lines:
        if number > MOST.rows:
            raise FileRefused(say("areas-file-too-many-rows", most=MOST.rows), say("areas-file-split"))
        cells = {key: _text(cell) for key, cell in zip(fields, line, strict=False) if key}
        if any(cells.values()):
            rows.append(_read(tables.Row(number, cells), name, report))
    return rows


def _read(row: tables.Row, sheet: str, report: Report) -> tables.Row:
    """Its words as somebody wrote them; a formula, or one that failed, is nobody's words."""
    for key, cell in row.cells.items():
        if cell.startswith(_FORMULA):
            report.problem(_at(sheet, row), key, say("areas-cell-formula"), say("areas-cell-formula-try"))
        elif cell in _FAILED:
            report.problem(_at(sheet, row), key, say("catalogue-cell-failed", cell=cell), say("areas-cell-formula-try"))
    return tables.Row(row.number, {key: _as_written(cell) for key, cell in row.cells.items()})


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return "yes" if cell else ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell)[:LONGEST_CELL].strip()


def _as_written(cell: str) -> str:
    """Without the sign that keeps a spreadsheet from taking words for a formula."""
    cell = signs.plain(cell).strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_SIGNS) else cell
