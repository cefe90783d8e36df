"""The decision table for programs: versions, the draft row by row, rehearsals, publishing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Router
from pydantic import Field

from doorstep.cases import tables
from doorstep.cases.actions import tables as acts
from doorstep.cases.actions.rehearsing import ask_for_rehearsal
from doorstep.core import studies
from doorstep.core.text import text
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Code, Day, Id, Line, Sent, Told

router = Router(tags=["dispatch-table"])
for_editors = for_roles(*tables.EDITORS)
Codes = Annotated[list[Code], Field(max_length=200)]
Seen = Annotated[int, Field(strict=True, ge=0, le=2**31)]


class RuleSent(Sent):
    """A row: what is left out is open. Classes and items by code, places by the beginning of their codes.

    `holder` and `helpers` are kinds ("grid", "property", "community", "subdistrict", "department:water") or "unit:12".
    """

    what: Codes = []
    places: Codes = []
    urgencies: Codes = []
    days: Codes = []
    hours: Line = ""
    begins: Day | None = None
    ends: Day | None = None
    holder: Code
    helpers: Codes = []
    limit: Line = ""
    reason: Annotated[Line, Field(max_length=200)]

    def words(self) -> tables.Words:
        """The row as it is written."""
        many = ("what", "places", "urgencies", "days", "helpers")
        return tables.Words(
            **{name: tuple(getattr(self, name)) for name in many},
            hours=self.hours,
            begins=self.begins.isoformat() if self.begins else "",
            ends=self.ends.isoformat() if self.ends else "",
            holder=self.holder,
            limit=self.limit,
            reason=self.reason,
        )


class RuleAdded(RuleSent):
    """`after` is the row behind which it stands; at the end without."""

    after: Id | None = None


class RuleChanged(RuleSent):
    """`seen` is the `rev` of the row that the caller knows; refused when somebody else changed it since."""

    seen: Seen


class RuleTold(Told):
    """A row as it is kept; `rev` grows with each change."""

    id: int
    rev: int
    what: list[str]
    places: list[str]
    urgencies: list[str]
    days: list[str]
    hours: str
    begins: str
    ends: str
    holder: str
    helpers: list[str]
    limit: str
    reason: str


class FindingTold(Told):
    """Something to look at: a row that no case meets, that rows above cover, or that crosses others."""

    kind: Literal["never", "shadowed", "conflict"]
    row: int
    others: list[int]


class TableTold(Told):
    """A version with its rows in their order; `seq` counts the changes of a draft."""

    version: int
    state: str
    seq: int
    based_on: int | None
    from_on: date | None
    rows: list[RuleTold]
    findings: list[FindingTold]


class TableListed(Told):
    """A version; the one in force rules today."""

    version: int
    state: str
    from_on: date | None
    is_in_force: bool


@router.get("/dispatch-tables", response=list[TableListed])
@for_editors
def list_tables(request: Request) -> list[dict[str, Any]]:
    county = _county(request)
    ruling = tables.in_force(county, local_date(request.at))
    return [
        {
            "version": each.version,
            "state": each.state,
            "from_on": each.from_on,
            "is_in_force": ruling is not None and ruling.version == each.version,
        }
        for each in tables.versions(county)
    ]


@router.get("/dispatch-tables/{version}", response=TableTold)
@for_editors
def show_table(request: Request, version: Id) -> dict[str, Any]:
    found = tables.version(_county(request), version)
    if found is None:
        raise Http404
    return _told(found)


@router.post("/dispatch-draft", response=TableTold)
@for_editors
def begin_table(request: Request) -> dict[str, Any]:
    return _told(acts.begin(by=request.actor, at=request.at))


@router.delete("/dispatch-draft", response={204: None})
@for_editors
def discard_table(request: Request) -> None:
    acts.discard(by=request.actor, at=request.at)


@router.post("/dispatch-draft/rows", response=RuleTold)
@for_editors
def add_rule(request: Request, said: RuleAdded) -> dict[str, Any]:
    return _row(acts.add_row(said.words(), after=said.after, by=request.actor, at=request.at))


@router.put("/dispatch-draft/rows/{row}", response=RuleTold)
@for_editors
def change_rule(request: Request, row: Id, said: RuleChanged) -> dict[str, Any]:
    return _row(acts.change_row(row, said.words(), seen=said.seen, by=request.actor, at=request.at))


@router.delete("/dispatch-draft/rows/{row}", response={204: None})
@for_editors
def remove_rule(request: Request, row: Id, seen: Annotated[int, Field(ge=0, le=2**31)]) -> None:
    acts.remove_row(row, seen=seen, by=request.actor, at=request.at)


@router.post("/dispatch-draft/rows/{row}/copy", response=RuleTold)
@for_editors
def copy_rule(request: Request, row: Id) -> dict[str, Any]:
    return _row(acts.duplicate_row(row, by=request.actor, at=request.at))


class Moving(Sent):
    """How many places further down; negative is up."""

    places: Annotated[int, Field(strict=True, ge=-500, le=500)]


@router.post("/dispatch-draft/rows/{row}/move", response=TableTold)
@for_editors
def move_rule(request: Request, row: Id, said: Moving) -> dict[str, Any]:
    acts.move_row(row, said.places, by=request.actor, at=request.at)
    return _draft(request)


class RulesSent(Sent):
    """All rows of the draft anew, or none: each fault is told with the place of its row."""

    seen: Seen
    rows: Annotated[list[RuleSent], Field(max_length=500)]


@router.put("/dispatch-draft/rows", response=TableTold)
@for_editors
def replace_rules(request: Request, said: RulesSent) -> dict[str, Any]:
    written = [(place, each.words()) for place, each in enumerate(said.rows, 1)]
    acts.replace_rows(written, seen=said.seen, by=request.actor, at=request.at)
    return _draft(request)


class UndoSent(Sent):
    """`seen` is the `seq` of the draft that the caller knows."""

    seen: Seen


@router.post("/dispatch-draft/undo", response=TableTold)
@for_editors
def undo_rule(request: Request, said: UndoSent) -> dict[str, Any]:
    acts.undo(seen=said.seen, by=request.actor, at=request.at)
    return _draft(request)


class TablePublished(Sent):
    """From which day it rules; `seen` is the `seq` of the draft that the caller knows."""

    from_on: Day
    seen: Seen


@router.post("/dispatch-draft/publish", response=TableTold)
@for_editors
def publish_table(request: Request, said: TablePublished) -> dict[str, Any]:
    return _told(acts.publish(said.from_on, seen=said.seen, by=request.actor, at=request.at))


class RehearsalSent(Sent):
    """Cases reported from `since` to `until`, both days with."""

    since: Day
    until: Day


class LoadTold(Told):
    """A unit's cases by the table in force, and by the draft."""

    unit: str
    before: int
    after: int


class PlaceMoved(Told):
    """A community with cases that would move, or have nobody."""

    community: str
    cases: int
    moved: int
    nobody: int


class LineTold(Told):
    """Cases of one item in one community that would go from one unit to another; an empty unit is nobody."""

    community: str
    item: str
    before: str
    after: str
    row: int
    cases: int


class FoundTold(Told):
    """What the rehearsal found; `rows` tells how many cases each row of the draft decides."""

    cases: int
    moved: int
    explained: int
    nobody_before: int
    nobody_after: int
    loads: list[LoadTold]
    places: list[PlaceMoved]
    lines: list[LineTold]
    lines_left_out: int
    rows: dict[str, int]


class RehearsalTold(Told):
    """How far it has come: `part` from 0 to 1; once done, what was `found`."""

    id: int
    version: int
    seq: int
    state: Literal["waiting", "working", "done", "failed"]
    stage: str
    part: float
    since: date
    until: date
    asked_at: datetime
    found: FoundTold | None
    failed: str


@router.post("/dispatch-draft/rehearsals", response={202: RehearsalTold})
@for_editors
def ask_rehearsal(request: Request, said: RehearsalSent) -> dict[str, Any]:
    draft = tables.draft(_county(request))
    if draft is None:
        raise Http404
    return _rehearsal(ask_for_rehearsal(draft, said.since, said.until, by=request.actor, at=request.at))


@router.get("/dispatch-draft/rehearsals/{rehearsal}", response=RehearsalTold)
@for_editors
def show_rehearsal(request: Request, rehearsal: Id) -> dict[str, Any]:
    found = tables.rehearsal(rehearsal)
    if found is None or found.table.county_id != _county(request):
        raise Http404
    return _rehearsal(found)


def _rehearsal(found: tables.Rehearsal) -> dict[str, Any]:
    failure = studies.failure(found)
    names = ("state", "stage", "part", "since", "until", "asked_at")
    return {
        "id": found.pk,
        "version": found.table.version,
        "seq": found.table_seq,
        **{name: getattr(found, name) for name in names},
        "found": found.answer if found.state == studies.StudyState.DONE else None,
        "failed": text(failure.message) if failure else "",
    }


def _county(request: Request) -> int:
    county = tables.county_of(request.actor)
    if county is None:
        raise Http404
    return int(county.pk)


def _draft(request: Request) -> dict[str, Any]:
    found = tables.draft(_county(request))
    if found is None:
        raise Http404
    return _told(found)


def _told(found: tables.DispatchTable) -> dict[str, Any]:
    rows = tables.rows_of(found)
    return {
        "version": found.version,
        "state": found.state,
        "seq": found.seq,
        "based_on": found.based_on,
        "from_on": found.from_on,
        "rows": [_row(row) for row in rows],
        "findings": [each._asdict() for each in tables.findings_of(rows)],
    }


def _row(row: tables.Row) -> dict[str, Any]:
    return {"id": row.id, "rev": row.rev, **vars(tables.words_of(row))}
