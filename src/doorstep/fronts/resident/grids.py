"""What grids do: the admission list, and what they were asked to do beyond it, by whom and until when."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.cases.queries import catalogue
from doorstep.catalogue import consents
from doorstep.core.text import language
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_the_public


@for_the_public
@require_safe
def grids(request: HttpRequest) -> HttpResponse:
    """For everybody: counts of what is asked, never of people."""
    today, lang, everything = local_date(request.at), language(), catalogue()  # type: ignore[attr-defined]
    groups: dict[str, list[tuple[str, str]]] = {}
    for item in sorted(everything.admission_list(), key=lambda each: (each.class_code, each.id)):
        named = everything.classes[item.class_code[:2]].name.said(lang)
        groups.setdefault(named, []).append((item.name.said(lang), item.accept.said(lang) if item.accept else ""))
    alive, burdens = consents.public(today)
    duties = everything.duties
    page = {
        "posts": [(code, named.said(lang), duties_of(code)) for code, named in duties.names.items()],
        "groups": list(groups.items()),
        "count": len(everything.admission_list()),
        "temporary": [
            (row, everything.items[row.item].name.said(lang) if row.item in everything.items else "") for row in alive
        ],
        "burdens": burdens,
    }
    return render(request, "resident/grids.html", page)


def duties_of(post: str) -> list[tuple[str, str, list[str]]]:
    """The duties of a kind of post: kind, words, and the names of its tasks; none where nothing is written down."""
    lang, everything = language(), catalogue()
    return [
        (
            everything.duties.kinds[duty.kind].said(lang),
            duty.says.said(lang),
            [everything.items[item].name.said(lang) for item in duty.items if item in everything.items],
        )
        for duty in everything.duties.of_post.get(post, ())
    ]
