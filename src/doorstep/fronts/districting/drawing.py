"""Choose a community, say what is wished, see the map before and after, publish from a day."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import plans
from doorstep.areas import queries as areas
from doorstep.areas.actions import districting
from doorstep.areas.actions.districting import Wishes
from doorstep.areas.models import Plan, PlanPiece, PlanState
from doorstep.core.access import Role
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Choice, Figure, Place
from doorstep.fronts.staff.frame import frame

EFFORTS = ("quick", "standard", "thorough")

drawers = for_roles(Role.COMMUNITY, Role.COUNTY)


class WishRefused(Refusal):
    """A bound that is no number, or out of order."""


@drawers
@require_safe
def communities(request: HttpRequest) -> HttpResponse:
    """A community desk has one community; a county chooses."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.role is Role.COMMUNITY:
        return redirect("desk-districting-community", community=actor.org)
    found = plans.divisible(county=actor.org)
    return render(request, "districting/communities.html", {**frame(request), "communities": found})


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def community(request: HttpRequest, community: int) -> HttpResponse:
    """What is in force, what was drawn, and the form that draws."""
    found = _own(request, community)
    if request.method == "POST":
        wishes = _wishes(request)
        plan = districting.draw(community, wishes, by=request.actor, at=request.at)  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse("desk-plan", args=[plan.pk]))
    in_force = plans.plan_in_force(community)
    context = {
        **frame(request),
        "community": found,
        "in_force": in_force,
        "figures": _figures(in_force) if in_force else [],
        "layers": _layers(community, in_force) if in_force else {},
        "plans": plans.plans_of(community),
        "wishes": Wishes(**in_force.settings) if in_force and in_force.settings else Wishes(),
        "counts": [
            Choice("lived_in", say("districting-count-lived-in"), say("districting-count-lived-in-hint")),
            Choice("dwellings", say("districting-count-dwellings"), say("districting-count-dwellings-hint")),
        ],
        "efforts": [
            Choice(effort, say(f"districting-effort-{effort}")) for effort in ("quick", "standard", "thorough")
        ],
    }
    return render(request, "districting/community.html", context)


@drawers
@require_safe
def plan(request: HttpRequest, plan: int) -> HttpResponse:
    """One plan beside the one in force."""
    found = get_object_or_404(Plan, pk=plan)
    place = _own(request, found.community_id)
    in_force = plans.plan_in_force(found.community_id)
    today = local_date(request.at)  # type: ignore[attr-defined]
    pieces = plans.pieces_of(plan)
    context = {
        **frame(request),
        "plan": found,
        "community": place,
        "figures": _figures(found),
        "before": _layers(found.community_id, in_force) if in_force and in_force.pk != plan else {},
        "after": _layers(found.community_id, found),
        "pieces": pieces,
        "outside": [
            (piece, [_words(reason) for reason in piece.certificate["reasons"]])
            for piece in pieces
            if piece.certificate
        ],  # fmt: skip
        "bands": _bands(pieces, found.settings),
        "is_draft": found.state == PlanState.DRAFT,
        "is_published": found.state == PlanState.PUBLISHED,
        "today": today.isoformat(),
        "crumbs": [
            Place(say("districting-title"), reverse("desk-districting")),
            Place(place.name, reverse("desk-districting-community", args=[place.id])),
            Place(say("districting-plan", number=found.pk), here=True),
        ],
    }
    return render(request, "districting/plan.html", context)


@drawers
@require_POST
def publish(request: HttpRequest, plan: int) -> HttpResponse:
    found = get_object_or_404(Plan, pk=plan)
    _own(request, found.community_id)
    from_on = _day(request.POST.get("from_on", ""))
    districting.publish(PlanId(plan), from_on, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    return redirect("desk-districting-community", community=found.community_id)


@drawers
@require_POST
def discard(request: HttpRequest, plan: int) -> HttpResponse:
    found = get_object_or_404(Plan, pk=plan)
    _own(request, found.community_id)
    districting.discard(PlanId(plan), by=request.actor, at=request.at)  # type: ignore[attr-defined]
    return redirect("desk-districting-community", community=found.community_id)


def _own(request: Any, community: int) -> plans.Divisible:
    """The community, if it lies in the area of whoever asks."""
    actor = request.actor
    if actor.role is Role.COMMUNITY and actor.org != community:
        raise Http404
    found = plans.divisible(community=community)
    if not found:
        raise Http404
    if actor.role is Role.COUNTY and not areas.is_inside(community, actor.org):
        raise Http404
    return found[0]


def _wishes(request: HttpRequest) -> Wishes:
    given: dict[str, Any] = {}
    for name in ("low", "high", "grid_low", "grid_high"):
        written = request.POST.get(name, "").strip()
        if not written.isdecimal() or not 1 <= int(written) <= 100_000:
            raise WishRefused(say("districting-not-a-number"), say("districting-not-a-number-try"), name)
        given[name] = int(written)
    if given["low"] > given["high"] or given["grid_low"] > given["grid_high"]:
        raise WishRefused(say("districting-bounds-crossed"), say("districting-bounds-crossed-try"), "low")
    given["count"] = "dwellings" if request.POST.get("count") == "dwellings" else "lived_in"
    effort = request.POST.get("effort", "standard")
    given["effort"] = effort if effort in EFFORTS else "standard"
    given["keep_compounds"] = request.POST.get("keep_compounds") == "on"
    assert set(given) <= {field.name for field in fields(Wishes)}
    return Wishes(**given)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WishRefused(say("districting-not-a-day"), say("districting-not-a-day-try"), "from_on") from None


def _figures(plan: Plan) -> list[Figure]:
    report = plan.report
    if not report:
        return []
    return [
        Figure(say("districting-figure-microgrids"), report["microgrids"]),
        Figure(say("districting-figure-in-range"), f"{report['in_range']} / {report['microgrids']}"),
        Figure(say("districting-figure-grids"), report["grids"]),
        Figure(
            say("districting-figure-households"),
            report["households"],
            note=say("districting-figure-estimated", count=report["estimated_buildings"], of=report["buildings"]),
        ),
    ]


def _layers(community: int, plan: Plan) -> dict[str, str]:
    ground = {
        kind: f"{reverse('resident-ground', args=[kind])}?community={community}"
        for kind in ("roads", "water", "green", "buildings")
    }
    return {
        **ground,
        "microgrids": reverse("desk-plan-layer", args=[plan.pk, "microgrids"]),
        "grids": reverse("desk-plan-layer", args=[plan.pk, "grids"]),
    }


def _bands(pieces: list[PlanPiece], settings: dict[str, Any]) -> list[tuple[str, int]]:
    """How many micro-grids have how many households, in bands of ten."""
    low, high = settings.get("low", 50), settings.get("high", 100)
    edges = sorted({0, *range(low, high + 1, 10), high + 1, 10**9})
    return [
        (f"{start}–{end - 1}" if end < 10**9 else f"{start}+", sum(start <= piece.households < end for piece in pieces))
        for start, end in pairwise(edges)
    ]


def _explained(piece: PlanPiece) -> tuple[PlanPiece, list[Message]]:
    return piece, [_words(reason) for reason in (piece.certificate or {}).get("reasons", [])]


def _words(reason: dict[str, Any]) -> Message:
    return say(f"districting-reason-{reason['kind']}", **reason["facts"])
