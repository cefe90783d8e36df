"""Gong patrols: the page of their members, the desk that founds and ends one, and what everybody may know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.alerts import patrols
from doorstep.alerts.actions import patrolling
from doorstep.alerts.actions.patrolling import Walk
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.calendars.feeds import file_of
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles, for_the_public
from doorstep.fronts.leading import SeeOther
from doorstep.rota.calendars import ShiftSeen

neighbours = for_roles(Role.NEIGHBOUR)
desk = for_roles(Role.COMMUNITY)
TOLD: Final = frozenset({"joined", "left", "planned", "off", "on", "coming", "not-coming", "founded", "ended"})
MATTERS: Final = ("frozen-pipes", "fire-lane", "bikes", "gas", "fraud", "typhoon", "heat", "festival")
"""What rounds usually remind of, offered as words to choose or change."""


@for_the_public
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """Which patrols there are and when they walk: nobody's name."""
    rows = patrols.everywhere(request.at)  # type: ignore[attr-defined]
    return render(request, "alerts/patrols_public.html", {"rows": rows})


@for_the_public
@require_safe
def feed(request: HttpRequest, patrol: int) -> HttpResponse:
    """The rounds of one patrol, for any calendar."""
    at = request.at  # type: ignore[attr-defined]
    found = patrols.public(min(patrol, asked.LARGEST_NUMBER), at)
    if found is None:
        raise Http404(patrol)
    rounds = [
        ShiftSeen(
            each.id, f"{found.name} · {each.reminds}", each.meets, each.begins_at, each.begins_at + patrols.LASTS,
            # When it was planned is not kept: this is the earliest day on which it could be.
            each.is_off, 0, each.begins_at - patrols.AHEAD,
        )
        for each in found.rounds
    ]  # fmt: skip
    return file_of(request, found.name, (), rounds, cache="public", uid="round")


@neighbours
@require_safe
def around(request: Any) -> HttpResponse:
    """The patrols of one's own community, to join."""
    return render(request, "alerts/patrols.html", {"rows": patrols.around(request.actor, request.at)})


@neighbours
@require_safe
def one(request: Any, patrol: int) -> HttpResponse:
    """One patrol: its rounds, and for members who means to come."""
    return _one(request, patrol)


@neighbours
@require_POST
def deed(request: Any, patrol: int, name: str) -> HttpResponse:
    """Join or leave; as a member plan a round, call it off or on, and say whether one means to come."""
    if name not in DEEDS or patrols.of_member(asked_id(patrol), request.actor, request.at) is None:
        raise Http404(name)
    told = {"join": "joined", "leave": "left", "plan": "planned"}.get(name, name)
    if refused := attempted(lambda: DEEDS[name](request, patrol)):
        return _one(request, patrol, refused=refused, written=request.POST)
    return SeeOther(f"{reverse('staff-patrol', args=[patrol])}?told={told}")


@desk
@require_http_methods(["GET", "HEAD", "POST"])
def founding(request: Any) -> HttpResponse:
    """The patrols of one's community; found one, for neighbours to join."""
    form = request.POST
    refused: Refusal | None = None
    if request.method == "POST":
        refused = attempted(
            lambda: patrolling.found(
                asked.line(form, "name", 200), asked.line(form, "about", 500), by=request.actor, at=request.at
            )
        )
        if refused is None:
            return SeeOther(f"{reverse('desk-patrols')}?told=founded")
    context = {
        "rows": patrols.in_community(request.actor.org, request.at),
        "written": form,
        "told": _told(request),
        **_no(refused),
    }
    return render(request, "alerts/patrols_desk.html", context, status=_status(refused))


@desk
@require_POST
def ending(request: Any, patrol: int) -> HttpResponse:
    """There is none any more."""
    patrolling.end(asked_id(patrol), by=request.actor, at=request.at)
    return SeeOther(f"{reverse('desk-patrols')}?told=ended")


def asked_id(number: int) -> int:
    """A number from an address, no larger than a row's."""
    return min(number, asked.LARGEST_NUMBER)


def _plan(request: Any, patrol: int) -> None:
    form = request.POST
    walk = Walk(asked.moment(form, "begins_at"), asked.line(form, "meets", 500), asked.line(form, "reminds", 500))
    patrolling.plan(patrol, walk, by=request.actor, at=request.at)


def _round(request: Any) -> int:
    return asked.number(request.POST, "round") or 0


DEEDS: Final[Mapping[str, Callable[[Any, int], object]]] = {
    "join": lambda request, patrol: patrolling.join(patrol, by=request.actor, at=request.at),
    "leave": lambda request, patrol: patrolling.leave(patrol, by=request.actor, at=request.at),
    "plan": _plan,
    "off": lambda request, _: patrolling.call_off(_round(request), True, by=request.actor, at=request.at),
    "on": lambda request, _: patrolling.call_off(_round(request), False, by=request.actor, at=request.at),
    "coming": lambda request, _: patrolling.mean_to_come(_round(request), True, by=request.actor, at=request.at),
    "not-coming": lambda request, _: patrolling.mean_to_come(_round(request), False, by=request.actor, at=request.at),
}


def _one(
    request: Any, patrol: int, *, refused: Refusal | None = None, written: Mapping[str, str] | None = None
) -> HttpResponse:
    found = patrols.of_member(asked_id(patrol), request.actor, request.at)
    if found is None:
        raise Http404(patrol)
    context = {
        "patrol": found.seen,
        "names": found.names,
        "matters": [str(say(f"patrols-matter-{each}")) for each in MATTERS],
        "written": written or {},
        "told": _told(request),
        "feed": request.build_absolute_uri(reverse("patrol-calendar", args=[found.seen.id])),
        **_no(refused),
    }
    return render(request, "alerts/patrol.html", context, status=_status(refused))


def _told(request: Any) -> str:
    told = request.GET.get("told", "")
    return f"patrols-told-{told}" if told in TOLD else ""


def _no(refused: Refusal | None) -> dict[str, Any]:
    wrong = {f"wrong_{refused.where}": refused.message} if refused and refused.where else {}
    return {"refused": refused, **wrong}


def _status(refused: Refusal | None) -> int:
    return 200 if refused is None else getattr(refused, "status", 422)
