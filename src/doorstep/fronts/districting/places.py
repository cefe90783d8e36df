"""Whose plan and community it is, and the way there."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from doorstep.areas import plans
from doorstep.areas import queries as areas
from doorstep.core.access import Role
from doorstep.core.text import Message, say
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Place

drawers = for_roles(Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY)


def own_plan(request: Any, plan: int) -> tuple[plans.Plan, plans.Divisible]:
    """The plan and its community, if that lies in the area of whoever asks."""
    found = plans.plan(plan)
    if found is None:
        raise Http404
    return found, own_community(request, found.community_id)


def own_community(request: Any, community: int) -> plans.Divisible:
    """The community, if it is the area of whoever asks, or lies in it."""
    own = request.actor.org
    if community != own and not (request.actor.role is not Role.COMMUNITY and areas.is_inside(community, own)):
        raise Http404
    found = plans.divisible(community=community)
    if not found:
        raise Http404
    return found[0]


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


def to_community(place: plans.Divisible, plan: int) -> HttpResponse:
    """Back to the community, where it is told what became of the plan."""
    return redirect(f"{reverse('desk-districting-community', args=[place.id])}?plan={plan}")
