"""Neighbours who signed up, called to a case and called off; and the search for an owner who cannot be reached."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from ninja import Router
from pydantic import AwareDatetime, Field

from doorstep.cases import absent, neighbours
from doorstep.cases.actions import absent as searching
from doorstep.cases.actions import looking
from doorstep.cases.actions import neighbours as calling
from doorstep.catalogue.item import Help
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.moves import MaySay, Moved, SaidWith, Seen, for_handlers, moved
from doorstep.fronts.open.shapes import Code, Line, Number, Told, Whole, Yes

router = Router(tags=["moves"])


class NeighboursCalled(SaidWith):
    """What neighbours are asked to do, how many are enough, and for how many hours they are asked.

    `place` is told only to those who say that they come; `words` to everybody who is asked.
    """

    help: Help
    place: Line
    wanted: Annotated[Whole, Field(le=6)] = 1
    hours: Whole = 2


class NeighbourCallTold(Told):
    """The latest call of a case: how many come, and why it is over, if it is. Nobody is told who was asked."""

    help: str
    wanted: int
    coming: int
    until: datetime
    over: str


@router.get("/cases/{number}/neighbours", response=list[NeighbourCallTold])
@for_handlers
def show_neighbours(request: Request, number: Number) -> list[dict[str, Any]]:
    found = neighbours.latest_call(looking.find_numbered(number))
    if found is None:
        return []
    row = found.row
    return [
        {
            "help": row.help,
            "wanted": row.wanted,
            "coming": len(found.comes),
            "until": row.until,
            "over": row.over,
        }
    ]


@router.post("/cases/{number}/neighbours", response=Moved)
@for_handlers
def call_neighbours(request: Request, number: Number, said: NeighboursCalled) -> dict[str, Any]:
    """Neighbours near by who signed up are asked; they may say no. Holder and clocks stay as they are."""
    return moved(
        request,
        number,
        said,
        lambda case, who: calling.call(
            case, str(said.help), said.words, said.place, number=said.wanted, hours=said.hours, **who
        ),
    )


@router.delete("/cases/{number}/neighbours", response=Moved)
@for_handlers
def call_off_neighbours(request: Request, number: Number) -> dict[str, Any]:
    return moved(request, number, Seen(), lambda case, who: calling.call_off(case, **who))


class AbsentStep(MaySay):
    """One step of the order, and how it was done; of an entry `how` is the legal basis, and the police are there."""

    step: Code
    how: Code
    happened_at: AwareDatetime | None = None
    with_police: Yes = False


class AbsentStepTold(Told):
    """A step of the order: when it was done, and how; `not_yet` says what has to come before it."""

    step: str
    done_at: list[datetime]
    hows: list[str]
    is_next: bool
    not_yet: str


@router.get("/cases/{number}/absent-owner", response=list[AbsentStepTold])
@for_handlers
def show_absent_owner(request: Request, number: Number) -> list[dict[str, Any]]:
    search = absent.search_in(looking.find_numbered(number))
    return [
        {
            "step": str(each.step),
            "done_at": [done.at for done in each.done],
            "hows": list(absent.HOWS[each.step]),
            "is_next": each.is_next,
            "not_yet": str(each.not_yet) if each.not_yet else "",
        }
        for each in search.steps
    ]


@router.post("/cases/{number}/absent-owner", response=Moved)
@for_handlers
def record_absent_owner(request: Request, number: Number, said: AbsentStep) -> dict[str, Any]:
    """What the holder did to reach the owner of a flat; to wait for the owner afterwards, pause the case."""
    return moved(
        request,
        number,
        said,
        lambda case, who: searching.record(
            case,
            said.step,
            said.how,
            said.words,
            happened_at=said.happened_at,
            with_police=said.with_police,
            **who,
        ),
    )
