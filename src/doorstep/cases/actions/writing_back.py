"""A reporter answers a letter or a text message: the words reach the case, and nobody's address reaches anybody.

While the case is open they are a note. While it can still be opened again, the desk is asked to look; nothing is opened
by a "thank you".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from doorstep.cases.actions import act, ledger
from doorstep.cases.actions.ledger import Entry
from doorstep.cases.actions.photos import Picture
from doorstep.cases.models import Case, Event
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.lifecycle import By, Move, State
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.reopen import reopen_by
from doorstep.cases.rules.writing_back import refuse_too_often
from doorstep.core.access import WORKER, acting_as, follower_of
from doorstep.core.ids import CaseId
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

AN_HOUR: Final = timedelta(hours=1)


class TooLate(Refusal):
    """The case is over for good; the words can become a case of their own."""


def write_back(
    case: CaseId, words: str, *, at: datetime, key: UUID | None = None, pictures: Sequence[Picture] = ()
) -> Entry | None:
    """The words as the reporter's note; None when they arrived before."""
    reporter = follower_of(case)
    with acting_as(reporter):
        before = ledger.find(case)
        closed = before.state == State.CLOSED
        if closed and (before.ended_at is None or at > reopen_by(before.ended_at, catalogue().limits)):
            raise TooLate(say("cases-reopen-too-late", days=catalogue().limits.reopen_days))
        refuse_too_often(_added_since(case, at - AN_HOUR))
        entry = act.note(case, words, by=reporter, at=at, key=key, pictures=pictures)
    if entry is not None and closed and not before.question:
        _ask_the_desk(case, at=at)
    return entry


def _added_since(case: CaseId, since: datetime) -> int:
    """How many notes the reporter added."""
    return Event.objects.filter(case=case, move=Move.NOTE, by_hat=By.REPORTER, heard_at__gt=since).count()


def _ask_the_desk(case: CaseId, *, at: datetime) -> None:
    with acting_as(WORKER):
        asked = ledger.held(Case.objects.get(pk=case), WORKER)
        asked.ask(Question.REPORTER_WROTE, at=at)
        ledger.write([asked], by=WORKER)
