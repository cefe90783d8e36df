"""The first page: what can be done here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_safe

from doorstep.fronts.entering import for_the_public, without_transaction


@for_the_public
@without_transaction
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "resident/home.html", {"staff_entrance": _staff_entrance()})


def _staff_entrance() -> str:
    try:
        return reverse("staff-sign-in")
    except NoReverseMatch:
        return ""
