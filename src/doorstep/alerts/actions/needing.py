"""Who needs what while emergency mode is on: told without an account or by staff; brought, or not."""

from __future__ import annotations

from datetime import datetime

import orjson
from django.core.signing import BadSignature, Signer
from django.db import transaction

from doorstep.alerts.emergencies import Told, is_on, serves
from doorstep.alerts.models import Emergency, Need, Supply
from doorstep.alerts.rules.emergency import EmergencyNotFound, needed_quantity, promised_quantity, refusal
from doorstep.alerts.rules.emergency import Wish as Wish
from doorstep.areas.models import Area, Door
from doorstep.areas.queries import place_at
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.crypto import seal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date


def tell(emergency: int, wish: Wish, *, came_by: str, at: datetime, by: Actor | None = None) -> int:
    """A need of one door, as a resident tells it, or staff for somebody (`by`); its number."""
    quantity = needed_quantity(wish)
    with acting_as(WORKER), transaction.atomic():
        row = _on(emergency, at, by)
        door = _door(wish.door, row, at)
        who = {"home": wish.home, "name": wish.name, "phone": wish.phone, "words": wish.words}
        need = Need.objects.create(
            emergency=row, item=wish.item, quantity=quantity, place=door.name if door else "",
            lon=door.lon if door else None, lat=door.lat if door else None, came_by=came_by,
            sealed=seal(orjson.dumps(who)), told_at=at,
        )  # fmt: skip
    return need.pk


def withdraw(need: int, *, at: datetime, by: Actor | None = None) -> None:
    """No longer needed: by whoever holds its link, or by staff. What was promised to it is free for others."""
    with acting_as(WORKER), transaction.atomic():
        row = _need(need, at, by)
        if row.state != "open":
            raise refusal("not-open")
        row.supplies.filter(state="promised").update(state="dropped")
        Need.objects.filter(pk=row.pk).update(state="withdrawn", sealed=None, place="", lon=None, lat=None)


def promise(need: int, quantity: int | None, who: str, *, by: Actor, at: datetime) -> int:
    """A unit or a neighbour will bring so many of what is missing; in words, since nobody has to sign. Its number."""
    with acting_as(WORKER), transaction.atomic():
        row = _need(need, at, by)
        if row.state != "open":
            raise refusal("not-open")
        promised = promised_quantity(quantity, who, _told(row).missing)
        made = Supply.objects.create(need=row, quantity=promised, promised_by=who, told_at=at)
    return made.pk


def bring(supply: int, *, by: Actor, at: datetime) -> None:
    """It was handed over. Once all that was needed is there, the need is done."""
    with acting_as(WORKER), transaction.atomic():
        found, row = _supply(supply, by, at)
        found.state = "brought"
        found.save(update_fields=["state"])
        if _told(row).brought >= row.quantity:
            Need.objects.filter(pk=row.pk).update(state="done")


def drop(supply: int, *, by: Actor, at: datetime) -> None:
    """It does not come after all: others may promise it. Nobody is asked why."""
    with acting_as(WORKER), transaction.atomic():
        found, _ = _supply(supply, by, at)
        found.state = "dropped"
        found.save(update_fields=["state"])


def link_token(need: int) -> str:
    """By which whoever told a need sees it and takes it back, without an account."""
    return _signer().sign(str(need))


def need_of_link(token: str) -> int | None:
    """The need that a link of ours names."""
    try:
        return int(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer() -> Signer:
    return Signer(salt="doorstep need", sep=".")


def _on(emergency: int, at: datetime, by: Actor | None) -> Emergency:
    row = Emergency.objects.select_for_update(of=("self",)).select_related("area").filter(pk=emergency).first()
    if row is None or (by is not None and not serves(row, by, at)):
        raise EmergencyNotFound(say("emergency-unknown"), say("emergency-unknown-try"))
    if not is_on(row, at):
        raise refusal("over")
    return row


def _need(need: int, at: datetime, by: Actor | None) -> Need:
    row = Need.objects.select_for_update(of=("self",)).filter(pk=need).first()
    if row is None:
        raise EmergencyNotFound(say("emergency-no-need"), say("emergency-no-need-try"))
    _on(row.emergency_id, at, by)
    return row


def _supply(supply: int, by: Actor, at: datetime) -> tuple[Supply, Need]:
    found = Supply.objects.filter(pk=supply).first()
    if found is None:
        raise EmergencyNotFound(say("emergency-no-supply"), say("emergency-no-supply-try"))
    row = _need(found.need_id, at, by)
    found.refresh_from_db()
    if found.state != "promised":
        raise refusal("not-promised")
    return found, row


def _told(row: Need) -> Told:
    amounts = {"promised": 0, "brought": 0, "dropped": 0}
    for state, quantity in row.supplies.values_list("state", "quantity"):
        amounts[state] += quantity
    return Told(row, amounts["promised"], amounts["brought"])


def _door(code: str, row: Emergency, at: datetime) -> Door | None:
    if not code:
        return None
    door = Door.objects.filter(code=code.upper(), retired_at=None).select_related("community").first()
    if door is None:
        raise refusal("door", "door")
    place = place_at(door.lon, door.lat, local_date(at))
    around = Area.objects.get(pk=place.microgrid) if place else door.community
    levels = {around.pk, around.grid_id, around.community_id, around.subdistrict_id, around.county_id}
    if row.area_id not in levels:
        raise refusal("door-elsewhere", "door")
    return door
