"""A table of what buildings have besides households, one row a building: its id, and columns with amounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from doorstep.areas.readers import tables
from doorstep.areas.readers.beforehand import amount_in
from doorstep.areas.readers.buildings import IDS, source_of
from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.records import Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.core.signs import seen
from doorstep.core.text import say

LONGEST_NAME: Final = 60
_TABLES: Final = frozenset({Format.CSV, Format.EXCEL})


@dataclass(frozen=True)
class AmountsRow:
    """The amounts of a building by name; `source` names it as its own file does."""

    row: int
    source: str
    amounts: Mapping[str, float]


@dataclass(frozen=True)
class AmountsFile:
    """The rows of a table of amounts."""

    file: str
    names: tuple[str, ...]
    rows: tuple[AmountsRow, ...]
    findings: Findings

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against importing it."""
        return not self.findings.problem_count


def read_amounts(path: Path, columns: Sequence[str]) -> AmountsFile:
    """The named columns of a CSV or Excel table by the id of the building; an empty cell says nothing of it."""
    report = Report(path.name)
    names = tuple(dict.fromkeys(columns))
    found: list[AmountsRow] = []
    try:
        _refuse_names(names)
        found = _rows(path, names, report)
    except FileRefused as no:
        report.refuse(no)
    return AmountsFile(path.name, names, tuple(found), report.findings())


def _refuse_names(names: Sequence[str]) -> None:
    for name in names:
        if not name.strip() or len(name) > LONGEST_NAME or name != seen(name) or name.startswith("@"):
            raise FileRefused(say("amounts-bad-name", name=name[:80]), say("amounts-bad-name-try", most=LONGEST_NAME))


def _rows(path: Path, names: Sequence[str], report: Report) -> list[AmountsRow]:
    # Whatever else the table holds is none of our business.
    aside = Report(path.name)
    format_ = recognise(path, _TABLES, USUAL)
    fields = {"id": IDS, **dict.fromkeys(names, ())}
    rows = list(tables.rows(path, format_, fields, aside, USUAL))
    first, found = dict[str, int](), list[AmountsRow]()
    for name in ("id", *names):
        if not rows or name not in rows[0].cells:
            raise FileRefused(say("areas-column-absent", column=name), say("areas-column-absent-try"))
    for row in rows:
        own = tables.plain_text(row.cells["id"], row.number, "id", report)
        if not own:
            report.problem(row.number, "id", say("amounts-no-id"), say("amounts-no-id-try"))
            continue
        source = source_of(own)
        if source in first:
            what = say("areas-building-twice", source=source, row=first[source])
            report.problem(row.number, "id", what, say("areas-row-remove"))
            continue
        first[source] = row.number
        amounts = {name: amount_in(row.cells[name], row.number, name, report) for name in names if row.cells[name]}
        found.append(AmountsRow(row.number, source, amounts))
    return found
