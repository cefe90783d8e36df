"""Subscribers of events, for programs of the system administrator: the same that the page does."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404
from ninja import Query, Router, Status
from pydantic import AwareDatetime, Field

from doorstep.cases.queries import catalogue
from doorstep.exchange import payloads, subscriptions
from doorstep.exchange.actions import subscribing as acts
from doorstep.fronts.open.entering import Request
from doorstep.fronts.open.shapes import Id, Sent, Text, Told, Word
from doorstep.fronts.open.staffing import for_system

router = Router(tags=["webhooks"])

Address = Annotated[str, Field(min_length=1, max_length=500)]
Kind = Annotated[str, Field(max_length=40)]


class WebhookSaid(Sent):
    """Where to call, and what to tell; what is left out means everything."""

    name: Annotated[Text, Field(min_length=1, max_length=60)]
    url: Address
    kinds: Annotated[list[Kind], Field(max_length=40)] = []
    area: Annotated[str, Field(max_length=17, pattern=r"^[0-9]*$")] = ""
    case_class: Annotated[str, Field(max_length=8, pattern=r"^[0-9A-Za-z-]*$")] = ""

    def wanted(self) -> acts.Wanted:
        return acts.Wanted(self.name, self.url, tuple(self.kinds), self.area, self.case_class)


class NewWebhook(WebhookSaid):
    """A secret may be brought along (`whsec_` and Base64 of 24 to 64 bytes); else one is made."""

    partner: Id | None = None
    secret: Annotated[str, Field(max_length=100)] = ""

    def wanted(self) -> acts.Wanted:
        said = (self.name, self.url, tuple(self.kinds), self.area, self.case_class)
        return acts.Wanted(*said, self.partner, self.secret)


class SecretTold(Told):
    """Told once, on this answer alone."""

    id: int
    secret: str


class WebhookKept(Told):
    """A subscriber and how it stands: working, failing, stopped, paused or ended."""

    id: int
    name: str
    url: str
    partner: str
    kinds: list[str]
    area_code: str
    case_class: str
    state: str
    made_at: datetime
    failing_since: datetime | None
    answered_at: datetime | None
    old_until: datetime | None
    waiting: int
    given_up: int


class DeliveryTold(Told):
    """One thing told to a subscriber: waiting, taken or given-up."""

    id: int
    webhook_id: str
    kind: str
    stream: str
    happened_at: datetime
    state: str
    attempts: int
    look_again_at: datetime | None
    answered_at: datetime | None


class AttemptTold(Told):
    """One call: the status and the first 500 bytes of the answer, or why there was none."""

    at: datetime
    took_ms: int
    status: int | None
    answer: str
    trouble: str


class DeliveriesTold(Told):
    rows: list[DeliveryTold]
    has_more: bool


class DeliveriesAsked(Sent):
    """`before` is the id of the last row that was read."""

    state: Word = ""
    before: Id | None = None


class Since(Sent):
    since: AwareDatetime


class Replayed(Told):
    count: int


class Pinged(Told):
    delivery: int


class KindTold(Told):
    """A kind of event with the JSON schema of its messages."""

    kind: str
    json_schema: dict[str, Any]


@router.get("/webhooks", response=list[WebhookKept])
@for_system
def list_webhooks(request: Request) -> list[dict[str, Any]]:
    return [_told(row) for row in subscriptions.listed()]


@router.get("/webhook-kinds", response=list[KindTold])
@for_system
def list_webhook_kinds(request: Request) -> list[dict[str, Any]]:
    return [{"kind": kind, "json_schema": payloads.schema(kind)} for kind in payloads.SAID]


@router.post("/webhooks", response={201: SecretTold})
@for_system
def make_webhook(request: Request, said: NewWebhook) -> Any:
    return Status(201, _secret(acts.subscribe(said.wanted(), catalogue().classes, by=request.actor, at=request.at)))


@router.get("/webhooks/{webhook}", response=WebhookKept)
@for_system
def show_webhook(request: Request, webhook: Id) -> dict[str, Any]:
    row = subscriptions.one(webhook)
    if row is None:
        raise Http404(webhook)
    return _told(row)


@router.put("/webhooks/{webhook}", response=WebhookKept)
@for_system
def change_webhook(request: Request, webhook: Id, said: WebhookSaid) -> dict[str, Any]:
    acts.change(webhook, said.wanted(), catalogue().classes, by=request.actor, at=request.at)
    return show_webhook(request, webhook)


@router.delete("/webhooks/{webhook}", response={204: None})
@for_system
def end_webhook(request: Request, webhook: Id) -> Any:
    acts.end(webhook, by=request.actor, at=request.at)
    return Status(204, None)


@router.post("/webhooks/{webhook}/secret", response=SecretTold)
@for_system
def renew_webhook_secret(request: Request, webhook: Id) -> dict[str, Any]:
    """For a day the old secret signs beside the new one."""
    return _secret(acts.renew_secret(webhook, by=request.actor, at=request.at))


@router.post("/webhooks/{webhook}/pause", response=WebhookKept)
@for_system
def pause_webhook(request: Request, webhook: Id) -> dict[str, Any]:
    acts.pause(webhook, by=request.actor, at=request.at)
    return show_webhook(request, webhook)


@router.delete("/webhooks/{webhook}/pause", response=WebhookKept)
@for_system
def let_webhook_go_on(request: Request, webhook: Id) -> dict[str, Any]:
    """After a pause or a stop; what has waited is sent in order."""
    acts.go_on(webhook, by=request.actor, at=request.at)
    return show_webhook(request, webhook)


@router.post("/webhooks/{webhook}/ping", response={202: Pinged})
@for_system
def ping_webhook(request: Request, webhook: Id) -> Any:
    return Status(202, {"delivery": acts.ping(webhook, by=request.actor, at=request.at)})


@router.get("/webhooks/{webhook}/deliveries", response=DeliveriesTold)
@for_system
def list_deliveries(request: Request, webhook: Id, asked: Query[DeliveriesAsked]) -> dict[str, Any]:
    show_webhook(request, webhook)
    sent = subscriptions.deliveries(webhook, asked.state, before=asked.before)
    rows = [
        {"webhook_id": payloads.message_id(webhook, each.id), **each._asdict()} for each in sent[: subscriptions.PAGE]
    ]
    return {"rows": rows, "has_more": len(sent) > subscriptions.PAGE}


@router.get("/webhooks/{webhook}/deliveries/{delivery}/attempts", response=list[AttemptTold])
@for_system
def list_attempts(request: Request, webhook: Id, delivery: Id) -> list[dict[str, Any]]:
    if subscriptions.body_of(delivery, webhook) is None:
        raise Http404(delivery)
    return [{**call._asdict(), "trouble": str(call.trouble)} for call in subscriptions.calls(delivery)]


@router.post("/webhooks/{webhook}/deliveries/{delivery}/replay", response={202: None})
@for_system
def replay_delivery(request: Request, webhook: Id, delivery: Id) -> Any:
    """Under the same id, so that whoever had it knows."""
    acts.replay(webhook, delivery, by=request.actor, at=request.at)
    return Status(202, None)


@router.post("/webhooks/{webhook}/replay", response={202: Replayed})
@for_system
def replay_deliveries(request: Request, webhook: Id, said: Since) -> Any:
    """Everything since a time, at most 30 days back, in order and under the same ids."""
    count = acts.replay_since(webhook, said.since, by=request.actor, at=request.at)
    return Status(202, {"count": count})


def _told(row: subscriptions.Row) -> dict[str, Any]:
    return {**row._asdict(), "state": row.state}


def _secret(shown: acts.Shown) -> dict[str, Any]:
    return {"id": shown.subscription, "secret": shown.secret}
