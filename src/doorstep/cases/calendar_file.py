"""Days that a place sets itself, from a table: the date, whether it is worked, and what it is called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.records import Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.cases.rules.days import EARLIEST_YEAR, LATEST_YEAR, LONGEST_NAME, is_within
from doorstep.core.text import say

_COLUMNS: Final = {  # read, not shown
    "day": ("日期", "date"),
    "worked": ("是否上班", "是否工作日", "工作日", "上班", "working"),
    "name": ("名称", "节假日", "说明", "holiday"),
}
_WORKED: Final = frozenset(
    {"yes", "1", "true", "work", "worked", "是", "上班", "工作日", "补班", "班"}
)  # read, not shown
_OFF: Final = frozenset(
    {"no", "0", "false", "off", "holiday", "否", "休", "休息", "放假", "节假日", "不上班"}
)  # read, not shown
_DAY: Final = re.compile(
    r"(\d{4})(?:-|/|\.|年)?(\d{1,2})(?:-|/|\.|月)?(\d{1,2})日?(?: 00:00(?::00)?)?"  # read, not shown
)


class DayRecord(NamedTuple):
    """One day as the file has it."""

    day: date
    is_worked: bool
    name: str


@dataclass(frozen=True)
class CalendarFile:
    """All days of a file, and what is wrong with it."""

    file: str
    days: tuple[DayRecord, ...]
    findings: Findings


def read_calendar(path: Path) -> CalendarFile:
    """One row a day; a day that stands there twice must say the same."""
    report = Report(path.name)
    days: dict[date, DayRecord] = {}
    try:
        format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), USUAL)
        for row in tables.rows(path, format_, _COLUMNS, report, USUAL):
            if missing := [field for field in ("day", "worked") if field not in row.cells]:
                raise FileRefused(
                    say("areas-columns-missing", columns=", ".join(missing)),
                    say("areas-columns-missing-try", columns=", ".join(_COLUMNS)),
                )
            record = _record(row, report)
            if record is None:
                continue
            if days.setdefault(record.day, record) != record:
                report.problem(row.number, "day", say("clocks-day-twice", day=record.day.isoformat()))
    except FileRefused as no:
        report.refuse(no)
    return CalendarFile(path.name, tuple(days[day] for day in sorted(days)), report.findings())


def _record(row: tables.Row, report: Report) -> DayRecord | None:
    day, worked = _day(row, report), _worked(row, report)
    name = tables.plain_text(row.cells.get("name", ""), row.number, "name", report)
    if len(name) > LONGEST_NAME:
        report.problem(row.number, "name", say("areas-name-too-long", most=LONGEST_NAME))
    return DayRecord(day, worked, name) if day is not None and worked is not None else None


def _day(row: tables.Row, report: Report) -> date | None:
    written = row.cells["day"]
    match = _DAY.fullmatch(written)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None:
        report.problem(row.number, "day", say("clocks-day-unreadable", cell=written[:40]), say("clocks-day-try"))
    elif not is_within(day):
        what = say("clocks-day-far", day=day.isoformat(), first=EARLIEST_YEAR, last=LATEST_YEAR)
        report.problem(row.number, "day", what, say("clocks-day-try"))
        return None
    return day


def _worked(row: tables.Row, report: Report) -> bool | None:
    written = row.cells["worked"].lower()
    if written in _WORKED or written in _OFF:
        return written in _WORKED
    report.problem(
        row.number, "worked", say("clocks-worked-unreadable", cell=written[:40]), say("clocks-worked-unreadable-try")
    )
    return None
