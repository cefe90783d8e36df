"""What every page's frame shows: who is signed in, the switches, and the notices."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from doorstep.fronts.staff.frame import frame


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: only what middleware has already found out, never a query."""
    return {
        "signed_in": getattr(request, "signed_in", None),
        "preferences": getattr(request, "preferences", None),
        "is_demo": settings.IS_DEMO,
        "live_address": settings.LIVE_ADDRESS,
        **frame(request),
    }
