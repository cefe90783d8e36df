"""Neighbours who signed up, called to one case: what is needed, who comes, and that nobody more is needed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.cases import neighbours
from doorstep.cases.actions import looking
from doorstep.cases.actions import neighbours as calling
from doorstep.cases.neighbours import Called, Comes
from doorstep.cases.whole import Whole
from doorstep.core.access.roles import CASE_READERS
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.fronts import asked
from doorstep.fronts.desk import words
from doorstep.fronts.desk.attempting import attempted
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice, Seat
from doorstep.fronts.staff.frame import title_of

READERS = tuple(sorted(CASE_READERS))


@require_safe
@for_roles(*READERS)
def shown(request: HttpRequest, number: str) -> HttpResponse:
    """Who comes, and the form that calls; or why nobody is called here."""
    return _shown(request, number)


@require_POST
@for_roles(*READERS)
def call(request: HttpRequest, number: str) -> HttpResponse:
    """Call those near by; what was written is kept in the form when it is refused."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        calling.call(
            CaseId(looking.find_numbered(number, seen=asked.number(form, "seen"))),
            form.get("help", ""),
            asked.text(form, "words", 500),
            asked.line(form, "place"),
            by=actor,
            at=at,
            number=asked.number(form, "wanted") or 0,
            hours=asked.number(form, "hours") or 0,
        )

    if refused := attempted(deed):
        return _shown(request, number, refused=refused, written=form)
    return SeeOther(f"{reverse('desk-neighbours', args=[number])}?called=1")


@require_POST
@for_roles(*READERS)
def call_off(request: HttpRequest, number: str) -> HttpResponse:
    """Nobody more is needed."""
    actor, at, form = request.actor, request.at, request.POST  # type: ignore[attr-defined]

    def deed() -> None:
        case = CaseId(looking.find_numbered(number, seen=asked.number(form, "seen")))
        calling.call_off(case, asked.text(form, "words", 500), by=actor, at=at)

    if refused := attempted(deed):
        return _shown(request, number, refused=refused)
    return SeeOther(f"{reverse('desk-neighbours', args=[number])}?off=1")


def _shown(
    request: HttpRequest, number: str, *, refused: Refusal | None = None, written: Mapping[str, str] | None = None
) -> HttpResponse:
    actor, at = request.actor, request.at  # type: ignore[attr-defined]
    whole = looking.open_case(number, by=actor, at=at)
    called = neighbours.latest_call(whole.case.pk)
    is_running = called is not None and called.is_open
    helps = neighbours.helps_for(whole.case.item)
    may_call = "note" in whole.mine and whole.case.is_open
    context = {
        "case": whole.case,
        "title": whole.words,
        "refused": refused,
        "written": written or _usual(whole, helps),
        "called": called,
        "state": _state(called),
        "help": say(f"neighbours-help-{called.row.help}") if called else "",
        "comes": [_seat(each) for each in called.comes] if called else [],
        "may_call": may_call and bool(helps) and not is_running,
        "may_call_off": may_call and is_running,
        "allows": bool(helps),
        "helps": [Choice(str(each), say(f"neighbours-help-{each}")) for each in helps],
        "numbers": [(str(each), say("neighbours-people", count=each)) for each in range(1, neighbours.MOST_WANTED + 1)],
        "lasts": [(str(each), say("neighbours-hours", count=each)) for each in neighbours.LASTS_H],
        "is_called": "called" in request.GET,
        "is_off": "off" in request.GET,
        "back": reverse("field-case" if actor.role == "grid" else "desk-case", args=[whole.case.number]),
    }
    return words.drawn(request, "desk/neighbours.html", context, status=200 if refused is None else 409)


def _usual(whole: Whole, helps: Any) -> dict[str, str]:
    return {
        "help": str(helps[0]) if helps else "",
        "place": neighbours.place_of(whole.case),
        "wanted": "1",
        "hours": "2",
    }


def _state(called: Called | None) -> tuple[str, Any] | None:
    if called is None:
        return None
    if called.is_open:
        return "moving", say("neighbours-state-open")
    return "quiet", say(f"neighbours-state-{called.row.over}")


def _seat(each: Comes) -> Seat:
    return Seat(title_of(each.kind, each.title), each.name, each.area)
