"""A report without account: one sentence is enough. The same without sending it: what we would make of the words."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from ninja import Header, Router
from pydantic import Field

from doorstep.areas import queries as areas
from doorstep.cases import queries as cases
from doorstep.cases.actions.apart import several
from doorstep.cases.actions.classify import propose
from doorstep.cases.actions.contact import readable_contact
from doorstep.cases.actions.join import join, offer_of
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report, readable
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.complaints import is_concerned
from doorstep.cases.similar import Offered, offered
from doorstep.catalogue.item import Urgency
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import limits
from doorstep.fronts.open.entering import Request, for_everybody
from doorstep.fronts.open.pictures import Pictures, cleaned
from doorstep.fronts.open.places import PlaceSent, known_door, served_community
from doorstep.fronts.open.shapes import Code, Promise, Sent, Text, Told, Yes

router = Router(tags=["reports"])


# Long enough that no two programs choose the same by accident.
IdempotencyKey = Annotated[str, Field(min_length=20, max_length=200)]
ONCE: Any = Header(None, alias="Idempotency-Key")  # type: ignore[type-arg]


class ItemRefused(Refusal):
    """Not an item of the catalogue; answered as 422."""

    status = 422


class ContactSent(Sent):
    """How the reporter wishes to be told; `language` is that of the letters."""

    email: Annotated[str, Field(max_length=200)] = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    name: Annotated[Text, Field(max_length=60)] = ""
    language: Annotated[str, Field(pattern="^(zh|en)$")] | None = None


class ReportSent(Sent):
    """Only the words are needed. `item` and `urgency` correct what would be proposed.

    With `join` of a similar case the report becomes a voice of it; with `propose` the answer tells what was made of it.
    """

    words: Annotated[Text, Field(max_length=LONGEST_REPORT)]
    place: PlaceSent = PlaceSent()
    contact: ContactSent = ContactSent()
    item: Code | None = None
    urgency: Urgency | None = None
    photos: Pictures = []
    about: Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,59}$")] | None = None
    concerns: Annotated[str, Field(pattern="^(grid|community|subdistrict|department:[a-z-]{1,40})$")] | None = None
    """Whom a complaint about staff is about; it is kept from them."""
    join: Annotated[str, Field(max_length=400)] = ""
    propose: Yes = False


class ItemProposed(Told):
    """What the words seem to be about, and why; all of it can be corrected in the report."""

    item: str
    name: str
    case_class: str
    urgency: Urgency
    certainty: float
    because: str
    promise: Promise


class PlaceProposed(Told):
    """Where it seems to be: the micro-grid of the point, or the one door whose name stands in the words."""

    microgrid: str | None = None
    door: str | None = None
    name: str


class Similar(Told):
    """An open case near by that may be the same, as a stranger may know it; `join`, sent with a report, joins it."""

    join: str
    item: str
    name: str
    state: str
    reported_at: datetime
    within_m: int
    asked_by: int


class Proposal(Told):
    call_now: str | None
    item: ItemProposed | None
    place: PlaceProposed | None
    similar: list[Similar]


class Receipt(Told):
    """What the reporter takes home. Whoever holds the token follows the case; nobody is given it twice."""

    number: str
    reported_at: datetime
    token: str
    link: str
    call_now: str | None
    proposal: Proposal | None


@router.post("/reports", response={201: Receipt})
@for_everybody
def report(
    request: Request,
    said: ReportSent,
    key: IdempotencyKey | None = ONCE,
) -> dict[str, Any]:
    readable(said.words)
    limits.count_report(request)
    written = _report(request, said, key)
    # Looked for before it is written, so that nobody is offered the case that this report becomes.
    proposal = _proposal(request, said) if said.propose else None
    receipt = join(written, said.join, at=request.at) if said.join else write_report(written, at=request.at)
    token = follow_token(receipt.case, at=request.at)
    return {
        "number": receipt.number,
        "reported_at": receipt.reported_at,
        "token": token,
        "link": urljoin(settings.PUBLIC_ADDRESS, f"/c/{token}/"),
        "call_now": _call_now(said.words),
        "proposal": proposal,
    }


def _report(request: Request, said: ReportSent, key: str | None) -> Report:
    return Report(
        words=said.words,
        place=_place(said.place, request),
        contact=contact_of(said.contact),
        item=known_item(said.item),
        urgency=str(said.urgency or ""),
        key=_once(key, request.body) if key else None,
        page=said.about or "",
        concerns=known_concerned(said.concerns),
        pictures=cleaned(said.photos),
    )


def contact_of(said: ContactSent) -> Any:
    """The contact as it is kept; an address to which nobody could write is refused."""
    return readable_contact(said.email, said.phone, name=said.name, language=said.language or language())


def known_concerned(named: str | None) -> str:
    """Whom a complaint is about: a level, or a department of the catalogue."""
    if named and not is_concerned(named, cases.catalogue().departments):
        raise ItemRefused(say("complaint-nobody"), say("complaint-nobody-try"), "concerns")
    return named or ""


def known_item(item: str | None) -> str:
    """An item of the catalogue, or none."""
    if item and item not in cases.catalogue().offered:
        raise ItemRefused(say("open-item-unknown"), say("open-item-unknown-try"), "item")
    return item or ""


def _place(said: PlaceSent, request: Request) -> Place:
    lon, lat = said.point.degrees() if said.point else (None, None)
    accuracy_m = said.point.accuracy_m if said.point else None
    if said.door:
        door = known_door(said.door)
        of = door.community
        return Place(lon, lat, accuracy_m, door.pk, of.pk, of.subdistrict_id, of.county_id, said.words)
    if said.community:
        of = served_community(said.community, request)
        return Place(lon, lat, accuracy_m, None, of.pk, of.subdistrict_id, of.county_id, said.words)
    return Place(lon, lat, accuracy_m, words=said.words)


def _once(key: str, body: bytes) -> UUID:
    """The same key with the same report is one report, however often it arrives."""
    return UUID(bytes=hashlib.sha256(key.encode() + b"\0" + body).digest()[:16])


def _call_now(words: str) -> str | None:
    """Whom to call before anything else, when the words tell of danger."""
    danger = cases.danger_in(words)
    return str(danger.advice) if danger else None


class ProposeSent(Sent):
    words: Annotated[Text, Field(max_length=LONGEST_REPORT)]
    place: PlaceSent = PlaceSent()
    item: Code | None = None
    urgency: Urgency | None = None


@router.post("/proposals", response=Proposal)
@for_everybody
def propose_item(request: Request, said: ProposeSent) -> dict[str, Any]:
    return _proposal(request, said)


def _proposal(request: Request, said: ProposeSent | ReportSent) -> dict[str, Any]:
    words = said.words.strip()
    found = propose(words, known_item(said.item), str(said.urgency or "")) if words else None
    return {
        "call_now": _call_now(words),
        "item": _proposed(found, request.at) if found else None,
        "place": _place_in(said, request.at),
        "similar": _similar(request, said, found.item.id if found else None),
    }


def _proposed(found: Any, at: datetime) -> dict[str, Any]:
    promise = cases.promise_of(found, at)
    return {
        "item": found.item.id,
        "name": found.item.name.said(language()),
        "case_class": found.class_code,
        "urgency": found.urgency,
        "certainty": round(found.certainty, 3),
        "because": str(found.because),
        "promise": {
            "first_contact_by": promise.first_contact,
            "finish_by": promise.finish,
            "provisional": promise.provisional,
        },
    }


def _place_in(said: ProposeSent | ReportSent, at: datetime) -> dict[str, Any] | None:
    if said.place.point:
        found = areas.place_at(*said.place.point.degrees(), local_date(at))
        return {"microgrid": found.code, "name": found.name} if found else None
    written = f"{said.place.words} {said.words}".strip()
    if said.place.door or not written:
        return None
    with acting_as(ANONYMOUS):
        named = areas.doors_named_in(written)
    # Two doors of one name are no proposal: whoever writes knows which of them it is.
    return {"door": named[0].code, "name": named[0].name} if len(named) == 1 else None


def _similar(request: Request, said: ProposeSent | ReportSent, item: str | None) -> list[dict[str, Any]]:
    """What may be joined: not while a danger is there, nor with words that ask for several things."""
    words, point, danger = said.words.strip(), _point(said.place), cases.danger_in(said.words)
    if not words or point is None or (danger and danger.is_here) or not limits.may_be_offered(request):
        return []
    near = offered(words, item, *point, at=request.at)
    return [] if near and several(words, said.item or "") else [_offered(each, request.at) for each in near]


def _point(place: PlaceSent) -> tuple[float, float] | None:
    if place.point:
        return place.point.degrees()
    if not place.door:
        return None
    with acting_as(ANONYMOUS):
        door = areas.door(place.door)
    return (door.lon, door.lat) if door is not None else None


def _offered(each: Offered, at: datetime) -> dict[str, Any]:
    return {
        "join": offer_of(each.case, at=at),
        "item": each.item.id,
        "name": each.item.name.said(language()),
        "state": each.state,
        "reported_at": each.reported_at,
        "within_m": each.within_m,
        "asked_by": each.voices + 1,
    }
