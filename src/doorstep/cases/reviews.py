"""What the ledger says of a proposal that a case is unreasonable: who made it, who has looked, what is decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from doorstep.cases.models import Event
from doorstep.cases.rules.close import Outcome
from doorstep.cases.rules.lifecycle import Move
from doorstep.cases.rules.questions import Question
from doorstep.cases.rules.unreasonable import Person, Review
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.crypto import mark
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import holders_of, person_of


@dataclass(frozen=True)
class Proposal:
    """The last proposal: who has spoken on it, the proposer first; how many agreed. `was_decided` holds for good.

    `seq` is the row that made it; the database takes a second word of one person on it from nobody.
    """

    seq: int = 0
    spoke: tuple[Person, ...] = ()
    agreed: int = 0
    was_decided: bool = False


def proposal_in(case: int) -> Proposal:
    """As the ledger tells it; runs as the machine, which alone may see who holds a post."""
    with acting_as(WORKER):
        rows = Event.objects.filter(case=case, move__in=[Move.ASK, Move.NOTE, Move.CLOSE]).order_by("seq")
        return _told(rows.values_list("seq", "move", "facts", "by_post", "heard_at"))


def person_in(post: int | None, day: date) -> Person:
    """A post, and who holds it on that day."""
    with acting_as(WORKER):
        return _person(post, day)


def mark_of(case: int, by: Actor, day: date) -> str:
    """By which the database knows who has spoken on this case; who it is cannot be read from it."""
    with acting_as(WORKER):
        person = person_of(by.account) if by.account is not None else None
        if person is None:
            people = holders_of(by.post, day) if by.post is not None else frozenset()
            person = next(iter(people)) if len(people) == 1 else None
    return mark(f"review of {case}", f"person {person}" if person is not None else f"post {by.post}")


def _told(rows: Sequence[Any] | Any) -> Proposal:
    spoke: list[Person] = []
    agreed, was_decided, made = 0, False, 0
    for seq, move, facts, post, heard_at in rows:
        if move == Move.ASK and facts.get("question") == Question.UNREASONABLE:
            made, spoke, agreed = seq, [_person(post, local_date(heard_at))], 0
        elif "review" in facts and move == Move.NOTE:
            was_decided = was_decided or facts["review"] == Review.DISAGREES
            agreed += 1
            spoke.append(_person(post, local_date(heard_at)))
        elif move == Move.CLOSE and facts.get("outcome") == Outcome.UNREASONABLE:
            was_decided = True
    return Proposal(made, tuple(spoke), agreed, was_decided)


def _person(post: int | None, day: date) -> Person:
    return Person(post, holders_of(post, day) if post is not None else frozenset())
