"""Lists that are taken away: asked for with a purpose, decided by another person, marked with who took them and why."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.cases import queue as cases
from doorstep.cases.actions.exporting import MOST_ROWS, Form, ask_for_export, decide_export, fetch_export, watermark
from doorstep.cases.exports import asked_for
from doorstep.cases.queue import Row
from doorstep.core.access import Actor, acting_as
from doorstep.core.cells import harmless
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say, text, use_language
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.queue import QUEUE_ROLES, read_wanted
from doorstep.fronts.entering import for_roles, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.templatetags.words import day, said
from doorstep.staff import queries as staff

COLUMNS = (
    "number", "state", "question", "urgency", "item", "words", "reporter", "community", "grid", "microgrid", "place",
    "holder", "source", "reported", "promised", "holder-due", "ended", "outcome",
    "voices", "mark",
)  # fmt: skip
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_roles(*QUEUE_ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """What for? The filters of the queue are the address of this page."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    refused = None
    if request.method == "POST":
        because, form = asked.line(request.POST, "because"), request.POST.get("form", "")
        try:
            ask_for_export(request.META["QUERY_STRING"], form, because, by=actor, at=at)
        except Refusal as refusal:
            refused = refusal
        else:
            return SeeOther(f"{reverse('desk-exports')}?done=asked")
    given = {
        "filters": request.META["QUERY_STRING"],
        "scope": _scope(request.META["QUERY_STRING"]),
        "forms": [(each, say(f"shield-export-form-{each}")) for each in Form],
        "refused": refused,
        "written": request.POST.dict() or {"form": str(Form.CSV)},
    }
    # Answered as a page: what was written stays in the form.
    return words.drawn(request, "desk/export_ask.html", given)


@for_roles(*QUEUE_ROLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What was asked for at this desk and below it, and what waits for somebody's yes."""
    return _listed(request)


@for_roles(*QUEUE_ROLES)
@require_POST
def decide(request: HttpRequest, export: int) -> HttpResponse:
    """Another person's yes or no."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    try:
        decide_export(export, request.POST.get("decision", ""), asked.line(request.POST, "words"), by=actor, at=at)
    except Refusal as refused:
        return _listed(request, refused)
    return SeeOther(f"{reverse('desk-exports')}?done=decided")


def _listed(request: HttpRequest, refused: Refusal | None = None) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    given = {
        "rows": [
            (each, _standing(each.export, at), each.export.asked_by == actor.account, _scope(each.export.query))
            for each in asked_for()
        ],
        "refused": refused,
        "done": request.GET.get("done", "") if request.GET.get("done") in ("asked", "decided") else "",
    }
    return words.drawn(request, "desk/exports.html", given)


def _standing(export: Any, at: datetime) -> tuple[str, str]:
    """Tone and word of how it stands."""
    if export.decision == "":
        return "waiting", "waits"
    if export.decision == "refused":
        return "quiet", "refused"
    return ("done", "approved") if export.until and at < export.until else ("quiet", "over")


def _scope(query: str) -> list[tuple[Message, Any]]:
    """Which cases are asked for, as the file will read it: whatever else stands in the address bounds nothing."""
    wanted = read_wanted(QueryDict(query))
    classes = dict(words.classes())
    told: list[tuple[str, Any]] = [
        ("desk-filter-urgency", say(f"cases-urgency-{wanted.urgency}") if wanted.urgency else ""),
        ("desk-filter-state", say(f"cases-state-{wanted.state}") if wanted.state else ""),
        ("desk-filter-question", say(f"desk-question-{wanted.question}") if wanted.question else ""),
        ("desk-filter-class", classes.get(wanted.case_class, wanted.case_class)),
        ("desk-filter-source", words.source_name(wanted.source) if wanted.source else ""),
        ("desk-filter-area", _area_named(wanted.area)),
        ("desk-filter-holder", _unit_named(wanted.holder)),
        ("desk-filter-since", day(wanted.since) if wanted.since else ""),
        ("desk-filter-until", day(wanted.until) if wanted.until else ""),
        ("desk-search", wanted.words),
    ]
    return [
        (say("shield-export-list"), say(f"desk-tab-{wanted.tab}")),
        *((say(key), each) for key, each in told if each),
    ]


def _area_named(area: int | None) -> str:
    found = areas.described(area) if area is not None else None
    return (said(found.name) if found else str(area)) if area is not None else ""


def _unit_named(unit: int | None) -> str:
    return said(staff.unit_named(unit) or str(unit)) if unit is not None else ""


# The file ------------------------------------------------------------------------------------------------------------


@for_roles(*QUEUE_ROLES)
@require_safe
@without_transaction  # type: ignore[arg-type]  # it streams
def fetch(request: HttpRequest, export: int) -> HttpResponseBase:
    """The file, made now, as whoever asked may see the cases now; it is kept nowhere."""
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    with acting_as(actor):
        found = fetch_export(export, by=actor, at=at)
        wanted = read_wanted(QueryDict(found.query))
        # A search that says too little is refused before the first byte.
        cases.page(wanted, by=actor, at=at, limit=1)
    place = said(request.signed_in.area_name)  # type: ignore[attr-defined]
    mark = watermark(found.pk, who=actor.name, unit=place, because=found.because, at=at)
    name = f"cases-{timezone.localtime(at):%Y%m%d-%H%M}-{found.pk}.{found.form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    batches = _batches(wanted, actor, at, language(), text(mark))
    if found.form == Form.XLSX:
        return HttpResponse(_workbook(batches, text(mark)), content_type=EXCEL, headers=headers)
    return StreamingHttpResponse(_lines(batches), content_type="text/csv; charset=utf-8", headers=headers)


def _batches(wanted: cases.Wanted, actor: Actor, at: datetime, lang: str, mark: str) -> Iterator[list[list[str]]]:
    """The mark, the heads, and then the rows; the mark again behind each, so that no row loses it."""
    with use_language(lang):
        yield [[mark], [text(f"desk-column-{name}") for name in COLUMNS]]
    left = cases.all_rows(wanted, by=actor, at=at)
    count = 0
    while count < MOST_ROWS:
        # The response is read after the request has left every `with`: each batch enters them anew.
        with acting_as(actor), use_language(lang):
            rows = next(left, None)
            cells = [_cells(row, mark) for row in rows or ()]
        if rows is None:
            return
        count += len(cells)
        yield cells


def _lines(batches: Iterator[list[list[str]]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    # Spreadsheets take the file for UTF-8 only with this mark.
    yield "\ufeff"
    for rows in batches:
        yield "".join(writer.writerow([harmless(cell) for cell in row]) for row in rows)


class _Echo:
    """What the csv module writes to: it hands each line back."""

    def write(self, line: str) -> str:
        return line


def _workbook(batches: Iterator[list[list[str]]], mark: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.title = book.properties.description = mark
    sheet = book.create_sheet("cases")
    sheet.oddFooter.center.text = mark.replace("&", "&&")
    for rows in batches:
        for row in rows:
            sheet.append([_kept(cell) for cell in row])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _kept(cell: str) -> str:
    # A workbook keeps long codes as text, but takes a leading "=" for a formula, and refuses control characters.
    plain = "".join(sign for sign in cell if sign in "\n\t" or ord(sign) >= 32)
    return plain if plain.isdecimal() else harmless(plain)


def _cells(row: Row, mark: str) -> list[str]:
    cells: list[Message | str | None] = [
        row.number,
        say(f"cases-state-{row.state}"),
        row.asks,
        say(f"cases-urgency-{row.urgency}") if row.urgency else "",
        words.item_name(row.item),
        row.words,
        row.reporter,
        row.community,
        said(row.grid),
        row.microgrid_code,
        row.door or row.place_words,
        said(row.holder),
        words.source_name(row.source),
        *(_moment(each) for each in (row.reported_at, row.promised_by, row.holder_due_at, row.ended_at)),
        say(f"cases-outcome-{row.outcome}") if row.outcome else "",
        str(row.voices),
        mark,
    ]
    return ["" if cell is None else str(cell) for cell in cells]


def _moment(at: Any) -> str:
    return "" if at is None else f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
