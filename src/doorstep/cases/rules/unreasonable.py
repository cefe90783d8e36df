"""Is what somebody asks for unreasonable? One person proposes it, and two others look before it ends a case.

The three sit in different posts and are different people. The judgement is a fact of that one case: no rule reads it
for another, and nothing is counted by whoever asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.cases.rules.lifecycle import UNFINISHED, Move, State
from doorstep.cases.rules.questions import Question
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

SHORTEST_WHY: Final = 8
REVIEWS: Final = 2
WAITS: Final = (Question.UNREASONABLE, Question.UNREASONABLE_AGAIN)
"""The questions that the first and the second reviewer answer."""


GOES_ALONG: Final = frozenset({Move.LOCATE, Move.CLASSIFY, Move.DISPATCH, Move.TAKE, Move.RAISE})
"""Whoever has the case, and wherever it is sent: two others go on looking. Every other move that ends it says so."""


class Review(StrEnum):
    """What a reviewer says."""

    AGREES = "agrees"
    DISAGREES = "disagrees"


class ReviewRefused(Refusal):
    """Not now, not by these, not without a reason, or not a second time."""


class Person(NamedTuple):
    """Who acts: the post, and the people who hold it on that day."""

    post: int | None
    people: frozenset[int]

    def is_also(self, other: Person) -> bool:
        """Whether it could be the same person; without a post it could be anybody."""
        return self.post is None or other.post is None or self.post == other.post or bool(self.people & other.people)


def refuse_proposal(state: State, question: str, words: str, *, was_decided: bool) -> None:
    """Once a case, with a reason, while nothing else waits for an answer."""
    if state not in UNFINISHED - {State.DONE}:
        raise ReviewRefused(say("unreasonable-not-now"), say("unreasonable-not-now-try"))
    if was_decided:
        raise ReviewRefused(say("unreasonable-decided"), say("unreasonable-decided-try"))
    if question:
        raise ReviewRefused(say("unreasonable-question-first"), say("unreasonable-question-first-try"))
    refuse_without_why(words)


def refuse_without_why(words: str) -> None:
    """Whoever asked reads why."""
    if len(words.strip()) < SHORTEST_WHY:
        raise ReviewRefused(say("unreasonable-why"), say("unreasonable-why-try"), "words")


def review(answer: str, words: str, question: str, *, by: Person, before: Sequence[Person]) -> Review:
    """The answer of somebody who has not spoken on it yet; `before` are the proposer and the first reviewer."""
    if question not in WAITS:
        raise ReviewRefused(say("unreasonable-nothing"), say("unreasonable-nothing-try"))
    if answer not in list(Review):
        raise ReviewRefused(say("unreasonable-answer"), say("unreasonable-answer-try"), "review")
    if any(by.is_also(other) for other in before):
        raise ReviewRefused(say("unreasonable-same"), say("unreasonable-same-try"))
    refuse_without_why(words)
    return Review(answer)


def decides(facts: Mapping[str, object]) -> bool:
    """Whether a row decides it for good: one no, or the end."""
    return facts.get("review") == Review.DISAGREES or facts.get("outcome") == "unreasonable"


def may_review(question: str, *, by: Person, before: Sequence[Person]) -> bool:
    """Whether somebody is offered to review."""
    return question in WAITS and not any(by.is_also(other) for other in before)


def question_after(was: str, move: Move, now: str) -> str:
    """What the case waits with after a move that leaves it with the question `now`: an open review goes along."""
    return was if not now and was in WAITS and move in GOES_ALONG else now


def is_ended_by_the_way(was: str, now: str, facts: Mapping[str, object]) -> bool:
    """Whether a move that is no review ends one; its row says so, and it may be proposed anew."""
    return was in WAITS and now not in WAITS and "review" not in facts


def ends_it(agreed_before: int) -> bool:
    """Whether one more yes is the second."""
    return agreed_before + 1 >= REVIEWS
