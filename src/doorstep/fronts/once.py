"""The same form with the same answers is one report, however often it arrives: a double tap, a bad line, a way back."""

from __future__ import annotations

import hashlib
import secrets
from uuid import UUID

from django.http import HttpRequest

SHORTEST_SECRET = 20


def new_form() -> str:
    """The secret of one form, for its hidden field `form`."""
    return secrets.token_urlsafe(18)


def report_key(request: HttpRequest) -> UUID | None:
    """What this form with these answers is known by; None where the form brought no secret."""
    secret = request.POST.get("form", "")
    if len(secret) < SHORTEST_SECRET:
        return None
    digest = hashlib.sha256()
    for name, values in sorted(request.POST.lists()):
        # An offer to join is sealed anew each time that it is shown, and is no answer of its own.
        if name not in ("csrfmiddlewaretoken", "join"):
            digest.update(repr((name, values)).encode())
    for upload in (*request.FILES.getlist("photo"), *request.FILES.getlist("sound")):
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
    return UUID(bytes=digest.digest()[:16])
