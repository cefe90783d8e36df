"""The complaints box at the foot of every page: it opens a case like any other, and says which page it came from."""

from __future__ import annotations

import re
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.areas import queries as areas
from doorstep.cases.actions.report import readable
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.complaints import DEPARTMENT, Concerned, is_concerned
from doorstep.cases.queries import catalogue
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts import limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form
from doorstep.fronts.resident.forms import report_in, words_in
from doorstep.fronts.templatetags.words import said

ITEMS: Final = ("about-this-service", "staff-complaint", "suggestion", "thanks")
# The name of a page as `urls.py` gives it, never an address: addresses may carry somebody's link.
_page: Final = re.compile(r"[a-z][a-z0-9-]{0,59}")


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def complaints(request: HttpRequest) -> HttpResponse:
    """The box, and the case that it opens."""
    if request.method != "POST":
        return _box(request, {"item": ITEMS[0], "page": _page_named(request.GET.get("from", ""))})
    try:
        return _opened(request)
    except Refusal as refused:
        return _box(request, request.POST.dict(), refused)


def _opened(request: HttpRequest) -> HttpResponse:
    at = request.at  # type: ignore[attr-defined]
    readable(words_in(request.POST))
    limits.count_report(request)
    named = request.POST.get("concerns", "")
    concerns = named if is_concerned(named, catalogue().departments) else ""
    told = report_in(request, at=at, page=_page_named(request.POST.get("page", "")), concerns=concerns)
    receipt = write_report(told, at=at)
    return SeeOther(reverse("resident-received", args=[follow_token(receipt.case, at=at)]))


def _box(request: HttpRequest, answers: dict[str, str], refused: Refusal | None = None) -> HttpResponse:
    items = catalogue().offered
    given: dict[str, Any] = {
        "answers": answers,
        "form": answers.get("form") or new_form(),
        "refusal": refused,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
        "items": [(each, items[each].name.said(language())) for each in ITEMS if each in items],
    }
    given |= {"concerned": _concerned(), "communities": _communities(request)}
    status = 200 if refused is None else getattr(refused, "status", 422)
    response = render(request, "resident/complaints.html", given, status=status)
    response["Cache-Control"] = "private, no-cache"
    return response


def _concerned() -> list[tuple[str, object]]:
    """Whom a complaint can be about; it is kept from them."""
    levels = [(str(level), say(f"complaint-about-{level}")) for level in Concerned]
    trades = [(f"{DEPARTMENT}{key}", each.name.said(language())) for key, each in catalogue().departments.items()]
    return [("", say("complaint-about-nobody")), *levels, *trades]


def _communities(request: HttpRequest) -> list[tuple[str, object]]:
    with acting_as(ANONYMOUS):
        served = areas.served_communities(local_date(request.at))  # type: ignore[attr-defined]
    return [("", say("complaint-community-none")), *((str(each.pk), said(each.name)) for each in served)]


def _page_named(name: str) -> str:
    return name if _page.fullmatch(name) else ""
