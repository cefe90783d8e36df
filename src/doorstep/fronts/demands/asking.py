"""Write a form, task or report by hand, have it tried, and publish it: minutes and refusals are shown before."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.queries import catalogue
from doorstep.catalogue.actions import demanding as acts
from doorstep.catalogue.actions.demanding import MOST_FIELDS, Demand, DemandKind, DemandRefused, Field, FieldKind
from doorstep.catalogue.held_facts import held_facts
from doorstep.core.text import Message, language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.demands.listing import ASKERS, levels_below
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Fault
from doorstep.fronts.templatetags.words import said

FEWEST_ROWS = 4
MORE_ROWS = 4
HELD = "held:"


@for_roles(*ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """What was written stays in the form, each row with what was said to it."""
    form, do = request.POST, request.POST.get("do", "")
    page: dict[str, Any] = {"written": form, "faults": [], "of_rows": {}}
    if request.method == "POST" and do != "rows":
        wanted, area = read(form), areas.with_code(asked.line(form, "area_code", 17), local_date(request.at))
        try:
            with transaction.atomic():
                if do == "publish":
                    _, state = acts.publish(wanted, area, by=request.actor, at=request.at)
                    return SeeOther(f"{reverse('desk-demands')}?told={state}")
                if found := acts.tried(wanted, area, by=request.actor, at=request.at):
                    raise DemandRefused(found)
        except DemandRefused as refused:
            page |= _refused(refused)
        page |= {"least": acts.least_minutes(wanted.kind, wanted.fields), "is_tried": True}
    page |= _choices(request, _rows(form, more=do == "rows", of_rows=page["of_rows"]))
    return render(request, "demands/ask.html", page, status=422 if page["faults"] else 200)


def read(form: Any) -> Demand:
    """The demand that a form describes; rows left empty are no fields."""
    kind = form.get("kind", "")
    return Demand(
        kind=DemandKind(kind) if kind in set(DemandKind) else DemandKind.FORM,
        title=asked.line(form, "title", 100),
        why=asked.text(form, "why", 500),
        basis=asked.line(form, "basis", 300),
        to_level=asked.line(form, "to_level", 12),
        minutes=asked.number(form, "minutes") or 0,
        times_a_year=asked.number(form, "times_a_year") or 0,
        from_on=asked.day(form, "from_on"),
        until_on=asked.day(form, "until_on"),
        fields=tuple(_field(form, row) for row in _written_rows(form)),
        item=asked.line(form, "item", 60),
        is_duty=form.get("is_duty") != "no",
    )


def _written_rows(form: Any) -> list[int]:
    return [row for row in range(MOST_FIELDS + MORE_ROWS) if asked.line(form, f"label-{row}", 100)]


def _field(form: Any, row: int) -> Field:
    kind = asked.line(form, f"type-{row}", 40)
    label, why = asked.line(form, f"label-{row}", 100), asked.line(form, f"new-{row}", 200)
    if kind.startswith(HELD):
        return Field(label, FieldKind.HELD, held=kind.removeprefix(HELD))
    return Field(label, FieldKind(kind) if kind in set(FieldKind) else FieldKind.TEXT, why_new=why)


def _refused(refused: DemandRefused) -> dict[str, Any]:
    """What stands against it: above the form for all, and beside the rows for each."""
    of_rows: dict[int, Message] = {}
    faults = []
    for each in refused.faults:
        where, _, row = each.where.partition(".")
        if row:
            of_rows[int(row) - 1] = each.message
        faults.append(Fault(f"label-{int(row) - 1}" if row else where, each.message))
    return {"faults": faults, "of_rows": of_rows, "said": {fault.field: fault.words for fault in faults}}


def _rows(form: Any, *, more: bool, of_rows: dict[int, Message]) -> list[dict[str, Any]]:
    """The rows as they were written, close together, and some empty ones behind them."""
    written = _written_rows(form)
    count = max(FEWEST_ROWS, len(written) + (MORE_ROWS if more else 1))
    empty: list[int | None] = [None] * (min(count, MOST_FIELDS) - len(written))
    return [
        {
            "number": number,
            "label": "" if row is None else asked.line(form, f"label-{row}", 100),
            "type": "text" if row is None else asked.line(form, f"type-{row}", 40),
            "why_new": "" if row is None else asked.line(form, f"new-{row}", 200),
            "fault": of_rows.get(number, "") if row is not None else "",
        }
        for number, row in enumerate([*written, *empty])
    ]


def _choices(request: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    lang, today, actor = language(), local_date(request.at), request.actor
    own = areas.area_in_force(actor.org, today) if str(actor.role) != "department" else None
    found = [(each.code, f"{said(each.subdistrict.name)} · {said(each.name)}")
             for each in areas.served_communities(today) if each.subdistrict]  # fmt: skip
    return {
        "rows": rows,
        "kinds": [(str(kind), say(f"burden-kind-{kind}"), say(f"burden-kind-{kind}-hint")) for kind in DemandKind],
        "levels": levels_below(actor.role),
        "types": [
            *((str(kind), say(f"burden-kind-of-field-{kind}")) for kind in FieldKind if kind is not FieldKind.HELD),
            *((f"{HELD}{key}", say("burden-shows", fact=fact.name.said(lang))) for key, fact in held_facts().items()),
        ],
        "areas": found,
        "own_code": own.code if own else "",
        "items": [("", say("burden-no-item")), *_items(lang)],
        "today": today.isoformat(),
        "cap": catalogue().limits.burden_minutes,
    }


def _items(lang: str) -> list[tuple[str, str]]:
    listed = sorted((item.class_code, item.id, item.name.said(lang)) for item in catalogue().offered.values())
    return [(key, f"{code} {name}") for code, key, name in listed]
