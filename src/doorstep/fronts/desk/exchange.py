"""Other platforms at the desk: the hotline's files in and out, and who may hand cases over by program."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, Final

import orjson
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas.names import said as named
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import from_json, say
from doorstep.exchange import answers, queries
from doorstep.exchange.actions import partners
from doorstep.exchange.importing import Brought, Line, bring_file, cells
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.tables import csv_file
from doorstep.staff import units

MOST_ROWS: Final = 10_000
SHOWN: Final = 50
for_desks = for_roles(*sorted(DESKS))


class FileMissing(Refusal):
    """A file was announced and did not come."""


@require_http_methods(["GET", "HEAD", "POST"])
@for_desks
def exchange(request: HttpRequest) -> HttpResponse:
    """The page; sent with a file, each row of it becomes a case once, and whatever is wrong is told by its row."""
    if request.method != "POST":
        return _page(request)
    try:
        with transaction.atomic():
            return _page(request, brought=_brought(request))
    except Refusal as refused:
        return _page(request, refused=refused, status=422)


def _brought(request: HttpRequest) -> Brought:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    upload = request.FILES.get("file")
    if upload is None:
        raise FileMissing(say("exchange-file-missing"), say("exchange-file-missing-try"), "file")
    done = Brought()
    with tempfile.TemporaryDirectory() as folder:
        # Of the name only the ending means anything, and only the last part of it is a name.
        path = Path(folder) / f"orders{PurePath(upload.name or '').suffix[:8]}"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        for line in bring_file(path, actor.org, by=actor, at=at, most=MOST_ROWS):
            done.add(line)
    return done


@require_safe
@for_desks
def answers_csv(request: HttpRequest, partner: int) -> Any:
    """What became of a partner's orders, as far as this desk sees their cases."""
    since = asked.day(request.GET, "since")

    def rows() -> Iterator[list[answers.Answer]]:
        return answers.answers(partner, since)

    return csv_file(request, "answers", answers.HEADS, rows)


@require_POST
@for_desks
def open_partner(request: HttpRequest) -> HttpResponse:
    """One more platform; its key is shown on the answer, and never again."""
    form = request.POST
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            keys = partners.open_partner(
                asked.line(form, "name", 60).lower(),
                source=form.get("source", ""),
                unit=asked.number(form, "unit"),
                address=asked.line(form, "address", 300),
                wants_all=form.get("wants_all") == "yes",
                by=actor,
                at=at,
            )
    except Refusal as refused:
        return _page(request, refused=refused, status=422)
    return _page(request, keys=keys)


@require_POST
@for_desks
def renew(request: HttpRequest, partner: int) -> HttpResponse:
    """Another key, shown once; the old one opens nothing any more."""
    return _page(request, keys=partners.renew_key(partner, by=request.actor, at=request.at))  # type: ignore[attr-defined]


@require_POST
@for_desks
def end(request: HttpRequest, partner: int) -> HttpResponse:
    """Nothing goes to or from this platform any more."""
    partners.end_partner(partner, by=request.actor, at=request.at)  # type: ignore[attr-defined]
    return SeeOther(f"{reverse('desk-exchange')}?ended=1")


def _page(
    request: HttpRequest,
    *,
    refused: Refusal | None = None,
    brought: Brought | None = None,
    keys: partners.Keys | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    listed = [
        {
            "partner": each,
            "unit": named(each.unit or ""),
            "source": words.source_name(each.source),
            "trouble": _said(each.trouble),
        }
        for each in queries.partners_of(actor.org)
    ]
    context: dict[str, Any] = {
        "refused": refused,
        "written": request.POST,
        "brought": brought.told() if brought else None,
        "lines": [_shown(line) for line in brought.listed[:SHOWN]] if brought else [],
        "keys": keys,
        "partners": listed,
        "most": MOST_ROWS,
        "has_ended": "ended" in request.GET,
        "sources": [(source, words.source_name(source)) for source in partners.SOURCES],
        "units": [("", say("exchange-unit-none")), *((str(pk), named(name)) for pk, name in units.acting(actor.org))],
    }
    return words.drawn(request, "desk/exchange.html", context, status=status)


def _shown(line: Line) -> list[str]:
    return cells(line)


def _said(trouble: str) -> Any:
    return from_json(orjson.loads(trouble)) if trouble else ""
