"""Fill in a form: what is held stands there already, and only what is new is asked."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.cases.held import facts_of
from doorstep.catalogue import demands
from doorstep.catalogue.actions import filling as acts
from doorstep.core.access import Role
from doorstep.core.refusals import Refusal
from doorstep.fronts import asked
from doorstep.fronts.demands.telling import cell_of, fields_of
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther


@for_roles(Role.GRID, Role.COMMUNITY, Role.SUBDISTRICT)
@require_http_methods(["GET", "HEAD", "POST"])
def filled(request: Any, demand: int) -> HttpResponse:
    """One form, or what is to be known of a task; sent again until the next filling is due, it is corrected."""
    actor, at = request.actor, request.at
    row = demands.one(demand)
    if row is None or row.state not in ("published", "ended") or not demands.is_asked(row, actor.org, str(actor.role)):
        raise Http404
    due = acts.round_of(row, at) if row.state == "published" else None
    before = demands.answer_of(row.pk, due, actor.org) if due is not None else None
    held = facts_of(actor.org, at=at) if row.kind == "form" else {}
    refused = None
    if request.method == "POST":
        said = [asked.text(request.POST, f"cell-{place}", acts.LONGEST + 1) for place in range(len(row.fields))]
        try:
            with transaction.atomic():
                acts.fill(row.pk, said, held, by=actor, at=at)
            return SeeOther(f"{reverse('desk-demands')}?told=filled")
        except Refusal as refusal:
            refused = refusal
    values = before.values if before else [None] * len(row.fields)
    page = {
        "row": row,
        "due": due,
        "is_answered": before is not None,
        "refused": refused,
        "cells": [
            {
                **shown,
                "name": f"cell-{place}",
                "type": field["kind"],
                "held_value": cell_of(held.get(field["held"])) if field["kind"] == "held" else "",
                "value": request.POST.get(f"cell-{place}", _written(values[place])),
                "fault": refused.message if refused is not None and refused.where == f"cell-{place}" else "",
            }
            for place, (field, shown) in enumerate(zip(row.fields, fields_of(row), strict=True))
        ],
    }
    return render(request, "demands/fill.html", page, status=422 if refused else 200)


def _written(value: Any) -> str:
    return "" if value is None else str(value)
