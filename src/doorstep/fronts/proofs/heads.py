"""The published heads of the log, day by day, with the keys that signed them."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_the_public
from doorstep.proofs import queries, receipt
from doorstep.proofs.queries import SizeRefused

DIGITS: Final = 19


@for_the_public
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The newest head, the last one of each day, and the keys."""
    today = local_date(request.at)  # type: ignore[attr-defined]
    given = {
        "newest": queries.newest_head(),
        "days": queries.last_heads_of_days(today),
        "keys": queries.all_keys(),
        "readme": f"proofs/README.{language()}.txt",
    }
    return render(request, "proofs/heads.html", given)


@for_the_public
@require_safe
def note(request: HttpRequest, size: int) -> HttpResponse:
    """One head as its signed note, to keep."""
    found = queries.head_of(size)
    answer = HttpResponse(found.note, content_type="text/plain; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=31536000, immutable"
    return answer


@for_the_public
@require_safe
def consistency(request: HttpRequest) -> HttpResponse:
    """What shows that the log of the newest head, or of the head of `second` rows, begins with that of `first`."""
    first = _size(request, "first")
    second = _size(request, "second") if request.GET.get("second") else None
    shown = receipt.consistency_told(first, second)
    answer = JsonResponse(shown, json_dumps_params={"ensure_ascii": False, "indent": 2})
    name = f"doorstep-consistency-{shown['first']}-{shown['second']}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _size(request: HttpRequest, name: str) -> int:
    written = request.GET.get(name, "").strip()
    if not (written.isascii() and written.isdigit() and len(written) <= DIGITS):
        raise SizeRefused(say("proofs-size-refused"), say("proofs-size-refused-try"), name)
    return int(written)
