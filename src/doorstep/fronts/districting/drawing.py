"""Choose a community, say what is wished, see the map before and after."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.areas import amounts, as_they_stand, drafts, plans, special_grids
from doorstep.areas.actions import drawing, studying
from doorstep.areas.actions.drawing import Wishes
from doorstep.areas.dividing import why
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.districting import approving, moving, telling, wishing
from doorstep.fronts.districting.places import crumbs, drawers, own_community, own_plan
from doorstep.fronts.parts import Choice, Figure
from doorstep.fronts.templatetags.words import counted, day

TOLD = {"in_force": "in-force", "published": "published", "discarded": "discarded"}


@drawers
@require_safe
def communities(request: Any) -> HttpResponse:
    """A community desk has one community; the levels above choose, and see which plans wait for them."""
    if request.actor.role is Role.COMMUNITY:
        return redirect("desk-districting-community", community=request.actor.org)
    is_county = request.actor.role is Role.COUNTY
    found = plans.divisible(**{"county" if is_county else "subdistrict": request.actor.org})
    waiting = approving.waiting_for(request.actor, request.at)
    return render(request, "districting/communities.html", {"communities": found, "waiting": waiting})


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def community(request: Any, community: int) -> HttpResponse:
    """What is in force, what was drawn, and the form that draws."""
    found = own_community(request, community)
    if request.method != "POST":
        return _community_page(request, found)
    if request.POST.get("do") == "usual":
        return _community_page(request, found, wishing.typed(request.POST, usual_weights=True))
    try:
        return _asked(request, found)
    except Refusal as refused:
        return _community_page(request, found, wishing.typed(request.POST), refused)


def _asked(request: Any, place: plans.Divisible) -> HttpResponse:
    """Draw as the form wishes; what takes its time is drawn apart, what only asks for the price leads to its page."""
    wished = wishing.wishes(request.POST)
    if request.POST.get("do") == "trades":
        return redirect(f"{reverse('desk-districting-trades', args=[place.id])}?{wishing.query(wished)}")
    if wished.effort == "certified":
        study = studying.ask_for_draft(place.id, wished, by=request.actor, at=request.at)
        return redirect("desk-districting-study", community=place.id, study=study.pk)
    return redirect("desk-plan", plan=drawing.draw(place.id, wished, by=request.actor, at=request.at).pk)


def _community_page(
    request: Any, place: plans.Divisible, wishes: dict[str, Any] | None = None, refused: Refusal | None = None
) -> HttpResponse:
    in_force = plans.plan_in_force(place.id)
    if wishes is None:
        kept = drawing.again(drawing.wishes_of(in_force.settings)) if in_force else Wishes()
        is_said = wishing.is_said(request.GET)
        wishes = wishing.typed(request.GET, moved=kept.weights.moved) if is_said else wishing.shown(kept)
    faults = {refused.where: refused.message} if refused and refused.where else {}
    context = {
        "community": place,
        "told": _told(request, place.id),
        "in_force": in_force,
        "figures": _figures(in_force) if in_force else [],
        "layers": ground_layers(in_force) if in_force else {},
        "plans": plans.plans_of(place.id),
        "specials": [row for row in special_grids.listed(place.id, place.code) if row.until_on is None],
        "wishes": wishing.with_faults(wishes, faults),
        "is_unusual": wishing.is_unusual(wishes),
        "examples": wishing.examples(),
        "refused": refused,
        "faults": faults,
        "keeping": _keeping(place, wishes["kept_of"]),
        "most_weight": int(drawing.MOST_WEIGHT),
        **wishing.choices(amounts.known(place.id)),
    }
    return render(
        request, "districting/community.html", context, status=getattr(refused, "status", 409) if refused else 200
    )


def _keeping(place: plans.Divisible, number: int) -> dict[str, Any]:
    """The micro-grids that can be asked to stay as they stand, and the plan that they are of."""
    found = as_they_stand.plan_to_keep_of(place.id, number)
    if found is None:
        return {}
    pieces = [
        Choice(each.code, drafts.short(each.code), say("districting-households", count=each.households))
        for each in as_they_stand.keepable(found)
    ]
    return {"number": found.pk, "is_in_force": found.state == "in_force", "pieces": pieces}


def _drawn_again(plan: plans.Plan) -> str:
    """The address that draws a community again as this plan was drawn, but for what is locked in it by hand."""
    wished = drawing.wishes_of(plan.settings)
    locked = tuple(sorted(as_they_stand.locked_in(plan)))
    wished = replace(wished, kept=locked, kept_of=plan.pk if locked else 0)
    return f"{reverse('desk-districting-community', args=[plan.community_id])}?{wishing.query(wished)}#draw"


@drawers
@require_safe
def plan(request: Any, plan: int) -> HttpResponse:
    """One plan beside the one in force."""
    found, place = own_plan(request, plan)
    in_force = plans.plan_in_force(place.id)
    pieces = plans.pieces_of(plan)
    moves = moving.told(found)
    context = {
        "plan": found,
        "community": place,
        "figures": _figures(found),
        "before": ground_layers(in_force) if in_force and in_force.pk != plan else {},
        "after": ground_layers(found) | moving.layer(found, moves["moves"]),
        **moves,
        "pieces": pieces,
        "specials": special_grids.of_plan(plan),
        "shares": telling.shares(found),
        "draw_again": _drawn_again(found) if found.state in plans.OPEN_STATES else "",
        "change": plans.change_by(found) if found.state in plans.OPEN_STATES else None,
        "outside": [(piece.code, piece.households, why(piece.certificate)) for piece in pieces if piece.certificate],
        "grids_outside": [
            (grid["number"], grid["households"], why(grid)) for grid in found.report.get("grids_outside", ())
        ],
        "bands": _bands([piece.households for piece in pieces], found.settings),
        "wished": wishing.told(drawing.wishes_of(found.settings)),
        "assured": telling.assured(found),
        "counts": telling.counts(found),
        "grid_numbers": sorted({piece.grid_number for piece in pieces}),
        "approval": approving.approval_of(found, request.actor, request.at),
        "today": local_date(request.at).isoformat(),
        "crumbs": crumbs(found, place),
    }
    return render(request, "districting/plan.html", context)


def _told(request: Any, community: int) -> Message | str:
    """What became of the plan that was just published or discarded."""
    found = plans.plan(asked.number(request.GET, "plan") or 0)
    if found is None or found.community_id != community or found.state not in TOLD:
        return ""
    return say(f"districting-told-{TOLD[found.state]}", number=found.pk, day=day(found.in_force_from))


def _figures(plan: plans.Plan) -> list[Figure]:
    report = plan.report
    if not report:
        return []
    outside = report["microgrids"] - report["in_range"]
    return [
        Figure(
            say("districting-figure-microgrids"),
            report["microgrids"],
            note=say("districting-figure-outside", count=outside)
            if outside
            else say("districting-figure-all-in-range"),
            tone="waiting" if outside else "done",
        ),
        Figure(say("districting-figure-grids"), report["grids"]),
        Figure(
            say("districting-figure-households"),
            report["households"],
            note=say("districting-figure-estimated", count=report["estimated_buildings"], of=report["buildings"]),
        ),
    ]


def ground_layers(plan: plans.Plan) -> dict[str, str]:
    """The addresses of what a map of a plan is drawn from."""
    kinds = ("roads", "water", "green", "buildings")
    ground = {kind: f"{reverse('resident-ground', args=[kind])}?community={plan.community_id}" for kind in kinds}
    levels = ["microgrids", "grids", *(["special"] if plan.report.get("special") else [])]
    return {**ground, **{level: reverse("desk-plan-layer", args=[plan.pk, level]) for level in levels}}


def _bands(sizes: list[int], settings: dict[str, Any]) -> list[tuple[str, int]]:
    """How many micro-grids have how many households, in bands of ten inside the bounds."""
    low, high = settings.get("low", 50), settings.get("high", 100)
    top = max([high, *sizes]) + 1
    # The last band inside the bounds ends with the bound: 90–100, not 90–99 and 100–100.
    edges = sorted({0, low, *range(low, high, max(10, (high - low) // 10)), high + 1, top})
    return [(_band(start, end - 1), sum(start <= size < end for size in sizes)) for start, end in pairwise(edges)]


def _band(first: int, last: int) -> str:
    return f"{counted(first)}" if first == last else f"{counted(first)}–{counted(last)}"
