"""One sheet: what it says now, its draft, its history; publishing from a date, undoing, comparing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.catalogue import queries
from doorstep.catalogue.actions import editing
from doorstep.catalogue.files import CatalogueRefused
from doorstep.catalogue.in_force import BEGINNING
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.catalogue.wording import Cell, for_keepers, people, place_of, sheet_title, shown_as
from doorstep.fronts.leading import SeeOther

LEARNT = frozenset({"words", "examples", "checks"})
TOLD = frozenset({"saved", "published", "taken-back"})


@for_keepers
@require_safe
def one(request: Any, name: str) -> HttpResponse:
    """The sheet as it stands, the draft beside it, and all its versions."""
    return shown(request, name)


def shown(request: Any, name: str, refused: Refusal | None = None) -> HttpResponse:
    """The page of a sheet, with what was refused."""
    versions = queries.versions_of(name)
    if not versions:
        raise Http404(name)
    said, draft = queries.said_now(name, request.at), editing.draft_of(name)
    whose = people(
        post for row in versions for post in (row.made_by_post, row.published_by_post, row.taken_back_by_post)
    )
    now = _in_force(versions, request.at)
    places = [(key, cell) for key, cell in queries.places(name, said).items() if cell]
    page = {
        "name": name,
        "title": sheet_title(name, queries.title_of(name, said or (draft.said if draft else {}))),
        "said": [shown_as(key, cell) for key, cell in places if key not in LEARNT],
        "learnt": [shown_as(key, cell) for key, cell in places if key in LEARNT],
        "retired": bool(said.get("retired")),
        "draft": draft,
        "draft_by": whose.get((draft.made_by_post or 0) if draft else 0, ""),
        "changes": _named(queries.differences(name, said, draft.said)) if draft else [],
        "seen": editing.seen_of(name),
        "history": [_line(row, whose, now, request.at) for row in versions if row.published_at or row.taken_back_at],
        "comparable": [row.pk for row in versions if row.published_at],
        "today": local_date(request.at),
        "refused": refused,
        "faults": [(place_of(fault.where.partition(":")[2]), fault.message) for fault in _faults(refused)],
        "told": f"catalogue-told-{told}" if (told := request.GET.get("told", "")) in TOLD else "",
    }
    return render(request, "catalogue/sheet.html", page, status=getattr(refused, "status", 422) if refused else 200)


def _faults(refused: Refusal | None) -> Any:
    return refused.faults if isinstance(refused, CatalogueRefused) else ()


def _in_force(versions: list[queries.Version], at: Any) -> int:
    reached = [
        row for row in versions if row.published_at and not row.taken_back_at and row.from_at and row.from_at <= at
    ]
    return max(reached, key=lambda row: (row.from_at, row.pk)).pk if reached else 0


def _line(row: queries.Version, whose: Any, now: int, at: Any) -> dict[str, Any]:
    if row.taken_back_at:
        state = "taken-back" if row.published_at else "undone"
    elif row.pk == now:
        state = "in-force"
    else:
        state = "coming" if row.from_at and row.from_at > at else "past"
    post = row.taken_back_by_post if row.taken_back_at else row.published_by_post
    return {
        "row": row,
        "state": state,
        "words": say(f"catalogue-version-{state}"),
        "tone": {"in-force": "done", "coming": "waiting"}.get(state, "quiet"),
        "by": whose.get(post or row.made_by_post or 0, ""),
        "is_first": row.from_at == BEGINNING,
        "may_go": state == "coming",
    }


def _named(found: list[queries.Difference]) -> list[Cell]:
    return [shown_as(*each) for each in found]


@for_keepers
@require_safe
def compare(request: Any, name: str) -> HttpResponse:
    """Two versions side by side."""
    pair = [asked.number(request.GET, key) for key in ("a", "b")]
    rows = [row for number in pair if number and (row := queries.version(number)) is not None and row.name == name]
    if len(rows) < 2:
        raise editing.EditRefused(say("catalogue-compare-two"), say("catalogue-compare-two-try"))
    rows.sort(key=lambda row: (row.from_at or row.made_at, row.pk))
    before, after = rows
    page = {
        "name": name,
        "title": sheet_title(name, queries.title_of(name, after.said)),
        "before": before,
        "after": after,
        "first": BEGINNING,
        "changes": _named(queries.differences(name, before.said, after.said)),
    }
    return render(request, "catalogue/compare.html", page)


@for_keepers
@require_POST
def publish(request: Any, name: str) -> HttpResponse:
    """Put the draft in force from the day of the form."""
    from_on = asked.day(request.POST, "from_on")
    return _done(
        request,
        name,
        "published",
        lambda seen: editing.publish(name, from_on, seen=seen, by=request.actor, at=request.at),
    )


@for_keepers
@require_POST
def undo(request: Any, name: str) -> HttpResponse:
    """Throw the draft away."""
    answer = _done(
        request, name, "undone", lambda seen: editing.undo_draft(name, seen=seen, by=request.actor, at=request.at)
    )
    return SeeOther(f"{reverse('desk-catalogue')}?told=undone") if isinstance(answer, SeeOther) else answer


@for_keepers
@require_POST
def take_back(request: Any, name: str) -> HttpResponse:
    """A version that is to come never comes."""
    number = asked.number(request.POST, "version") or 0
    return _done(request, name, "taken-back", lambda seen: editing.take_back(number, by=request.actor, at=request.at))


def _done(request: Any, name: str, told: str, act: Callable[[str], object]) -> HttpResponse:
    try:
        with transaction.atomic():
            act(asked.line(request.POST, "seen", 40))
    except Refusal as refused:
        return shown(request, name, refused)
    return SeeOther(f"{reverse('desk-sheet', args=[name])}?told={told}")
