"""Lists as CSV files, row after row, in the reader's language and as the reader."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone

from doorstep.core.access import acting_as
from doorstep.core.cells import harmless
from doorstep.core.text import Message, language, text, use_language

Batch = Sequence[Sequence[Any]]


def csv_file(
    request: HttpRequest, name: str, heads: Sequence[str], batches: Callable[[], Iterator[Batch]]
) -> StreamingHttpResponse:
    """A CSV file of batches of cells; each batch is read in a transaction of its own, as whoever asked.

    Without `heads` the first batch begins with them: heads that people wrote are cells like others.
    """
    at, actor = request.at, request.actor  # type: ignore[attr-defined]
    return StreamingHttpResponse(
        _lines(heads, batches, actor, language()),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{timezone.localtime(at):%Y%m%d-%H%M}.csv"',
            "Cache-Control": "no-store",
        },
    )


def _lines(heads: Sequence[str], batches: Callable[[], Iterator[Batch]], actor: Any, lang: str) -> Iterator[str]:
    writer = csv.writer(_Echo())
    with use_language(lang):
        # Spreadsheets take the file for UTF-8 only with this mark.
        yield "\ufeff" + (writer.writerow([text(head) for head in heads]) if heads else "")
    left = batches()
    while True:
        # A streamed body is read after the request has left every `with`: each batch enters them anew.
        with acting_as(actor), use_language(lang):
            rows = next(left, None)
            lines = "".join(writer.writerow(_cells(row)) for row in rows or ())
        if rows is None:
            return
        yield lines


class _Echo:
    """What the csv module writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _cells(row: Iterable[Any]) -> list[str]:
    return [harmless(_plain(cell)) for cell in row]


def _plain(cell: Any) -> str:
    if cell is None:
        return ""
    if hasattr(cell, "hour"):
        return f"{timezone.localtime(cell):%Y-%m-%d %H:%M:%S}"
    return text(cell) if isinstance(cell, Message) else str(cell)
