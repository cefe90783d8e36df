"""The way in and out for other platforms: 12345, and the grid and service platforms of the province.

Each shows its own key as a bearer token. Every case is known by the number it has there; what arrives twice is
answered as before, and messages about one case are followed in the order of their count.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Status
from pydantic import AwareDatetime, Field

from doorstep.areas import queries as areas
from doorstep.cases.actions.report import LONGEST_REPORT, Place, Report
from doorstep.catalogue.item import Urgency
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.exchange import queries
from doorstep.exchange.actions import messages, receiving
from doorstep.exchange.actions.receiving import Alias
from doorstep.exchange.orders import LONGEST_NUMBER, Order, OrderRefused
from doorstep.exchange.queries import Known
from doorstep.exchange.refusing import Conflict
from doorstep.fronts.open.entering import Request, for_partners
from doorstep.fronts.open.interface import interface
from doorstep.fronts.open.interface import refused as plainly_refused
from doorstep.fronts.open.places import PlaceSent, known_door
from doorstep.fronts.open.reporting import ContactSent, contact_of, known_item
from doorstep.fronts.open.shapes import Sent, Text, Told

router = Router(tags=["exchange"])

Number = Annotated[str, Field(min_length=1, max_length=LONGEST_NUMBER)]


@interface.exception_handler(Conflict)
def conflicting(request: HttpRequest, conflict: Conflict) -> HttpResponse:
    """As every refusal, and with the name of the conflict for the program."""
    response = plainly_refused(request, conflict)
    body = {**orjson.loads(response.content), "conflict": conflict.name}
    return HttpResponse(orjson.dumps(body), content_type=response.headers["Content-Type"], status=conflict.status)


class PartnersRequest(Request):
    """A request whose key was seen."""

    partner: Known


class AliasSent(Sent):
    """A number that the case has at some platform; ours is called `doorstep`."""

    partner: Annotated[Text, Field(max_length=40)]
    number: Annotated[Text, Field(min_length=1, max_length=LONGEST_NUMBER)]


class OrderSent(Sent):
    """A case as the partner hands it over. Only `number` and `words` are needed."""

    number: Number
    words: Annotated[Text, Field(max_length=LONGEST_REPORT)]
    happened_at: AwareDatetime | None = None
    place: PlaceSent = PlaceSent()
    contact: ContactSent = ContactSent()
    item: Annotated[str, Field(max_length=60)] | None = None
    urgency: Urgency | None = None
    known_as: Annotated[list[AliasSent], Field(max_length=10)] = []


class OrderTold(Told):
    """Under which number it is here, and whether it is new or was known."""

    number: str
    case: str
    came: Literal["new", "same"]


@router.post("/exchange/cases", response={201: OrderTold, 200: OrderTold})
@for_partners
def hand_over(request: PartnersRequest, said: OrderSent) -> Any:
    """Receive: the case begins here. Sent again, it is answered with 200 and does nothing twice."""
    partner = request.partner
    order = Order(said.number, _report(request, said, partner), said.happened_at)
    aliases = [Alias(each.partner, each.number) for each in said.known_as]
    taken = receiving.receive(partner, order, at=request.at, known_as=aliases)
    return Status(201 if taken.came == receiving.NEW else 200, taken._asdict())


def _report(request: PartnersRequest, said: OrderSent, partner: Known) -> Report:
    return Report(
        words=said.words,
        place=_place(request, said.place, partner),
        contact=contact_of(said.contact),
        item=known_item(said.item),
        urgency=str(said.urgency or ""),
        source=partner.source,
    )


def _place(request: PartnersRequest, sent: PlaceSent, partner: Known) -> Place:
    """Inside the partner's own area; where it says no community, the desk of that area finds it."""
    lon, lat = sent.point.degrees() if sent.point else (None, None)
    accuracy_m = sent.point.accuracy_m if sent.point else None
    with acting_as(ANONYMOUS):
        inside = {each.code: each for each in areas.communities_in(partner.org, local_date(request.at))}
        above = areas.above(partner.org)
    door = known_door(sent.door) if sent.door else None
    code = door.community.code if door else sent.community
    if code and code not in inside:
        raise OrderRefused(say("exchange-outside", code=code), say("exchange-outside-try"), "place.community")
    if code:
        of = inside[code]
        return Place(lon, lat, accuracy_m, door and door.pk, of.pk, of.subdistrict_id, of.county_id, sent.words)
    assert above is not None
    return Place(lon, lat, accuracy_m, None, above.community, above.subdistrict, above.county, sent.words)


Does = Literal["take", "return", "extend", "answer", "progress", "add", "confirm", "not-solved", "withdraw", "know-as"]


class MessageSent(Sent):
    """What the partner does with a case.

    As its holder: take, return (with a reason, as every holder may), extend, answer (with outcome and words), progress.
    For whoever reported it: add, confirm, not-solved, withdraw. `know-as` gives a case of ours the partner's `number`.
    `nth` counts the partner's messages about this case from 1.
    """

    does: Does
    nth: Annotated[int, Field(ge=1, le=1_000_000)]
    words: Annotated[Text, Field(max_length=LONGEST_REPORT)] = ""
    outcome: Literal["solved", "explained", "out-of-scope"] | None = None
    number: Annotated[str, Field(max_length=LONGEST_NUMBER)] = ""


class ExchangedCase(Told):
    """How a case stands that both know. `heard` is the count of the partner's messages that were followed."""

    number: str
    case: str
    state: str
    heard: int
    item: str
    urgency: str
    outcome: str
    promised_by: datetime | None


@router.post("/exchange/cases/{number}/messages", response=ExchangedCase)
@for_partners
def send_message(request: PartnersRequest, number: str, said: MessageSent) -> dict[str, Any]:
    """Return, extend, answer, and the rest. One that was followed before is answered as before."""
    partner = request.partner
    message = messages.Message(said.does, said.nth, said.words, said.outcome or "", said.number)
    messages.hear(partner, number, message, at=request.at)
    return _standing(partner, said.number if said.does == "know-as" else number)


@router.get("/exchange/cases/{number}", response=ExchangedCase)
@for_partners
def exchanged_case(request: PartnersRequest, number: str) -> dict[str, Any]:
    """How a case stands, by the partner's number or ours."""
    return _standing(request.partner, number)


def _standing(partner: Known, number: str) -> dict[str, Any]:
    link = messages.known_link(partner, number)
    case = link.case
    return {
        "number": link.number,
        "case": case.number,
        "state": case.state,
        "heard": link.heard,
        "item": case.item,
        "urgency": case.urgency,
        "outcome": case.outcome,
        "promised_by": case.promised_by,
    }


class AliasTold(Told):
    partner: str
    number: str


class UpdateTold(Told):
    """One thing that happened with a case. `message` and `case` together are told once; `position` only grows."""

    position: int
    kind: str
    number: str
    case: str
    message: int
    came_in: bool
    known_as: list[AliasTold]
    happened_at: datetime
    state: str
    item: str
    urgency: str
    holder: str
    outcome: str
    because: str
    words: str
    promised_by: datetime | None
    extended_to: str | None
    first_words: str
    place_words: str
    community: str | None
    lon: float | None
    lat: float | None


class UpdatesTold(Told):
    """Go on with `cursor` as `since`; `more` says that there is more already."""

    updates: list[UpdateTold]
    cursor: int
    more: bool


class UpdatesSince(Sent):
    since: Annotated[int, Field(ge=0, le=2**62)] = 0
    limit: Annotated[int, Field(ge=1, le=queries.MOST_UPDATES)] = 100


@router.get("/exchange/updates", response=UpdatesTold)
@for_partners
def exchange_updates(request: PartnersRequest, asked: Query[UpdatesSince]) -> dict[str, Any]:
    """What happened after `since`, in order; nothing that is read later lies before what was read."""
    told = queries.updates(request.partner, asked.since, asked.limit)
    cursor = told[-1]["position"] if told else asked.since
    return {"updates": told, "cursor": cursor, "more": len(told) == asked.limit}
