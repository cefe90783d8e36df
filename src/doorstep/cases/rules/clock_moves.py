"""Which of the moves that concern clocks make sense now: nobody is offered to resume what runs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from doorstep.cases.rules.clocks import Clocks
from doorstep.cases.rules.extending import may_grant
from doorstep.cases.rules.lifecycle import By, Move
from doorstep.cases.rules.questions import Question


def sensible(moves: Iterable[Move], *, is_paused: bool, question: str) -> tuple[Move, ...]:
    """Those of the moves that somebody could make now, whoever it is."""
    without = {Move.PRESS, Move.PAUSE if is_paused else Move.RESUME}
    if not asks_for_time(question):
        without.add(Move.EXTEND)
    return tuple(move for move in moves if move not in without)


def offered(
    moves: Iterable[Move], now: Clocks | None, *, hats: frozenset[By], role: str, question: str, at: datetime
) -> tuple[Move, ...]:
    """The moves that stand on somebody's buttons; the holder's question for more time is one of them."""
    is_paused = now is not None and now.paused is not None
    without = set()
    if not may_grant(role, question):
        without.add(Move.EXTEND)
    if now is None or now.due is None or at >= now.due.at:
        without.add(Move.PAUSE)
    if not may_ask(now, hats=hats, question=question, at=at):
        without.add(Move.ASK)
    return tuple(move for move in sensible(moves, is_paused=is_paused, question=question) if move not in without)


def may_ask(now: Clocks | None, *, hats: frozenset[By], question: str, at: datetime) -> bool:
    """Whether the holder may ask for more time: once, before the promise is broken, and not while something waits."""
    if now is None or By.HOLDER not in hats or question:
        return False
    return not now.days_extended and at < now.promised.finish


def asks_for_time(question: str) -> bool:
    """Whether the case waits for an answer about more time."""
    return question.startswith(Question.MORE_TIME)
