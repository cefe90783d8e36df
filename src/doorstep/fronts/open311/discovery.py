"""Where the interface is, what it speaks, and whom to ask: the file that every other call can be found by."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.http import Http404

from doorstep.catalogue.queries import changed_at
from doorstep.core.access import ANONYMOUS, acting_as
from doorstep.core.text import languages, text
from doorstep.fronts.open311.entering import Request, calls
from doorstep.fronts.open311.saying import MEDIA, Told

SPECIFICATION: Final = "http://wiki.open311.org/GeoReport_v2"


def discover(request: Request) -> Told:
    """One endpoint, in production; whom to ask is said in both languages."""
    with acting_as(ANONYMOUS):
        changed = changed_at(request.at)
    about = " / ".join(
        text("georeport-contact", lang, page=urljoin(settings.PUBLIC_ADDRESS, "/complaints/")) for lang in languages
    )
    key = " / ".join(text("georeport-key-service", lang) for lang in languages)
    endpoint: dict[str, Any] = {
        "specification": SPECIFICATION,
        "url": urljoin(settings.PUBLIC_ADDRESS, "/open311/v2"),
        "changeset": changed,
        "type": "production",
        "formats": [each.partition(";")[0] for each in reversed(MEDIA.values())],
    }
    return Told("discovery", {"changeset": changed, "contact": about, "key_service": key, "endpoints": [endpoint]})


def nothing_here(request: Request, rest: str = "") -> Told:
    """Any other address, in the standard's own words."""
    raise Http404


discovery = calls(get=discover)
nothing = calls(get=nothing_here, post=nothing_here)
