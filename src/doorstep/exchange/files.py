"""Orders of a hotline as files: the layout that `docs/reference/hotline.md` describes, read and written.

Each row is taken or refused by itself; the same file again does nothing twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from doorstep.areas.readers import tables
from doorstep.areas.readers.formats import Format, Limits, recognise
from doorstep.areas.readers.records import Finding
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.cases.actions.contact import ContactRefused, readable_contact
from doorstep.cases.actions.report import Contact, Place
from doorstep.cases.actions.report import Report as Said
from doorstep.catalogue.item import Urgency
from doorstep.core.geometry.datums import Datum, Point, named
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import LOCAL
from doorstep.exchange.actions.receiving import checked
from doorstep.exchange.orders import Order, OrderRefused

LIMITS: Final = Limits(file_bytes=64 * 1024 * 1024, unpacked_bytes=512 * 1024 * 1024, rows=200_000)

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {  # read, not shown
    "number": ("编号", "工单编号", "工单号", "对方编号"),
    "happened_at": ("受理时间", "来电时间"),
    "words": ("诉求内容", "内容"),
    "name": ("诉求人", "姓名"),
    "phone": ("联系电话", "电话"),
    "community": ("社区代码", "所属社区", "社区"),
    "address": ("地址", "事发地址"),
    "item": ("事项", "事项代码"),
    "urgency": ("紧急程度",),
    "lon": ("经度",),
    "lat": ("纬度",),
    "datum": ("坐标系",),
}
NEEDED: Final = ("number", "words")
URGENCIES: Final = {  # read, not shown
    "特急": Urgency.CRITICAL,
    "紧急": Urgency.URGENT,
    "一般": Urgency.ORDINARY,
    "复杂": Urgency.COMPLEX,
}
_TIME: Final = re.compile(  # read, not shown
    r"(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.0+)?)?"  # read, not shown
)


class Surroundings(NamedTuple):
    """What the rows of a file may name: communities by code and by name, items by code and by name."""

    above: Place
    communities: Mapping[str, Place]
    items: Mapping[str, str]
    source: str


class Read(NamedTuple):
    """One row: its order, if it can be taken, and whatever is to be said about it."""

    row: int
    number: str
    order: Order | None
    findings: tuple[Finding, ...]


def read_orders(path: Path, around: Surroundings, *, at: datetime, limits: Limits = LIMITS) -> Iterator[Read]:
    """The rows of a CSV (UTF-8 or GB18030) or Excel file; refused as a whole only where no row can be read."""
    report = Report(path.name)
    format_ = recognise(path, frozenset({Format.CSV, Format.EXCEL}), limits)
    told = 0
    for row in tables.rows(path, format_, COLUMNS, report, limits):
        if missing := [field for field in NEEDED if field not in row.cells]:
            raise FileRefused(
                say("areas-columns-missing", columns="、".join(COLUMNS[field][0] for field in missing)),
                say("areas-columns-missing-try", columns="、".join(names[0] for names in COLUMNS.values())),
            )
        for problem in report.findings().problems[told:]:
            told += 1
            yield Read(_number(problem), "", None, (problem,))
        yield _read(row, path.name, around, at)
    for problem in report.findings().problems[told:]:
        yield Read(_number(problem), "", None, (problem,))


def _number(finding: Finding) -> int:
    return finding.row if isinstance(finding.row, int) else 0


def _read(row: tables.Row, file: str, around: Surroundings, at: datetime) -> Read:
    report = Report(file)
    number = row.cells["number"]
    order = None
    try:
        order = checked(_order(row.cells, row.number, around, report), at)
    except Refusal as refused:
        report.refuse(refused, row.number, _column(refused.where))
    found = report.findings()
    return Read(row.number, number, None if found.problem_count else order, (*found.problems, *found.remarks))


def _order(cells: Mapping[str, str], row: int, around: Surroundings, report: Report) -> Order:
    tables.plain_text(cells["number"], row, _column("number"), report)
    said = Said(
        words=cells["words"],
        place=_place(cells, around),
        contact=_contact(cells, row, report),
        item=_item(cells.get("item", ""), around),
        urgency=_urgency(cells.get("urgency", "")),
        source=around.source,
    )
    return Order(cells["number"], said, _time(cells.get("happened_at", "")))


def _contact(cells: Mapping[str, str], row: int, report: Report) -> Contact:
    """Whoever cannot be called back is heard all the same; the desk is told."""
    name = cells.get("name", "")[:60]
    try:
        return readable_contact("", cells.get("phone", ""), name=name)
    except ContactRefused as refused:
        report.remark(row, _column("phone"), refused.message, say("exchange-row-without-phone"))
        return Contact(name=name)


def _place(cells: Mapping[str, str], around: Surroundings) -> Place:
    community = cells.get("community", "")
    if community and community not in around.communities:
        raise OrderRefused(
            say("exchange-row-community", community=community[:40]), say("exchange-row-community-try"), "community"
        )
    of = around.communities.get(community, around.above)
    lon, lat = _point(cells)
    return Place(lon, lat, None, None, of.community, of.subdistrict, of.county, cells.get("address", "")[:200])


def _point(cells: Mapping[str, str]) -> tuple[float | None, float | None]:
    written = cells.get("lon", ""), cells.get("lat", "")
    if not any(written):
        return None, None
    try:
        lon, lat = (float(each) for each in written)
    except ValueError:
        raise OrderRefused(say("exchange-row-point"), say("exchange-row-point-try"), "lon") from None
    if not (73 <= lon <= 136 and 3 <= lat <= 54):
        raise OrderRefused(say("exchange-row-point"), say("exchange-row-point-try"), "lon")
    point = Point(lon, lat, named(cells.get("datum", "") or Datum.WGS84)).to(Datum.WGS84)
    return point.lon, point.lat


def _item(written: str, around: Surroundings) -> str:
    if not written:
        return ""
    if written not in around.items:
        raise OrderRefused(say("exchange-row-item", item=written[:40]), say("exchange-row-item-try"), "item")
    return around.items[written]


def _urgency(written: str) -> str:
    if not written:
        return ""
    if written not in URGENCIES and written not in set(Urgency):
        known = "、".join(URGENCIES)
        raise OrderRefused(
            say("exchange-row-urgency", urgency=written[:20]), say("exchange-row-urgency-try", known=known), "urgency"
        )
    return str(URGENCIES.get(written, written))


def _time(written: str) -> datetime | None:
    if not written:
        return None
    match = _TIME.fullmatch(written)
    try:
        if match is None:
            raise ValueError(written)
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        return datetime(year, month, day, hour, minute, second, tzinfo=LOCAL)
    except ValueError:
        raise OrderRefused(
            say("exchange-row-time", time=written[:30]), say("exchange-row-time-try"), "happened_at"
        ) from None


def _column(field: str) -> str:
    return COLUMNS[field][0] if field in COLUMNS else field
