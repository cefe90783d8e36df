"""Where a browser is led: on from a form that was sent, and to the other pages of a list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """After a form: the page that shows what came of it, so that going back or reloading sends nothing again."""

    status_code = 303


def page_address(request: HttpRequest, number: int) -> str:
    """The same list, asked the same, at another of its pages."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"
