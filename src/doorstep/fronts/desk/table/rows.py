"""One row of the draft as a form."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doorstep.cases import table_sheets, tables
from doorstep.cases.actions import tables as acts
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Level, Urgency
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, language, say
from doorstep.fronts import asked
from doorstep.fronts.desk.table.pages import address, crumbs, editors, own_county
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.parts import Choice
from doorstep.fronts.templatetags.words import said

NAMED_ONE_BY_ONE = frozenset({"community_desk", "subdistrict_office", "department", "property_company"})
"""Teams of grids come and go with the plans; a row names their kind."""


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: Any) -> HttpResponse:
    """One row more, at the end or behind another."""
    after = asked.number(request.GET if request.method != "POST" else request.POST, "after")
    if request.method == "POST":
        return _sent(request, None, after)
    return _form(request, None, tables.Words(), after=after)


@editors
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: Any, row: int) -> HttpResponse:
    """A row of the draft, to be said anew."""
    if request.method == "POST":
        return _sent(request, row, None)
    found = _row(request, row)
    return _form(request, row, tables.words_of(found), seen=found.rev)


def _sent(request: Any, row: int | None, after: int | None) -> HttpResponse:
    words, seen = _written(request.POST), asked.number(request.POST, "seen") or 0
    try:
        with transaction.atomic():
            if row is None:
                acts.add_row(words, by=request.actor, at=request.at, after=after)
            else:
                acts.change_row(row, words, seen=seen, by=request.actor, at=request.at)
    except acts.NoDraft:
        raise
    except Refusal as refused:
        if row is not None:
            _row(request, row)
        return _form(request, row, words, refused=refused, after=after, seen=seen)
    draft = _draft(request)
    return SeeOther(f"{address(draft.version)}?told={'add' if row is None else 'change'}")


def _written(form: QueryDict) -> tables.Words:
    """The row as the form says it; what is picked and what is typed mean the same."""
    many = {name: "、".join(form.getlist(name)[:200]) for name in ("what", "urgencies", "days", "helpers")}
    areas = "、".join([*form.getlist("area")[:200], asked.line(form, "places", 500)])
    lines = ("hours", "begins", "ends", "holder", "limit", "reason")
    return table_sheets.words_from({**many, "places": areas, **{name: asked.line(form, name, 500) for name in lines}})


def _form(request: Any, row: int | None, words: tables.Words, **more: Any) -> HttpResponse:
    draft, refused = _draft(request), more.get("refused")
    faults = {each.column: each.message for each in getattr(refused, "faults", ())}
    place = say("table-row", row=row) if row is not None else say("table-row-new")
    choices = _choices(own_county(request).pk, words)
    listed = {each.value for each in choices["areas"]}
    context = {
        "table": draft,
        "row": row,
        "title": place,
        "written": words,
        "finer": "、".join(each for each in words.places if each not in listed),
        "faults": faults,
        "limit": table_sheets.limit_said(words.limit),
        "choices": choices,
        "crumbs": crumbs(draft, place),
        "back": address(draft.version),
        **more,
    }
    return render(request, "table/row.html", context, status=422 if refused else 200)


def _choices(county: int, words: tables.Words) -> dict[str, Any]:
    kinds = _kinds()
    units = [
        (f"unit:{unit.pk}", say("table-unit", unit=said(unit.name), area=said(unit.area.name)))
        for unit in tables.units_of(county)
        if unit.kind in NAMED_ONE_BY_ONE
    ]
    known = {value for value, _ in [*kinds, *units]}
    strange = [(words.holder, words.holder)] if words.holder and words.holder not in known else []
    return {
        "holders": [("", say("table-choose")), *kinds, *units, *strange],
        "helpers": [Choice(value, name) for value, name in kinds],
        "what": _picked_first([Choice(code, name) for code, name in _matters()], words.what),
        "areas": _picked_first([Choice(*each) for each in tables.subdistricts_and_communities(county)], words.places),
        "urgencies": [Choice(str(each), say(f"cases-urgency-{each}")) for each in Urgency],
        "days": [Choice(each, say(f"table-day-{each}")) for each in tables.DAYS],
    }


def _picked_first(choices: list[Choice], picked: Collection[str]) -> list[Choice]:
    """What is picked is seen without looking for it."""
    return sorted(choices, key=lambda each: each.value not in picked)


def _kinds() -> list[tuple[str, Message | str]]:
    """The kinds of unit, and the trades of departments."""
    levels: list[tuple[str, Message | str]] = [
        (str(each), say(f"table-kind-{each}")) for each in Level if each is not Level.DEPARTMENT
    ]
    trades = catalogue().departments.items()
    return [*levels, *((f"department:{code}", each.name.said(language())) for code, each in trades)]


def _matters() -> list[tuple[str, str]]:
    """Classes and the items in them, in the order of the classes."""
    known = catalogue()
    classes = [(code, f"{code} {each.name.said(language())}") for code, each in known.classes.items()]
    items = [
        (
            item.class_code,
            item.id,
            f"{known.classes[item.class_code[:2]].name.said(language())} · {item.name.said(language())}",
        )
        for item in known.items.values()
    ]
    under = [(code, code, name) for code, name in classes] + items
    return [(value, name) for _, value, name in sorted(under, key=lambda each: each[0])]


def _draft(request: Any) -> tables.DispatchTable:
    draft = tables.draft(own_county(request).pk)
    if draft is None:
        raise Http404
    return draft


def _row(request: Any, number: int) -> tables.Row:
    found = next((row for row in tables.rows_of(_draft(request)) if row.id == number), None)
    if found is None:
        raise Http404(number)
    return found
