"""Emergency mode: where it is on and a need told, for everybody; asked for, approved, ended and served by staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404
from ninja import Router, Status
from pydantic import Field

from doorstep.alerts import emergencies, queries
from doorstep.alerts.actions import emergency as acts
from doorstep.alerts.actions import needing
from doorstep.alerts.emergencies import SERVING, Item
from doorstep.alerts.emergencies import Told as NeedSeen
from doorstep.core.access import Role, audit
from doorstep.core.access.roles import DESKS
from doorstep.fronts import limits
from doorstep.fronts.open.entering import Request, for_everybody, for_readers, for_roles
from doorstep.fronts.open.reminders import told_step
from doorstep.fronts.open.shapes import AlertStep, Code, Id, Line, Made, OneLine, Sent, Told, Whole, Yes

router = Router(tags=["alerts"])

for_desks = for_roles(*sorted(DESKS))
for_serving = for_roles(*sorted(SERVING))


class EmergencyTold(Told):
    """Emergency mode of one area. While `is_on` it has an end, after which it is over by itself."""

    id: int
    area: str
    area_name: str
    reason: str
    state: str
    is_on: bool
    asked_at: datetime
    opened_at: datetime | None
    until: datetime | None
    asks_days: int | None


class WholeEmergency(EmergencyTold):
    """The same with who asked, approved, renewed and ended it."""

    steps: list[AlertStep]


class EmergencySent(Sent):
    area: Code
    reason: OneLine
    days: Whole


class MoreDaysSent(Sent):
    reason: OneLine
    days: Whole


class WhySent(Sent):
    words: OneLine


class NeedSent(Sent):
    """What one home needs. Who lives there is sealed, and erased after the end."""

    item: Literal[tuple(Item)]  # type: ignore[valid-type]
    quantity: Whole
    door: Annotated[Line, Field(max_length=12)] = ""
    home: Line = ""
    name: Line = ""
    phone: Line = ""
    words: OneLine = ""


class NeedMade(Told):
    """`token` is the link by which whoever told it follows it and takes it back."""

    token: str


class OwnNeed(Told):
    """A need as whoever told it sees it."""

    emergency: int
    item: str
    quantity: int
    state: str
    is_on: bool


class NeedTold(Told):
    """A need, and how much of it is promised, brought, and promised by nobody yet. Nothing of who lives there."""

    id: int
    item: str
    quantity: int
    place: str
    state: str
    promised: int
    brought: int
    missing: int


class SupplyTold(Told):
    """So many that somebody brings: "promised" or "brought"."""

    id: int
    quantity: int
    promised_by: str
    state: str


class WholeNeed(NeedTold):
    """The same with who lives there, for whoever brings something; that it was read is kept."""

    home: str
    name: str
    phone: str
    words: str
    supplies: list[SupplyTold]


class SupplySent(Sent):
    quantity: Whole
    who: OneLine


class SupplyChanged(Sent):
    """Whether it was handed over, or does not come after all."""

    brought: Yes


# For everybody --------------------------------------------------------------------------------------------------------


@router.get("/emergencies", response=list[EmergencyTold])
@for_readers
def list_emergencies(request: Request) -> list[dict[str, Any]]:
    return [_told(each, request) for each in emergencies.open_now(request.at)]


@router.post("/emergencies/{emergency}/needs", response={201: NeedMade})
@for_everybody
def tell_need(request: Request, emergency: Id, said: NeedSent) -> Status[dict[str, Any]]:
    limits.count_report(request)
    need = needing.tell(emergency, _wish(said), came_by="resident", at=request.at)
    return Status(201, {"token": needing.link_token(need)})


@router.get("/needs/{token}", response=OwnNeed)
@for_everybody
def show_own_need(request: Request, token: str) -> dict[str, Any]:
    found = emergencies.told(_of_link(token))
    if found is None:
        raise Http404
    need, row = found
    is_on = emergencies.is_on(row, request.at)
    return {"emergency": row.pk, "item": need.item, "quantity": need.quantity, "state": need.state, "is_on": is_on}


@router.delete("/needs/{token}", response={204: None})
@for_everybody
def take_own_need_back(request: Request, token: str) -> None:
    needing.withdraw(_of_link(token), at=request.at)


# Asked for, approved, ended -------------------------------------------------------------------------------------------


@router.get("/emergencies/around", response=list[EmergencyTold])
@for_serving
def list_emergencies_around(request: Request) -> list[dict[str, Any]]:
    return [_told(each, request) for each in emergencies.visible()]


@router.get("/emergencies/{emergency}", response=WholeEmergency)
@for_serving
def show_emergency(request: Request, emergency: Id) -> dict[str, Any]:
    return _one(request, emergency)


@router.post("/emergencies", response={201: Made})
@for_desks
def ask_for_emergency(request: Request, said: EmergencySent) -> Status[dict[str, Any]]:
    return Status(201, {"id": acts.ask(said.area, said.reason, said.days, by=request.actor, at=request.at)})


@router.post("/emergencies/{emergency}/approve", response=WholeEmergency)
@for_desks
def approve_emergency(request: Request, emergency: Id) -> dict[str, Any]:
    acts.approve(emergency, by=request.actor, at=request.at)
    return _one(request, emergency)


@router.post("/emergencies/{emergency}/send-back", response=WholeEmergency)
@for_desks
def send_emergency_back(request: Request, emergency: Id, said: WhySent) -> dict[str, Any]:
    acts.send_back(emergency, said.words, by=request.actor, at=request.at)
    return _one(request, emergency)


@router.post("/emergencies/{emergency}/renew", response=WholeEmergency)
@for_desks
def renew_emergency(request: Request, emergency: Id, said: MoreDaysSent) -> dict[str, Any]:
    acts.renew(emergency, said.days, said.reason, by=request.actor, at=request.at)
    return _one(request, emergency)


@router.post("/emergencies/{emergency}/end", response=WholeEmergency)
@for_desks
def end_emergency(request: Request, emergency: Id, said: WhySent) -> dict[str, Any]:
    acts.end(emergency, said.words, by=request.actor, at=request.at)
    return _one(request, emergency)


# Who needs what -------------------------------------------------------------------------------------------------------


@router.get("/emergencies/{emergency}/needs", response=list[NeedTold])
@for_serving
def list_needs(request: Request, emergency: Id) -> list[dict[str, Any]]:
    row = _served(request, emergency)
    return [_needed(each) for each in emergencies.needs_of(row, request.actor, request.at)]


@router.post("/emergencies/{emergency}/needs-of-others", response={201: Made})
@for_serving
def tell_need_for_somebody(request: Request, emergency: Id, said: NeedSent) -> Status[dict[str, Any]]:
    came_by = "grid" if request.actor.role is Role.GRID else "desk"
    need = needing.tell(emergency, _wish(said), came_by=came_by, at=request.at, by=request.actor)
    return Status(201, {"id": need})


@router.get("/emergencies/{emergency}/needs/{need}", response=WholeNeed)
@for_serving
def show_need(request: Request, emergency: Id, need: Id) -> dict[str, Any]:
    row = _served(request, emergency)
    found = emergencies.need_of(row, need, request.actor, request.at)
    if found is None:
        raise Http404
    audit.read("needs", row.pk, by=request.actor, at=request.at, because=str(need))
    supplies = [
        {"id": each.pk, "quantity": each.quantity, "promised_by": each.promised_by, "state": each.state}
        for each in emergencies.supplies_of(found.need)
    ]
    return {**_needed(found), **emergencies.household(found.need)._asdict(), "supplies": supplies}


@router.delete("/emergencies/{emergency}/needs/{need}", response={204: None})
@for_serving
def take_need_back(request: Request, emergency: Id, need: Id) -> None:
    row = _served(request, emergency)
    if emergencies.need_of(row, need, request.actor, request.at) is None:
        raise Http404
    needing.withdraw(need, by=request.actor, at=request.at)


@router.post("/emergencies/{emergency}/needs/{need}/supplies", response={201: Made})
@for_serving
def promise_supply(request: Request, emergency: Id, need: Id, said: SupplySent) -> Status[dict[str, Any]]:
    row = _served(request, emergency)
    if emergencies.need_of(row, need, request.actor, request.at) is None:
        raise Http404
    made = needing.promise(need, said.quantity, said.who, by=request.actor, at=request.at)
    return Status(201, {"id": made})


@router.put("/supplies/{supply}", response={204: None})
@for_serving
def say_whether_supply_came(request: Request, supply: Id, said: SupplyChanged) -> None:
    change = needing.bring if said.brought else needing.drop
    change(supply, by=request.actor, at=request.at)


def _one(request: Request, emergency: int) -> dict[str, Any]:
    row = emergencies.one(emergency)
    if row is None:
        raise Http404
    steps = [told_step(each) for each in queries.steps_of(emergency=row.pk)]
    return {**_told(row, request), "steps": steps}


def _served(request: Request, emergency: int) -> Any:
    row = emergencies.one(emergency)
    if row is None or not emergencies.serves(row, request.actor, request.at):
        raise Http404
    return row


def _told(row: Any, request: Request) -> dict[str, Any]:
    is_on = emergencies.is_on(row, request.at)
    return {
        "id": row.pk,
        "area": row.area.code,
        "area_name": row.area.name,
        "reason": row.reason,
        "state": "over" if row.state == "open" and not is_on else row.state,
        "is_on": is_on,
        "asked_at": row.asked_at,
        "opened_at": row.opened_at,
        "until": row.until,
        "asks_days": row.asks_days,
    }


def _needed(each: NeedSeen) -> dict[str, Any]:
    need = each.need
    return {
        "id": need.pk, "item": need.item, "quantity": need.quantity, "place": need.place, "state": need.state,
        "promised": each.promised, "brought": each.brought, "missing": each.missing,
    }  # fmt: skip


def _wish(said: NeedSent) -> needing.Wish:
    return needing.Wish(**said.model_dump())


def _of_link(token: str) -> int:
    need = needing.need_of_link(token)
    if need is None:
        raise Http404
    return need
