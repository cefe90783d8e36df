"""Subscribers of events: made, tried, paused and ended by the system administrator, with all that was sent to them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas.names import said
from doorstep.cases.queries import catalogue
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say
from doorstep.exchange import payloads, subscriptions
from doorstep.exchange.actions import subscribing as acts
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther

for_keepers = for_roles(Role.SYSTEM_ADMIN)
TOLD: Final = frozenset({"changed", "paused", "went-on", "ended", "pinged", "replayed"})
TONES: Final = {"working": "done", "failing": "waiting", "stopped": "alarm", "paused": "quiet", "ended": "quiet",
                "taken": "done", "waiting": "moving", "given-up": "waiting"}  # fmt: skip
# What is done to a subscriber by a button, and what is told after it.
DEEDS: Final[dict[str, tuple[Callable[..., Any], str]]] = {
    "pause": (acts.pause, "paused"),
    "go-on": (acts.go_on, "went-on"),
    "ping": (acts.ping, "pinged"),
    "end": (acts.end, "ended"),
}


@for_keepers
@require_safe
def listed(request: Any) -> HttpResponse:
    """The subscribers, and how each stands."""
    rows = [_shown(row) for row in subscriptions.listed()]
    return render(request, "staff/webhooks.html", {"rows": rows, "told": _told(request)})


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any) -> HttpResponse:
    """One more; its secret is shown on the answer, and never again."""
    page: dict[str, Any] = {"written": _written(request), **_choices()}
    if request.method == "POST":
        try:
            with transaction.atomic():
                shown = acts.subscribe(_wanted(request), catalogue().classes, by=request.actor, at=request.at)
            return _with_secret(request, shown)
        except Refusal as refused:
            page["refused"] = refused
    return render(request, "staff/webhook_add.html", page, status=422 if "refused" in page else 200)


@for_keepers
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Any, subscription: int) -> HttpResponse:
    """One subscriber with its latest deliveries; sent as a form, it is changed."""
    refused = None
    if request.method == "POST":
        try:
            with transaction.atomic():
                acts.change(subscription, _wanted(request), catalogue().classes, by=request.actor, at=request.at)
            return _back(subscription, "changed")
        except Refusal as error:
            if getattr(error, "status", 0) == 404:
                raise
            refused = error
    return _page(request, subscription, refused)


@for_keepers
@require_POST
def deed(request: Any, subscription: int, name: str) -> HttpResponse:
    """Pause, go on, try, end; another secret; everything since a time again."""
    if name == "secret":
        return _with_secret(request, acts.renew_secret(subscription, by=request.actor, at=request.at))
    if name == "replay":
        return _replayed(request, subscription)
    if name not in DEEDS:
        raise Http404(name)
    does, told = DEEDS[name]
    does(subscription, by=request.actor, at=request.at)
    return _back(subscription, told)


@for_keepers
@require_safe
def delivery(request: Any, subscription: int, delivery: int) -> HttpResponse:
    """What was sent, and each answer."""
    row, kept = subscriptions.one(subscription), subscriptions.body_of(delivery, subscription)
    if row is None or kept is None:
        raise Http404(delivery)
    page = {
        "row": row,
        "delivery": kept,
        "kind": subscriptions.kind_name(kept.kind),
        "state": _state(kept.state),
        "message_id": payloads.message_id(subscription, delivery),
        "body": payloads.body(kept.kind, kept.happened_at, kept.said).decode(),
        "calls": subscriptions.calls(delivery),
        "may_replay": row.ended_at is None,
    }
    return render(request, "staff/webhook_delivery.html", page)


@for_keepers
@require_POST
def replay(request: Any, subscription: int, delivery: int) -> HttpResponse:
    """Send one again, under the same id."""
    acts.replay(subscription, delivery, by=request.actor, at=request.at)
    return _back(subscription, "replayed")


def _replayed(request: Any, subscription: int) -> HttpResponse:
    since = asked.moment(request.POST, "since")
    try:
        with transaction.atomic():
            if since is None:
                raise acts.SubscriptionRefused(say("webhooks-since-missing"), say("webhooks-since-try"), "since")
            acts.replay_since(subscription, since, by=request.actor, at=request.at)
    except acts.SubscriptionRefused as refused:
        return _page(request, subscription, refused)
    return _back(subscription, "replayed")


def _page(request: Any, subscription: int, refused: Refusal | None = None) -> HttpResponse:
    row = subscriptions.one(subscription)
    if row is None:
        raise Http404(subscription)
    wanted = asked.line(request.GET, "state", 12)
    before = asked.number(request.GET, "before")
    sent = subscriptions.deliveries(subscription, wanted, before=before)
    shown, rest = sent[: subscriptions.PAGE], sent[subscriptions.PAGE :]
    page = {
        **_shown(row),
        **_choices(),
        "written": _written(request) if refused is not None and refused.where != "since" else _kept(row),
        "refused": refused,
        "told": _told(request),
        "sent": [
            {"sent": each, "kind": subscriptions.kind_name(each.kind), "about": each.stream.partition("/")[2],
             "state": _state(each.state)} for each in shown
        ],
        "wanted": wanted if wanted in subscriptions.STATES else "",
        "states": [("", say("webhooks-any")), *((each, _state(each)[1]) for each in subscriptions.STATES)],
        "later": f"?state={wanted}&before={shown[-1].id}" if rest else "",
    }  # fmt: skip
    return render(request, "staff/webhook.html", page, status=200 if refused is None else 422)


def _shown(row: subscriptions.Row) -> dict[str, Any]:
    return {
        "row": row,
        "state": _state(row.state),
        "area": said(row.area) if row.area else "",
        "kinds_told": [subscriptions.kind_name(each) for each in row.kinds],
        "class_name": catalogue().classes[row.case_class].name.said(language()) if row.case_class else "",
    }


def _state(name: str) -> tuple[str, Message]:
    return TONES[name], say(f"webhooks-state-{name}")


def _choices() -> dict[str, Any]:
    classes = [(code, each.name.said(language())) for code, each in catalogue().classes.items()]
    return {
        "kinds": [(kind, subscriptions.kind_name(kind)) for kind in subscriptions.KINDS],
        "classes": [("", say("webhooks-any")), *classes],
    }


def _wanted(request: Any) -> acts.Wanted:
    form = request.POST
    kinds = tuple(request.POST.getlist("kinds"))
    return acts.Wanted(
        name=asked.line(form, "name", 60),
        url=asked.line(form, "url", 2000),
        kinds=kinds,
        area_code=asked.line(form, "area", 17),
        case_class=asked.line(form, "case_class", 8),
        secret=asked.line(form, "secret", 200),
    )


def _written(request: Any) -> dict[str, Any]:
    form = request.POST
    return {**{name: form.get(name, "") for name in ("name", "url", "area", "case_class")},
            "kinds": form.getlist("kinds")}  # fmt: skip


def _kept(row: subscriptions.Row) -> dict[str, Any]:
    return {
        "name": row.name,
        "url": row.url,
        "area": row.area_code,
        "case_class": row.case_class,
        "kinds": list(row.kinds),
    }


def _with_secret(request: Any, shown: acts.Shown) -> HttpResponse:
    row = subscriptions.one(shown.subscription)
    return render(request, "staff/webhook_secret.html", {"row": row, "secret": shown.secret})


def _back(subscription: int, told: str) -> HttpResponse:
    return SeeOther(f"{reverse('staff-webhook', args=[subscription])}?told={told}")


def _told(request: Any) -> str:
    told = request.GET.get("told", "")
    return f"webhooks-told-{told}" if told in TOLD else ""
