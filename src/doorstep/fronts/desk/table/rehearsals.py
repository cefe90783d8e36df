"""The draft tried on past cases: asked for, waited for, looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from doorstep.cases import tables
from doorstep.cases.actions.rehearsing import RehearsalRefused, ask_for_rehearsal
from doorstep.core import studies
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk.table.pages import address, crumbs, editors, own_county
from doorstep.fronts.desk.table.telling import Telling, telling
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Figure
from doorstep.fronts.tables import csv_file
from doorstep.fronts.templatetags.words import said

LOOK_AGAIN_S: Final = 2
MOST_SHOWN: Final = 100
HEADS: Final = (
    "rehearsal-community", "rehearsal-item", "rehearsal-before", "rehearsal-after", "rehearsal-row", "rehearsal-cases",
)  # fmt: skip


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """For which days the draft is to be tried."""
    draft = tables.draft(own_county(request).pk)
    if draft is None:
        raise Http404
    today = local_date(request.at)
    refused = None
    if request.method == "POST":
        since, until = asked.day(request.POST, "since"), asked.day(request.POST, "until")
        try:
            if since is None or until is None:
                raise RehearsalRefused(say("rehearsal-when"), say("rehearsal-period-try"), "since")
            found = ask_for_rehearsal(draft, since, until, by=request.actor, at=request.at)
            return SeeOther(reverse("desk-rehearsal", args=[found.pk]))
        except RehearsalRefused as no:
            refused = no
    context = {
        "table": draft,
        "since": request.POST.get("since") or (today - timedelta(days=30)).isoformat(),
        "until": request.POST.get("until") or today.isoformat(),
        "latest": tables.latest_rehearsal(draft),
        "refused": refused,
        "crumbs": crumbs(draft, say("rehearsal-title")),
        "back": address(draft.version),
    }
    return render(request, "table/rehearse.html", context, status=422 if refused else 200)


@editors
@require_safe
def rehearsal(request: Any, number: int) -> HttpResponse:
    """How far it has come; what it found, once it is there."""
    found = _own(request, number)
    context: dict[str, Any] = {
        "rehearsal": found,
        "table": found.table,
        "is_open": found.state in studies.OPEN,
        "percent": round(100 * found.part),
        "stage": say(f"rehearsal-stage-{found.stage or 'waiting'}"),
        "failure": studies.failure(found),
        "is_changed": found.table.seq != found.table_seq,
        "crumbs": crumbs(found.table, say("rehearsal-title")),
        "back": address(found.table.version),
    }
    if found.state == "done" and found.answer is not None:
        context |= _answer(request, found)
    response = render(request, "table/rehearsal.html", context)
    if found.state in studies.OPEN:
        response["Refresh"] = str(LOOK_AGAIN_S)
    return response


@editors
@require_safe
def moves(request: Any, number: int) -> Any:
    """All that moves, as a file: units and areas, never persons and never a single case."""
    found = _own(request, number)
    if found.state != "done" or found.answer is None:
        raise Http404(number)
    words, places, answer = _words(request, found)

    def batches() -> Iterator[list[list[Any]]]:
        yield [
            [
                places.get(line.community, line.community),
                words.matter(line.item) if line.item else "",
                _unit(words, line.before),
                _unit(words, line.after),
                line.row or "",
                line.cases,
            ]
            for line in answer.lines
        ]

    return csv_file(request, f"rehearsal-{number}", HEADS, batches)


def _answer(request: Any, found: tables.Rehearsal) -> dict[str, Any]:
    words, places, answer = _words(request, found)
    changes = [(_unit(words, each.unit), each.before, each.after, each.after - each.before) for each in answer.loads]
    tone = "alarm" if answer.nobody_after > answer.nobody_before else "quiet"
    return {
        "figures": [
            Figure(say("rehearsal-figure-cases"), answer.cases),
            Figure(say("rehearsal-figure-moved"), answer.moved, tone="moving" if answer.moved else "quiet"),
            Figure(
                say("rehearsal-figure-nobody"),
                answer.nobody_after,
                note=say("rehearsal-figure-before", count=answer.nobody_before),
                tone=tone,
            ),
        ],
        "answer": answer,
        "gains": [each for each in changes if each[3] > 0][:MOST_SHOWN],
        "losses": [each for each in changes if each[3] < 0][:MOST_SHOWN],
        "communities": [
            (said(places.get(each.community, each.community)), each) for each in answer.places[:MOST_SHOWN]
        ],
        "lines": [
            (
                said(places.get(line.community, line.community)),
                words.matter(line.item) if line.item else "",
                _unit(words, line.before),
                _unit(words, line.after),
                line,
            )
            for line in answer.lines[:MOST_SHOWN]
        ],
        "unreached": [] if found.table.seq != found.table_seq else _unreached(found, answer),
    }


def _unreached(found: tables.Rehearsal, answer: tables.Compared) -> list[int]:
    """Rows that none of these cases met."""
    return [row.id for row in tables.rows_of(found.table) if str(row.id) not in answer.rows]


def _words(request: Any, found: tables.Rehearsal) -> tuple[Telling, dict[str, str], tables.Compared]:
    assert found.answer is not None
    answer = tables.from_answer(found.answer)
    codes = sorted({each.community for each in answer.places} | {line.community for line in answer.lines})
    return telling(own_county(request).pk, ()), tables.areas_named(codes), answer


def _unit(words: Telling, unit: str) -> Any:
    return words.to(f"unit:{unit}") if unit else say("rehearsal-nobody")


def _own(request: Any, number: int) -> tables.Rehearsal:
    found = tables.rehearsal(number)
    if found is None or found.table.county_id != own_county(request).pk:
        raise Http404(number)
    return found
