"""The queue of a desk and the whole of a case, as far as the caller's post may see them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpResponse
from ninja import Query, Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.cases import queue
from doorstep.cases.actions import looking
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.queries import photo
from doorstep.cases.standing import answer_owed
from doorstep.cases.today import grid_today
from doorstep.cases.whole import Happening, Whole
from doorstep.catalogue.item import Source, Urgency
from doorstep.core.access import Role, audit
from doorstep.core.access.roles import CASE_READERS, DESKS
from doorstep.core.text import Message, language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.following import ClocksTold, ObjectionTold, Step, clocks_told, objections_told
from doorstep.fronts.open.pictures import Pictures, answered, cleaned
from doorstep.fronts.open.places import PlaceRefused, PlaceSent, area_coded, known_door
from doorstep.fronts.open.reporting import ContactSent, contact_of, known_item
from doorstep.fronts.open.shapes import Code, Day, Id, Number, PointTold, Sent, Text, Told, UnitTold, Word
from doorstep.notices import queries as notices

router = Router(tags=["cases"])

QUEUE_ROLES = (*sorted(DESKS), Role.DEPARTMENT)
READERS = tuple(sorted(CASE_READERS))


class Asked(Sent):
    """Filters; what is left out asks for everything. `from` is a place that an earlier page named."""

    tab: queue.Tab = queue.Tab.OPEN
    q: Annotated[Text, Field(max_length=queue.LONGEST_SEARCH)] = ""
    state: Word = ""
    question: Word = ""
    case_class: Annotated[str, Field(alias="class", pattern=r"^([0-9]{2}|[0-9]{4})?$")] = ""
    urgency: Urgency | None = None
    source: Source | None = None
    area: Code | None = None
    holder: Id | None = None
    since: Day | None = None
    until: Day | None = None
    start: Annotated[str, Field(alias="from", pattern=r"^([<>][0-9]{1,18}(@[0-9]{1,16})?)?$")] = ""
    limit: Annotated[int, Field(ge=1, le=200)] = queue.PAGE


class Row(Told):
    """One case as a queue shows it; of its words the first two hundred."""

    number: str
    state: str
    question: str
    is_open: bool
    is_late: bool
    urgency: str
    item: str
    case_class: str
    source: str
    outcome: str
    words: str | None
    community: str | None
    grid: str | None
    microgrid: str | None
    microgrid_code: str | None
    door: str | None
    place_words: str
    holder: str | None
    reported_at: datetime
    next_due_at: datetime
    answer_by: datetime | None
    holder_due_at: datetime | None
    promised_by: datetime | None
    paused_until: datetime | None
    rung: str | None
    ended_at: datetime | None


class Page(Told):
    """Some rows, and the places from which the pages before and after them begin."""

    rows: list[Row]
    earlier: str | None
    later: str | None


@router.get("/cases", response=Page)
@for_roles(*QUEUE_ROLES)
def list_cases(request: Request, asked: Query[Asked]) -> dict[str, Any]:
    wanted = queue.Wanted(
        tab=asked.tab,
        words=asked.q,
        state=asked.state,
        question=asked.question,
        case_class=asked.case_class,
        urgency=str(asked.urgency or ""),
        source=str(asked.source or ""),
        area=area_coded(asked.area, request).pk if asked.area else None,
        holder=asked.holder,
        since=asked.since,
        until=asked.until,
    )
    found = looking.turn_to(
        wanted, by=request.actor, at=request.at, cursor=queue.read_cursor(asked.start), limit=asked.limit
    )
    return {
        "rows": [
            {
                **row._asdict(),
                "is_late": row.is_late(request.at),
                "rung": row.rung,
                "answer_by": row.answer_by(request.at),
            }
            for row in found.rows
        ],
        "earlier": str(found.earlier) if found.earlier else None,
        "later": str(found.later) if found.later else None,
    }


@router.get("/cases/counts", response=dict[str, int])
@for_roles(*QUEUE_ROLES)
def count_cases(request: Request) -> dict[str, int]:
    return {str(tab): count for tab, count in queue.counts(by=request.actor, at=request.at).items()}


class TodayRow(Told):
    """One case that a grid owes somebody today."""

    number: str
    part: str
    state: str
    item: str
    urgency: str
    holder_due_at: datetime | None


@router.get("/today", response=list[TodayRow])
@for_roles(Role.GRID)
def show_today(request: Request) -> list[dict[str, Any]]:
    found = grid_today(by=request.actor, at=request.at)
    return [
        {
            "number": row.number,
            "part": str(part),
            "state": row.state,
            "item": row.item,
            "urgency": row.urgency,
            "holder_due_at": row.holder_due_at,
        }
        for part, rows in found.parts.items()
        for row in rows
    ]


class StepTold(Step):
    """One row of the ledger, with the post that made it, and whether the reporter reads its words."""

    post: str | None
    for_reporter: bool | None


class Likely(Told):
    """An open case that may be the same one."""

    number: str
    because: str


class Where(Told):
    """Where a case is, as far as it is known."""

    county: str | None
    subdistrict: str | None
    community: str | None
    grid: str | None
    microgrid: str | None
    microgrid_code: str | None
    door: str | None
    words: str
    point: PointTold | None


class UnitChoice(UnitTold):
    """A unit to which the case may be dispatched, with how much it has on its hands."""

    open_cases: int


class PhotoTold(Told):
    name: str
    seq: int
    width: int
    height: int


class Other(Told):
    """Somebody else, and what they may do now."""

    who: str
    moves: list[str]


class Case(Told):
    """A case with its whole life, and what may be done with it now."""

    number: str
    state: str
    seq: int
    is_open: bool
    is_late: bool
    question: str
    answered_by: str | None
    answer_by: datetime | None
    reporter: str
    words: str
    kind: str
    item: str
    item_name: str
    case_class: str
    urgency: str
    source: str
    outcome: str
    where: Where
    holder: UnitTold | None
    voices: int
    merged_into: str | None
    reported_at: datetime
    first_contact_by: datetime | None
    promised_by: datetime | None
    holder_due_at: datetime | None
    ended_at: datetime | None
    life: list[StepTold]
    moves: list[str]
    others: list[Other]
    objections: list[ObjectionTold]
    likely: list[Likely]
    clocks: ClocksTold | None
    units: list[UnitChoice]
    photos: list[PhotoTold]


@router.get("/cases/{number}", response=Case)
@for_roles(*READERS)
def show_case(request: Request, number: Number) -> dict[str, Any]:
    return told(looking.open_case(number, by=request.actor, at=request.at), request.at)


def told(whole: Whole, at: datetime) -> dict[str, Any]:
    """The whole case for a program; the reporter under the name that handlers know."""
    case, item = whole.case, whole.item
    owed = answer_owed(case, whole.life, at=at)
    return {
        "number": case.number,
        "state": case.state,
        "seq": case.seq,
        "is_open": case.is_open,
        "is_late": whole.is_late(at),
        "question": case.question,
        "answered_by": str(whole.answered_by) if whole.answered_by else None,
        "answer_by": owed.by if owed else None,
        "reporter": str(whole.reporter),
        "words": whole.words,
        "kind": case.kind,
        "item": case.item,
        "item_name": item.name.said(language()) if item else "",
        "case_class": case.case_class,
        "urgency": case.urgency,
        "source": case.source,
        "outcome": case.outcome,
        "where": _where(case),
        "holder": {"id": case.holder_unit_id, "name": case.holder_name} if case.holder_unit_id else None,
        "voices": case.voices,
        "merged_into": case.merged_number,
        "reported_at": case.reported_at,
        "first_contact_by": case.first_contact_by,
        "promised_by": case.promised_by,
        "holder_due_at": case.holder_due_at,
        "ended_at": case.ended_at,
        "life": [_step(each) for each in whole.life],
        "moves": [str(move) for move in whole.mine],
        "others": [{"who": str(other.who), "moves": [str(move) for move in other.moves]} for other in whole.others],
        "objections": objections_told(case, whole.life, lambda each: each.unit or ""),
        "likely": [{"number": each.number, "because": str(each.because)} for each in whole.likely],
        "clocks": clocks_told(whole.standing),
        "units": [{"id": int(unit.id), "name": unit.name, "open_cases": unit.open_cases} for unit in whole.units],
        "photos": case.pictures,
    }


def _where(case: Any) -> dict[str, Any]:
    names = ("county", "subdistrict", "community", "grid", "microgrid", "door")
    return {
        **{name: getattr(case, f"{name}_name") for name in names},
        "microgrid_code": case.microgrid_code,
        "words": case.place_words,
        "point": {"lon": case.lon, "lat": case.lat} if case.lon is not None else None,
    }


def _step(each: Happening) -> dict[str, Any]:
    return {
        "seq": each.seq,
        "move": each.move,
        "state": each.to_state,
        "happened_at": each.happened_at,
        "heard_at": each.heard_at,
        "by": each.by_hat,
        "unit": each.unit,
        "post": each.post_kind,
        "words": each.words,
        "for_reporter": each.for_reporter,
        "because": str(each.because) if each.because else None,
    }


class Notice(Told):
    """What the reporter was told about a row of the ledger, and whether it went out."""

    seq: int
    channel: str
    state: str
    written_at: datetime
    sent_at: datetime | None
    trouble: str | None


@router.get("/cases/{number}/notices", response=list[Notice])
@for_roles(*READERS)
def list_notices(request: Request, number: Number) -> list[dict[str, Any]]:
    names = ("seq", "channel", "state", "written_at", "sent_at")
    return [
        {**{name: getattr(each, name) for name in names}, "trouble": _spoken(notices.trouble_of(each))}
        for each in notices.notices_of(looking.find_numbered(number))
    ]


def _spoken(message: Message | None) -> str | None:
    return str(message) if message else None


class Because(Sent):
    """What the reporter's name is needed for, from the list and in words; the reporter reads both."""

    purpose: looking.Purpose
    because: Annotated[Text, Field(max_length=200)]


class ContactTold(Told):
    """How the reporter can be reached, all empty where none was left; `until` says until when it may be used."""

    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    place: str
    until: datetime


@router.post("/cases/{number}/contact", response=ContactTold)
@for_roles(*READERS)
def reveal_contact(request: Request, number: Number, said: Because) -> dict[str, Any]:
    opened = looking.reveal_contact(number, said.purpose, said.because, by=request.actor, at=request.at)
    found = opened.contact
    names = ("name", "phone", "email", "language") if found else ()
    return {**{name: getattr(found, name) for name in names}, "place": opened.place, "until": opened.until}


@router.get(
    "/photos/{name}",
    openapi_extra={"responses": {200: {"content": {"image/webp": {"schema": {"type": "string", "format": "binary"}}}}}},
)
@for_roles(*READERS)
def show_photo(request: Request, name: Code, small: bool = False) -> HttpResponse:
    found = photo(name)
    if found is None:
        raise Http404
    return answered(bytes(found.thumbnail if small else found.image))


class CaseSent(Sent):
    """What somebody at a desk writes down for a caller, or a grid worker has seen."""

    words: Annotated[Text, Field(max_length=LONGEST_REPORT)]
    place: PlaceSent = PlaceSent()
    contact: ContactSent = ContactSent()
    item: Code | None = None
    source: Source | None = None
    photos: Pictures = []


class CaseBegun(Told):
    number: str
    reported_at: datetime


@router.post("/cases", response={201: CaseBegun})
@for_roles(*sorted(DESKS), Role.GRID)
def report_for(request: Request, said: CaseSent) -> dict[str, Any]:
    is_grid = request.actor.role is Role.GRID
    source = Source.GRID_WORKER if is_grid else said.source or Source.HOTLINE
    report = Report(
        words=said.words,
        place=_own_place(said.place, request),
        contact=contact_of(said.contact),
        item=known_item(said.item),
        source=str(source),
        pictures=cleaned(said.photos),
    )
    receipt = write_report(report, at=request.at)
    if not is_grid:
        audit.deed("reported-for-caller", receipt.number, by=request.actor, at=request.at)
    return {"number": receipt.number, "reported_at": receipt.reported_at}


def _own_place(said: PlaceSent, request: Request) -> Place:
    """A place inside the caller's own area, which it is when nothing finer is said."""
    assert request.actor.org is not None
    today = local_date(request.at)
    door = known_door(said.door) if said.door else None
    chosen = areas.coded(said.community, today) if said.community else None
    if said.community and chosen is None:
        raise PlaceRefused(say("open-community-unknown"), say("open-community-unknown-try"), "place.community")
    area = door.community_id if door else chosen.pk if chosen else request.actor.org
    own = areas.above(request.actor.org)
    if area != request.actor.org and not areas.is_inside(area, request.actor.org) and area != (own and own.community):
        raise PlaceRefused(say("open-not-own-area"), say("open-not-own-area-try"), "place")
    above = areas.above(area) or areas.Above(None, None, None)
    lon, lat = said.point.degrees() if said.point else (None, None)
    return Place(
        lon, lat, said.point.accuracy_m if said.point else None, door.pk if door else None,
        above.community, above.subdistrict, above.county, said.words,
    )  # fmt: skip
