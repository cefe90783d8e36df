"""The territory as cities publish it, and as it arrives after somebody has had it open in a spreadsheet."""

from __future__ import annotations

import pytest

from doorstep.areas.readers import read_territory
from doorstep.areas.readers.formats import Limits
from doorstep.areas.rules.codes import Level
from doorstep.core.text import text

HEADER = "code,name,street_code,street,area_code,area,city_code,city"
GOOD = "321102001001,健康路社区居委会,321102001,正东路街道,321102,京口区,3211,镇江市"
NEXT = "321102001003,花山湾社区居委会,321102001,正东路街道,321102,京口区,3211,镇江市"


def table(*rows):
    return "\n".join([HEADER, *rows]) + "\n"


def problems(file):
    return [(finding.row, finding.field, finding.what.key) for finding in file.findings.problems]


def test_three_real_cities_are_read_whole(demo):
    file = read_territory(demo / "divisions" / "communities_3cities.csv")
    assert file.is_good and not file.findings.remarks
    assert [len(file.at(level)) for level in (Level.CITY, Level.COUNTY, Level.SUBDISTRICT, Level.COMMUNITY)] == [
        3,
        33,
        408,
        5397,
    ]
    by_code = {area.code: area for area in file.areas}
    assert by_code["321102"].name == "京口区"
    assert all(area.parent in by_code for area in file.areas if area.level > Level.CITY)
    # From above, so that whoever writes them down always finds the parent.
    assert [area.level for area in file.areas] == sorted(area.level for area in file.areas)


def test_excel_with_chinese_headers_and_codes_that_became_numbers(write_excel):
    path = write_excel(
        "territory.xlsx",
        [["社区代码", "社区名称", "街道", "区县"], [321102001001, "健康路社区居委会", "正东路街道", "京口区"]],
    )
    file = read_territory(path)
    assert file.is_good
    assert [(area.code, area.name) for area in file.areas] == [
        ("321102", "京口区"),
        ("321102001", "正东路街道"),
        ("321102001001", "健康路社区居委会"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_do_to_letters_and_lines_does_no_harm(write, encoding, end):
    file = read_territory(write("t.csv", table(GOOD, NEXT).replace("\n", end).encode(encoding)))
    assert file.is_good
    assert [area.name for area in file.at(Level.COMMUNITY)] == ["健康路社区居委会", "花山湾社区居委会"]
    said = [finding.what.key for finding in file.findings.remarks]
    assert said == (["areas-file-read-as-gb"] if encoding == "gb18030" else [])


@pytest.mark.parametrize("separator", [";", "\t"])
def test_other_separators_are_understood(write, separator):
    assert read_territory(write("t.csv", table(GOOD).replace(",", separator))).is_good


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (GOOD.replace("321102001001", "32110200100"), ("code", "areas-code-wrong-length")),
        (GOOD.replace("321102001001", "3.21102E+11"), ("code", "areas-code-not-digits")),
        (GOOD.replace("321102001001", "321102001"), ("code", "areas-code-not-community")),
        (GOOD.replace("321102001001", "321102001900"), ("code", "areas-code-unknown-community")),
        (GOOD.replace(",321102001,", ",321102002,"), ("street_code", "areas-code-wrong-parent")),
        (GOOD.replace(",321102,", ",321111,"), ("area_code", "areas-code-wrong-parent")),
        (GOOD.replace(",3211,", ",3201,"), ("city_code", "areas-code-wrong-parent")),
        (GOOD.replace("健康路社区居委会", "  "), ("name", "areas-name-blank")),
        (GOOD.replace("健康路社区居委会", "很" * 81), ("name", "areas-name-too-long")),
        (GOOD.replace("健康路社区居委会", '"健康路\n社区"'), ("name", "areas-cell-line-break")),
        (GOOD.replace("健康路社区居委会", "=HYPERLINK(1)"), ("name", "areas-cell-formula")),
        (GOOD.replace("京口区", ""), ("area", "areas-name-blank")),
        (GOOD + ",one,more", ("", "areas-row-too-long")),
    ],
)
def test_a_wrong_row_is_listed_with_its_number_and_field(write, row, expected):
    file = read_territory(write("t.csv", table(NEXT, row)))
    assert not file.is_good
    assert problems(file) == [(3, *expected)]
    assert all(text(finding.what, lang) for finding in file.findings.problems for lang in ("zh", "en"))


def test_all_that_is_wrong_is_listed_at_once(write):
    file = read_territory(
        write("t.csv", table(GOOD, GOOD, "", NEXT.replace("正东路街道", "正西路街道"), "x,y,,,,,,", ",,,,,,,"))
    )
    assert problems(file) == [
        (3, "code", "areas-code-twice"),
        (5, "street", "areas-name-differs"),
        (6, "code", "areas-code-not-digits"),
    ]
    assert str(file.findings.problems[0]).startswith("t.csv:3:code: ")


def test_a_table_without_the_columns_is_told_which(write):
    file = read_territory(write("t.csv", "code,name\n321102001001,健康路社区\n"))
    assert problems(file) == [("", "", "areas-columns-missing")]
    assert "street" in text(file.findings.problems[0].what, "en")


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("t.csv", b"", "areas-file-empty"),
        ("t.csv", b"\n\n", "areas-file-empty"),
        ("t.csv", HEADER.encode(), "areas-file-no-rows"),
        ("t.csv", b"code,name\n\x00\x01", "areas-file-unknown-format"),
        ("t.csv", b"\x81\xff\xff,1\n", "areas-file-unknown-letters"),
        ("t.csv", b"PK\x03\x04 no workbook", "areas-file-wrong-ending"),
        ("t.xlsx", b"PK\x03\x04 no workbook", "areas-file-broken"),
        ("t.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "areas-file-old-excel"),
        ("t.pdf", b"code,name\n", "areas-file-wrong-ending"),
        ("t.csv", b'{"type": "FeatureCollection", "features": []}', "areas-file-unknown-format"),
        ("t.csv", b'code,name,street,area\n"321102001001,a,b,c\n', "areas-file-broken-csv"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_problem(write, name, content, key):
    file = read_territory(write(name, content))
    assert [finding.what.key for finding in file.findings.problems] == [key]
    assert file.areas == ()


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path):
    assert problems(read_territory(tmp_path / "t.csv")) == [("", "", "areas-file-missing")]


def test_a_file_beyond_the_limits_is_refused_before_it_is_read(write):
    path = write("t.csv", table(GOOD, NEXT))
    assert problems(read_territory(path, limits=Limits(file_bytes=50)))[0][2] == "areas-file-too-large"
    assert problems(read_territory(path, limits=Limits(rows=1)))[-1][2] == "areas-file-too-many-rows"


def test_of_very_many_problems_the_first_are_listed_and_all_counted(write):
    file = read_territory(write("t.csv", table(*["x,y,,s,,a,,"] * 1_500)))
    assert (len(file.findings.problems), file.findings.problem_count) == (1_000, 1_500)
