"""The working calendar: every desk reads it, the command centre sets what is different in its place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from ninja import Query, Router
from pydantic import Field

from doorstep.cases.actions.calendar import set_day, unset_day
from doorstep.cases.calendar_year import YEARS, year_of
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.text import language
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Day, Sent, Text, Told, Yes

router = Router(tags=["territory"])


class YearAsked(Sent):
    year: Annotated[int, Field(ge=YEARS[0], le=YEARS[-1])]


class CalendarDayTold(Told):
    """A day that is not what its weekday says, or that the place has set; `own` tells which."""

    day: date
    is_worked: bool
    name: str
    own: bool


class CalendarTold(Told):
    """The days of a year that are special. While it is not announced, all dates in it are provisional."""

    year: int
    is_announced: bool
    days: list[CalendarDayTold]


class CalendarDaySaid(Sent):
    is_worked: Yes
    name: Annotated[Text, Field(max_length=200)] = ""


@router.get("/calendar", response=CalendarTold)
@for_roles(*sorted(DESKS))
def show_calendar(request: Request, asked: Query[YearAsked]) -> dict[str, Any]:
    found, lang = year_of(asked.year), language()
    own = {
        each.day: {"day": each.day, "is_worked": each.is_worked, "name": each.name, "own": True} for each in found.own
    }
    days = {
        each.day: {
            "day": each.day,
            "is_worked": each.is_worked,
            "name": each.en if lang == "en" else each.zh,
            "own": False,
        }
        for each in found.announced or ()
    }
    told = days | own
    return {
        "year": found.year,
        "is_announced": found.announced is not None,
        "days": [told[day] for day in sorted(told)],
    }


@router.put("/calendar/{day}", response={204: None})
@for_roles(Role.COUNTY)
def set_calendar_day(request: Request, day: Day, said: CalendarDaySaid) -> None:
    set_day(day, said.is_worked, said.name, by=request.actor, at=request.at)


@router.delete("/calendar/{day}", response={204: None})
@for_roles(Role.COUNTY)
def unset_calendar_day(request: Request, day: Day) -> None:
    unset_day(day, by=request.actor, at=request.at)
