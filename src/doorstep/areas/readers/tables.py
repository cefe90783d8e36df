"""Tables, from CSV and Excel: rows whose columns are known by our own words."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from doorstep.areas.readers.formats import Format, Limits
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.core import signs
from doorstep.core.text import say

Aliases = Mapping[str, Sequence[str]]

_BRACKETED: Final = re.compile(r"[(（\[【].*?[)）\]】]")
# What no cell means: control characters, halves of characters, and what no XML file may hold.
_BREAK: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_LONGEST_CELL: Final = 16 * 1024 * 1024
_FAILED: Final = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"})
_BOMS: Final = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class Row(NamedTuple):
    """A row by our own field names; only fields that the file has a column for, trimmed."""

    number: int
    cells: dict[str, str]


def rows(
    path: Path, format_: Format, aliases: Aliases, report: Report, limits: Limits, elsewhere: Collection[str] = ()
) -> Iterator[Row]:
    """The rows below the header, blank ones left out. Numbers are those of a spreadsheet: the header is row 1.

    `elsewhere` are columns that somebody else reads, of which nobody is to be told that they mean nothing.
    """
    lines = _excel_lines(path, report) if format_ is Format.EXCEL else _csv_lines(path, report)
    numbered = enumerate(lines, start=1)
    header = next(((number, line) for number, line in numbered if any(line)), None)
    if header is None:
        raise FileRefused(say("areas-file-empty"), say("areas-file-empty-try"))
    fields = fields_of(header[1], aliases, report, elsewhere)
    for number, line in numbered:
        if number - header[0] > limits.rows:
            raise FileRefused(say("areas-file-too-many-rows", most=limits.rows), say("areas-file-split"))
        if not any(line):
            continue
        if len(line) > len(fields) and any(line[len(fields) :]):
            report.problem(number, "", say("areas-row-too-long", cells=len(line), columns=len(fields)), _QUOTES)
            continue
        padded = line + [""] * (len(fields) - len(line))
        yield Row(number, {field: cell for field, cell in zip(fields, padded, strict=False) if field})


def fields_of(
    columns: Iterable[str], aliases: Aliases, report: Report, elsewhere: Collection[str] = ()
) -> list[str | None]:
    """Our field for each column, `None` for a column that means nothing to us; says which those are."""
    known = {_plain(alias): field for field, names in aliases.items() for alias in (field, *names)}
    columns = list(columns)
    fields = [known.get(_plain(column)) for column in columns]
    for field in dict.fromkeys(field for field in fields if field):
        if fields.count(field) > 1:
            same = "、".join(column for column, meant in zip(columns, fields, strict=True) if meant == field)
            report.problem(1, same, say("areas-column-twice", columns=same), say("areas-column-twice-try"))
    unread = [column for column, field in zip(columns, fields, strict=True) if column and not field]
    told = {_plain(column) for column in elsewhere}
    if strange := [column for column in unread if _plain(column) not in told]:
        report.remark(1, "", say("areas-columns-ignored", columns="、".join(strange)))
    return fields


def plain_text(cell: str, row: int | str, field: str, report: Report) -> str:
    """The text of a cell without what nobody sees in it; lists a problem if it holds a formula or a line break."""
    if _BREAK.search(cell):
        report.problem(row, field, say("areas-cell-line-break"), say("areas-cell-line-break-try"))
        return cell
    cell = cleaned(cell, row, field, report)
    if _is_formula(cell):
        report.problem(row, field, say("areas-cell-formula"), say("areas-cell-formula-try"))
    return cell


def cleaned(words: str, row: int | str, field: str, report: Report) -> str:
    """Words without signs that nobody sees, such as those that turn the direction of writing; remarks if there were."""
    clean = signs.seen(" ".join(words.split()) if _BREAK.search(words) else words).strip()
    if clean != words.strip():
        report.remark(row, field, say("areas-cell-unseen", cell=_short(clean)))
    return clean


def whole_number(cell: str, row: int | str, field: str, report: Report, *, least: int, most: int) -> int | None:
    """The number of a cell, `None` if it is blank; lists a problem if it is no whole number in range."""
    if not cell:
        return None
    if _is_formula(cell):
        report.problem(row, field, say("areas-cell-formula"), say("areas-cell-formula-try"))
        return None
    try:
        number = float(cell)
    except ValueError:
        number = float("nan")
    if not number.is_integer():
        report.problem(row, field, say("areas-cell-not-whole", cell=_short(cell)), say("areas-cell-not-whole-try"))
    elif not least <= number <= most:
        what = say("areas-cell-out-of-range", cell=_short(cell), least=least, most=most)
        report.problem(row, field, what, say("areas-cell-check"))
    else:
        return int(number)
    return None


def decimal(cell: str, row: int | str, field: str, report: Report) -> float | None:
    """The number of a cell; lists a problem if it is blank or no number. Infinity and NaN pass, to be judged as
    places."""
    try:
        return float(cell)
    except ValueError:
        what = say("areas-cell-not-number", cell=_short(cell)) if cell else say("areas-cell-blank")
        report.problem(row, field, what, say("areas-cell-not-number-try"))
        return None


def _csv_lines(path: Path, report: Report) -> Iterator[list[str]]:
    text = _decoded(path.read_bytes(), report)
    first = text[: text.find("\n")] if "\n" in text else text
    separator = max(",\t;", key=first.count)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            yield [cell.strip() for cell in line]
    except csv.Error as broken:
        raise FileRefused(say("areas-file-broken-csv", why=str(broken)), _QUOTES) from broken


def _decoded(raw: bytes, report: Report) -> str:
    encoding = next((name for bom, name in _BOMS.items() if raw.startswith(bom)), "utf-8")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        text = raw.decode("gb18030")
    except UnicodeDecodeError as broken:
        raise FileRefused(say("areas-file-unknown-letters"), say("areas-file-unknown-letters-try")) from broken
    report.remark("", "", say("areas-file-read-as-gb"))
    return text


def _excel_lines(path: Path, report: Report) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations that it leaves out; so do we.
            book = load_workbook(path, read_only=True, data_only=False)
            sheet = book.worksheets[0]
            # What the file says of its own size is often wrong, and then rows would be cut off.
            sheet.reset_dimensions()
            if len(book.worksheets) > 1:
                report.remark("", "", say("areas-excel-first-sheet", sheet=sheet.title, count=len(book.worksheets)))
            for line in sheet.iter_rows(values_only=True):
                yield [_cell_text(value) for value in line]
            book.close()
    except FileRefused:
        raise
    except Exception as broken:  # openpyxl lets through whatever its parsers meet: KeyError, ParseError, ValueError …
        raise FileRefused(say("areas-file-broken", format=Format.EXCEL), say("areas-file-broken-try")) from broken


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _is_formula(cell: str) -> bool:
    """Whether the cell is a formula or what a spreadsheet shows for one that failed."""
    return cell.startswith(("=", "@")) or cell in _FAILED


def _plain(column: str) -> str:
    return _BRACKETED.sub("", column).strip().lower().replace(" ", "").replace("_", "").lstrip("\ufeff")


def _short(cell: str) -> str:
    return cell if len(cell) <= 40 else f"{cell[:39]}…"


_QUOTES: Final = say("areas-row-quotes-try")
