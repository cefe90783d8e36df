"""The photos that a form brings: never asked for, and no more than a person needs to show one matter."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from doorstep.cases.actions.photos import Picture, PictureRefused, clean
from doorstep.core.text import say

MOST: Final = 3


def pictures_in(request: HttpRequest) -> tuple[Picture, ...]:
    """Each made anew without its metadata.

    Raises: PictureRefused for more than `MOST`, and for what is no picture.
    """
    # A browser sends an empty file where none was chosen.
    uploads = [upload for upload in request.FILES.getlist("photo") if upload.size]
    if len(uploads) > MOST:
        raise PictureRefused(say("cases-picture-most", most=MOST), where="photo")
    return tuple(clean(upload.read()) for upload in uploads)
