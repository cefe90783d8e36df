"""Pictures of a request: sent with it, or fetched from the address that a partner names.

An address is never called for a stranger, and for a partner only outside our own network, with bounds, and by few at
once (docs/decisions/pictures-are-fetched-for-partners-alone.md). What is not fetched stays a link in the words.
"""

from __future__ import annotations

import threading
from typing import Final, NamedTuple

from doorstep.cases.actions.photos import MOST_BYTES, Picture, PictureRefused, clean
from doorstep.core.calling import NotReached
from doorstep.core.outward import AddressRefused, call, readable
from doorstep.core.text import say, text
from doorstep.fronts.open311.entering import CallRefused, Request

MOST_FILES: Final = 3
FETCH_WITHIN_S: Final = 5.0
# The threads that serve pages are few: while this many wait for foreign houses, the rest keep their links.
AT_ONCE: Final = 2
_turns = threading.BoundedSemaphore(AT_ONCE)


class Media(NamedTuple):
    """The pictures as they are kept, and the address of one that was not fetched."""

    pictures: list[Picture]
    link: str = ""

    def with_link(self, words: str) -> str:
        """The words, with the address below them where there is one."""
        return f"{words}\n{text('georeport-media-link', link=self.link)}" if self.link else words


def media(request: Request) -> Media:
    """What came with the call; refused where it is no picture, or leads into our own network."""
    files = request.asked.files.get("media", ())
    if len(files) > MOST_FILES:
        raise CallRefused(say("georeport-many-pictures", most=MOST_FILES), say("georeport-many-pictures-try"), "media")
    pictures = [clean(each.read(MOST_BYTES + 1), where="media") for each in files]
    address = request.asked.one("media_url")
    if not address:
        return Media(pictures)
    readable(address, "media_url")
    fetched = _fetched(address) if request.partner is not None and len(pictures) < MOST_FILES else None
    return Media(pictures, address) if fetched is None else Media([*pictures, fetched])


def _fetched(address: str) -> Picture | None:
    """The picture at an address, made anew like every other; None where nobody answers with one in time."""
    if not _turns.acquire(blocking=False):
        return None
    try:
        answer = call("GET", address, total_s=FETCH_WITHIN_S, most_bytes=MOST_BYTES + 1)
        return clean(answer.body, where="media_url") if answer.status == 200 else None
    except AddressRefused as refused:
        refused.where = "media_url"
        raise
    except (NotReached, PictureRefused):
        return None
    finally:
        _turns.release()
