"""How the clocks of one case stand: until when, whether it waits, who has been told and who will be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from doorstep.cases.queries import calendar, catalogue, clocks_of, level_of
from doorstep.cases.rules.clocks import Clocks, Turn
from doorstep.cases.rules.ladder import Rung, ladder, rung_of
from doorstep.cases.rules.lifecycle import Move, State
from doorstep.cases.rules.pausing import most_days
from doorstep.cases.rules.questions import Answerer, Question
from doorstep.cases.rules.waiting import answer_by, put_at
from doorstep.catalogue.item import PauseReason


class Step(NamedTuple):
    """One rung: when it was told, or will be if the case is not done by then."""

    rung: Rung
    at: datetime
    is_reached: bool


@dataclass(frozen=True)
class Standing:
    """The clocks of a case that somebody has, and the whole ladder under this holder."""

    clocks: Clocks
    reached: Rung | None
    ladder: tuple[Step, ...]
    most_days: dict[PauseReason, int]

    @property
    def is_provisional(self) -> bool:
        """Whether a holiday that is not yet announced may still move a date."""
        return self.clocks.is_provisional


def standing(case: Any, turns: Iterable[Turn], kind: str, *, at: datetime) -> Standing | None:
    """How it stands now; None where no clock runs. `kind` is that of the unit that holds it."""
    if case.state not in (State.DISPATCHED, State.TAKEN):
        return None
    rows, limits, known = list(turns), catalogue().limits, calendar(at)
    now = clocks_of(case, rows, known)
    if now is None or now.due is None:
        return None
    told = {row.facts["rung"]: row.at for row in rows if row.move == Move.PRESS}
    reached = [Step(rung, told[rung], True) for rung in Rung if rung in told and rung.rank <= case.rung]
    to_come = ladder(now, level_of(kind), reached=case.rung, limits=limits, calendar=known)
    return Standing(
        now,
        rung_of(case.rung),
        (*reached, *(Step(each.rung, max(each.at, at), False) for each in to_come)),
        {reason: most_days(reason, now, limits) for reason in PauseReason},
    )


class Owed(NamedTuple):
    """An answer that a desk owes: which desk, and until when."""

    who: Answerer
    by: datetime


def answer_owed(case: Any, life: Iterable[Any], *, at: datetime) -> Owed | None:
    """The answer that this case waits for; None where no desk is asked. `life` are its rows."""
    due = answer_due(case.question, put_at(life), case.urgency, at=at) if case.question else None
    return Owed(Question(case.question).answered_by, due) if due is not None else None


def answer_due(question: str, put: datetime | None, urgency: str, *, at: datetime) -> datetime | None:
    """Until when a question that was put at this moment is to be answered by its desk."""
    if not question:
        return None
    return answer_by(question, put, urgency, limits=catalogue().limits, calendar=calendar(at))
