"""Posters for entrances and stations: a code that says where its reader stands, and what it is good for."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

import segno

from doorstep.areas.writers import letters
from doorstep.areas.writers.typesetting import PrintingRefused, typeset_apart
from doorstep.core.text import language, say, text

SIZES: Final = ("a4", "a5", "sheet")
MOST_POSTERS: Final = 600


class PosterDoor(NamedTuple):
    """An entrance or station; `address` is where its code leads."""

    code: str
    name: str
    address: str


def posters(doors: Sequence[PosterDoor], community: str, size: str, *, is_sample: bool) -> bytes:
    """A PDF with one door a page ("a4", "a5"), or six on an A4 page ("sheet"), in both languages."""
    if len(doors) > MOST_POSTERS:
        raise PrintingRefused(
            say("paper-too-many-doors", count=len(doors), most=MOST_POSTERS), say("paper-fewer-doors")
        )
    told = _told(doors, community, size, text("parts-example-notice") if is_sample else "")
    return typeset_apart("posters", told, {f"{at}.svg": code_of(door.address) for at, door in enumerate(doors)})


def _told(doors: Sequence[PosterDoor], community: str, size: str, example: str) -> dict[str, Any]:
    """All that the pages say, in letters that the font has; what it lacks is told beside the code."""
    shown, absent = letters.printable(
        {
            "lang": language(),
            "size": size,
            "community": community,
            # Passers-by read the one language or the other, whatever the desk reads.
            **{what: text(f"desk-poster-{what}", "zh") for what in ("title", "text", "danger")},
            **{f"{what}_en": text(f"desk-poster-{what}", "en") for what in ("title", "text", "danger")},
            "doors": [{**door._asdict(), "picture": f"{at}.svg"} for at, door in enumerate(doors)],
        }
    )
    return {**shown, "notice": " ".join(filter(None, [example, letters.notice(absent)]))}


def code_of(address: str) -> str:
    """The QR code of an address as SVG; a quarter of it may be dirty before it cannot be read."""
    written = io.BytesIO()
    segno.make(address, error="q", micro=False).save(written, kind="svg", scale=10, border=2, xmldecl=True)
    return written.getvalue().decode()
