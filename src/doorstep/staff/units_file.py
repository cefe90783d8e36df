"""Units from a table: desks, offices, departments, property companies."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import USUAL, Format, recognise
from doorstep.areas.readers.records import Findings
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.rules.codes import AreaCode, CodeRefused, level_of, parse
from doorstep.core.contacts import ContactRefused, read_public_phone
from doorstep.core.text import say
from doorstep.staff.duty import readable_duty
from doorstep.staff.models import UnitKind
from doorstep.staff.rules.seats import AREA_OF_UNIT, LONGEST_NAME

_COLUMNS: Final = {  # read, not shown
    "kind": ("种类", "类型"),
    "name": ("名称", "单位", "单位名称"),
    "area": ("区域", "区划代码", "代码", "area_code"),
    "subject": ("行业", "部门", "department"),
    "on_call": ("值班", "应急"),
    "phone": ("公开电话", "电话", "联系电话"),
    "duty_phone": ("值班手机", "值班电话"),
    "duty_email": ("值班邮箱", "值班电子邮箱"),
}
_KINDS: Final = {  # read, not shown
    "社区受理台": UnitKind.COMMUNITY_DESK,
    "街道办": UnitKind.SUBDISTRICT_OFFICE,
    "部门": UnitKind.DEPARTMENT,
    "物业公司": UnitKind.PROPERTY_COMPANY,
    "指挥中心": UnitKind.COMMAND_CENTRE,
    "外部单位": UnitKind.OUTSIDE,
}
_YES: Final = frozenset({"yes", "1", "true", "是"})  # read, not shown


@dataclass(frozen=True)
class UnitRecord:
    """One unit as the file has it."""

    kind: UnitKind
    name: str
    area: AreaCode
    subject: str
    is_on_call: bool
    row: int
    phone: str | None = None
    duty: Mapping[str, str] = field(default_factory=dict)
    """Of columns that the file does not have nothing is said: what was kept stays."""


@dataclass(frozen=True)
class UnitsFile:
    """All that a file says of units, and what is wrong with it."""

    file: str
    units: tuple[UnitRecord, ...]
    findings: Findings


def read_units(path: Path, subjects: Collection[str]) -> UnitsFile:
    """One row a unit: kind, name, the code of its area; a department its subject, which is one of the catalogue's."""
    report = Report(path.name)
    units: list[UnitRecord] = []
    try:
        format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), USUAL)
        for row in tables.rows(path, format_, _COLUMNS, report, USUAL):
            if missing := [field for field in ("kind", "name", "area") if field not in row.cells]:
                raise FileRefused(
                    say("areas-columns-missing", columns=", ".join(missing)),
                    say("areas-columns-missing-try", columns=", ".join(_COLUMNS)),
                )
            unit = _unit(row, subjects, report)
            if unit is not None:
                units.append(unit)
    except FileRefused as no:
        report.refuse(no)
    return UnitsFile(path.name, tuple(units), report.findings())


def _unit(row: tables.Row, subjects: Collection[str], report: Report) -> UnitRecord | None:
    kind, subject = _kind(row, report), row.cells.get("subject", "")
    name = tables.plain_text(row.cells["name"], row.number, "name", report)
    if not 0 < len(name) <= LONGEST_NAME:
        what = say("areas-name-too-long", most=LONGEST_NAME) if name else say("areas-name-blank")
        report.problem(row.number, "name", what)
    if kind is UnitKind.DEPARTMENT and subject not in subjects:
        known = ", ".join(sorted(subjects))
        report.problem(row.number, "subject", say("staff-units-subject"), say("staff-units-subject-try", known=known))
    try:
        area = parse(row.cells["area"])
    except CodeRefused as no:
        report.refuse(no, row.number, "area")
        return None
    wanted = AREA_OF_UNIT.get(kind or "")
    if wanted and level_of(area).name.lower() != wanted:
        what_to_do = say("staff-unit-level-try", level=say(f"command-level-{wanted}"))
        report.problem(row.number, "area", say("staff-unit-level"), what_to_do)
    is_on_call = row.cells.get("on_call", "").lower() in _YES
    phone, duty = _reached(row, report)
    return UnitRecord(kind, name, area, subject, is_on_call, row.number, phone, duty) if kind else None


def _reached(row: tables.Row, report: Report) -> tuple[str | None, Mapping[str, str]]:
    """How anybody reaches the unit, and how we reach whoever is on duty there."""
    try:
        phone = read_public_phone(row.cells["phone"]) if "phone" in row.cells else None
        duty = readable_duty(row.cells.get("duty_phone", ""), row.cells.get("duty_email", ""))
    except ContactRefused as no:
        report.refuse(no, row.number, no.where)
        return None, {}
    return phone, {name: value for name, value in asdict(duty).items() if f"duty_{name}" in row.cells}


def _kind(row: tables.Row, report: Report) -> UnitKind | None:
    written = row.cells["kind"]
    known = {str(kind): kind for kind in _KINDS.values()} | _KINDS
    if written not in known:
        report.problem(
            row.number,
            "kind",
            say("staff-units-kind", kind=written),
            say("staff-units-kind-try", known=", ".join(known)),
        )
    return known.get(written)
