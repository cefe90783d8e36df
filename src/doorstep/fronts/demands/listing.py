"""What is asked of this seat and by it: forms due, answers that came in, and what waits for the county's yes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from doorstep.catalogue import demands
from doorstep.catalogue.actions import demanding as acts
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say, text
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.demands.telling import cell_of, standing_of
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.tables import csv_file

TOLD = frozenset({"published", "waiting", "agreed", "sent-back", "ended", "filled"})
ASKERS = (*sorted(DESKS), Role.DEPARTMENT)
CONCERNED = (*ASKERS, Role.GRID)


@for_roles(*CONCERNED)
@require_safe
def listed(request: Any) -> HttpResponse:
    """What is due here first, then what was asked from here."""
    return _list(request)


def _list(request: Any, refused: Refusal | None = None, about: int = 0) -> HttpResponse:
    actor, today = request.actor, local_date(request.at)
    told = request.GET.get("told", "")
    own = [] if actor.role is Role.GRID else demands.of(actor)
    page = {
        "due": demands.due_for(actor, today),
        "own": [
            {
                "row": row,
                **standing_of(row, today),
                "may_answer": row.state == "waiting" and actor.role is Role.COUNTY,
                "may_end": row.state in ("published", "waiting") and row.asked_by_id == actor.unit,
                "is_mine": row.asked_by_id == actor.unit,
                "refused": refused if row.pk == about else None,
            }
            for row in own
        ],
        "may_ask": actor.role in ASKERS,
        "told": f"burden-told-{told}" if told in TOLD else "",
    }
    return render(request, "demands/list.html", page, status=422 if refused else 200)


@for_roles(Role.COUNTY)
@require_POST
def answer(request: Any, demand: int) -> HttpResponse:
    """The county's yes or no to what goes over the cap."""
    yes = request.POST.get("yes") == "yes"
    words = asked.line(request.POST, "answer", 300)
    return _done(
        request,
        demand,
        "agreed" if yes else "sent-back",
        lambda: acts.answer(demand, yes, words, by=request.actor, at=request.at),
    )


@for_roles(*ASKERS)
@require_POST
def end(request: Any, demand: int) -> HttpResponse:
    """Ask it no more."""
    why = asked.line(request.POST, "why", 300)
    return _done(request, demand, "ended", lambda: acts.end(demand, why, by=request.actor, at=request.at))


def _done(request: Any, demand: int, told: str, act: Callable[[], None]) -> HttpResponse:
    try:
        with transaction.atomic():
            act()
    except Refusal as refused:
        return _list(request, refused, demand)
    return SeeOther(f"{reverse('desk-demands')}?told={told}")


@for_roles(*ASKERS)
@require_safe
def answers(request: Any, demand: int) -> HttpResponse:
    """All answers to one form, in one table."""
    row = _own(request, demand)
    rows = demands.answers_to(row, local_date(request.at))
    page = {
        "row": row,
        "heads": [field["label"] for field in row.fields],
        "rows": [(each, [cell_of(value) for value in each.values]) for each in rows],
        "came": len({(each.code, each.round) for each in rows}),
    }
    return render(request, "demands/answers.html", page)


@for_roles(*ASKERS)  # type: ignore[arg-type]  # it streams
@require_safe
def answers_csv(request: Any, demand: int) -> StreamingHttpResponse:
    """The same as a file; no cell of it is a formula for a spreadsheet."""
    row = _own(request, demand)
    today = local_date(request.at)
    heads = ["burden-column-code", "burden-column-area", "burden-column-round", "burden-column-at"]

    def batches() -> Iterator[list[list[Any]]]:
        yield [[text(each) for each in heads] + [field["label"] for field in row.fields]]
        yield [
            [each.code, each.name, each.round + 1, each.answered_at, *(_plain(cell_of(value)) for value in each.values)]
            for each in demands.answers_to(row, today)
        ]

    return csv_file(request, f"demand-{row.pk}", [], batches)


def _plain(cell: Message | str | int) -> Any:
    return text(cell) if isinstance(cell, Message) else cell


def _own(request: Any, demand: int) -> demands.Demand:
    row = demands.one(demand)
    if row is None or row.asked_by_id != request.actor.unit or row.kind != "form":
        raise Http404
    return row


def levels_below(role: Role) -> list[tuple[str, Message]]:
    """Of whom a seat may ask something."""
    return [(level, say(f"burden-of-{level}")) for level in acts.levels_below(str(role))]
