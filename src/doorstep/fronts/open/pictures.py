"""Pictures in JSON: base64 both ways costs a third more, and needs no second kind of request."""

from __future__ import annotations

import binascii
from base64 import b64decode
from collections.abc import Sequence
from typing import Annotated

from django.http import HttpResponse
from pydantic import Field

from doorstep.cases.actions.photos import Picture, PictureRefused, clean
from doorstep.core.text import say

MOST = 3
Pictures = Annotated[list[Annotated[str, Field(max_length=14_000_000)]], Field(max_length=MOST)]


def cleaned(sent: Sequence[str]) -> list[Picture]:
    """The pictures made anew without their metadata."""
    return [clean(decoded(each, f"photos.{place}"), where=f"photos.{place}") for place, each in enumerate(sent)]


def decoded(written: str, where: str) -> bytes:
    """What stands in base64; refused where it does not."""
    try:
        return b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        raise PictureRefused(say("open-not-base64"), say("open-not-base64-try"), where) from None


def answered(picture: bytes) -> HttpResponse:
    """A picture as we keep it."""
    return HttpResponse(
        picture,
        content_type="image/webp",
        headers={"Cache-Control": "private, max-age=3600", "Content-Security-Policy": "default-src 'none'"},
    )
