"""What a command centre sees: loads by area, counts by day and by class, micro-grids with their open cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import Http404
from ninja import Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.cases import figures, holding
from doorstep.cases import topics as hot
from doorstep.cases.neighbourhood import counts_around
from doorstep.cases.reports import period_named, report, span_of
from doorstep.core.access import Role
from doorstep.core.geometry.geojson import feature_collection
from doorstep.core.text import language, text
from doorstep.core.time.zone import local_date
from doorstep.fronts.command.listening import token
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.places import own_area
from doorstep.fronts.open.shapes import AreaTold, Code, PointTold, Told
from doorstep.fronts.open.territory import GEOJSON, geojson
from doorstep.fronts.reports import telling
from doorstep.fronts.reports.reading import READERS, readable_area
from doorstep.fronts.templatetags.words import said
from doorstep.staff import posts

router = Router(tags=["figures"])

for_watchers = for_roles(Role.COUNTY, Role.SUBDISTRICT, Role.COMMUNITY)
Days = Annotated[int, Field(ge=1, le=366)]
PeriodName = Annotated[str, Field(pattern="^[0-9]{4}-([0-9]{2}-[0-9]{2}|W[0-9]{2})$")]


class Load(Told):
    """What is open in an area: all, past its due time, waiting for an answer, done and waiting for a verdict."""

    open: int
    overdue: int
    asked: int
    done: int


class AreaLoad(AreaTold):
    load: Load


class AreaFigures(AreaLoad):
    """An area with its own load and those of the areas directly below it; `unplaced` is what lies in none of these."""

    unplaced: Load
    below: list[AreaLoad]


class DayCount(Told):
    day: date
    reported: int
    ended: int


class ClassCount(Told):
    """What came of the cases of one class; no ranking of anybody. Of what was solved, `confirmed` by the reporter and
    `unheard`, where nobody said anything: silence is no praise."""

    name: str
    reported: int
    solved: int
    confirmed: int
    unheard: int
    explained: int
    out_of_scope: int
    unreasonable: int
    reopened: int


class Pin(Told):
    """A case that the caller's own unit holds, and where it lies."""

    number: str
    point: PointTold


@router.get("/figures/{code}", response=AreaFigures)
@for_watchers
def show_figures(request: Request, code: Code) -> dict[str, Any]:
    found = own_area(code, request)
    load, rows = figures.load_of(found, request.at), figures.rows_below(found, request.at, local_date(request.at))
    return {
        **{name: getattr(found, name) for name in ("code", "name", "level", "households")},
        "load": vars(load),
        "unplaced": vars(figures.unplaced(load, rows)),
        "below": [{**vars(row), "load": vars(row.load)} for row in rows],
    }


@router.get("/figures/{code}/days", response=list[DayCount])
@for_watchers
def count_by_day(request: Request, code: Code, days: Days = 14) -> list[dict[str, Any]]:
    rows = figures.by_day(own_area(code, request), local_date(request.at), days)
    return [row._asdict() for row in rows]


@router.get("/figures/{code}/classes", response=list[ClassCount])
@for_watchers
def count_by_class(request: Request, code: Code, days: Days = 30) -> list[dict[str, Any]]:
    rows = figures.by_class(own_area(code, request), local_date(request.at), days)
    return [{**row._asdict(), "name": row.name.said(language())} for row in rows]


@router.get("/figures/{code}/microgrids", openapi_extra=GEOJSON)
@for_watchers
def show_microgrid_figures(request: Request, code: Code) -> Any:
    found = own_area(code, request)
    counts = figures.counts_by_microgrid(found, request.at)
    rows = areas.outlines(found, "microgrid", local_date(request.at))
    return geojson(
        feature_collection(
            [
                (
                    bytes(row.outline),
                    {
                        "code": row.code,
                        "name": row.name,
                        "households": row.households,
                        "cases": counts.get(row.code, 0),
                    },
                )
                for row in rows
            ]
        )
    )


@router.get("/figures/{code}/pins", response=list[Pin])
@for_watchers
def list_pins(request: Request, code: Code) -> list[dict[str, Any]]:
    held = figures.pins(own_area(code, request), request.actor.unit)
    return [{"number": number, "point": {"lon": lon, "lat": lat}} for lon, lat, number in held]


class TopicDay(Told):
    day: date
    asked: int


class HotTopic(Told):
    """What many ask for: cases and those who joined them, day by day. Of what is private only the number is told."""

    key: int
    name: str
    is_private: bool
    places: list[str]
    cases: int
    voices: int
    days: list[TopicDay]


@router.get("/figures/{code}/topics", response=list[HotTopic])
@for_watchers
def list_topics(request: Request, code: Code) -> list[dict[str, Any]]:
    found = hot.topics(local_date(request.at), own_area(code, request))
    return [
        {
            **{name: getattr(each, name) for name in ("key", "is_private", "cases", "voices")},
            "name": each.name.said(language()),
            "places": [str(said(place)) for place in each.places],
            "days": [{"day": day, "asked": asked} for day, asked in each.days],
        }
        for each in found
    ]


class ReportClass(Told):
    """One class in a report; without a name, what has no class yet. `results` are counted by outcome."""

    name: str
    came: int
    results: dict[str, int]
    reopened: int
    open: int


class ReportUnit(Told):
    """What lay with one unit at the end; of units, never of persons."""

    name: str
    held: int
    paused: int
    overdue: int


class Report(Told):
    """A report of a day or week as things stood when it ended; `said` is the same in sentences."""

    code: str
    period: str
    until: datetime
    is_over: bool
    is_zero: bool
    said: list[str]
    came: int
    results: dict[str, int]
    withdrawn: int
    merged: int
    reopened: int
    open: int
    desk: int
    held: int
    paused: int
    verdict: int
    overdue: int
    promises: int
    hazards_came: int
    hazards_open: int
    classes: list[ReportClass]
    units: list[ReportUnit]


@router.get("/figures/{code}/reports/{period}", response=Report)
@for_roles(*READERS)
def show_report(request: Request, code: Code, period: PeriodName) -> dict[str, Any]:
    today = local_date(request.at)
    found = readable_area(request, areas.coded(code, today))
    told = report(found, period_named(period, today), at=request.at)
    plain = {name: getattr(told, name) for name in Report.model_fields if hasattr(told, name)}
    return {
        **plain,
        "code": code,
        "period": period,
        "said": [text(sentence) for sentence in telling.sentences(told)],
        "results": dict(told.results),
        "classes": [{**vars(row), "name": str(telling.class_name(row)) if row.name else ""} for row in told.classes],
        "units": [vars(row) for row in told.units],
    }


class UnitHeld(Told):
    """What one unit held in that time, in working hours, pauses apart; `kept_share` of a hundred, or nothing where the
    cases are too few to compare."""

    unit: int
    name: str
    kind: str
    cases: int
    hours: float
    usual_h: float
    longest_h: float
    paused_h: float
    objected: int
    solved: int
    explained: int
    out_of_scope: int
    measured: int
    kept: int
    kept_share: int | None


@router.get("/figures/{code}/units", response=list[UnitHeld])
@for_watchers
def list_held_by_units(request: Request, code: Code, since: date, until: date) -> list[dict[str, Any]]:
    found, period = own_area(code, request), span_of(since, until, local_date(request.at))
    rows = holding.by_unit(holding.Scope(f"{found.level}_id", found.pk), period, at=request.at)
    return [{**vars(row), "kept_share": row.kept_share} for row in rows]


class Listening(Told):
    """Lets a program listen to the figures of an area for ten minutes (server-sent events)."""

    address: str
    token: str


@router.post("/figures/{code}/listen", response=Listening)
@for_watchers
def listen_to_figures(request: Request, code: Code) -> dict[str, str]:
    found = own_area(code, request)
    return {"address": settings.LIVE_ADDRESS, "token": token(request.actor, found.pk, language())}


class Serving(Told):
    """Somebody who serves the micro-grid; without a person the post is vacant."""

    kind: str
    title: str
    area: str
    person: str


class Neighbourhood(Told):
    """A micro-grid as its neighbours know it: who serves it and how much is open; too small numbers are not told."""

    code: str
    name: str
    open: int | None
    ended: int | None
    seats: list[Serving]


@router.get("/neighbourhood", response=Neighbourhood)
@for_roles(Role.NEIGHBOUR)
def show_neighbourhood(request: Request) -> dict[str, Any]:
    around = request.actor.org
    found = areas.described(around) if around else None
    if around is None or found is None:
        raise Http404
    rows = posts.serving(around, local_date(request.at))
    return {
        "code": found.code,
        "name": found.name,
        **counts_around(around)._asdict(),
        "seats": [{"kind": row.kind, "title": row.title, "area": row.area, "person": row.person} for row in rows],
    }
