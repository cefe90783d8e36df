"""What surrounds every staff page: where this post may go, and where its day begins."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS, SIGNED_IN
from doorstep.core.text import Message, say
from doorstep.fronts.parts import Place
from doorstep.fronts.templatetags.words import said


class Way(NamedTuple):
    """An entry of the navigation: whose it is, where it leads, its words and its icon."""

    roles: frozenset[Role]
    page: str
    words: str
    icon: str


# In the order of the navigation; the first of a role is where its day begins.
WAYS: tuple[Way, ...] = (
    Way(frozenset({Role.COUNTY}), "command-map", "staff-way-command", "map"),
    Way(frozenset({Role.GRID}), "field-today", "staff-way-today", "calendar"),
    Way(frozenset({Role.GRID}), "field-report", "staff-way-report", "plus"),
    Way(DESKS | {Role.DEPARTMENT}, "desk-queue", "staff-way-queue", "list"),
    Way(DESKS | {Role.DEPARTMENT}, "desk-calls", "calling-list-title", "whistle"),
    Way(DESKS, "desk-meeting", "meeting-title", "people"),
    Way(DESKS | {Role.GRID}, "alerts-reminders", "staff-way-reminders", "bell"),
    Way(DESKS | {Role.GRID}, "alerts-emergencies", "emergency-title", "alarm"),
    Way(frozenset({Role.COMMUNITY}), "desk-patrols", "patrols-title", "people"),
    Way(DESKS, "desk-topics", "topics-title", "chart"),
    Way(DESKS | {Role.MEDIATOR}, "mediation-list", "mediation-way", "hand"),
    Way(DESKS, "desk-districting", "staff-way-districting", "grid"),
    Way(frozenset({Role.SUBDISTRICT, Role.COUNTY}), "desk-tables", "table-way", "send"),
    Way(DESKS | {Role.DEPARTMENT, Role.GRID}, "desk-admission", "staff-way-admission", "hand"),
    Way(DESKS | {Role.DEPARTMENT, Role.GRID}, "desk-demands", "burden-way", "edit"),
    Way(DESKS | {Role.GRID}, "desk-reports", "reports-way", "chart"),
    Way(frozenset({Role.DEPARTMENT}), "desk-units", "reports-units-way", "chart"),
    Way(frozenset({Role.COUNTY}), "desk-catalogue", "staff-way-catalogue", "box"),
    Way(frozenset({Role.COMMUNITY, Role.SYSTEM_ADMIN}), "staff-posts", "staff-way-posts", "people"),
    Way(frozenset({Role.SYSTEM_ADMIN}), "staff-units", "staff-way-units", "building"),
    Way(frozenset({Role.SYSTEM_ADMIN}), "staff-webhooks", "webhooks-title", "send"),
    Way(frozenset({Role.COMMUNITY}), "desk-doors", "staff-way-doors", "qr"),
    Way(frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}), "staff-accounts", "staff-way-accounts", "key"),
    Way(DESKS, "desk-calendar", "clocks-calendar", "calendar"),
    Way(frozenset({Role.SECURITY_ADMIN}), "staff-alarms", "staff-way-alarms", "bell"),
    Way(frozenset({Role.AUDIT_ADMIN}), "staff-audit", "staff-way-audit", "eye"),
    Way(frozenset({Role.NEIGHBOUR}), "staff-neighbourhood", "staff-way-neighbourhood", "home"),
    Way(frozenset({Role.NEIGHBOUR}), "staff-patrols", "patrols-title", "people"),
    Way(SIGNED_IN, "staff-seats", "staff-way-me", "person"),
)


def places(request: HttpRequest) -> list[Place]:
    """Where whoever is signed in may go from here."""
    signed_in = getattr(request, "signed_in", None)
    if signed_in is None:
        return []
    ways = [(way, url) for way in WAYS if signed_in.actor.role in way.roles and (url := address(way.page))]
    # A page below two of them belongs to the nearer one.
    here = max((url for _, url in ways if request.path.startswith(url)), key=len, default="")
    return [Place(say(way.words), url, way.icon, here=url == here) for way, url in ways]


def start_page(role: Role) -> str:
    """The address on which the day of this role begins."""
    return next(url for way in WAYS if role in way.roles and (url := address(way.page)))


def address(page: str) -> str:
    """The address of a page, or nothing where an installation goes without that door."""
    try:
        return reverse(page)
    except NoReverseMatch:
        return ""


def title_of(kind: str, title: str) -> Message | str:
    """The city's own word for a post, or the usual one."""
    return title or say(f"staff-post-{kind.replace('_', '-')}")


def frame(request: HttpRequest) -> dict[str, Any]:
    """What the context of every page is given for staff; nothing for everybody else."""
    signed_in = getattr(request, "signed_in", None)
    if signed_in is None:
        return {}
    return {
        "places": places(request),
        "place_name": said(signed_in.area_name),
        "acting_as": title_of(signed_in.post_kind, signed_in.post_title),
        "home": start_page(signed_in.actor.role),
    }
