"""Files of the hotline: each row a case once, whatever its coding, and nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from tests.town import MORNING, Town

from doorstep.cases.actions import close
from doorstep.cases.actions.advance import advance
from doorstep.cases.models import Case, Contact, Said
from doorstep.core.access import WORKER, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.text import text
from doorstep.exchange import importing
from doorstep.exchange.actions.partners import hotline_of
from doorstep.exchange.answers import AnswersRefused, answers, write
from doorstep.exchange.importing import Brought, ImportRefused, bring_file, cells, noted
from doorstep.exchange.models import Link, Partner

HEAD = ["工单编号", "受理时间", "诉求内容", "诉求人", "联系电话", "所属社区", "地址", "事项", "紧急程度"]
LIGHT = ["HL-1", "2026-11-23 09:00", "三号楼的路灯不亮了", "王小明", "13800000000", "示例1社区", "三号楼", "", ""]


def a_file(
    folder: Path, *rows: list[str], head: list[str] = HEAD, coding: str = "utf-8", name: str = "orders.csv"
) -> Path:
    path = folder / name
    with path.open("w", encoding=coding, newline="") as file:
        csv.writer(file).writerows([head, *rows])
    return path


def brought(path: Path, town: Town, **more) -> Brought:
    done = Brought()
    for line in bring_file(path, town.county, by=WORKER, at=MORNING, **more):
        done.add(line)
    return done


def cases() -> list[Case]:
    with acting_as(WORKER):
        return list(Case.objects.order_by("id"))


def row(**changed: str) -> list[str]:
    return [changed.get(column, cell) for column, cell in zip(HEAD, LIGHT, strict=True)]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_order_becomes_a_case_in_whichever_coding_it_comes(town, tmp_path, coding):
    assert brought(a_file(tmp_path, LIGHT, coding=coding), town).counts == {"new": 1}
    (case,) = cases()
    assert (case.source, case.community_id, case.place_words) == ("hotline-12345", town.community, "三号楼")
    assert case.reported_at == MORNING - timedelta(minutes=30)
    with acting_as(WORKER):
        assert Said.objects.get(case=case).words == "三号楼的路灯不亮了"
        assert Contact.objects.get(case=case).phone == "13800000000"
    advance(at=MORNING)
    assert cases()[0].question == "where"


def test_an_excel_file_is_read_like_a_csv_file(town, tmp_path):
    book = Workbook()
    for line in (HEAD, LIGHT):
        book.active.append(line)
    book.save(tmp_path / "orders.xlsx")
    assert brought(tmp_path / "orders.xlsx", town).counts == {"new": 1}


def test_the_same_file_again_does_nothing_twice(town, tmp_path):
    path = a_file(tmp_path, LIGHT, row(工单编号="HL-2", 诉求内容="楼道里堆满了杂物"), LIGHT)
    assert brought(path, town).counts == {"new": 2, "same": 1}
    assert brought(path, town).counts == {"same": 3}
    assert len(cases()) == 2


def test_other_words_under_a_known_number_are_told_and_not_taken(town, tmp_path):
    brought(a_file(tmp_path, LIGHT), town)
    again = brought(a_file(tmp_path, row(诉求内容="另一件事：水管漏水")), town)
    assert again.counts == {"other": 1} and again.listed[0].case == cases()[0].number
    with acting_as(WORKER):
        assert Said.objects.get().words == "三号楼的路灯不亮了"


def test_the_same_number_of_two_areas_is_two_cases(town, tmp_path):
    path = a_file(tmp_path, LIGHT)
    brought(path, town)
    list(bring_file(path, town.community, by=town.actor("dana"), at=MORNING))
    assert len(cases()) == 2


@pytest.mark.parametrize(
    ("changed", "column", "words"),
    [
        ({"工单编号": ""}, "编号", "没有对方的编号"),
        ({"工单编号": "9" * 65}, "编号", "编号太长"),
        ({"工单编号": "=1+1"}, "编号", "公式"),
        ({"诉求内容": " "}, "诉求内容", "请写一句话"),
        ({"诉求内容": "灯" * 2001}, "诉求内容", "2,000"),
        ({"诉求内容": "灯" * 1_000_000}, "诉求内容", "2,000"),
        ({"受理时间": "昨天"}, "受理时间", "昨天"),
        ({"受理时间": "2026-02-30 10:00"}, "受理时间", "2026-02-30"),
        ({"受理时间": "2031-01-01 10:00"}, "受理时间", "将来"),
        ({"受理时间": "1999-01-01 10:00"}, "受理时间", "三年"),
        ({"所属社区": "别处社区"}, "社区代码", "别处社区"),
        ({"事项": "no-such-item"}, "事项", "no-such-item"),
        ({"紧急程度": "马上"}, "紧急程度", "马上"),
    ],
)
def test_a_row_that_cannot_be_taken_is_refused_with_its_column_and_the_others_are_taken(
    town, tmp_path, changed, column, words
):
    done = brought(a_file(tmp_path, row(**changed), row(工单编号="HL-9")), town)
    assert done.counts == {"refused": 1, "new": 1}
    (line,) = done.listed
    assert line.row == 2 and line.findings[0].field == column
    assert words in " ".join(cells(line)) or words in text(line.findings[0].what)


def test_a_clock_that_is_a_little_ahead_is_now(town, tmp_path):
    brought(a_file(tmp_path, row(受理时间="2026-11-23 09:35")), town)
    assert cases()[0].reported_at == MORNING


def test_whoever_cannot_be_called_back_is_heard_all_the_same(town, tmp_path):
    done = brought(a_file(tmp_path, row(联系电话="0511-8888转12")), town)
    assert done.counts == {"new": 1} and done.listed[0].findings
    with acting_as(WORKER):
        kept = Contact.objects.get()
    assert (kept.name, kept.phone) == ("王小明", "")


@pytest.mark.parametrize(
    "words", ["=HYPERLINK(1)路灯坏了", "<script>alert(1)</script>灯", "灯🔦坏了", "‮灯坏了", "灯\x07坏了"]
)
def test_strange_signs_are_words_like_others(town, tmp_path, words):
    assert brought(a_file(tmp_path, row(诉求内容=words)), town).counts == {"new": 1}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 90),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 90),
        ("torn.xlsx", b"PK\x03\x04 torn"),
        ("letters.csv", "编号,诉求内容\nA,灯".encode() + b"\xff\xff\xff"),
        ("columns.csv", "编号,别的\nA,灯\n".encode()),
    ],
)
def test_what_is_no_table_of_orders_is_refused_by_its_name(town, tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused) as refused:
        brought(tmp_path / name, town)
    assert refused.value.where == name and refused.value.try_this is not None


def test_a_zip_bomb_is_refused_before_it_is_unpacked(town, tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    with pytest.raises(ImportRefused):
        brought(bomb, town)


def test_a_file_that_is_too_long_for_a_page_is_refused_before_anything_is_taken(town, tmp_path):
    path = a_file(tmp_path, *(row(工单编号=f"HL-{n}") for n in range(4)))
    with pytest.raises(ImportRefused):
        brought(path, town, most=3)
    assert cases() == []
    assert brought(path, town, most=4).counts == {"new": 4}


def test_a_file_that_broke_off_goes_on_where_it_stood(town, tmp_path, monkeypatch):
    monkeypatch.setattr(importing.receiving, "BATCH", 2)
    path = a_file(tmp_path, *(row(工单编号=f"HL-{n}") for n in range(5)))
    lines = bring_file(path, town.county, by=WORKER, at=MORNING)
    next(lines)
    lines.close()
    assert len(cases()) == 2
    assert brought(path, town).counts == {"same": 2, "new": 3}


def test_each_row_is_written_down_and_nothing_in_it_is_a_formula(town, tmp_path):
    path = a_file(tmp_path, LIGHT, row(工单编号="=cmd|' /C calc'!A0"))
    report = tmp_path / "report.csv"
    list(noted(bring_file(path, town.county, by=WORKER, at=MORNING), report))
    with report.open(encoding="utf-8-sig", newline="") as file:
        head, first, second = csv.reader(file)
    assert head[:2] == ["行", "编号"] and first[:3] == ["2", "HL-1", "新受理"]
    assert second[:3] == ["3", "'=cmd|' /C calc'!A0", "未受理"]
    with pytest.raises(ImportRefused):
        list(noted(iter(()), report))


@pytest.fixture
def answered(town, tmp_path):
    brought(a_file(tmp_path, LIGHT), town)
    advance(at=MORNING)
    desk = town.actor("dana")
    with acting_as(desk):
        close.close_by_hand(
            CaseId(cases()[0].pk), "explained", "=1+1 路灯属于供电公司，已转告并约定明天修好。", by=desk, at=MORNING
        )
    return hotline_of(town.county, at=MORNING)


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_the_answer_goes_back_under_their_number_without_a_word_about_the_reporter(answered, tmp_path, ending):
    out = tmp_path / f"out{ending}"
    with acting_as(WORKER):
        assert write(out, answers(answered.id, None)) == 1
    if ending == ".csv":
        whole = out.read_text(encoding="utf-8-sig")
    else:
        whole = "\n".join(
            ",".join(str(c) for c in line) for line in load_workbook(out).active.iter_rows(values_only=True)
        )
    assert "HL-1" in whole and "已解释说明" in whole and "'=1+1 路灯属于供电公司" in whole
    assert "13800000000" not in whole and "王小明" not in whole and "三号楼的路灯" not in whole


def test_an_export_is_never_written_over_another_file_or_in_another_form(answered, tmp_path):
    (tmp_path / "there.csv").write_text("mine")
    for name in ("there.csv", "out.pdf"):
        with acting_as(WORKER), pytest.raises(AnswersRefused):
            write(tmp_path / name, answers(answered.id, None))
    assert (tmp_path / "there.csv").read_text() == "mine"


def test_only_what_was_heard_since_a_day_is_exported(answered):
    with acting_as(WORKER):
        assert list(answers(answered.id, MORNING.date() + timedelta(days=1))) == []


def test_the_hotline_begins_with_its_first_file_and_has_no_key(town, tmp_path):
    brought(a_file(tmp_path, LIGHT), town)
    with acting_as(WORKER):
        partner = Partner.objects.get()
        assert (partner.name, partner.org_id, partner.key_hash) == ("12345", town.county, None)
        assert Link.objects.get().came_in
