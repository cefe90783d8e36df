"""One row of the decision table: which cases it is about, who holds them, and why.

A row is met when everything that it names fits; what it leaves open fits everything. Rows are asked in their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from doorstep.cases.rules.facts import CaseFacts, UnitFacts, UnitId
from doorstep.cases.rules.table.moment import MINUTES_A_DAY, Moment
from doorstep.catalogue.item import Handler, Item, Level, Urgency
from doorstep.core.time.limits import Limit, parse_limit

UNIT: Final = "unit"


@dataclass(frozen=True)
class To:
    """Who is meant: one unit by its number, or the nearest of a kind."""

    unit: UnitId | None = None
    kind: Handler | None = None

    def fits(self, unit: UnitFacts) -> bool:
        return unit.id == self.unit if self.kind is None else unit.fits(self.kind)

    def __str__(self) -> str:
        return str(self.kind) if self.kind is not None else f"{UNIT}:{self.unit}"


def read_to(written: str) -> To:
    """Read `unit:12`, `community` or `department:water`; raises `ValueError` for anything else."""
    head, _, tail = written.strip().partition(":")
    if head == UNIT:
        if not (tail.isascii() and tail.isdecimal() and len(tail) <= 18):
            raise ValueError(written)
        return To(unit=UnitId(str(int(tail))))
    level = Level(head)
    if bool(tail) != (level is Level.DEPARTMENT):
        raise ValueError(written)
    return To(kind=Handler(level, tail))


@dataclass(frozen=True)
class Hours:
    """From one minute of the day to another that is no longer in it; past midnight where it ends before it begins."""

    begin: int
    end: int

    def hold(self, minute: int) -> bool:
        if self.begin < self.end:
            return self.begin <= minute < self.end
        return minute >= self.begin or minute < self.end


@dataclass(frozen=True)
class Row:
    """A row. `what` names classes by code and items by name, `places` beginnings of area codes.

    `limit` is the holder's; it may shorten what the item gives, and never lengthens it. `rev` grows with each change.
    """

    id: int
    holder: To
    reason: str
    what: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    urgencies: tuple[Urgency, ...] = ()
    days: tuple[str, ...] = ()
    hours: Hours | None = None
    begins: date | None = None
    ends: date | None = None
    helpers: tuple[To, ...] = ()
    limit: Limit | None = None
    rev: int = 0

    def fails_on(self, case: CaseFacts, moment: Moment) -> str | None:
        """The first thing that does not fit, by the name of its column; None when the row is met."""
        if not self.is_about(case.item):
            return "what"
        if self.places and not case.area.startswith(self.places):
            return "places"
        if not self.takes(case.urgency):
            return "urgencies"
        return None if self.holds_at(moment) else "time"

    def is_about(self, item: Item | None) -> bool:
        """Whether it names this item, or a class that it belongs to; what has no item is met by an open row only."""
        if not self.what:
            return True
        return item is not None and any(item.id == each or _is_class(each, item) for each in self.what)

    def takes(self, urgency: Urgency) -> bool:
        """Danger to life is met only by a row that names it, so that no wide row slows it down."""
        return urgency in self.urgencies if self.urgencies else urgency is not Urgency.CRITICAL

    def holds_at(self, moment: Moment) -> bool:
        """Whether it is about this day and hour."""
        if self.begins is not None and moment.day < self.begins:
            return False
        if self.ends is not None and moment.day > self.ends:
            return False
        if self.days and moment.kinds.isdisjoint(self.days):
            return False
        return self.hours is None or self.hours.hold(moment.minute)


def _is_class(code: str, item: Item) -> bool:
    return code.isdecimal() and item.class_code.startswith(code)


@dataclass(frozen=True)
class Table:
    """One version of the table, for one county."""

    version: int
    from_on: date | None
    rows: tuple[Row, ...]

    def row(self, number: int) -> Row | None:
        """The row with this number."""
        return next((each for each in self.rows if each.id == number), None)


@dataclass(frozen=True)
class Words:
    """A row as it is written: what a form, a sheet and the database keep."""

    what: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    hours: str = ""
    begins: str = ""
    ends: str = ""
    holder: str = ""
    helpers: tuple[str, ...] = ()
    limit: str = ""
    reason: str = ""


@dataclass
class Faults:
    """What in a written row cannot be read, by column."""

    columns: dict[str, str] = field(default_factory=dict)


def read_row(words: Words, number: int, rev: int, faults: Faults) -> Row | None:
    """The row that these words say; None where something cannot be read, and `faults` tells what."""
    row = Row(
        id=number,
        rev=rev,
        holder=_read("holder", words.holder, read_to, faults) or To(),
        reason=words.reason.strip(),
        what=words.what,
        places=words.places,
        urgencies=tuple(_all("urgencies", words.urgencies, Urgency, faults)),
        days=words.days,
        hours=_read("hours", words.hours, read_hours, faults),
        begins=_read("begins", words.begins, date.fromisoformat, faults),
        ends=_read("ends", words.ends, date.fromisoformat, faults),
        helpers=tuple(_all("helpers", words.helpers, read_to, faults)),
        limit=_read("limit", words.limit, parse_limit, faults),
    )
    if not words.holder:
        faults.columns["holder"] = ""
    return None if faults.columns else row


def words_of(row: Row) -> Words:
    """A row as it is written."""
    return Words(
        what=row.what,
        places=row.places,
        urgencies=tuple(str(each) for each in row.urgencies),
        days=row.days,
        hours=f"{_clock(row.hours.begin)}-{_clock(row.hours.end)}" if row.hours else "",
        begins=row.begins.isoformat() if row.begins else "",
        ends=row.ends.isoformat() if row.ends else "",
        holder=str(row.holder),
        helpers=tuple(str(each) for each in row.helpers),
        limit=str(row.limit or ""),
        reason=row.reason,
    )


def as_kept(row: Row) -> dict[str, Any]:
    """A row as JSON keeps it."""
    written = {name: value for name, value in vars(words_of(row)).items() if value}
    return {"id": row.id, "rev": row.rev, **written}


def from_kept(kept: Mapping[str, Any]) -> Row:
    """The row that `as_kept` wrote."""
    written: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in kept.items()
        if name not in ("id", "rev")
    }
    number, rev = int(kept["id"]), int(kept["rev"])
    faults = Faults()
    row = read_row(Words(**written), number, rev, faults)
    if row is None:
        raise ValueError(f"Row {number} cannot be read: {faults.columns}.")
    return row


def read_hours(written: str) -> Hours:
    """Read `18:00-08:00`; `24:00` is the end of a day."""
    begin, _, end = written.replace("—", "-").replace("–", "-").replace("：", ":").partition("-")
    hours = Hours(_minute(begin), _minute(end))
    if hours.begin == hours.end or hours.begin == MINUTES_A_DAY:
        raise ValueError(written)
    return hours


def _minute(clock: str) -> int:
    hour, _, minute = clock.strip().partition(":")
    if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2 and int(minute) < 60):
        raise ValueError(clock)
    total = int(hour) * 60 + int(minute)
    if total > MINUTES_A_DAY:
        raise ValueError(clock)
    return total


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _read(column: str, written: str, reader: Any, faults: Faults) -> Any:
    if not written.strip():
        return None
    try:
        return reader(written.strip())
    except ValueError:
        faults.columns[column] = written.strip()
        return None


def _all(column: str, written: tuple[str, ...], reader: Any, faults: Faults) -> list[Any]:
    return [read for each in written if (read := _read(column, each, reader, faults)) is not None]
