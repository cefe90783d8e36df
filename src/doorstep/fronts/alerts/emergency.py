"""Emergency mode at the desk: asked for, approved by another, renewed, ended; and who needs what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import orjson
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.alerts import emergencies, queries
from doorstep.alerts.actions import emergency as acts
from doorstep.alerts.actions import needing
from doorstep.alerts.emergencies import Told
from doorstep.areas import queries as areas
from doorstep.core.access import Role, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked, tables
from doorstep.fronts.alerts import telling
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.desk.places import layers
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.staff.frame import title_of
from doorstep.fronts.templatetags.words import said

desks = for_roles(*sorted(DESKS))
serving = for_roles(*sorted(DESKS | {Role.GRID}))
TONES: Final = {"asked": "waiting", "open": "alarm"}
TOLD: Final = frozenset(
    {"asked", "approved", "sent-back", "renewed", "ended", "need", "promised", "brought", "dropped", "withdrawn"}
)
COLUMNS: Final = (
    "item",
    "quantity",
    "promised",
    "brought",
    "missing",
    "place",
    "home",
    "name",
    "phone",
    "words",
    "state",
)


@serving
@require_safe
def listed(request: Any) -> HttpResponse:
    """Every mode of one's own area, and those that are on."""
    rows = [_row(each, request) for each in emergencies.visible()]
    return render(request, "alerts/emergencies.html", {"rows": rows, "may_ask": request.actor.role in DESKS})


@desks
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """The form, and the request that comes of it."""
    form = request.POST
    refused: Refusal | None = None
    if request.method == "POST":
        made: list[int] = []
        reason, days = asked.line(form, "reason", 1000), asked.number(form, "days")
        area = asked.line(form, "area", 17)
        refused = attempted(lambda: made.append(acts.ask(area, reason, days, by=request.actor, at=request.at)))
        if refused is None:
            return SeeOther(f"{reverse('alerts-emergency', args=made)}?told=asked")
    wrong = {f"wrong_{refused.where}": refused.message} if refused and refused.where else {}
    context = {
        "written": form or {"days": "3"},
        "refused": refused,
        "areas": _areas(request),
        "most": emergencies.MOST_DAYS,
        "kept_days": emergencies.KEPT_FOR.days,
        **wrong,
    }
    return render(request, "alerts/emergency_ask.html", context, status=telling.status_of(refused))


@serving
@require_safe
def one(request: Any, emergency: int) -> HttpResponse:
    """What it is for and until when, who said yes, and who needs what."""
    return _one(request, emergency)


@serving
@require_POST
def deed(request: Any, emergency: int, name: str) -> HttpResponse:
    """Approve, send back, renew or end it; tell a need for somebody."""
    number = asked_id(emergency)
    if name not in DEEDS or emergencies.one(number) is None:
        raise Http404(name)
    told, do = DEEDS[name]
    if refused := attempted(lambda: do(request, number)):
        return _one(request, emergency, refused=refused, refused_of=name)
    return SeeOther(f"{reverse('alerts-emergency', args=[emergency])}?told={told}")


@serving
@require_http_methods(["GET", "HEAD", "POST"])
def need(request: Any, emergency: int, need: int) -> HttpResponse:
    """One need with who lives there: what is promised, brought, still missing."""
    form, by, at = request.POST, request.actor, request.at
    row, found = _need(request, emergency, need)
    refused: Refusal | None = None
    if request.method == "POST":
        name = asked.line(form, "do", 16)
        if name not in NEED_DEEDS:
            raise Http404(name)
        refused = attempted(lambda: NEED_DEEDS[name](request, found.need.pk))
        if refused is None:
            leads = "alerts-emergency" if name == "withdrawn" else "alerts-need"
            gone = [emergency] if name == "withdrawn" else [emergency, need]
            return SeeOther(f"{reverse(leads, args=gone)}?told={name}")
    audit.read("needs", row.pk, by=by, at=at, because=str(found.need.pk))
    context = {
        **telling.shown(row),
        **_needed(row, found),
        "is_on": emergencies.is_on(row, at),
        "household": emergencies.household(found.need),
        "supplies": [(each, say(f"emergency-supply-{each.state}")) for each in emergencies.supplies_of(found.need)],
        "told": _told(request),
        "written": form or {"quantity": str(found.missing or "")},
        "refused": refused,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
    }
    return render(request, "alerts/need.html", context, status=telling.status_of(refused))


@serving  # type: ignore[arg-type]  # it streams
@require_safe
def needs_csv(request: Any, emergency: int) -> HttpResponseBase:
    """The round of a day as a table, with who lives there; leaves a trace."""
    row, rows = _served(request, emergency)
    audit.read("needs", row.pk, by=request.actor, at=request.at, because="csv")
    lines = [_line(each) for each in rows]

    def batches() -> Iterator[list[list[Any]]]:
        yield lines

    return tables.csv_file(request, f"needs-{row.pk}", [f"emergency-column-{each}" for each in COLUMNS], batches)


@serving
@require_safe
def needs_print(request: Any, emergency: int) -> HttpResponse:
    """The same on paper: what is still open."""
    row, rows = _served(request, emergency)
    audit.read("needs", row.pk, by=request.actor, at=request.at, because="print")
    lines = [(_needed(row, each), emergencies.household(each.need)) for each in rows if each.need.state == "open"]
    return render(request, "alerts/needs_print.html", {**telling.shown(row), "rows": lines, "at": request.at})


@serving
@require_safe
def needs_layer(request: Any, emergency: int) -> HttpResponse:
    """Where something is needed, and where it is done: doors, nobody's name."""
    row, rows = _served(request, emergency)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [each.need.lon, each.need.lat]},
            "properties": {
                "words": f"{say(f'emergency-item-{each.need.item}')} × {each.need.quantity} · {_state(each)[1]}",
                "url": reverse("alerts-need", args=[row.pk, each.need.pk]),
                "tone": _state(each)[0],
            },
        }
        for each in rows
        if each.need.lon is not None
    ]
    body = orjson.dumps({"type": "FeatureCollection", "features": features})
    return HttpResponse(body, content_type="application/geo+json")


def asked_id(number: int) -> int:
    """A number from an address, no larger than a row's."""
    return min(number, asked.LARGEST_NUMBER)


def _ended(request: Any, number: int) -> None:
    acts.end(number, asked.line(request.POST, "end_words", 1000), by=request.actor, at=request.at)


def _renewed(request: Any, number: int) -> None:
    form = request.POST
    acts.renew(number, asked.number(form, "days"), asked.line(form, "reason", 1000), by=request.actor, at=request.at)


def _sent_back(request: Any, number: int) -> None:
    acts.send_back(number, asked.line(request.POST, "words", 1000), by=request.actor, at=request.at)


def _need_told(request: Any, number: int) -> None:
    came_by = "grid" if request.actor.role is Role.GRID else "desk"
    needing.tell(number, telling.wish(request.POST), came_by=came_by, at=request.at, by=request.actor)


DEEDS: Final[Mapping[str, tuple[str, Callable[[Any, int], object]]]] = {
    "approve": ("approved", lambda request, number: acts.approve(number, by=request.actor, at=request.at)),
    "send-back": ("sent-back", _sent_back),
    "renew": ("renewed", _renewed),
    "end": ("ended", _ended),
    "need": ("need", _need_told),
}


def _promised(request: Any, need: int) -> None:
    form = request.POST
    needing.promise(need, asked.number(form, "quantity"), asked.line(form, "who", 200), by=request.actor, at=request.at)


def _supply(request: Any) -> int:
    return asked.number(request.POST, "supply") or 0


NEED_DEEDS: Final[Mapping[str, Callable[[Any, int], object]]] = {
    "promised": _promised,
    "brought": lambda request, _: needing.bring(_supply(request), by=request.actor, at=request.at),
    "dropped": lambda request, _: needing.drop(_supply(request), by=request.actor, at=request.at),
    "withdrawn": lambda request, need: needing.withdraw(need, by=request.actor, at=request.at),
}


def _one(request: Any, emergency: int, *, refused: Refusal | None = None, refused_of: str = "") -> HttpResponse:
    by, at = request.actor, request.at
    row = emergencies.one(asked_id(emergency))
    if row is None:
        raise Http404(emergency)
    is_on, is_desk = emergencies.is_on(row, at), by.role in DESKS and emergencies.reaches(row, by)
    needs = emergencies.needs_of(row, by, at)
    waits = row.state == "asked" or (is_on and row.asks_days is not None)
    needed: Counter[str] = Counter()
    for each in needs:
        needed[each.need.item] += each.missing
    context = {
        **_row(row, request),
        **telling.form(request.POST if refused_of == "need" else {}, refused),
        "refused_of": refused_of,
        "given": request.POST if refused_of != "need" else {},
        "told": _told(request),
        "is_on": is_on,
        "serves": emergencies.serves(row, by, at),
        "may_approve": waits and emergencies.may_approve(row, by),
        "may_renew": is_on and is_desk and row.asks_days is None,
        "may_end": is_desk and (is_on or row.state == "asked"),
        "needs": [_needed(row, each) for each in needs],
        "open": sum(each.need.state == "open" for each in needs),
        "done": sum(each.need.state == "done" for each in needs),
        "totals": [(say(f"emergency-item-{item}"), number) for item, number in needed.most_common() if number],
        "layers": _layers(row) if needs else {},
        "steps": [
            (say(f"emergency-step-{each.kind}"), title_of(*each.post), each.at, each.words)
            for each in queries.steps_of(emergency=row.pk)
        ]
        if by.role in DESKS | {Role.GRID}
        else [],
        "most": emergencies.MOST_DAYS,
        "kept_days": emergencies.KEPT_FOR.days,
    }
    return render(request, "alerts/emergency.html", context, status=telling.status_of(refused))


def _served(request: Any, emergency: int) -> tuple[Any, list[Told]]:
    """A mode that whoever asks serves, with its needs; else it is not there for them."""
    row = emergencies.one(asked_id(emergency))
    if row is None or not emergencies.serves(row, request.actor, request.at):
        raise Http404(emergency)
    return row, emergencies.needs_of(row, request.actor, request.at)


def _need(request: Any, emergency: int, need: int) -> tuple[Any, Told]:
    row, rows = _served(request, emergency)
    found = next((each for each in rows if each.need.pk == need), None)
    if found is None:
        raise Http404(need)
    return row, found


def _row(row: Any, request: Any) -> dict[str, Any]:
    state = "over" if row.state == "open" and not emergencies.is_on(row, request.at) else row.state
    return {
        **telling.shown(row),
        "state": (TONES.get(state, "quiet"), say(f"emergency-state-{state}")),
        "link": reverse("alerts-emergency", args=[row.pk]),
    }


def _needed(row: Any, each: Told) -> dict[str, Any]:
    return {
        "need": each.need,
        "item": say(f"emergency-item-{each.need.item}"),
        "promised": each.promised,
        "brought": each.brought,
        "missing": each.missing,
        "state": _state(each),
        "link": reverse("alerts-need", args=[row.pk, each.need.pk]),
    }


def _state(each: Told) -> tuple[str, str]:
    if each.need.state == "done":
        return "done", str(say("emergency-need-done"))
    return (
        ("waiting", str(say("emergency-need-open"))) if each.missing else ("moving", str(say("emergency-need-coming")))
    )


def _line(each: Told) -> list[Any]:
    kept = emergencies.household(each.need)
    return [
        say(f"emergency-item-{each.need.item}"), each.need.quantity, each.promised, each.brought, each.missing,
        each.need.place, kept.home, kept.name, kept.phone, kept.words, _state(each)[1],
    ]  # fmt: skip


def _layers(row: Any) -> dict[str, str]:
    """The ground of the community where there is one, and the needs as pins."""
    return {**layers(row.community_id, ""), "pins": reverse("alerts-needs-layer", args=[row.pk])}


def _told(request: Any) -> str:
    told = request.GET.get("told", "")
    return f"emergency-told-{told}" if told in TOLD else ""


def _areas(request: Any) -> list[tuple[str, str]]:
    """The areas that this desk may ask it for, its own first."""
    today, by = local_date(request.at), request.actor
    own = areas.area_in_force(by.org, today) if by.org else None
    if own is None:
        return []
    inside = areas.below(own.pk, today) if by.role is Role.COMMUNITY else areas.communities_in(own.pk, today)
    return [(own.code, said(own.name)), *((each.code, said(each.name)) for each in inside)]
