"""What an urgent reminder may say, to whom, and for how long. A warning of the authority is relayed word for word."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from doorstep.alerts.rules.links import has_link
from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class Kind(StrEnum):
    """What neighbours are reminded of; `RELAY` is the authority's own warning, handed on."""

    BURST_PIPE = "burst-pipe"
    FIRE_LANE = "fire-lane"
    POWER_CUT = "power-cut"
    LOST_CHILD = "lost-child"
    HAZARD = "hazard"
    RELAY = "relay"


class Drill(StrEnum):
    """How a drill goes: to those who agreed, or only counted."""

    NONE = ""
    SENT = "sent"
    COUNTED = "counted"


LONGEST: Final = 500
LONGEST_FOR: Final = {Kind.LOST_CHILD: timedelta(hours=24)}
LONGEST_ELSE: Final = timedelta(hours=72)
METRES: Final = (0, 50, 100, 200, 500)
"""Round a door; none: the building itself."""
APPROVERS: Final = 2
KEPT_FOR: Final = timedelta(days=30)
"""After its end: then the words about a child, and all addresses, are gone; figures stay."""


class ReminderRefused(Refusal):
    """It may not be drafted, approved or sent like that."""

    status = 422


@dataclass(frozen=True)
class Draft:
    """A reminder as it was written. `door` and `metres` make a circle; else it is for the area."""

    kind: str
    words: str
    area: str = ""
    door: str = ""
    metres: int | None = None
    until: datetime | None = None
    drill: str = ""
    issuer: str = ""
    warning: str = ""
    severity: str = ""
    issued_at: datetime | None = None
    source: str = ""
    family: str = ""


def refuse_draft(draft: Draft, at: datetime) -> None:
    """Nothing when it may be drafted; else what is missing, and where."""
    if draft.kind not in set(Kind):
        raise _no("kind", "kind")
    if not draft.words.strip():
        raise _no("words", "words")
    if len(draft.words) > LONGEST:
        raise ReminderRefused(
            say("reminders-no-long", length=len(draft.words), most=LONGEST), say("reminders-no-long-try"), "words"
        )
    if draft.drill not in set(Drill):
        raise _no("drill", "drill")
    if draft.kind == Kind.RELAY:
        _refuse_relay(draft, at)
    elif has_link(draft.words):
        raise _no("link", "words")
    if draft.kind == Kind.LOST_CHILD and not draft.family.strip():
        raise _no("family", "family")
    if draft.door and draft.metres not in METRES:
        raise _no("metres", "metres")
    _refuse_end(draft, at)


def _refuse_relay(draft: Draft, at: datetime) -> None:
    for field in ("issuer", "warning"):
        if not str(getattr(draft, field)).strip():
            raise _no(field, field)
    if draft.issued_at is None or draft.issued_at > at:
        raise _no("issued", "issued_at")
    if draft.source and (not draft.source.startswith("https://") or " " in draft.source):
        raise _no("source", "source")


def _refuse_end(draft: Draft, at: datetime) -> None:
    if draft.until is None or draft.until <= at:
        raise _no("until", "until")
    longest = LONGEST_FOR.get(Kind(draft.kind), LONGEST_ELSE)
    if draft.until > at + longest:
        hours = round(longest.total_seconds() / 3600)
        raise ReminderRefused(say("reminders-no-so-long", hours=hours), say("reminders-no-so-long-try"), "until")


def _no(what: str, where: str) -> ReminderRefused:
    return ReminderRefused(say(f"reminders-no-{what}"), say(f"reminders-no-{what}-try"), where)
