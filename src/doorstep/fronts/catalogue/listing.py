"""The list of all items, classes and limits, and what changed of them when and by whom."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.cases.queries import catalogue
from doorstep.catalogue import queries
from doorstep.core.text import language, say
from doorstep.fronts import asked
from doorstep.fronts.catalogue.wording import for_keepers, people, sheet_title
from doorstep.fronts.parts import Place

PARTS = ("items", "classes", "whole")


@for_keepers
@require_safe
def listed(request: Any) -> HttpResponse:
    """Sheets of one kind, found by name, class and state."""
    part = asked.line(request.GET, "part", 8)
    part = part if part in PARTS else "items"
    words, of_class, state = (asked.line(request.GET, key, 40) for key in ("q", "class", "state"))
    rows = queries.sheets(request.at)
    of_part = [row for row in rows if _part(row) == part]
    found = [row for row in of_part if row.matches(words) and row.is_in(state) and row.code.startswith(of_class)]
    who = people(post for row in found for post in (row.by_post, row.draft_by))
    lang, classes = language(), catalogue().classes
    page = {
        "rows": [
            {
                "row": row,
                "title": sheet_title(row.name, row.title),
                "of_class": classes[row.code].name.said(lang) if row.is_item and row.code in classes else "",
                "by": who.get(row.by_post or 0, ""),
                "draft_by": who.get(row.draft_by or 0, ""),
            }
            for row in found
        ],
        "part": part,
        "tabs": [
            Place(
                say(f"catalogue-part-{each}"),
                f"{reverse('desk-catalogue')}?{urlencode({'part': each})}",
                count=sum(_part(row) == each for row in rows),
                here=each == part,
            )
            for each in PARTS
        ],
        "wanted": {"q": words, "class": of_class, "state": state},
        "classes": [
            ("", say("catalogue-any")),
            *((code, f"{code} {each.name.said(lang)}") for code, each in sorted(classes.items()) if not each.parent),
        ],
        "states": [("", say("catalogue-any")), *((each, say(f"catalogue-state-{each}")) for each in queries.STATES)],
        "told": f"catalogue-told-{told}" if (told := request.GET.get("told", "")) in TOLD else "",
    }
    return render(request, "catalogue/list.html", page)


TOLD = frozenset({"undone", "imported"})


def _part(row: queries.SheetRow) -> str:
    if row.is_item:
        return "items"
    return "classes" if queries.is_class(row.name) else "whole"
