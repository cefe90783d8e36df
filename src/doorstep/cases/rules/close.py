"""How does the case end? Solved, explained and out of scope are three results, and none stands for another."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from doorstep.cases.rules.verify import Verdict
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say

SHORTEST_EXPLANATION = 8


class Outcome(StrEnum):
    """What whoever acted says came of it, and what the case ends as."""

    SOLVED = "solved"
    EXPLAINED = "explained"
    OUT_OF_SCOPE = "out-of-scope"
    # Only after two others than whoever proposed it have looked: `rules/unreasonable.py`.
    UNREASONABLE = "unreasonable"


class CloseRefused(Refusal):
    pass


class Closed(NamedTuple):
    """How it ends; `verdict` is None where no work was done. Silence is a verdict of its own, never a yes."""

    outcome: Outcome
    verdict: Verdict | None
    because: Message

    @property
    def is_confirmed(self) -> bool:
        return self.verdict is Verdict.CONFIRMED


def outcome_named(name: str) -> Outcome:
    """The outcome that somebody chose; nobody alone chooses that something is unreasonable."""
    if name == Outcome.UNREASONABLE:
        raise CloseRefused(say("unreasonable-not-alone"), say("unreasonable-not-alone-try"), "outcome")
    if name not in list(Outcome):
        raise CloseRefused(say("cases-outcome-unknown"), say("cases-outcome-unknown-try"), "outcome")
    return Outcome(name)


def refuse_without_explanation(outcome: Outcome, words: str) -> None:
    """What is not solved is explained in words that the resident can use."""
    if outcome is not Outcome.SOLVED and len(words.strip()) < SHORTEST_EXPLANATION:
        raise CloseRefused(say("cases-close-without-words"), say("cases-close-without-words-try"), "words")


def close(outcome: Outcome, verdict: Verdict | None, explanation: str = "") -> Closed:
    """The end of the case; `verdict` is None when a desk ends it without any work having been done.

    Without work nothing is solved, and what is not solved is explained in words the resident can use.
    """
    if verdict is Verdict.NOT_SOLVED:
        raise CloseRefused(say("cases-close-not-solved"), try_this=say("cases-close-not-solved-try"))
    if outcome is Outcome.SOLVED and verdict not in SOLVED:
        raise CloseRefused(say("cases-close-nothing-done"), try_this=say("cases-close-nothing-done-try"))
    refuse_without_explanation(outcome, explanation)
    if outcome is Outcome.SOLVED:
        return Closed(outcome, verdict, say(SOLVED[verdict]))
    return Closed(outcome, verdict, say(f"cases-close-{outcome}"))


SOLVED: Final[Mapping[Verdict | None, str]] = {
    Verdict.CONFIRMED: "cases-close-solved",
    Verdict.SEEN_BY_STAFF: "cases-close-solved-seen",
    Verdict.UNHEARD: "cases-close-solved-unheard",
}
"""Who says that it is solved: the reporter, somebody else who went to look, or the holder alone."""
