"""The versions of the decision table, one of them with its rows, and what may be done with the draft."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import table_sheets, tables
from doorstep.cases.actions import tables as acts
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.desk.table.telling import telling
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Place

editors = for_roles(*tables.EDITORS)
TOLD = frozenset({"begin", "add", "change", "move", "duplicate", "remove", "undo", "import", "publish", "discard"})


@editors
@require_safe
def versions(request: Any) -> HttpResponse:
    """What rules today, what is being written, and what ruled before."""
    county = own_county(request)
    ruling = tables.in_force(county.pk, local_date(request.at))
    draft = tables.draft(county.pk)
    context = {
        "county": county,
        "ruling": ruling.version if ruling else None,
        "draft": draft,
        "versions": [each for each in tables.versions(county.pk) if each.state != "draft"],
        "may_begin": request.actor.role is Role.COUNTY and draft is None,
        "today": local_date(request.at),
        "told": told(request),
    }
    return render(request, "table/versions.html", context)


@editors
@require_safe
def version(request: Any, number: int) -> HttpResponse:
    """One version, row by row; the draft with what may be done to it."""
    return shown(request, number)


def shown(request: Any, number: int, *, refused: Refusal | None = None, kept: Any = None) -> HttpResponse:
    """The page of a version, with what was refused."""
    county = own_county(request)
    found = tables.version(county.pk, number)
    if found is None:
        raise Http404(number)
    rows, is_draft = tables.rows_of(found), found.state == "draft"
    words, findings = telling(county.pk, rows), tables.findings_of(rows)
    own = "" if request.actor.role is Role.COUNTY else tables.own_code(request.actor)
    last = tables.last_edit(found) if is_draft else None
    context = {
        "table": found,
        "is_draft": is_draft,
        "is_county": request.actor.role is Role.COUNTY,
        "rows": [
            words.row(row, place, findings, may_change=is_draft and _is_own(row, own))
            for place, row in enumerate(rows, 1)
        ],
        "findings": len(findings),
        "last": last,
        "last_words": say(f"table-edit-{last.kind}", row=last.row or 0) if last else "",
        "rehearsal": tables.latest_rehearsal(found) if is_draft else None,
        "from_on": (kept or {}).get("from_on") or local_date(request.at).isoformat(),
        "refused": refused,
        "sheet_faults": [
            (place, _column(fault.column), fault.message) for place, fault in getattr(refused, "rows", ())
        ],
        "told": told(request),
        "crumbs": crumbs(found),
    }
    return render(request, "table/version.html", context, status=422 if refused else 200)


def _column(name: str) -> Any:
    return say(f"table-column-{name}") if name in table_sheets.COLUMNS else name


def _is_own(row: tables.Row, own: str) -> bool:
    return not own or (bool(row.places) and all(place.startswith(own) for place in row.places))


@editors
@require_POST
def deed(request: Any, name: str) -> HttpResponse:
    """One change of the draft that needs no page of its own."""
    action = DEEDS.get(name)
    if action is None:
        raise Http404(name)
    try:
        with transaction.atomic():
            lands = action(request)
    except acts.NoDraft:
        raise
    except Refusal as refused:
        draft = tables.draft(own_county(request).pk)
        if draft is None:
            raise
        return shown(request, draft.version, refused=refused, kept=request.POST)
    return SeeOther(f"{lands}?told={name}")


def _begin(request: Any) -> str:
    return address(acts.begin(by=request.actor, at=request.at).version)


def _move(request: Any) -> str:
    places = -1 if request.POST.get("where") == "up" else 1
    acts.move_row(_row(request), places, by=request.actor, at=request.at)
    return _draft(request)


def _duplicate(request: Any) -> str:
    row = acts.duplicate_row(_row(request), by=request.actor, at=request.at)
    return reverse("desk-table-row", args=[row.id])


def _remove(request: Any) -> str:
    acts.remove_row(_row(request), seen=_seen(request), by=request.actor, at=request.at)
    return _draft(request)


def _undo(request: Any) -> str:
    acts.undo(seen=_seen(request), by=request.actor, at=request.at)
    return _draft(request)


def _publish(request: Any) -> str:
    from_on = asked.day(request.POST, "from_on")
    if from_on is None:
        raise tables.EditRefused(say("table-publish-when"), say("table-publish-past-try"), "from_on")
    return address(acts.publish(from_on, seen=_seen(request), by=request.actor, at=request.at).version)


def _discard(request: Any) -> str:
    acts.discard(by=request.actor, at=request.at)
    return reverse("desk-tables")


DEEDS = {
    "begin": _begin,
    "move": _move,
    "duplicate": _duplicate,
    "remove": _remove,
    "undo": _undo,
    "publish": _publish,
    "discard": _discard,
}


def own_county(request: Any) -> Any:
    """The county whose table this desk writes."""
    county = tables.county_of(request.actor)
    if county is None:
        raise Http404
    return county


def address(number: int) -> str:
    """The page of a version."""
    return reverse("desk-table", args=[number])


def crumbs(table: tables.DispatchTable, below: Any = None) -> list[Place]:
    """The way to a version, or to a page below it."""
    here = say("table-version", number=table.version)
    above = [Place(say("table-title"), reverse("desk-tables"))]
    if below is None:
        return [*above, Place(here, here=True)]
    return [*above, Place(here, address(table.version)), Place(below, here=True)]


def told(request: Any) -> str:
    """What was just done."""
    name = request.GET.get("told", "")
    return f"table-told-{name}" if name in TOLD else ""


def _draft(request: Any) -> str:
    draft = tables.draft(own_county(request).pk)
    assert draft is not None
    return address(draft.version)


def _row(request: Any) -> int:
    return asked.number(request.POST, "row") or 0


def _seen(request: Any) -> int:
    return asked.number(request.POST, "seen") or 0
