"""The queue of a desk: what waits, the soonest due first; filters and search."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import queue as cases
from doorstep.cases.actions import looking
from doorstep.cases.queue import Tab, Wanted, read_cursor
from doorstep.catalogue.item import Source, Urgency
from doorstep.core.access import Actor, Role
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import moves, words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.parts import Place
from doorstep.fronts.templatetags.words import said
from doorstep.staff import queries as staff

QUEUE_ROLES = (*sorted(DESKS), Role.DEPARTMENT)
ANY = [("", say("desk-any"))]


@require_safe
@for_roles(*QUEUE_ROLES)
def queue(request: HttpRequest) -> HttpResponse:
    """One page of fifty."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    wanted = read_wanted(request.GET)
    refused, page = None, cases.Page([], None, None)
    try:
        page = looking.turn_to(wanted, by=actor, at=at, cursor=read_cursor(request.GET.get("from", "")))
    except Refusal as refusal:
        refused = refusal
    counts = cases.counts(by=actor, at=at)
    return words.drawn(
        request,
        "desk/queue.html",
        {
            "rows": [(row, words.due(row, at), words.item_name(row.item)) for row in page.rows],
            "earlier": f"?{_elsewhere(request.GET, page.earlier)}" if page.earlier else "",
            "later": f"?{_elsewhere(request.GET, page.later)}" if page.later else "",
            "tabs": _tabs(wanted, counts, actor),
            "wanted": wanted,
            "refused": refused,
            "told": moves.title(done) if (done := request.GET.get("done", "")) in moves.ACTIONS else "",
            "is_filtered": wanted != Wanted(tab=wanted.tab),
            "is_narrowed": wanted != Wanted(tab=wanted.tab, words=wanted.words),
            "export": f"{reverse('desk-export-ask')}?{_elsewhere(request.GET)}",
            "may_report": actor.role in DESKS,
            **_choices(actor, local_date(at)),
        },
    )


def read_wanted(query: QueryDict) -> Wanted:
    """The filters of an address; whatever makes no sense asks for everything."""
    searched = asked.line(query, "q", cases.LONGEST_SEARCH)
    tab = query.get("tab", "")
    return Wanted(
        tab=Tab(tab) if tab in list(Tab) else (Tab.ALL if searched else Tab.OPEN),
        words=searched,
        state=_one_of(query.get("state", ""), cases.STATES),
        question=_one_of(query.get("question", ""), cases.QUESTIONS),
        case_class=code if (code := query.get("class", "")).isdecimal() and len(code) <= 4 else "",
        urgency=_one_of(query.get("urgency", ""), Urgency),
        source=_one_of(query.get("source", ""), Source),
        area=asked.number(query, "area"),
        holder=asked.number(query, "holder"),
        since=asked.day(query, "since"),
        until=asked.day(query, "until"),
    )


def _one_of(value: str, known: Any) -> str:
    return value if value in list(known) else ""


def _elsewhere(query: QueryDict, cursor: object = None) -> str:
    """The same question asked from another place in the list, or from its beginning."""
    same = query.copy()
    same.pop("from", None)
    if cursor is not None:
        same["from"] = str(cursor)
    return same.urlencode()


def _tabs(wanted: Wanted, counts: dict[Tab, int], actor: Actor) -> list[Place]:
    of_desks = (Tab.MINE, Tab.PRESSED)
    tabs = [tab for tab in Tab if tab not in of_desks or actor.role is not Role.DEPARTMENT]
    return [
        Place(say(f"desk-tab-{tab}"), f"?tab={tab}", count=_count(counts.get(tab)), here=wanted.tab is tab)
        for tab in tabs
    ]


def _count(number: int | None) -> int | str | None:
    return f"{cases.MOST_COUNTED}+" if number is not None and number > cases.MOST_COUNTED else number


def _choices(actor: Actor, today: date) -> dict[str, Any]:
    """What each filter offers to this desk."""
    area = None if actor.role is Role.DEPARTMENT else actor.org
    held = staff.units_of(area) if area is not None else []
    return {
        "states": ANY + [(state, say(f"cases-state-{state}")) for state in cases.STATES],
        "questions": ANY + [(each, say(f"desk-question-{each}")) for each in cases.QUESTIONS],
        "classes": ANY + words.classes(),
        "urgencies": ANY + [(urgency, say(f"cases-urgency-{urgency}")) for urgency in Urgency],
        "sources": ANY + [(source, words.source_name(source)) for source in Source],
        "areas": ANY + [(str(each.id), said(each.name)) for each in areas.below(area, today)],
        "holders": ANY + [(str(unit), said(name)) for unit, name in held],
    }
