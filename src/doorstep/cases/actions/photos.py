"""Pictures: decoded, turned upright, made smaller, and written anew, so that nothing but the picture itself is kept."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from django.db import connection

from doorstep.core.ids import CaseId
from doorstep.core.proofs import new_salt
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONG_SIDE = 1600
THUMBNAIL_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")


class PictureRefused(Refusal):
    """Not a picture that we can keep."""


@dataclass(frozen=True)
class Picture:
    """A picture as we keep it: WebP without any metadata."""

    image: bytes
    thumbnail: bytes
    width: int
    height: int


def clean(upload: bytes, *, where: str = "photo") -> Picture:
    """The picture in an upload, re-encoded without its metadata (place, device, owner).

    The content decides what it is, never the name. Refuses what is not a JPEG, PNG or WebP picture, what is larger
    than 10 MB, and what would unpack to more than 50 million pixels.
    """
    from PIL import Image

    if len(upload) > MOST_BYTES:
        raise PictureRefused(say("cases-picture-large"), say("cases-picture-large-try"), where)
    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused(say("cases-picture-large"), say("cases-picture-large-try"), where)
            opened.draft("RGB", (LONG_SIDE * 2, LONG_SIDE * 2))
            upright = _upright(opened).convert("RGB")
    except PictureRefused:
        raise
    except Exception as error:  # A decoder trips over a broken file in more ways than it names.
        raise PictureRefused(say("cases-picture-unreadable"), say("cases-picture-unreadable-try"), where) from error
    upright.thumbnail((LONG_SIDE, LONG_SIDE))
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_webp(upright, 80), _webp(small, 70), upright.width, upright.height)


def _upright(picture):  # type: ignore[no-untyped-def]
    """The picture as its camera was held; nothing else is read of what the camera wrote, which may be broken."""
    from PIL import ExifTags, Image

    flips = Image.Transpose
    turned = {2: flips.FLIP_LEFT_RIGHT, 3: flips.ROTATE_180, 4: flips.FLIP_TOP_BOTTOM, 5: flips.TRANSPOSE,
              6: flips.ROTATE_270, 7: flips.TRANSVERSE, 8: flips.ROTATE_90}  # fmt: skip
    turn = turned.get(picture.getexif().get(ExifTags.Base.Orientation))
    return picture if turn is None else picture.transpose(turn)


def _webp(picture, quality: int) -> bytes:  # type: ignore[no-untyped-def]
    out = BytesIO()
    picture.save(out, "WEBP", quality=quality, method=2, exif=b"", icc_profile=None, xmp=b"")
    return out.getvalue()


def add_pictures(case: CaseId, seq: int, pictures: Sequence[Picture], *, at: datetime) -> None:
    """Keep pictures beside one row of the ledger."""
    rows = [
        (case, seq, secrets.token_urlsafe(24), each.image, each.thumbnail, each.width, each.height, new_salt(), at)
        for each in pictures
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO cases_photo (case_id, seq, name, image, thumbnail, width, height, salt, added_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            rows,
        )
