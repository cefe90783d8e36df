"""What became of a hotline's orders, for the hotline: its number, how the case stands, and what was answered.

Nobody's name, number or first words are in it: the hotline has them, and a file travels far.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.areas import names
from doorstep.core.cells import harmless
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say, text
from doorstep.core.time.zone import LOCAL, local

BATCH: Final = 1000
HEADS: Final = tuple(
    f"exchange-column-{column}"
    for column in ("number", "case", "state", "holder", "outcome", "answer", "answered", "ended", "promised")
)


class AnswersRefused(Refusal):
    """The file cannot be written so."""


class Answer(NamedTuple):
    """One order and how its case stands."""

    number: str
    case: str
    state: Message
    holder: Message | str
    outcome: Message | str
    words: str
    answered_at: datetime | None
    ended_at: datetime | None
    promised_by: datetime | None


def answers(partner: int, since: date | None) -> Iterator[list[Answer]]:
    """The orders of a partner heard since that day, batch by batch, as far as whoever asks may see their cases."""
    after = 0
    begins = None if since is None else datetime.combine(since, time(), LOCAL)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ANSWERS, {"partner": partner, "after": after, "since": begins, "limit": BATCH})
            rows = cursor.fetchall()
        if not rows:
            return
        after = rows[-1][0]
        yield [_answer(row[1:]) for row in rows]


def _answer(row: Sequence[Any]) -> Answer:
    number, case, state, holder, outcome, words, *moments = row
    return Answer(
        number,
        case,
        say(f"cases-state-{state}"),
        names.said(holder) if holder else "",
        say(f"cases-outcome-{outcome}") if outcome else "",
        words or "",
        *moments,
    )


_ANSWERS = """
SELECT l.id, l.number, c.number, c.state, u.name, c.outcome, a.words, a.heard_at, c.ended_at, c.promised_by
FROM exchange_link l JOIN cases_case c ON c.id = l.case_id LEFT JOIN staff_unit u ON u.id = c.holder_unit_id
LEFT JOIN LATERAL (
    SELECT e.heard_at, s.words FROM cases_event e
    LEFT JOIN cases_said s ON s.case_id = e.case_id AND s.seq = e.seq AND s.for_reporter
    WHERE e.case_id = c.id AND e.move IN ('do', 'close') AND s.words <> '' ORDER BY e.seq DESC LIMIT 1) a ON true
WHERE l.partner_id = %(partner)s AND l.came_in AND l.id > %(after)s
    AND (%(since)s::timestamptz IS NULL OR c.heard_at >= %(since)s)
ORDER BY l.id LIMIT %(limit)s
"""


def write(path: Path, batches: Iterator[list[Answer]]) -> int:
    """The file: CSV that a spreadsheet opens, or Excel, by its ending; how many rows. Nothing is written over."""
    if path.suffix.lower() not in {".csv", ".xlsx"}:
        raise AnswersRefused(say("exchange-export-ending", ending=path.suffix), say("exchange-export-ending-try"))
    if path.exists():
        raise AnswersRefused(say("exchange-export-exists", file=str(path)), say("exchange-export-exists-try"))
    heads = [text(head) for head in HEADS]
    rows = ([_cell(cell) for cell in each] for batch in batches for each in batch)
    if path.suffix.lower() == ".csv":
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            return _written(csv.writer(file).writerow, heads, rows)
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    count = _written(book.create_sheet().append, heads, rows)
    book.save(path)
    return count


def _written(write_row: Any, heads: list[str], rows: Iterator[list[str]]) -> int:
    write_row(heads)
    count = 0
    for row in rows:
        write_row(row)
        count += 1
    return count


def _cell(cell: Any) -> str:
    if isinstance(cell, datetime):
        return f"{local(cell):%Y-%m-%d %H:%M:%S}"
    return harmless(text(cell) if isinstance(cell, Message) else cell)
