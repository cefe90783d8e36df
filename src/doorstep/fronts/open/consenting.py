"""Work off the admission list: what grids were asked, what they said to it, and its end."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.catalogue import consents
from doorstep.catalogue.actions import consenting as acts
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.time.zone import local_date
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Code, Day, Id, Sent, Text, Told, Yes

router = Router(tags=["consents"])

ASKERS = (*sorted(DESKS), Role.DEPARTMENT)
concerned = for_roles(*ASKERS, Role.GRID)


class ConsentTold(Told):
    """What a unit asks of grids, and how it stands: asked, agreed, in-force, refused, ended, over or lapsed.

    `may_answer` and `may_end` say what the caller may do with it.
    """

    consent: int
    area: str
    area_name: str
    item: str
    what: str
    why: str
    basis: str
    from_on: date
    until_on: date
    asked_by: str
    asked_at: datetime
    standing: str
    answer: str
    answered_at: datetime | None
    ended_on: date | None
    ended_why: str
    may_answer: bool
    may_end: bool


class ConsentAsked(Sent):
    """`area` is a community, for all of its grids, or one grid. `is_duty`: the law gives it to whoever asks."""

    area: Code
    what: Annotated[Text, Field(min_length=1, max_length=200)]
    why: Annotated[Text, Field(min_length=1, max_length=500)]
    basis: Annotated[Text, Field(min_length=1, max_length=300)]
    from_on: Day
    until_on: Day
    item: Annotated[Text, Field(max_length=60)] = ""
    is_duty: Yes = True


class ConsentAnswered(Sent):
    """A no says why."""

    yes: Yes
    answer: Annotated[Text, Field(max_length=300)] = ""


class ConsentEnded(Sent):
    why: Annotated[Text, Field(min_length=1, max_length=300)]


class ConsentKept(Told):
    """The number under which it is answered and ended."""

    consent: int


@router.get("/consents", response=list[ConsentTold])
@concerned
def list_consents(request: Request) -> list[dict[str, Any]]:
    """All that concerns this seat, the latest first."""
    return [_told(row, request) for row in consents.of(request.actor)]


@router.post("/consents", response=ConsentKept)
@for_roles(*ASKERS)
def ask_for_consent(request: Request, said: ConsentAsked) -> dict[str, int]:
    area = areas.with_code(said.area, local_date(request.at))
    wish = acts.Asked(area=area, **said.model_dump(exclude={"area"}))
    return {"consent": acts.ask(wish, by=request.actor, at=request.at)}


@router.post("/consents/{consent}/answer", response={204: None})
@for_roles(Role.COMMUNITY, Role.GRID)
def answer_consent(request: Request, consent: Id, said: ConsentAnswered) -> None:
    """Yes or no, for one's own grids."""
    acts.answer(consent, said.yes, said.answer, by=request.actor, at=request.at)


@router.post("/consents/{consent}/end", response={204: None})
@concerned
def end_consent(request: Request, consent: Id, said: ConsentEnded) -> None:
    """Before its day: by whoever asked, or by whoever agreed."""
    acts.end(consent, said.why, by=request.actor, at=request.at)


def _told(row: Any, request: Request) -> dict[str, Any]:
    how, mine = consents.standing(row, local_date(request.at)), acts.answers(row, request.actor)
    same = ("item", "what", "why", "basis", "from_on", "until_on", "asked_at", "answer", "answered_at", "ended_on")
    return {
        **{name: getattr(row, name) for name in same},
        "consent": row.pk,
        "area": row.area.code,
        "area_name": row.area.name,
        "asked_by": row.asked_by.name,
        "standing": how,
        "ended_why": row.ended_why,
        "may_answer": mine and how == "asked",
        "may_end": how in ("asked", "agreed", "in-force") and (mine or row.asked_by_id == request.actor.unit),
    }
