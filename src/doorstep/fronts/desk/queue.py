"""The queue of a desk: what waits, the soonest due first; filters, search and export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.cases import queue as cases
from doorstep.cases.queue import Row, Tab, Wanted, read_cursor
from doorstep.catalogue.item import Source, Urgency
from doorstep.core.access import Actor, Role, acting_as, audit
from doorstep.core.access.roles import DESKS
from doorstep.core.cells import harmless
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say, text, use_language
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk import moves, words
from doorstep.fronts.entering import for_roles, without_transaction
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
        page = cases.page(wanted, by=actor, at=at, cursor=read_cursor(request.GET.get("from", "")))
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
            "csv": f"{reverse('desk-queue-csv')}?{_elsewhere(request.GET)}",
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
    tabs = [tab for tab in Tab if tab is not Tab.MINE or actor.role is not Role.DEPARTMENT]
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


# Export ------------------------------------------------------------------------------------------------------------


@require_safe
@for_roles(*QUEUE_ROLES)
@without_transaction  # type: ignore[arg-type]  # it streams
def queue_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered list as CSV, row after row; without names, as on the page."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    wanted = read_wanted(request.GET)
    with acting_as(actor):
        # A search that says too little is refused before the first byte.
        cases.page(wanted, by=actor, at=at, limit=1)
        audit.read("cases-exported", 0, by=actor, at=at, because=request.META["QUERY_STRING"])
    name = f"cases-{timezone.localtime(at):%Y%m%d-%H%M}.csv"
    return StreamingHttpResponse(
        _lines(wanted, actor, at, language()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


COLUMNS = (
    "number", "state", "question", "urgency", "item", "words", "community", "grid", "microgrid", "place", "holder",
    "source", "reported", "promised", "holder-due", "ended", "outcome",
)  # fmt: skip


def _lines(wanted: Wanted, actor: Actor, at: Any, lang: str) -> Iterator[str]:
    # The response is read after the request has left every `with`: each batch enters them anew.
    writer = csv.writer(_Echo())
    with use_language(lang):
        # Spreadsheets take the file for UTF-8 only with this mark.
        yield "\ufeff" + writer.writerow([text(f"desk-column-{name}") for name in COLUMNS])
    batches = cases.all_rows(wanted, by=actor, at=at)
    while True:
        with acting_as(actor), use_language(lang):
            rows = next(batches, None)
            lines = "" if rows is None else "".join(writer.writerow(_cells(row)) for row in rows)
        if rows is None:
            return
        yield lines


class _Echo:
    """What the csv module writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _cells(row: Row) -> list[str]:
    cells: list[Message | str | None] = [
        row.number,
        say(f"cases-state-{row.state}"),
        row.asks,
        say(f"cases-urgency-{row.urgency}") if row.urgency else "",
        words.item_name(row.item),
        row.words,
        row.community,
        said(row.grid),
        row.microgrid_code,
        row.door or row.place_words,
        said(row.holder),
        words.source_name(row.source),
        *(_moment(at) for at in (row.reported_at, row.promised_by, row.holder_due_at, row.ended_at)),
        say(f"cases-outcome-{row.outcome}") if row.outcome else "",
    ]
    return [harmless("" if cell is None else str(cell)) for cell in cells]


def _moment(at: Any) -> str:
    return "" if at is None else f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
