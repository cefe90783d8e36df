"""The catalogue as a workbook, out and in: nothing is lost on the way, and what is wrong is told by its row."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from doorstep.catalogue import columns
from doorstep.catalogue.kept import read_folder
from doorstep.catalogue.rules.comparing import differences
from doorstep.catalogue.workbook import MOST, SHEETS, Read, read_workbook, workbook

STANDS = read_folder()
LIGHT = "items/street-light"


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "目录.xlsx"
    path.write_bytes(workbook(STANDS))
    return path


def changed(path: Path, sheet: str, row_of: str, **cells: Any) -> int:
    """Write into the row whose first cell says so; its number."""
    book = load_workbook(path)
    rows = book[sheet]
    heads = {cell.value: cell.column for cell in rows[1]}
    row = next(row[0].row for row in rows.iter_rows() if row[0].value == row_of)
    for key, value in cells.items():
        rows.cell(row, heads[key]).value = value
    book.save(path)
    return row


def read(path: Path) -> Read:
    return read_workbook(path, STANDS)


def told(path: Path) -> list[str]:
    return [str(each) for each in read(path).findings.problems]


def csv_of(tmp_path: Path, words: str, coding: str = "utf-8") -> Path:
    path = tmp_path / "items.csv"
    path.write_bytes(words.encode(coding))
    return path


def test_what_was_exported_says_the_same_of_every_sheet(exported):
    found = read(exported)
    assert not found.findings.problems
    assert set(found.sheets) == set(STANDS) - {"dangers", "duties"}
    assert {name: each for name, said in found.sheets.items() if (each := differences(name, STANDS[name], said))} == {}


def test_every_sheet_has_its_heads_and_no_cell_is_a_formula(exported):
    book = load_workbook(exported)
    assert book.sheetnames == list(SHEETS)
    for sheet in book:
        assert tuple(cell.value for cell in sheet[1]) == SHEETS[sheet.title]
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_words_that_begin_like_a_formula_go_out_and_come_back_as_words(tmp_path):
    said = {**STANDS[LIGHT], "words": ["=1+1", "-3", "@x", "+8"], "name": {"zh": "=灯", "en": "-light"}}
    path = tmp_path / "x.xlsx"
    path.write_bytes(workbook({**STANDS, LIGHT: said}))
    found = read(path)
    assert not found.findings.problems
    assert found.sheets[LIGHT]["name"] == said["name"] and found.sheets[LIGHT]["words"] == said["words"]


@pytest.mark.parametrize(
    ("sheet", "row_of", "cells"),
    [
        ("items", "street-light", {"name_zh": '=HYPERLINK("http://x","灯")'}),
        ("items", "street-light", {"words": "=cmd|' /C calc'!A0"}),
        ("questions", "street-light", {"ask_zh": "=1+1"}),
        ("classes", "02", {"name_zh": "=NOW()"}),
        ("limits", "urgent.finish", {"value": "=A1"}),
        ("departments", "water", {"name_en": "=A1"}),
        ("items", "street-light", {"hint_zh": "#REF!"}),
        ("limits", "no.such.limit", {}),
    ],
)
def test_a_formula_or_an_unknown_limit_is_told_by_its_sheet_and_row(exported, sheet, row_of, cells):
    if cells:
        row = changed(exported, sheet, row_of, **cells)
    else:
        book = load_workbook(exported)
        book["limits"].append([row_of, "3 h"])
        row = book["limits"].max_row
        book.save(exported)
    assert any(f"目录.xlsx:{sheet}:{row}:" in each for each in told(exported))


@pytest.mark.parametrize(
    ("cells", "words"),
    [({"id": ""}, "id"), ({"id": "trees"}, "trees")],
)
def test_a_row_without_an_id_or_with_one_twice_is_told(exported, cells, words):
    row = changed(exported, "items", "street-light", **cells)
    problems = told(exported)
    assert any(f"items:{row}:" in each and words in each for each in problems) or any(
        "trees" in each for each in problems
    )


def test_a_class_or_question_that_belongs_nowhere_is_told(exported):
    book = load_workbook(exported)
    book["classes"].append(["7701", "无主", "Nowhere", ""])
    book["questions"].append(["no-such-item", "x", "text", "什么？", "What?"])
    book.save(exported)
    problems = told(exported)
    assert any(":classes:" in each and "7701" in each for each in problems)
    assert any(":questions:" in each and "no-such-item" in each for each in problems)


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_of_items_alone_is_read_in_the_codings_that_offices_use(tmp_path, coding):
    found = read(csv_of(tmp_path, "id,name_zh\nstreet-light,路灯、景观灯不亮\n", coding))
    assert not found.findings.problems
    assert found.sheets[LIGHT]["name"] == {"zh": "路灯、景观灯不亮", "en": STANDS[LIGHT]["name"]["en"]}
    assert found.sheets[LIGHT]["question"] == STANDS[LIGHT]["question"]
    assert bool(found.findings.remarks) == (coding == "gb18030")


def test_columns_that_mean_nothing_are_remarked_and_change_nothing(tmp_path):
    found = read(csv_of(tmp_path, "id,colour\nstreet-light,red\n"))
    assert [str(each) for each in found.findings.remarks if "colour" in str(each)]
    assert not differences(LIGHT, STANDS[LIGHT], found.sheets[LIGHT])


def test_signs_that_nobody_sees_are_left_out(tmp_path):
    found = read(csv_of(tmp_path, "id,name_zh\nstreet-light,路灯\u202e不亮\u0007\n"))
    assert found.sheets[LIGHT]["name"]["zh"] == "路灯不亮"


@pytest.mark.parametrize(
    "raw", [b"", b"\xff\xd8\xff\xe0JFIF", b"id,name_zh\n\xff\xfe\xfa\x81", b"<html></html>", b'"id\nx']
)
def test_what_is_no_table_is_refused_in_words(tmp_path, raw):
    path = tmp_path / "items.csv"
    path.write_bytes(raw)
    found = read(path)
    assert found.findings.problems and not found.sheets


def zipped(path: Path, **entries: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return path


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped(tmp_path / "x.xlsx", xl__workbook_xml=b"<x/>", xl__worksheets__sheet1_xml=b"0" * 80_000_000)
    assert bomb.stat().st_size < MOST.file_bytes // 50
    found = read(bomb)
    assert found.findings.problems and not found.sheets


def test_outside_entities_are_refused(tmp_path):
    entity = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><workbook>&a;</workbook>'
    assert read(zipped(tmp_path / "x.xlsx", xl__workbook_xml=entity)).findings.problems


def test_a_workbook_of_other_things_is_refused(tmp_path):
    book, whole = Workbook(), io.BytesIO()
    book.active.append(["a", "b"])
    book.save(whole)
    path = tmp_path / "x.xlsx"
    path.write_bytes(whole.getvalue())
    assert "items" in " ".join(told(path))


def test_too_many_rows_are_refused(tmp_path):
    lines = "".join(f"item-{number}\n" for number in range(MOST.rows + 2))
    assert read(csv_of(tmp_path, f"id\n{lines}")).findings.problems


def test_a_sheet_of_questions_says_all_questions_of_its_items_and_none_where_it_says_none(exported):
    book = load_workbook(exported)
    sheet = book["questions"]
    for row in reversed([row[0].row for row in sheet.iter_rows() if row[0].value == "street-light"]):
        sheet.delete_rows(row)
    book.save(exported)
    assert "question" not in read(exported).sheets[LIGHT]


def test_the_rows_in_which_items_stand_are_known(exported):
    row = changed(exported, "items", "street-light", urgency="soon")
    assert read(exported).rows[LIGHT] == f"items:{row}"


def test_all_columns_are_those_of_the_forms():
    assert set(columns.item_cells(STANDS[LIGHT])) == set(columns.ITEM)
