"""How often a reporter adds something: whoever writes without end would bury the case, and whoever has to read it."""

from __future__ import annotations

from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say

MOST_AN_HOUR: Final = 20


class TooOften(Refusal):
    """So many notes to one case that nobody can read them; answered as 429."""

    status = 429


def refuse_too_often(within_an_hour: int) -> None:
    """`within_an_hour` counts the notes that the reporter added to this case in the last hour."""
    if within_an_hour >= MOST_AN_HOUR:
        raise TooOften(say("cases-note-too-often", most=MOST_AN_HOUR), say("cases-note-too-often-try"))
