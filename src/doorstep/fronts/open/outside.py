"""Links for outside handlers: given, listed and taken back, as the pages of the desk do it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.urls import reverse
from ninja import Router, Status
from pydantic import Field

from doorstep.cases import outside as links
from doorstep.cases.actions import looking
from doorstep.cases.actions import outside as acts
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.shapes import Id, Number, Sent, Text, Told
from doorstep.notices import to_handlers
from doorstep.notices.actions import handlers as sending

router = Router(tags=["moves"])
for_handlers = for_roles(*sorted(CASE_READERS))


class OutsideLinkAsked(Sent):
    """How many days it is good for: 3, 7, 14 or 30."""

    days: Annotated[int, Field(strict=True, ge=1, le=30)] = links.USUAL_DAYS
    send: Literal["", "sms", "email", "other"] = ""
    """To the duty contact of the unit by text message or e-mail, or to what `to` says; nothing: you pass it on."""

    to: Annotated[Text, Field(max_length=120)] = ""


class OutsideLinkGiven(Told):
    """The address opens the one case without an account. It is told this once: only its hash is kept."""

    link: int
    address: str
    unit: str
    until: datetime


class LinkSending(Told):
    """Whether a link went out: waiting, sending, sent, failed, unsent or stopped. `to` is masked; empty: the duty."""

    channel: str
    to: str
    state: str
    sent_at: datetime | None


class OutsideLinkTold(Told):
    """A link that was given, and what became of it; `ended` is withdrawn, replaced, moved or ended."""

    link: int
    unit: str
    given_by: str | None
    given_at: datetime
    until: datetime
    opened_at: datetime | None
    ended_at: datetime | None
    ended: str
    sending: LinkSending | None


@router.post("/cases/{number}/outside-links", response={201: OutsideLinkGiven})
@for_handlers
def give_outside_link(request: Request, number: Number, said: OutsideLinkAsked) -> Status[dict[str, Any]]:
    """For whoever the unit that has the case sends; a new link ends the one before."""
    case = CaseId(looking.find_numbered(number))
    given = acts.give(case, said.days, by=request.actor, at=request.at, send=said.send, to=said.to)
    address = request.build_absolute_uri(reverse("outside-part", args=[given.token]))
    return Status(201, {"link": given.id, "address": address, "unit": given.unit, "until": given.until})


@router.get("/cases/{number}/outside-links", response=list[OutsideLinkTold])
@for_handlers
def list_outside_links(request: Request, number: Number) -> list[dict[str, Any]]:
    """The latest first; no secret is among them."""
    rows = links.links_of(looking.find_numbered(number))
    sent = to_handlers.sent_of([each.id for each in rows])
    return [
        {
            "link": each.id,
            "unit": each.unit,
            "given_by": each.given_by,
            "given_at": each.given_at,
            "until": each.until,
            "opened_at": each.opened_at,
            "ended_at": each.ended_at,
            "ended": each.ended_because,
            "sending": _sending(sent.get(each.id)),
        }
        for each in rows
    ]


def _sending(sent: to_handlers.LinkSent | None) -> dict[str, Any] | None:
    if sent is None:
        return None
    return {"channel": sent.channel, "to": sent.hint, "state": sent.state, "sent_at": sent.sent_at}


@router.post("/outside-links/{link}/send", response={204: None})
@for_handlers
def send_outside_link_again(request: Request, link: Id) -> None:
    """Once more to where it was sent before."""
    sending.send_again(link, by=request.actor, at=request.at)


@router.delete("/outside-links/{link}", response={204: None})
@for_handlers
def withdraw_outside_link(request: Request, link: Id) -> None:
    """It opens nothing any more."""
    acts.withdraw(link, by=request.actor, at=request.at)
