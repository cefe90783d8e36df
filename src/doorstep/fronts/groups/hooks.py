"""A platform delivers a message: it becomes a case once, and its sender is answered in the same place."""

from __future__ import annotations

import time
from datetime import datetime
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from doorstep.cases import queries as cases
from doorstep.cases.actions.report import LONGEST_REPORT, Contact, Report, report
from doorstep.core.access.links import follow_token
from doorstep.core.text import say, text
from doorstep.fronts import asked, limits
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.notices.actions.accounts import keep_account
from doorstep.notices.hearing import Asked, Heard, hearing
from doorstep.notices.replies import answered_by_text, phone_in

SHORTEST = 4
_senders = limits.Allowance(settings.REPORTS_PER_HOUR)


# Signed by the platform itself; no cookie is looked at, so that there is nothing to forge.
@csrf_exempt
@without_transaction
@for_the_public
@require_http_methods(["GET", "POST"])
def hook(request: HttpRequest, channel: str) -> HttpResponse:
    """Hear, keep, answer."""
    ear = hearing(channel)
    if ear is None:
        raise Http404(channel)
    at: datetime = request.at  # type: ignore[attr-defined]
    headers = {name.lower(): value for name, value in request.headers.items()}
    heard = ear.hear(Asked(request.method or "", request.GET.dict(), headers, request.body), at=at)
    if isinstance(heard, Heard):
        heard = ear.answer(heard, _became(heard, at), at=at)
    return HttpResponse(heard.body, content_type=heard.content_type)


def _became(heard: Heard, at: datetime) -> str:
    """What its sender is told: the number, and alone with us the link too; or what is missing."""
    words = asked.plain(heard.words).strip()
    if len(words) < SHORTEST or len(words) > LONGEST_REPORT:
        return text("groups-words-missing", most=LONGEST_REPORT)
    if _senders.take(heard.sender, time.monotonic()):
        return text("groups-too-many")
    phone = phone_in(heard.back.get("phone", ""))
    if phone and (number := answered_by_text(phone, words, key=heard.key, at=at)):
        return text("groups-reply-kept", number=number)
    contact = Contact(phone=phone) if phone else Contact(name=text(f"groups-account-{heard.channel}"))
    receipt = report(Report(words, contact=contact, source="resident", key=heard.key), at=at)
    if not phone:
        keep_account(receipt.case, heard.channel, heard.sender)
    danger = cases.danger_in(words)
    # Whoever delivers a message a second time is not given the link a second time.
    is_first = receipt.reported_at == at
    link = (
        ""
        if heard.in_group or not is_first
        else urljoin(settings.PUBLIC_ADDRESS, f"/c/{follow_token(receipt.case, at=at)}/")
    )
    advice = f"{danger.advice} " if danger else ""
    return text(say("groups-received", advice=advice, number=receipt.number, link=link))
