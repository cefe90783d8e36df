"""Days that a place sets itself are read row by row, and every row that says nothing clear is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from doorstep.cases.calendar_file import DayRecord, read_calendar


def csv(folder: Path, *lines: str, encoding: str = "utf-8") -> Path:
    file = folder / "days.csv"
    file.write_text("\n".join(["日期,是否上班,名称", *lines]) + "\n", encoding=encoding)
    return file


def said(read) -> list[tuple[int | str, str]]:
    return [(each.row, each.what.key) for each in read.findings.problems]


def test_a_year_is_read_however_its_dates_are_written(tmp_path):
    read = read_calendar(
        csv(tmp_path, "2027-01-01,休息,元旦", "2027/2/6,补班,春节", "2027年2月8日,放假,", "20271008,1,"),
    )
    assert read.findings.problem_count == 0
    assert read.days == (
        DayRecord(date(2027, 1, 1), False, "元旦"),
        DayRecord(date(2027, 2, 6), True, "春节"),
        DayRecord(date(2027, 2, 8), False, ""),
        DayRecord(date(2027, 10, 8), True, ""),
    )


def test_an_excel_sheet_with_real_dates_is_read_too(tmp_path):
    book = Workbook()
    for row in (["日期", "工作日", "名称"], [date(2027, 1, 1), "否", "元旦"], [date(2027, 1, 2), "是", None]):
        book.active.append(row)
    book.save(tmp_path / "days.xlsx")
    read = read_calendar(tmp_path / "days.xlsx")
    assert [(each.day.day, each.is_worked) for each in read.days] == [(1, False), (2, True)]


def test_a_file_in_gb18030_is_read_and_said_so(tmp_path):
    read = read_calendar(csv(tmp_path, "2027-01-01,休息,元旦", encoding="gb18030"))
    assert read.findings.problem_count == 0 and read.findings.remark_count == 1


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("2027-02-30,休息,", "clocks-day-unreadable"),
        ("明天,休息,", "clocks-day-unreadable"),
        (",休息,", "clocks-day-unreadable"),
        ("1999-01-01,休息,", "clocks-day-far"),
        ("2027-01-01,也许,", "clocks-worked-unreadable"),
        ("2027-01-01,,", "clocks-worked-unreadable"),
        ("2027-01-01,休息,=1+1", "areas-cell-formula"),
        (f"2027-01-01,休息,{'长' * 61}", "areas-name-too-long"),
    ],
)
def test_a_row_that_says_nothing_clear_is_named(tmp_path, line, why):
    assert said(read_calendar(csv(tmp_path, "2027-01-03,休息,元旦", line))) == [(3, why)]


def test_a_day_that_stands_there_twice_must_say_the_same(tmp_path):
    assert said(read_calendar(csv(tmp_path, "2027-01-01,休息,元旦", "2027-01-01,休息,元旦"))) == []
    assert said(read_calendar(csv(tmp_path, "2027-01-01,休息,元旦", "2027-01-01,上班,元旦"))) == [
        (3, "clocks-day-twice")
    ]


def test_a_file_without_the_columns_is_refused(tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("日期,说明\n2027-01-01,元旦\n", encoding="utf-8")
    assert said(read_calendar(file)) == [("", "areas-columns-missing")]
    assert said(read_calendar(tmp_path / "none.csv")) == [("", "areas-file-missing")]
