"""Write the decision table: begin a draft, change it row by row, take a change back, publish it from a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction

from doorstep.cases.models import DispatchTable, TableEdit
from doorstep.cases.rules.table.checking import Fault, Known, checked, faults_of
from doorstep.cases.rules.table.editing import (
    EditRefused,
    Rows,
    refuse_beyond,
    refuse_own_publishing,
)
from doorstep.cases.rules.table.rows import Row, Words, as_kept, from_kept
from doorstep.cases.table_models import TableState
from doorstep.cases.tables import (
    EDITORS,
    county_of,
    draft,
    editors_of,
    in_force,
    known_to,
    next_version,
    own_code,
    rows_of,
)
from doorstep.core.access import Actor, Role, audit
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date


class NotTheirs(Refusal):
    """The table is written by the county and, about its own places, by a subdistrict."""

    status = 403


class NoDraft(Refusal):
    """Nothing is being written."""

    status = 404


class RowRefused(Refusal):
    """What somebody wrote is no row, or one that the law forbids; `faults` tells every column."""

    status = 422

    def __init__(self, faults: Sequence[Fault], row: int | None) -> None:
        self.faults = tuple(faults)
        first = faults[0]
        place = say("table-refused-new") if row is None else say("table-refused-row", row=row)
        super().__init__(say("table-refused", place=place, fault=first.message), where=first.column)


def begin(*, by: Actor, at: datetime) -> DispatchTable:
    """A draft that begins as the version in force; the one that is there already, where somebody began one."""
    county = _county(by)
    if (found := draft(county)) is not None:
        return found
    if by.role is not Role.COUNTY:
        raise EditRefused(say("table-begin-county"), say("table-begin-county-try"))
    base = in_force(county, local_date(at))
    rows = [as_kept(replace(row, rev=0)) for row in base.rows] if base else []
    try:
        with transaction.atomic():
            return DispatchTable.objects.create(
                county_id=county,
                version=next_version(county),
                rows=rows,
                next_row=_first_free(county),
                based_on=base.version if base else None,
                made_at=at,
            )
    except IntegrityError:
        # Somebody began in the same moment; the database let one of us in.
        found = draft(county)
        assert found is not None
        return found


def add_row(words: Words, *, by: Actor, at: datetime, after: int | None = None) -> Row:
    """One row more."""
    with _editing(by, at, "add") as held:
        row = held.read(words, None)
        held.rows = held.rows.added(row, after=after)
        held.row = held.rows.next_row - 1
        return held.rows.one(held.row)


def change_row(number: int, words: Words, *, seen: int, by: Actor, at: datetime) -> Row:
    """A row said anew; refused where somebody else changed it since it was `seen`."""
    with _editing(by, at, "change", number) as held:
        held.refuse_foreign(held.rows.one(number))
        held.rows = held.rows.changed(held.read(words, number), seen=seen)
        return held.rows.one(number)


def duplicate_row(number: int, *, by: Actor, at: datetime) -> Row:
    """The same row once more, behind the first."""
    with _editing(by, at, "duplicate", number) as held:
        row = held.rows.one(number)
        held.refuse_foreign(row)
        held.rows = held.rows.added(row, after=number)
        held.row = held.rows.next_row - 1
        return held.rows.one(held.row)


def move_row(number: int, places: int, *, by: Actor, at: datetime) -> None:
    """A row some places further down, or up."""
    with _editing(by, at, "move", number) as held:
        held.refuse_foreign(held.rows.one(number))
        held.rows = held.rows.moved(number, places)


def remove_row(number: int, *, seen: int, by: Actor, at: datetime) -> None:
    """A row less; refused where somebody else changed it since it was `seen`."""
    with _editing(by, at, "remove", number) as held:
        held.refuse_foreign(held.rows.one(number))
        held.rows = held.rows.removed(number, seen=seen)


def replace_rows(
    written: Sequence[tuple[int, Words]],
    *,
    seen: int,
    by: Actor,
    at: datetime,
    found: Sequence[tuple[int, Fault]] = (),
) -> int:
    """All rows from a sheet, or none: every fault of every row is told, and nothing is changed.

    Rows bear the numbers of the sheet; `found` is what was wrong with it before its rows were looked at.
    """
    with _editing(by, at, "import") as held:
        if held.table.seq != seen:
            raise EditRefused(say("table-changed"), say("table-changed-try"))
        if by.role is not Role.COUNTY:
            raise EditRefused(say("table-import-county"), say("table-import-county-try"))
        read = [(place, *checked(words, 0, 0, held.known)) for place, words in written]
        faults = [*found, *((place, fault) for place, _, wrong in read for fault in wrong)]
        if faults:
            raise SheetRefused(faults)
        rows = Rows((), held.rows.next_row)
        for _, row, _ in read:
            assert row is not None
            rows = rows.added(row)
        held.rows = rows
        return len(rows.rows)


class SheetRefused(Refusal):
    """A sheet with faults; `rows` tells each with the number of its row."""

    status = 422

    def __init__(self, rows: Sequence[tuple[int, Fault]]) -> None:
        self.rows = tuple(rows)
        super().__init__(say("table-sheet-refused", count=len(rows)), say("table-sheet-refused-try"), "sheet")


def undo(*, seen: int, by: Actor, at: datetime) -> None:
    """Take back the latest change; refused where another came after the one that was `seen`."""
    with _editing(by, at, "undo") as held:
        last = TableEdit.objects.filter(table=held.table, is_undone=False).order_by("-seq").first()
        if last is None:
            raise EditRefused(say("table-nothing-to-undo"))
        if last.seq != seen:
            raise EditRefused(say("table-changed"), say("table-changed-try"))
        before = tuple(from_kept(each) for each in last.before)
        for row in {*before, *held.rows.rows} - ({*before} & {*held.rows.rows}):
            held.refuse_foreign(row)
        if by.role is not Role.COUNTY and last.kind == "import":
            raise EditRefused(say("table-import-county"), say("table-import-county-try"))
        held.rows = replace(held.rows, rows=before)
        held.undone = last


def publish(from_on: date, *, seen: int, by: Actor, at: datetime) -> DispatchTable:
    """The draft rules from that day on; what was in force until then is kept, and so is every row's number."""
    with _locked(by) as table:
        _refuse_but_county(by)
        if table.seq != seen:
            raise EditRefused(say("table-changed"), say("table-changed-try"))
        if from_on < local_date(at):
            raise EditRefused(say("table-publish-past"), say("table-publish-past-try"), "from_on")
        is_editor = any(_is_same(by, *hand) for hand in editors_of(table))
        refuse_own_publishing(is_editor, by_two=settings.TABLE_BY_TWO)
        _refuse_faults(rows_of(table), known_to(table.county_id))
        table.state, table.from_on, table.published_at = TableState.PUBLISHED, from_on, at
        table.published_by_role, table.published_by_post = str(by.role), by.post
        table.published_by_account = by.account
        table.save()
        audit.deed("published-table", f"{table.version}", by=by, at=at, facts={"from_on": from_on.isoformat()})
        return table


def discard(*, by: Actor, at: datetime) -> None:
    """The draft is laid aside; its number is not given out again."""
    with _locked(by) as table:
        _refuse_but_county(by)
        table.state = TableState.DISCARDED
        table.save(update_fields=["state"])
        audit.deed("discarded-table", f"{table.version}", by=by, at=at)


# How a draft is held ------------------------------------------------------------------------------------------------


class _Held:
    """A draft that is being changed by one actor, locked until the transaction ends."""

    def __init__(self, table: DispatchTable, by: Actor, row: int | None) -> None:
        self.table, self.row = table, row
        self.rows = Rows(rows_of(table), table.next_row)
        self.undone: TableEdit | None = None
        self._by = by
        self._known: Known | None = None

    @property
    def known(self) -> Known:
        if self._known is None:
            self._known = known_to(self.table.county_id)
        return self._known

    def read(self, words: Words, number: int | None) -> Row:
        row, faults = checked(words, number or 0, 0, self.known)
        if faults or row is None:
            raise RowRefused(faults, number)
        self.refuse_foreign(row)
        return row

    def refuse_foreign(self, row: Row) -> None:
        if self._by.role is not Role.COUNTY:
            refuse_beyond(row, own_code(self._by))


@contextmanager
def _editing(by: Actor, at: datetime, kind: str, row: int | None = None) -> Iterator[_Held]:
    with _locked(by) as table:
        held = _Held(table, by, row)
        before = table.rows
        yield held
        table.rows, table.next_row = [as_kept(each) for each in held.rows.rows], held.rows.next_row
        table.seq += 1
        table.save(update_fields=["rows", "next_row", "seq"])
        if held.undone is not None:
            held.undone.is_undone = True
            held.undone.save(update_fields=["is_undone"])
        TableEdit.objects.create(
            table=table,
            seq=table.seq,
            at=at,
            kind=kind,
            row=held.row,
            by_role=str(by.role),
            by_post=by.post,
            by_account=by.account,
            before=before,
            # Taking back is not taken back: whoever wants it again says it again.
            is_undone=held.undone is not None,
        )


@contextmanager
def _locked(by: Actor) -> Iterator[DispatchTable]:
    county = _county(by)
    with transaction.atomic():
        table = DispatchTable.objects.filter(county=county, state=TableState.DRAFT).select_for_update().first()
        if table is None:
            raise NoDraft(say("table-no-draft"), say("table-no-draft-try"))
        yield table


def _county(by: Actor) -> int:
    area = county_of(by) if by.role in EDITORS else None
    if area is None:
        raise NotTheirs(say("table-not-theirs"), say("table-not-theirs-try"))
    return int(area.pk)


def _refuse_but_county(by: Actor) -> None:
    if by.role is not Role.COUNTY:
        raise NotTheirs(say("table-publish-county"), say("table-publish-county-try"))


def _refuse_faults(rows: Sequence[Row], known: Known) -> None:
    """What was lawful when it was written may not be so today: an item was retired, a unit ended."""
    for row in rows:
        if faults := faults_of(row, known):
            raise RowRefused(faults, row.id)


def _is_same(by: Actor, account: int | None, post: int | None) -> bool:
    if by.account is not None and account is not None:
        return by.account == account
    return by.post is not None and by.post == post


def _first_free(county: int) -> int:
    """A row's number is its own for ever, through all versions."""
    newest = DispatchTable.objects.filter(county=county).order_by("-version").values_list("next_row", flat=True).first()
    return newest or 1
