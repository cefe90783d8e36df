"""Headers that keep a page to itself: no foreign script, no frame but the owners', no guessing of types."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SOURCES = {
    "default-src": "'self'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data: blob:",
    "connect-src": "'self'",
    "media-src": "'self' blob:",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


class Headers:
    """Middleware: the same headers on every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = content_security_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        if not settings.FRAME_ANCESTORS:
            response.headers.setdefault("X-Frame-Options", "DENY")
        return response


def content_security_policy() -> str:
    """The policy of every page; owners' portals from the allow-list may show it in a frame."""
    sources = dict(SOURCES)
    if settings.LIVE_ADDRESS:
        # A path that does not end in a slash would match itself alone (CSP Level 3, 6.7.2.12).
        sources["connect-src"] += f" {settings.LIVE_ADDRESS.rstrip('/')}/"
    sources["frame-ancestors"] = " ".join(settings.FRAME_ANCESTORS) or "'none'"
    return "; ".join(f"{name} {value}" for name, value in sources.items())
