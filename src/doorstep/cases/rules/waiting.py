"""A case that waits for a desk's answer is no less urgent: while nobody answers, the next level above is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from doorstep.cases.rules.clocks import Turn
from doorstep.cases.rules.ladder import Rung, Told
from doorstep.cases.rules.lifecycle import AT_WORK, ENDED, Move, State
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.cases.rules.unreasonable import WAITS as REVIEWED
from doorstep.catalogue.item import Limits, Urgency
from doorstep.core.time.working_days import Calendar

_TOLD: Final = {
    Answerer.COMMUNITY: (Rung.COMMUNITY, Rung.SUBDISTRICT, Rung.COMMAND),
    Answerer.SUBDISTRICT: (Rung.SUBDISTRICT, Rung.COMMAND),
    Answerer.COUNTY: (Rung.COMMAND,),
    Answerer.REPORTER: (),
}


def waits_for_a_desk(state: State, question: str) -> bool:
    """Whether nothing happens to the case before a desk answers; where somebody has it, that holder's clock runs.

    That two others look whether it is reasonable holds up nothing.
    """
    if not question or question in REVIEWED or state in AT_WORK or state in ENDED:
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
    return Told(above[0], _answered_by(since, urgency, limits, calendar))


def answer_by(
    question: str, put: datetime | None, urgency: str, *, limits: Limits, calendar: Calendar
) -> datetime | None:
    """Until when a desk owes its answer, whoever has the case meanwhile; None where a reporter is asked or nobody."""
    if not question or put is None or not _TOLD[Question(question).answered_by]:
        return None
    return _answered_by(put, urgency, limits, calendar)


def put_at(rows: Iterable[Any]) -> datetime | None:
    """When the question that a case waits with was put, from its rows, oldest first: by asking, by objecting, or by the
    first of two reviews."""
    put = [row.heard_at for row in rows if row.move in (Move.ASK, Move.DECLINE) or "review" in row.facts]
    return put[-1] if put else None


def _answered_by(since: datetime, urgency: str, limits: Limits, calendar: Calendar) -> datetime:
    return calendar.add(since, limits.unsigned[Urgency(urgency) if urgency else Urgency.ORDINARY]).at


def _asked_at(turns: Iterable[Turn]) -> datetime | None:
    """When the question was put, or when somebody was last told of it."""
    moments = [turn.at for turn in turns if turn.move in (Move.ASK, Move.PRESS) or turn.from_state != turn.to_state]
    return moments[-1] if moments else None


def told_of_holders(turns: Iterable[Turn]) -> int:
    """The highest rung that was told of a late holder; what it was told of a late answer says nothing of the next."""
    told = (turn.facts for turn in turns if turn.move == Move.PRESS)
    return max((Rung(facts["rung"]).rank for facts in told if "question" not in facts), default=0)
