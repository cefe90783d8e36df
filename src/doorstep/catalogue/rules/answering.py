"""What was answered to an item's questions: read in their order, each only where the answers before it ask for it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from doorstep.catalogue.item import AnswerKind, Item, Question
from doorstep.core.refusals import Refusal
from doorstep.core.text import Message, say, text

LONGEST_ANSWER: Final = 200
YES_OR_NO: Final = ("yes", "no")


class AnswerRefused(Refusal):
    """Not an answer to this question, or no answer where one is needed."""


@dataclass(frozen=True)
class Answers:
    """What was answered, and the ids of the questions that are settled by it: answered, or out of place."""

    given: tuple[tuple[Question, str], ...]
    settled: tuple[str, ...]

    def as_words(self, lang: str) -> str:
        """A line for each answer, as the case keeps it."""
        return "\n".join(text(_line(question, value, lang), lang) for question, value in self.given)


def still_asked(item: Item | None, settled: Collection[str]) -> tuple[Question, ...]:
    """The questions of an item that nobody has settled yet."""
    return tuple(each for each in item.questions if each.id not in settled) if item is not None else ()


def read_answers(questions: Sequence[Question], written: Mapping[str, str], lang: str) -> Answers:
    """The answers among `written`, by the ids of these questions; what does not fit is refused by its question.

    A question that is still there although the one it depends on is not was in place when that was answered.
    """
    asked = {each.id for each in questions}
    given: dict[str, tuple[Question, str]] = {}
    settled: list[str] = []
    for each in questions:
        if each.only_if is not None and each.only_if.question in asked:
            before = given.get(each.only_if.question)
            if before is None:
                # Nobody has said yet whether it is in place; a question out of place below it is so too.
                if each.only_if.question in settled:
                    settled.append(each.id)
                continue
            if before[1] not in each.only_if.answers:
                settled.append(each.id)
                continue
        value = " ".join(written.get(each.id, "").split())
        if value:
            _refuse_unfit(each, value, lang)
            given[each.id] = (each, value)
            settled.append(each.id)
        elif each.required:
            raise AnswerRefused(
                say("answers-required", question=each.ask.said(lang)), say("answers-required-try"), _field(each)
            )
    if not given:
        raise AnswerRefused(say("answers-none"), say("answers-none-try"))
    return Answers(tuple(given.values()), tuple(settled))


def _refuse_unfit(question: Question, value: str, lang: str) -> None:
    if not _fits(question, value):
        most = {"most": LONGEST_ANSWER} if question.kind is AnswerKind.TEXT else {}
        no = say(f"answers-no-{question.kind}", question=question.ask.said(lang), **most)
        raise AnswerRefused(no, say("answers-unfit-try"), _field(question))


def _fits(question: Question, value: str) -> bool:
    match question.kind:
        case AnswerKind.CHOICE:
            return value in dict(question.options)
        case AnswerKind.YES_NO:
            return value in YES_OR_NO
        case AnswerKind.NUMBER:
            return _is_number(value)
        case AnswerKind.DATE:
            return _is_day(value)
    return len(value) <= LONGEST_ANSWER


def _is_number(value: str) -> bool:
    try:
        return len(value) <= 20 and math.isfinite(float(value))
    except ValueError:
        return False


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _field(question: Question) -> str:
    return f"answer_{question.id}"


def _line(question: Question, value: str, lang: str) -> Message:
    if question.kind is AnswerKind.CHOICE:
        value = dict(question.options)[value].said(lang)
    if question.kind is AnswerKind.YES_NO:
        value = text(say(f"answers-{value}"), lang)
    return say("answers-line", question=question.ask.said(lang).rstrip("?？ "), answer=value)
