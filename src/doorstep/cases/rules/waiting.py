"""A case that waits for a desk's answer is no less urgent: while nobody answers, the next level above is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from doorstep.cases.rules.clocks import Turn
from doorstep.cases.rules.ladder import Rung, Told
from doorstep.cases.rules.lifecycle import AT_WORK, ENDED, Move, State
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.catalogue.item import Limits, Urgency
from doorstep.core.time.working_days import Calendar

_TOLD: Final = {
    Answerer.COMMUNITY: (Rung.COMMUNITY, Rung.SUBDISTRICT, Rung.COMMAND),
    Answerer.SUBDISTRICT: (Rung.SUBDISTRICT, Rung.COMMAND),
    Answerer.COUNTY: (Rung.COMMAND,),
    Answerer.REPORTER: (),
}


def waits_for_a_desk(state: State, question: str) -> bool:
    """Whether nothing happens to the case before a desk answers; where somebody has it, that holder's clock runs."""
    if not question or state in AT_WORK or state in ENDED:
        return False
    return bool(_TOLD[Question(question).answered_by])


def next_told(
    turns: Iterable[Turn], question: str, urgency: str, *, reached: int, limits: Limits, calendar: Calendar
) -> Told | None:
    """Who is told next that an answer is missing, and when; None when the highest level has been told.

    A desk has as long to answer as a holder to sign for a case of this urgency; then each level above as long again.
    """
    since = _asked_at(turns)
    above = [rung for rung in _TOLD[Question(question).answered_by] if rung.rank > reached]
    if since is None or not above:
        return None
    limit = limits.unsigned[Urgency(urgency) if urgency else Urgency.ORDINARY]
    return Told(above[0], calendar.add(since, limit).at)


def _asked_at(turns: Iterable[Turn]) -> datetime | None:
    """When the question was put, or when somebody was last told of it."""
    moments = [turn.at for turn in turns if turn.move in (Move.ASK, Move.PRESS) or turn.from_state != turn.to_state]
    return moments[-1] if moments else None


def told_of_holders(turns: Iterable[Turn]) -> int:
    """The highest rung that was told of a late holder; what it was told of a late answer says nothing of the next."""
    told = (turn.facts for turn in turns if turn.move == Move.PRESS)
    return max((Rung(facts["rung"]).rank for facts in told if "question" not in facts), default=0)
