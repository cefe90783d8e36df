"""The territory from a table of communities with the codes and names of what is above them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import USUAL, Format, Limits, recognise
from doorstep.areas.readers.records import TerritoryArea, TerritoryFile
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.rules import codes
from doorstep.areas.rules.codes import AreaCode, Level
from doorstep.core.text import say

_COLUMNS: Final = {  # read, not shown
    "code": ("社区代码", "村（社区）代码", "统计用区划代码", "区划代码", "代码", "community_code"),
    "name": ("社区名称", "村名称", "名称", "社区", "community", "community_name"),
    "street_code": ("街道代码", "镇代码", "乡镇代码", "subdistrict_code", "town_code"),
    "street": ("街道", "街道名称", "乡镇", "镇", "subdistrict", "town"),
    "area_code": ("区县代码", "县代码", "区代码", "county_code", "district_code"),
    "area": ("区县", "区县名称", "县", "区", "county", "district"),
    "city_code": ("城市代码", "市代码"),
    "city": ("城市", "市", "地市"),
}
_ABOVE: Final = {
    Level.SUBDISTRICT: ("street_code", "street"),
    Level.COUNTY: ("area_code", "area"),
    Level.CITY: ("city_code", "city"),
}
_NEEDED: Final = ("code", "name", "street", "area")
_LONGEST_NAME: Final = 80


def read_territory(path: Path | str, *, limits: Limits = USUAL) -> TerritoryFile:
    """The cities, counties, subdistricts and communities that a CSV or Excel table names.

    One row a community: its 12-digit code and name, and the names of its subdistrict and county. Codes of what is above
    follow from the community's; where the file has them too, they must agree.
    """
    path = Path(path)
    report = Report(path.name)
    areas: dict[AreaCode, TerritoryArea] = {}
    try:
        format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), limits)
        for row in tables.rows(path, format_, _COLUMNS, report, limits):
            if not areas and (missing := [field for field in _NEEDED if field not in row.cells]):
                raise FileRefused(
                    say("areas-columns-missing", columns=", ".join(missing)),
                    say("areas-columns-missing-try", columns=", ".join(_COLUMNS)),
                )
            _read_row(row, areas, report)
        if not areas and not report.findings().problem_count:
            raise FileRefused(say("areas-file-no-rows"), say("areas-file-empty-try"))
    except FileRefused as no:
        report.refuse(no)
    by_level = sorted(areas.values(), key=lambda area: (area.level, area.code))
    return TerritoryFile(path.name, tuple(by_level), report.findings())


def _read_row(row: tables.Row, areas: dict[AreaCode, TerritoryArea], report: Report) -> None:
    try:
        code = codes.parse(row.cells["code"])
    except codes.CodeRefused as no:
        report.refuse(no, row.number, "code")
        return
    if codes.level_of(code) is not Level.COMMUNITY:
        report.problem(row.number, "code", say("areas-code-not-community", code=code), say("areas-code-ask"))
        return
    if code in areas:
        report.problem(
            row.number, "code", say("areas-code-twice", code=code, row=areas[code].row), say("areas-row-remove")
        )
        return
    areas[code] = _area(row, code, "name", report)
    for level, (code_field, name_field) in _ABOVE.items():
        _read_above(row, AreaCode(code[:level]), code_field, name_field, areas, report)


def _read_above(
    row: tables.Row,
    code: AreaCode,
    code_field: str,
    name_field: str,
    areas: dict[AreaCode, TerritoryArea],
    report: Report,
) -> None:
    """Note the area above a community, or see that this row says the same of it as the rows before."""
    written = row.cells.get(code_field, code)
    if written != code:
        what = say("areas-code-wrong-parent", code=row.cells["code"], parent=written, expected=code)
        report.problem(row.number, code_field, what, say("areas-code-ask"))
    if name_field not in row.cells:
        return
    area = _area(row, code, name_field, report)
    known = areas.setdefault(code, area)
    if area.name and known.name and area.name != known.name:
        what = say("areas-name-differs", code=code, name=area.name, before=known.name, row=known.row)
        report.problem(row.number, name_field, what, say("areas-name-differs-try"))


def _area(row: tables.Row, code: AreaCode, name_field: str, report: Report) -> TerritoryArea:
    name = tables.plain_text(row.cells[name_field], row.number, name_field, report)
    if not name:
        report.problem(row.number, name_field, say("areas-name-blank"), say("areas-name-blank-try"))
    elif len(name) > _LONGEST_NAME:
        what = say("areas-name-too-long", most=_LONGEST_NAME)
        report.problem(row.number, name_field, what, say("areas-name-too-long-try"))
    level = codes.level_of(code)
    parent = codes.parent_of(code)
    return TerritoryArea(code, name, level, parent or AreaCode(""), row.number)
