"""Calendars as files that phones and computers fetch by themselves: somebody's own, and the public one of an area."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

from doorstep.areas import queries as areas
from doorstep.areas.names import said
from doorstep.core.access import GATE, acting_as
from doorstep.core.access.links import LinkRefused, hash_of_calendar
from doorstep.core.text import language, say
from doorstep.core.time.zone import local_date
from doorstep.fronts.entering import for_the_public, without_transaction
from doorstep.rota import calendars, queries


@without_transaction
@for_the_public
@require_safe
def own(request: Any, token: str) -> HttpResponse:
    """What whoever holds this address has before them: their meetings and their shifts."""
    hashed = hash_of_calendar(token)
    with acting_as(GATE, because="a calendar's address"):
        account = queries.account_of(hashed)
        if account is None:
            raise LinkRefused(say("rota-address-refused"), say("rota-address-refused-try"))
        meetings = queries.meetings_for(account, request.at)
        shifts = queries.shifts_for(account, request.at)
    return file_of(request, say("rota-own-name"), meetings, shifts, cache="private")


@for_the_public
@require_safe
def of_area(request: Any, code: str) -> HttpResponse:
    """The public meetings of an area; nobody's name is in it."""
    area = areas.coded(code, local_date(request.at))
    if area is None:
        raise LinkRefused(say("rota-no-area"), say("rota-no-area-try"))
    meetings = queries.public_meetings(area.pk, request.at)
    title = say("rota-area-name", area=said(area.name))
    return file_of(request, title, meetings, (), cache="public")


def file_of(
    request: HttpRequest,
    title: Any,
    meetings: Sequence[calendars.MeetingSeen],
    shifts: Sequence[calendars.ShiftSeen],
    *,
    cache: str,
    uid: str = "shift",
) -> HttpResponse:
    """A calendar as a file, or that nothing in it is new; `uid` is what its single times are known by."""
    body = calendars.written(title, meetings, shifts, host(), language(), uid)
    changed = max([*(each.changed_at for each in meetings), *(each.changed_at for each in shifts)], default=None)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=calendars.CONTENT_TYPE)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"{cache}, max-age=300"
    response.headers["Content-Disposition"] = 'inline; filename="doorstep.ics"'
    if changed is not None:
        response.headers["Last-Modified"] = _http(changed)
    # Whether anything is new is said by the bytes: a holiday that was announced changes them, and no row.
    return get_conditional_response(request, etag=etag, response=response) or response


def _http(moment: datetime) -> str:
    return http_date(moment.timestamp())


def host() -> str:
    """The name of this house, which makes its events known among all others."""
    return urlsplit(settings.PUBLIC_ADDRESS).hostname or "doorstep"
