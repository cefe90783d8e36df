"""The burden meter as open data; what is asked beside cases, published and filled in by programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.cases.held import facts_of
from doorstep.catalogue import demands
from doorstep.catalogue.actions import demanding, filling
from doorstep.catalogue.actions.demanding import Demand, DemandKind, FieldKind
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.time.zone import local_date
from doorstep.fronts.demands.telling import demand_facts
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Code, Day, Id, Sent, Text, Told, Yes

router = Router(tags=["burden"])

ASKERS = (*sorted(DESKS), Role.DEPARTMENT)


class BurdenMonth(Told):
    """What fell due in one month, and how many minutes that was reckoned at."""

    first: date
    fillings: int
    minutes: int


class BurdenRow(Told):
    """What one unit asked of one level; in the order of names, nobody is ranked."""

    asker: str
    asker_role: str
    to_level: str
    demands: int
    forms: int
    off_list: int
    fillings: int
    minutes: int


class DemandField(Told):
    """A field of a form: `held` names the fact that it shows, `why_new` why what looks held is something new."""

    label: str
    kind: str
    held: str
    why_new: str


class DemandTold(Told):
    """What a unit asks beside cases, as everybody may read it."""

    demand: int
    kind: str
    title: str
    why: str
    basis: str
    to_level: str
    area: str
    area_name: str
    minutes: int
    times_a_year: int
    recipients: int
    from_on: date
    until_on: date
    state: str
    asked_by: str
    asked_at: datetime
    ended_on: date | None
    ended_why: str
    fields: list[DemandField]


class BurdenMeter(Told):
    """The last twelve months, by month and by who asks of whom; and what is asked now."""

    since: date
    until: date
    months: list[BurdenMonth]
    burdens: list[BurdenRow]
    alive: list[DemandTold]


class FieldSent(Sent):
    """`held` is the id of a held fact where `kind` is held."""

    label: Annotated[Text, Field(min_length=1, max_length=60)]
    kind: FieldKind
    held: Annotated[Text, Field(max_length=40)] = ""
    why_new: Annotated[Text, Field(max_length=200)] = ""


class DemandSent(Sent):
    """What is to be asked. `is_duty`: the law gives it to whoever asks."""

    kind: DemandKind
    title: Annotated[Text, Field(min_length=1, max_length=100)]
    why: Annotated[Text, Field(min_length=1, max_length=500)]
    basis: Annotated[Text, Field(min_length=1, max_length=300)]
    area: Code
    to_level: Annotated[str, Field(pattern="^(subdistrict|community|grid)$")]
    minutes: Annotated[int, Field(strict=True, ge=1, le=600)]
    times_a_year: Annotated[int, Field(strict=True, ge=1, le=250)] = 1
    from_on: Day
    until_on: Day
    fields: Annotated[list[FieldSent], Field(max_length=40)] = []
    item: Annotated[Text, Field(max_length=60)] = ""
    is_duty: Yes = True


class DemandKept(Told):
    """Its number, and whether it counts (published) or waits for the county (waiting)."""

    demand: int
    state: str


class DemandAnswered(Sent):
    """One cell a field, in the order of the form; what is held is filled in whatever is sent."""

    values: Annotated[list[Annotated[Text, Field(max_length=500)]], Field(max_length=40)]


class AnswerKept(Told):
    answer: int


@router.get("/burden", response=BurdenMeter)
def show_burden(request: Request) -> dict[str, Any]:
    meter = demands.meter(local_date(request.at))
    return {
        "since": meter.since,
        "until": meter.until,
        "months": [month._asdict() for month in meter.months],
        "burdens": [vars(row) for row in meter.burdens],
        "alive": [demand_facts(row) for row in meter.alive],
    }


@router.get("/burden/{demand}", response=DemandTold)
def show_demand(request: Request, demand: Id) -> Any:
    row = demands.one(demand)
    if row is None:
        raise Http404
    return demand_facts(row)


@router.post("/burden", response=DemandKept)
@for_roles(*ASKERS)
def publish_demand(request: Request, said: DemandSent) -> dict[str, Any]:
    """Refused, field by field, while it asks for what the platform holds."""
    area = areas.with_code(said.area, local_date(request.at))
    fields = tuple(demanding.Field(**vars(each)) for each in said.fields)
    given = said.model_dump(exclude={"area", "fields"})
    number, state = demanding.publish(Demand(**given, fields=fields), area, by=request.actor, at=request.at)
    return {"demand": number, "state": state}


@router.post("/burden/{demand}/fill", response=AnswerKept)
@for_roles(Role.GRID, Role.COMMUNITY, Role.SUBDISTRICT)
def fill_demand(request: Request, demand: Id, said: DemandAnswered) -> dict[str, int]:
    held = facts_of(request.actor.org or 0, at=request.at)
    return {"answer": filling.fill(demand, said.values, held, by=request.actor, at=request.at)}
