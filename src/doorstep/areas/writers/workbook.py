"""A plan as an Excel workbook: the micro-grids, and which home belongs to which."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

from doorstep.areas.writers.records import HomeRow, MovedRow, PlanRows
from doorstep.core.cells import harmless
from doorstep.core.text import say, text

MICROGRIDS: Final = ("code", "grid", "microgrid", "households", "in-range")
HOMES: Final = ("code", "building", "address", "entrance", "floors", "households")
SPECIAL: Final = ("special-code", "name", "buildings", "households", "led-by", "department")
MOVED: Final = ("building", "entrance", "floors", "households", "from", "to", "why")
WIDTHS: Final = {
    "code": 22,
    "special-code": 18,
    "from": 22,
    "to": 22,
    "building": 24,
    "address": 32,
    "why": 40,
    "name": 24,
    "led-by": 24,
    "department": 24,
}


def workbook(plan: PlanRows) -> bytes:
    """An .xlsx file in the reader's language; codes are text, so that no digit is rounded away."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    yes, no = text("districting-export-yes"), text("districting-export-no")
    _sheet(
        book,
        "microgrids",
        MICROGRIDS,
        (
            (each.code, each.grid_number, each.microgrid_number, each.households, yes if each.is_in_range else no)
            for each in plan.microgrids
        ),
    )
    _sheet(book, "homes", HOMES, map(_home, plan.homes))
    # Where no building has several entrances, stairwells and buildings are one list.
    if len(plan.stairwells) > sum(each.households > 0 for each in plan.homes):
        _sheet(book, "stairwells", HOMES, map(_home, plan.stairwells))
    if plan.specials:
        _sheet(
            book,
            "special",
            SPECIAL,
            ((*each[:2], each.buildings, each.households, *each[4:6]) for each in plan.specials),
        )
    if plan.moved is not None:
        _sheet(book, "moved", MOVED, (_moved(each) for each in plan.moved))
    whole = io.BytesIO()
    book.save(whole)
    return whole.getvalue()


def _sheet(book: Any, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(text(f"districting-export-sheet-{name}"))
    sheet.freeze_panes = "A2"
    for place, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(column, 12)
    heads = [WriteOnlyCell(sheet, value=text(f"districting-export-column-{column}")) for column in columns]
    for head in heads:
        head.font = Font(bold=True)
    sheet.append(heads)
    for row in rows:
        sheet.append([cell if isinstance(cell, int) or cell is None else _as_text(cell) for cell in row])


def _home(row: HomeRow) -> Sequence[Any]:
    floors = _floors(row.floor_from, row.floor_to)
    return row.code, row.building, row.address, row.entrance, floors, row.households


def _moved(row: MovedRow) -> Sequence[Any]:
    floors = _floors(row.floor_from, row.floor_to)
    return row.building, row.entrance, floors, row.households, row.source, row.to, row.why


def _as_text(cell: str) -> str:
    # openpyxl keeps strings as strings, long codes too, but takes a leading "=" for a formula.
    return cell if cell.isdecimal() else harmless(cell)


def _floors(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return ""
    return str(say("districting-export-floors", first=first, last=last)) if first != last else str(first)
