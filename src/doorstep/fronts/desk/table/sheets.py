"""The table as a file, out and in."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import table_sheets, tables
from doorstep.cases.actions import tables as acts
from doorstep.core.cells import harmless
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.desk.table.pages import address, editors, own_county, shown
from doorstep.fronts.desk.table.telling import telling
from doorstep.fronts.leading import SeeOther

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = table_sheets.LIMITS.file_bytes


class NoFile(Refusal):
    """Nothing was chosen, or something too large."""

    status = 422


@editors
@require_safe
def sheet(request: Any, number: int, ending: str) -> HttpResponse:
    """A version as CSV or Excel; what was written out is read in again."""
    county = own_county(request)
    found = tables.version(county.pk, number)
    if found is None or ending not in ("csv", "xlsx"):
        raise Http404(number)
    rows = tables.rows_of(found)
    words = telling(county.pk, rows)
    cells = [table_sheets.cells_of(row, words.one_line(row)) for row in rows]
    body = table_sheets.workbook(cells) if ending == "xlsx" else _csv(cells)
    response = HttpResponse(body, content_type=EXCEL if ending == "xlsx" else "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="dispatch-table-{number}.{ending}"'
    return response


def _csv(cells: list[list[str]]) -> bytes:
    import csv
    import io

    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(table_sheets.head())
    writer.writerows([harmless(cell) for cell in row] for row in cells)
    # Spreadsheets take the file for UTF-8 only with this mark.
    return ("\ufeff" + written.getvalue()).encode()


@editors
@require_POST
def read(request: Any) -> HttpResponse:
    """A sheet instead of all rows of the draft, or none of it."""
    draft = tables.draft(own_county(request).pk)
    if draft is None:
        raise Http404
    try:
        with transaction.atomic():
            sheet = _sheet(request.FILES.get("sheet"))
            seen = asked.number(request.POST, "seen") or 0
            acts.replace_rows(sheet.rows, found=sheet.faults, seen=seen, by=request.actor, at=request.at)
    except Refusal as refused:
        return shown(request, draft.version, refused=refused)
    return SeeOther(f"{address(draft.version)}?told=import")


def _sheet(upload: Any) -> table_sheets.Sheet:
    if upload is None or not upload.size:
        raise NoFile(say("table-sheet-none"), say("table-sheet-none-try"), "sheet")
    if upload.size > LARGEST:
        raise NoFile(say("table-sheet-large", most=LARGEST // 2**20), say("table-sheet-none-try"), "sheet")
    ending = Path(upload.name or "").suffix.lower()[:8]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{ending if ending.isascii() and '/' not in ending else ''}"
        path.write_bytes(upload.read())
        return table_sheets.read_sheet(path)
