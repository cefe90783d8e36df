"""Work off the admission list: asked, agreed to or refused, and ended, in the sight of all whom it concerns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from doorstep.areas import queries as areas
from doorstep.cases.queries import catalogue
from doorstep.catalogue import consents
from doorstep.catalogue.actions import consenting as acts
from doorstep.core.access import Role
from doorstep.core.access.roles import DESKS
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import asked
from doorstep.fronts.entering import for_roles
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.templatetags.words import said

TOLD = frozenset({"asked", "agreed", "refused", "ended"})
TONES = {"asked": "waiting", "in-force": "moving", "agreed": "moving", "refused": "quiet", "ended": "quiet"}
ASKERS = (*DESKS, Role.DEPARTMENT)
concerned = for_roles(*ASKERS, Role.GRID)


@concerned
@require_safe
def listed(request: Any) -> HttpResponse:
    """All that concerns this seat, what waits for its answer first."""
    return _list(request)


def _list(request: Any, refused: Refusal | None = None, about: int = 0) -> HttpResponse:
    today, lang = local_date(request.at), language()
    rows = []
    for row in consents.of(request.actor):
        how, mine = consents.standing(row, today), acts.answers(row, request.actor)
        item = catalogue().items.get(row.item)
        rows.append(
            {
                "row": row,
                "item": item.name.said(lang) if item else "",
                "how": say(f"consent-{how}"),
                "tone": TONES.get(how, "quiet"),
                "may_answer": mine and how == "asked",
                "may_end": how in ("asked", "agreed", "in-force") and (mine or row.asked_by_id == request.actor.unit),
                "refused": refused if row.pk == about else None,
            }
        )
    rows.sort(key=lambda each: not each["may_answer"])
    page = {
        "rows": rows,
        "may_ask": request.actor.role in ASKERS,
        "told": f"consent-told-{told}" if (told := request.GET.get("told", "")) in TOLD else "",
    }
    return render(request, "admission/list.html", page, status=422 if refused else 200)


@for_roles(*ASKERS)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any) -> HttpResponse:
    """Ask grids for something that is not on their list."""
    form = request.POST
    page: dict[str, Any] = {"written": form, "today": local_date(request.at), "items": _items()}
    if request.method == "POST":
        area = areas.with_code(asked.line(form, "area_code", 17), local_date(request.at))
        wish = acts.Asked(
            area=area,
            what=asked.line(form, "what", 200),
            why=asked.text(form, "why", 500),
            basis=asked.line(form, "basis", 300),
            from_on=asked.day(form, "from_on"),
            until_on=asked.day(form, "until_on"),
            item=asked.line(form, "item", 60),
            is_duty=form.get("is_duty") != "no",
        )
        try:
            with transaction.atomic():
                acts.ask(wish, by=request.actor, at=request.at)
            return SeeOther(f"{reverse('desk-admission')}?told=asked")
        except Refusal as refused:
            page["refused"] = refused
    page |= {"areas": _areas(request), "chooses": request.actor.role is Role.COMMUNITY}
    return render(request, "admission/ask.html", page, status=422 if "refused" in page else 200)


def _items() -> list[tuple[str, Any]]:
    """The items that are not on the list, departments' own work among them: it is refused by name."""
    lang = language()
    off = [item for item in catalogue().offered.values() if not item.admitted]
    named = sorted((item.class_code, item.id, item.name.said(lang)) for item in off)
    return [("", say("consent-no-item")), *((key, f"{code} {name}") for code, key, name in named)]


def _areas(request: Any) -> list[tuple[str, str]]:
    """The grids of a community's own desk, which chooses one of them; others find a community by its name."""
    today = local_date(request.at)
    if request.actor.role is Role.COMMUNITY:
        return [(each.code, said(each.name)) for each in areas.below(request.actor.org, today)]
    found = areas.served_communities(today)
    return [(each.code, f"{said(each.subdistrict.name)} · {said(each.name)}") for each in found if each.subdistrict]


@for_roles(Role.COMMUNITY, Role.GRID)
@require_POST
def answer(request: Any, consent: int) -> HttpResponse:
    """Yes or no, for one's own grids."""
    yes = request.POST.get("yes") == "yes"
    words = asked.line(request.POST, "answer", 300)
    return _done(
        request,
        consent,
        "agreed" if yes else "refused",
        lambda: acts.answer(consent, yes, words, by=request.actor, at=request.at),
    )


@concerned
@require_POST
def end(request: Any, consent: int) -> HttpResponse:
    """Before its day."""
    why = asked.line(request.POST, "why", 300)
    return _done(request, consent, "ended", lambda: acts.end(consent, why, by=request.actor, at=request.at))


def _done(request: Any, consent: int, told: str, act: Callable[[], None]) -> HttpResponse:
    try:
        with transaction.atomic():
            act()
    except Refusal as refused:
        return _list(request, refused, consent)
    return SeeOther(f"{reverse('desk-admission')}?told={told}")
