"""What a patrol may be called, and when and why it may walk. Nobody sets it a round, and nobody counts who came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from doorstep.alerts.rules.links import has_link
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

AHEAD: Final = timedelta(days=60)
"""So far ahead a round may be planned."""
LASTS: Final = timedelta(hours=3)
"""After that a round is past, and removed with all that was said about it."""
MOST_ROUNDS: Final = 20
NAME: Final = 60
ABOUT: Final = 200
MEETS: Final = 120
REMINDS: Final = 200


class PatrolRefused(Refusal):
    """The patrol, or its round, may not be like that."""

    status = 422


class PatrolNotFound(PatrolRefused):
    """There is no such patrol or round where whoever asks lives or serves."""

    status = 404


@dataclass(frozen=True)
class Walk:
    """A round as a member plans it."""

    begins_at: datetime | None
    meets: str
    reminds: str


def refuse_patrol(name: str, about: str) -> None:
    """Nothing when a patrol may be called so; else what is missing, and where."""
    if not name:
        raise refusal("name", "name")
    _refuse_long(name, NAME, "name")
    _refuse_long(about, ABOUT, "about")
    if has_link(name):
        raise refusal("link", "name")
    if has_link(about):
        raise refusal("link", "about")


def begins_of(walk: Walk, planned: int, at: datetime) -> datetime:
    """When it begins, where a patrol with `planned` rounds ahead may plan this one too."""
    if walk.begins_at is None or not at < walk.begins_at <= at + AHEAD:
        raise PatrolRefused(say("patrols-no-time", days=AHEAD.days), say("patrols-no-time-try"), "begins_at")
    for field, most in (("meets", MEETS), ("reminds", REMINDS)):
        words = str(getattr(walk, field))
        if not words:
            raise refusal(field, field)
        _refuse_long(words, most, field)
        if has_link(words):
            raise refusal("link", field)
    if planned >= MOST_ROUNDS:
        raise PatrolRefused(say("patrols-no-more-rounds", most=MOST_ROUNDS), say("patrols-no-more-rounds-try"))
    return walk.begins_at


def refusal(what: str, where: str = "") -> PatrolRefused:
    """The refusal of that name."""
    return PatrolRefused(say(f"patrols-no-{what}"), say(f"patrols-no-{what}-try"), where)


def _refuse_long(words: str, most: int, where: str) -> None:
    if len(words) > most:
        raise PatrolRefused(say("patrols-no-long", length=len(words), most=most), say("patrols-no-long-try"), where)
