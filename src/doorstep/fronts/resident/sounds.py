"""Spoken notes, by their unguessable names, for whoever may see their case: the policies of the database decide."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.cases import queries as cases
from doorstep.core.access.roles import CASE_READERS
from doorstep.fronts.entering import as_actor, for_roles
from doorstep.fronts.resident.photos import holder_of_link

_RANGE = re.compile(r"bytes=(\d{1,9})-(\d{0,9})")


@as_actor(holder_of_link)
@require_safe
def for_follower(request: HttpRequest, token: str, name: str) -> HttpResponse:
    return _sound(request, name)


@for_roles(*CASE_READERS)
@require_safe
def for_staff(request: HttpRequest, name: str) -> HttpResponse:
    return _sound(request, name)


def _sound(request: HttpRequest, name: str) -> HttpResponse:
    found = cases.sound(name)
    if found is None:
        raise Http404
    content = bytes(found.content)
    first, last, status = 0, len(content) - 1, 200
    # Some phones play nothing that cannot be fetched in parts.
    if (wanted := _RANGE.fullmatch(request.headers.get("Range", ""))) and int(wanted[1]) <= last:
        first, last, status = int(wanted[1]), min(last, int(wanted[2] or last)), 206
    response = HttpResponse(content[first : last + 1], content_type=found.kind, status=status)
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'"
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return response
