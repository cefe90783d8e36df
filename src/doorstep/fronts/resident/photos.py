"""Pictures, by their unguessable names, for whoever may see their case: the policies of the database decide."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from doorstep.cases import queries as cases
from doorstep.core.access import Actor
from doorstep.core.access.links import follower
from doorstep.core.access.roles import CASE_READERS
from doorstep.fronts.entering import as_actor, for_roles


def holder_of_link(request: HttpRequest, token: str, **rest: str) -> Actor:
    """The follower whom the address proves."""
    return follower(token, at=request.at)  # type: ignore[attr-defined]


@as_actor(holder_of_link)
@require_safe
def for_follower(request: HttpRequest, token: str, name: str) -> HttpResponse:
    return picture(request, name)


@for_roles(*CASE_READERS)
@require_safe
def for_staff(request: HttpRequest, name: str) -> HttpResponse:
    return picture(request, name)


def picture(request: HttpRequest, name: str) -> HttpResponse:
    """The picture, small where that is asked for."""
    found = cases.photo(name)
    if found is None:
        raise Http404
    content = found.thumbnail if "small" in request.GET else found.image
    return HttpResponse(
        bytes(content),
        content_type="image/webp",
        headers={
            "Cache-Control": "private, max-age=86400, immutable",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'",
        },
    )
