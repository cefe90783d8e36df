"""Pictures: decoded, turned upright, made smaller, and written anew, so that nothing but the picture itself is kept."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

from django.db import connection

from doorstep.core.ids import CaseId
from doorstep.core.proofs import new_salt
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

if TYPE_CHECKING:
    import PIL.Image

MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONG_SIDE = 1600
THUMBNAIL_SIDE = 320
FORMATS = ("JPEG", "PNG", "WEBP")
# A picture of the largest size takes 150 MB while it is unpacked, however few bytes were sent: others wait their turn.
AT_ONCE = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


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
    if len(upload) > MOST_BYTES:
        raise PictureRefused(say("cases-picture-large"), say("cases-picture-large-try"), where)
    with _turns:
        return _unpacked(upload, where)


def _unpacked(upload: bytes, where: str) -> Picture:
    from PIL import Image

    try:
        with Image.open(BytesIO(upload), formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise PictureRefused(say("cases-picture-large"), say("cases-picture-large-try"), where)
            opened.draft("RGB", (LONG_SIDE * 2, LONG_SIDE * 2))
            opened.load()
            upright = _upright(opened)
            if upright.mode != "RGB":
                upright = upright.convert("RGB")
            upright.thumbnail((LONG_SIDE, LONG_SIDE))
    except PictureRefused:
        raise
    except Exception as error:  # A decoder trips over a broken file in more ways than it names.
        raise PictureRefused(say("cases-picture-unreadable"), say("cases-picture-unreadable-try"), where) from error
    small = upright.copy()
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    return Picture(_webp(upright, 80), _webp(small, 70), upright.width, upright.height)


def _upright(picture: PIL.Image.Image) -> PIL.Image.Image:
    """The picture as its camera was held; nothing else is read of what the camera wrote, which may be broken."""
    from PIL.ExifTags import Base
    from PIL.Image import Transpose

    turned = {2: Transpose.FLIP_LEFT_RIGHT, 3: Transpose.ROTATE_180, 4: Transpose.FLIP_TOP_BOTTOM,
              5: Transpose.TRANSPOSE, 6: Transpose.ROTATE_270, 7: Transpose.TRANSVERSE,
              8: Transpose.ROTATE_90}  # fmt: skip
    turn = turned.get(picture.getexif().get(Base.Orientation, 1))
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
