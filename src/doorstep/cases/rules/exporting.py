"""May a list of cases leave the house? Only for a purpose, with another person's yes, and for a few days."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say
from doorstep.core.time.zone import local

SHORTEST_PURPOSE: Final = 8
OPEN_FOR: Final = timedelta(days=3)
MOST_ROWS: Final = 50_000


class Form(StrEnum):
    """As which file it is taken."""

    CSV = "csv"
    XLSX = "xlsx"


class Decision(StrEnum):
    WAITS = ""
    APPROVED = "approved"
    REFUSED = "refused"


class ExportRefused(Refusal):
    """Not without a purpose, not by oneself, not any more."""


def refuse_without_purpose(because: str) -> None:
    """A file travels further than a page: what for is said in a whole sentence."""
    if len(because.strip()) < SHORTEST_PURPOSE:
        raise ExportRefused(say("shield-export-purpose"), say("shield-export-purpose-try"), "because")


def decide(
    wanted: str, words: str, *, asked_by: int | None, decided_by: int | None, before: str, at: datetime
) -> tuple[Decision, datetime | None]:
    """The answer of another person, and until when the file may be fetched."""
    if before != Decision.WAITS:
        raise ExportRefused(say("shield-export-decided"))
    if asked_by is None or decided_by is None or asked_by == decided_by:
        raise ExportRefused(say("shield-export-own"), say("shield-export-own-try"))
    if wanted == Decision.APPROVED:
        return Decision.APPROVED, at + OPEN_FOR
    if wanted != Decision.REFUSED or not words.strip():
        raise ExportRefused(say("shield-export-why-not"), say("shield-export-why-not-try"), "words")
    return Decision.REFUSED, None


def refuse_unless_open(
    decision: str,
    until: datetime | None,
    *,
    asked_by: int | None,
    by: int | None,
    asked_post: int | None,
    post: int | None,
    at: datetime,
) -> None:
    """The file is for whoever asked, while it is open; and for the post in which they asked, whose cases were approved.

    Somebody with a second, wider seat does not take its cases under the yes for the narrow one.
    """
    if asked_by is None or asked_by != by:
        raise ExportRefused(say("shield-export-not-yours"))
    if asked_post != post:
        raise ExportRefused(say("shield-export-other-post"), say("shield-export-other-post-try"))
    if decision != Decision.APPROVED or until is None:
        raise ExportRefused(say("shield-export-waits"), say("shield-export-waits-try"))
    if at >= until:
        raise ExportRefused(say("shield-export-over"), say("shield-export-over-try"))


def watermark(export: int, *, who: str, unit: str, because: str, at: datetime) -> Message:
    """Who took the file, when and why: it stands in the file itself, above the rows and behind each of them."""
    taken = f"{local(at):%Y-%m-%d %H:%M}"
    return say("shield-watermark", number=str(export), who=who, unit=unit, when=taken, because=because)
