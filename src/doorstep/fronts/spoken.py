"""A spoken note in a form, and the leave to record one: only pages that ask this way may use the microphone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from doorstep.cases.actions.sounds import Sound, readable_sound


def sound_in(request: HttpRequest) -> Sound | None:
    """The spoken note, if there is one; none is ever asked for."""
    upload = request.FILES.get("sound")
    return readable_sound(upload.read()) if upload and upload.size else None


def may_record(response: HttpResponse) -> HttpResponse:
    """The page with a form into which somebody may speak."""
    response["Permissions-Policy"] = "camera=(), microphone=(self), geolocation=(self)"
    return response
