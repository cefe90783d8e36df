"""What every page's frame shows: who is signed in, the switches, and the notices."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from doorstep.fronts.staff.frame import frame


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: only what middleware has already found out, never a query."""
    return {
        "signed_in": getattr(request, "signed_in", None),
        "preferences": getattr(request, "preferences", None),
        "here": here(request),
        "is_demo": settings.IS_DEMO,
        "live_address": settings.LIVE_ADDRESS,
        **frame(request),
    }


def here(request: HttpRequest) -> str:
    """The address that shows this page again: a refused form's answer has none of its own, its form's page has."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    is_ours = came_from.netloc == request.headers.get("Host")
    return came_from._replace(scheme="", netloc="").geturl() if is_ours else request.get_full_path()
