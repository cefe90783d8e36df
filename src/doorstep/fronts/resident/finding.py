"""For whoever lost the link: it is sent again, to the address that was left with the report and to no other."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from doorstep.core.refusals import Refusal
from doorstep.fronts import limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.notices.actions.remind import send_link_again


@for_the_public
@without_transaction
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the link again. The answer is the same whether or not anything matched: a number proves nothing."""
    given: dict[str, Any] = {"answers": request.POST.dict(), "refusal": None, "asked": False}
    status = 200
    if request.method == "POST":
        try:
            limits.count_question(request)
            send_link_again(request.POST.get("number", ""), request.POST.get("contact", ""), at=request.at)  # type: ignore[attr-defined]
            given["asked"] = True
        except Refusal as refused:
            given["refusal"] = refused
            status = getattr(refused, "status", 422)
    return render(request, "resident/find.html", given, status=status)
