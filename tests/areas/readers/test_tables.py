"""Rows and cells as spreadsheets write them."""

from __future__ import annotations

import pytest

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import USUAL, Format
from doorstep.areas.readers.report import FileRefused, Report

ALIASES = {"name": ("名称",), "floors": ("层数",)}


def read(path, format_=Format.CSV):
    report = Report(path.name)
    return list(tables.rows(path, format_, ALIASES, report, USUAL)), report.findings()


def test_a_row_has_the_number_that_a_spreadsheet_shows(write):
    rows, _ = read(write("a.csv", '\n名称,层数\n"一\n号楼",6\n\n二号楼\n'))
    assert [(row.number, row.cells) for row in rows] == [
        (3, {"name": "一\n号楼", "floors": "6"}),
        (5, {"name": "二号楼", "floors": ""}),
    ]


@pytest.mark.parametrize("header", ["层数", "层数（层）", " Floors ", "FLOORS [n]", "\u5c42 \u6570"])
def test_a_column_is_known_however_it_is_written(write, header):
    rows, findings = read(write("a.csv", f"name,{header}\na,6\n"))
    assert rows[0].cells["floors"] == "6" and not findings.remarks


def test_a_workbook_whose_size_is_written_wrong_is_read_to_its_end(write_excel):
    path = write_excel("a.xlsx", [["name", "floors"], *([f"{i}号楼", i] for i in range(1, 200))])
    rows, _ = read(path, Format.EXCEL)
    assert len(rows) == 199 and rows[-1].cells == {"name": "199号楼", "floors": "199"}


def test_a_header_alone_has_no_rows_and_an_empty_sheet_is_refused(write_excel):
    assert read(write_excel("a.xlsx", [["name"]]), Format.EXCEL)[0] == []
    with pytest.raises(FileRefused):
        read(write_excel("b.xlsx", []), Format.EXCEL)


@pytest.mark.parametrize(("cell", "number"), [("", None), ("6", 6), ("6.0", 6), ("1e2", 100), ("６", 6)])
def test_whole_numbers_in_their_many_guises(cell, number):
    report = Report("a.csv")
    assert tables.whole_number(cell, 2, "floors", report, least=1, most=200) == number
    assert report.findings().problem_count == 0


@pytest.mark.parametrize("cell", ["0", "201", "-1", "six", "6.5", "nan", "inf", "=1+5", "#N/A"])
def test_what_is_no_whole_number_in_range_is_a_problem(cell):
    report = Report("a.csv")
    assert tables.whole_number(cell, 2, "floors", report, least=1, most=200) is None
    assert [(finding.row, finding.field) for finding in report.findings().problems] == [(2, "floors")]


def test_a_very_long_cell_is_quoted_short(write):
    report = Report("a.csv")
    tables.whole_number("x" * 5_000, 2, "floors", report, least=1, most=200)
    assert len(str(report.findings().problems[0])) < 200
