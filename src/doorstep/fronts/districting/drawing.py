"""Choose a community, say what is wished, see the map before and after, publish from a day."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import plans
from doorstep.areas import queries as areas
from doorstep.areas.actions import drawing, publishing
from doorstep.areas.actions.drawing import Wishes
from doorstep.areas.dividing import why
from doorstep.core.access import Role
from doorstep.core.ids import PlanId
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Choice, Figure, Place
from doorstep.fronts.templatetags.words import counted, day

EFFORTS = ("quick", "standard", "thorough")
COUNTS = ("lived_in", "dwellings")
TYPED = ("low", "high", "grid_low", "grid_high", "count", "effort")
MOST_HOUSEHOLDS = 100_000
TOLD = {"in_force": "in-force", "published": "published", "discarded": "discarded"}

drawers = for_roles(Role.COMMUNITY, Role.COUNTY)


class WishRefused(Refusal):
    """A bound that is no number, or a day that is none."""


@drawers
@require_safe
def communities(request: Any) -> HttpResponse:
    """A community desk has one community; a county chooses."""
    if request.actor.role is Role.COMMUNITY:
        return redirect("desk-districting-community", community=request.actor.org)
    found = plans.divisible(county=request.actor.org)
    return render(request, "districting/communities.html", {"communities": found})


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def community(request: Any, community: int) -> HttpResponse:
    """What is in force, what was drawn, and the form that draws."""
    found = _own(request, community)
    refused: Refusal | None = None
    if request.method == "POST":
        try:
            plan = drawing.draw(community, _wishes(request.POST), by=request.actor, at=request.at)
            return redirect("desk-plan", plan=plan.pk)
        except Refusal as refusal:
            refused = refusal
    in_force = plans.plan_in_force(community)
    context = {
        "community": found,
        "told": _told(request, community),
        "in_force": in_force,
        "figures": _figures(in_force) if in_force else [],
        "layers": ground_layers(in_force) if in_force else {},
        "plans": plans.plans_of(community),
        "wishes": _typed(request.POST) if refused else Wishes(**in_force.settings) if in_force else Wishes(),
        "refused": refused,
        "counts": [
            Choice(count, say(f"districting-count-{slug}"), say(f"districting-count-{slug}-hint"))
            for count, slug in zip(COUNTS, ("lived-in", "dwellings"), strict=True)
        ],
        "efforts": [Choice(effort, say(f"districting-effort-{effort}")) for effort in EFFORTS],
    }
    return render(
        request, "districting/community.html", context, status=getattr(refused, "status", 409) if refused else 200
    )


@drawers
@require_safe
def plan(request: Any, plan: int) -> HttpResponse:
    """One plan beside the one in force."""
    found, place = own_plan(request, plan)
    in_force = plans.plan_in_force(place.id)
    pieces = plans.pieces_of(plan)
    context = {
        "plan": found,
        "community": place,
        "figures": _figures(found),
        "before": ground_layers(in_force) if in_force and in_force.pk != plan else {},
        "after": ground_layers(found),
        "pieces": pieces,
        "change": plans.change_by(found) if found.state == "draft" else None,
        "outside": [(piece.code, piece.households, why(piece.certificate)) for piece in pieces if piece.certificate],
        "grids_outside": [
            (grid["number"], grid["households"], why(grid)) for grid in found.report.get("grids_outside", ())
        ],
        "bands": _bands([piece.households for piece in pieces], found.settings),
        "today": local_date(request.at).isoformat(),
        "crumbs": crumbs(found, place),
    }
    return render(request, "districting/plan.html", context)


@drawers
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: Any, plan: int) -> HttpResponse:
    """What publishing from that day would do; sent back as a form, it is done."""
    found, place = own_plan(request, plan)
    if request.method == "POST":
        from_on = _day(request.POST.get("from_on", ""))
        publishing.publish(PlanId(plan), from_on, by=request.actor, at=request.at)
        return _to_community(place, plan)
    today = local_date(request.at)
    from_on = _day(request.GET.get("from_on") or today.isoformat())
    publishing.refuse_unpublishable(found, from_on, request.at)
    context = {
        "plan": found,
        "community": place,
        "change": plans.change_by(found),
        "from_on": from_on,
        "at_once": from_on == today,
        "crumbs": crumbs(found, place),
    }
    return render(request, "districting/publish.html", context)


@drawers
@require_POST
def discard(request: Any, plan: int) -> HttpResponse:
    _, place = own_plan(request, plan)
    publishing.discard(PlanId(plan), by=request.actor, at=request.at)
    return _to_community(place, plan)


def _to_community(place: plans.Divisible, plan: int) -> HttpResponse:
    """Back to the community, where it is told what became of the plan."""
    return redirect(f"{reverse('desk-districting-community', args=[place.id])}?plan={plan}")


def _told(request: Any, community: int) -> Message | str:
    """What became of the plan that was just published or discarded."""
    found = plans.plan(asked.number(request.GET, "plan") or 0)
    if found is None or found.community_id != community or found.state not in TOLD:
        return ""
    return say(f"districting-told-{TOLD[found.state]}", number=found.pk, day=day(found.in_force_from))


def crumbs(found: plans.Plan, place: plans.Divisible, below: Message | None = None) -> list[Place]:
    """The way to a plan, or to a page below it."""
    above = [
        Place(say("districting-title"), reverse("desk-districting")),
        Place(place.name, reverse("desk-districting-community", args=[place.id])),
    ]
    plan = say("districting-plan", number=found.pk)
    if below is None:
        return [*above, Place(plan, here=True)]
    return [*above, Place(plan, reverse("desk-plan", args=[found.pk])), Place(below, here=True)]


def own_plan(request: Any, plan: int) -> tuple[plans.Plan, plans.Divisible]:
    """The plan and its community, if that lies in the area of whoever asks."""
    found = plans.plan(plan)
    if found is None:
        raise Http404
    return found, _own(request, found.community_id)


def _own(request: Any, community: int) -> plans.Divisible:
    own = request.actor.org
    if community != own and not (request.actor.role is Role.COUNTY and areas.is_inside(community, own)):
        raise Http404
    found = plans.divisible(community=community)
    if not found:
        raise Http404
    return found[0]


def _wishes(form: Any) -> Wishes:
    count, effort = form.get("count"), form.get("effort")
    return Wishes(
        low=_households(form, "low"),
        high=_households(form, "high"),
        grid_low=_households(form, "grid_low"),
        grid_high=_households(form, "grid_high"),
        count=count if count in COUNTS else COUNTS[0],
        effort=effort if effort in EFFORTS else "standard",
        keep_compounds=form.get("keep_compounds") == "on",
    )


def _typed(form: Any) -> dict[str, Any]:
    """What was asked for, to be mended: nobody types it twice."""
    return {**{name: form.get(name, "") for name in TYPED}, "keep_compounds": form.get("keep_compounds") == "on"}


def _households(form: Any, name: str) -> int:
    written = form.get(name, "").strip()
    if not written.isdecimal() or not 1 <= int(written) <= MOST_HOUSEHOLDS:
        raise WishRefused(say("districting-not-a-number"), say("districting-not-a-number-try"), name)
    return int(written)


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise WishRefused(say("districting-not-a-day"), say("districting-not-a-day-try"), "from_on") from None


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
    return {**ground, **{level: reverse("desk-plan-layer", args=[plan.pk, level]) for level in ("microgrids", "grids")}}


def _bands(sizes: list[int], settings: dict[str, Any]) -> list[tuple[str, int]]:
    """How many micro-grids have how many households, in bands of ten inside the bounds."""
    low, high = settings.get("low", 50), settings.get("high", 100)
    top = max([high, *sizes]) + 1
    # The last band inside the bounds ends with the bound: 90–100, not 90–99 and 100–100.
    edges = sorted({0, low, *range(low, high, max(10, (high - low) // 10)), high + 1, top})
    return [(_band(start, end - 1), sum(start <= size < end for size in sizes)) for start, end in pairwise(edges)]


def _band(first: int, last: int) -> str:
    return f"{counted(first)}" if first == last else f"{counted(first)}–{counted(last)}"
