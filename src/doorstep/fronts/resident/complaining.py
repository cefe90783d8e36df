"""The complaints box at the foot of every page: it opens a case like any other, and says which page it came from."""

from __future__ import annotations

import re
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from doorstep.cases.actions.report import readable
from doorstep.cases.actions.report import report as write_report
from doorstep.cases.queries import catalogue
from doorstep.core.access.links import follow_token
from doorstep.core.refusals import Refusal
from doorstep.core.text import language
from doorstep.fronts import limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.fronts.leading import SeeOther
from doorstep.fronts.once import new_form
from doorstep.fronts.resident.forms import report_in, words_in

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
    said = report_in(request, at=at, page=_page_named(request.POST.get("page", "")))
    receipt = write_report(said, at=at)
    return SeeOther(reverse("resident-received", args=[follow_token(receipt.case, at=at)]))


def _box(request: HttpRequest, answers: dict[str, str], refused: Refusal | None = None) -> HttpResponse:
    items = catalogue().offered
    given = {
        "answers": answers,
        "form": answers.get("form") or new_form(),
        "refusal": refused,
        **({f"wrong_{refused.where}": refused.message} if refused and refused.where else {}),
        "items": [(each, items[each].name.said(language())) for each in ITEMS if each in items],
    }
    status = 200 if refused is None else getattr(refused, "status", 422)
    response = render(request, "resident/complaints.html", given, status=status)
    response["Cache-Control"] = "private, no-cache"
    return response


def _page_named(name: str) -> str:
    return name if _page.fullmatch(name) else ""
