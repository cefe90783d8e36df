"""In the demo only: what would have been sent, since no mail server is configured there."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from doorstep.alerts import queries as reminders
from doorstep.fronts.entering import for_the_public
from doorstep.notices import queries as notices


@for_the_public
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    if not settings.IS_DEMO:
        raise Http404
    at = request.at  # type: ignore[attr-defined]
    unsent: list[Any] = [*notices.outbox(at=at), *reminders.outbox()]
    letters = sorted(unsent, key=lambda each: each.at, reverse=True)
    return render(request, "resident/outbox.html", {"letters": letters})
