"""Units: who acts where, begun, changed and ended by the system administrator."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Query, Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.cases.queries import catalogue
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.shapes import Code, Id, Made, Sent, Text, Told, Word, Yes
from doorstep.fronts.open.staffing import PageNumber, for_system
from doorstep.staff import units
from doorstep.staff.actions import units as acts
from doorstep.staff.duty import duty_of, readable_duty

router = Router(tags=["staff"])


class UnitsAsked(Sent):
    """Filters; what is left out asks for everything."""

    q: Annotated[Text, Field(max_length=40)] = ""
    kind: Word = ""
    page: PageNumber = 1


class UnitKept(Told):
    """A unit, where it acts, and how many of its posts are filled."""

    id: int
    kind: str
    name: str
    subject: str
    area: str
    area_code: str
    is_on_call: bool
    closed_at: datetime | None
    phone: str
    seats: int
    held: int


class UnitShown(UnitKept):
    """One unit with how its duty is reached, for whoever keeps units."""

    duty_phone: str
    duty_email: str


class UnitsKept(Told):
    rows: list[UnitKept]
    has_more: bool


class UnitSaid(Sent):
    """A name; a department also the trade by which the catalogue knows it."""

    name: Annotated[Text, Field(min_length=1, max_length=120)]
    subject: Annotated[Text, Field(max_length=40)] = ""
    is_on_call: Yes = False
    phone: Annotated[Text, Field(max_length=30)] | None = None
    """For anybody to call. Left out, it stays as it is; so do the two below, which go together."""

    duty_phone: Annotated[Text, Field(max_length=30)] | None = None
    duty_email: Annotated[Text, Field(max_length=120)] | None = None

    def told(self) -> acts.Told:
        is_silent = self.duty_phone is None and self.duty_email is None
        duty = None if is_silent else readable_duty(self.duty_phone or "", self.duty_email or "")
        return acts.Told(self.name.strip(), self.subject, self.is_on_call, self.phone, duty)


class NewUnit(UnitSaid):
    """One more unit: of a kind, in an area by its code."""

    kind: Word
    area: Code


@router.get("/units", response=UnitsKept)
@for_system
def list_units(request: Request, asked: Query[UnitsAsked]) -> dict[str, Any]:
    wanted = units.Wanted(words=asked.q, kind=asked.kind)
    rows = units.page(wanted, local_date(request.at), number=asked.page)
    return {"rows": [row._asdict() for row in rows[: units.PAGE]], "has_more": len(rows) > units.PAGE}


@router.post("/units", response={201: Made})
@for_system
def begin_unit(request: Request, said: NewUnit) -> dict[str, int]:
    area = areas.with_code(said.area, local_date(request.at))
    made = acts.begin_unit(said.kind, area, said.told(), catalogue().departments, by=request.actor, at=request.at)
    return {"id": made}


@router.get("/units/{unit}", response=UnitShown)
@for_system
def show_unit(request: Request, unit: Id) -> dict[str, Any]:
    row = units.one(unit, local_date(request.at))
    if row is None:
        raise Http404
    duty = duty_of(unit)
    return {**row._asdict(), "duty_phone": duty.phone, "duty_email": duty.email}


@router.put("/units/{unit}", response={204: None})
@for_system
def change_unit(request: Request, unit: Id, said: UnitSaid) -> None:
    acts.change_unit(unit, said.told(), catalogue().departments, by=request.actor, at=request.at)


@router.post("/units/{unit}/end", response={204: None})
@for_system
def end_unit(request: Request, unit: Id) -> None:
    acts.end_unit(unit, by=request.actor, at=request.at)
