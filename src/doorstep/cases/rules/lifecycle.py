"""Every move of a case: from where, to where, and who may.

From this one table come the permissions, the buttons, the rows of the database's own copy, the diagram in the
documentation, and the copy in the field page. A case's state is the last step that finished.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """The last step that finished."""

    NEW = "new"
    REPORTED = "reported"
    LOCATED = "located"
    CLASSIFIED = "classified"
    DISPATCHED = "dispatched"
    TAKEN = "taken"
    DONE = "done"
    VERIFIED = "verified"
    CLOSED = "closed"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


class Move(StrEnum):
    """One step of a case."""

    REPORT = "report"
    LOCATE = "locate"
    CLASSIFY = "classify"
    DISPATCH = "dispatch"
    TAKE = "take"
    DECLINE = "decline"
    RAISE = "raise"
    NOTE = "note"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    PRESS = "press"
    DO = "do"
    REDO = "redo"
    VERIFY = "verify"
    CLOSE = "close"
    REOPEN = "reopen"
    MERGE = "merge"
    UNMERGE = "unmerge"
    WITHDRAW = "withdraw"
    ASK = "ask"
    ERASE = "erase"


class By(StrEnum):
    """Who may make a move, seen from the case."""

    ANYONE = "anyone"
    MACHINE = "machine"
    REPORTER = "reporter"
    HOLDER = "holder"
    DESK = "desk"


@dataclass(frozen=True)
class Rule:
    """One line of the table: this move leads from each of these states to that one (None: the state stays)."""

    move: Move
    origins: frozenset[State]
    to: State | None
    by: frozenset[By]
    text_required: bool = False
    is_offered: bool = True
    """False where it is made on the way of something else, and stands on no button."""


S, M = State, Move

UNFINISHED = frozenset({S.REPORTED, S.LOCATED, S.CLASSIFIED, S.DISPATCHED, S.TAKEN, S.DONE})
"""States in which somebody still owes the resident something."""

ENDED = frozenset({S.CLOSED, S.MERGED, S.WITHDRAWN})

AT_WORK = frozenset({S.DISPATCHED, S.TAKEN})

BEFORE_WORK = frozenset({S.REPORTED, S.LOCATED, S.CLASSIFIED, S.DISPATCHED})


def _rule(
    move: Move, origins: frozenset[State] | State, to: State | None, *by: By, text: bool = False, offered: bool = True
) -> Rule:
    these = origins if isinstance(origins, frozenset) else frozenset({origins})
    return Rule(move, these, to, frozenset(by), text, offered)


TABLE: tuple[Rule, ...] = (
    _rule(M.REPORT, S.NEW, S.REPORTED, By.ANYONE),
    _rule(M.LOCATE, S.REPORTED, S.LOCATED, By.MACHINE, By.DESK),
    # A desk that corrects the place, the class or the unit sends the case on from there again.
    _rule(M.LOCATE, BEFORE_WORK - {S.REPORTED}, S.LOCATED, By.DESK),
    _rule(M.CLASSIFY, S.LOCATED, S.CLASSIFIED, By.MACHINE, By.DESK),
    _rule(M.CLASSIFY, frozenset({S.CLASSIFIED, S.DISPATCHED}), S.CLASSIFIED, By.DESK),
    _rule(M.DISPATCH, S.CLASSIFIED, S.DISPATCHED, By.MACHINE, By.DESK),
    _rule(M.DISPATCH, frozenset({S.DISPATCHED, S.TAKEN}), S.DISPATCHED, By.DESK),
    # The machine takes what nobody has signed for in time.
    _rule(M.TAKE, S.DISPATCHED, S.TAKEN, By.HOLDER, By.MACHINE),
    # An objection: the holder keeps the case, and every clock runs, until a desk has decided.
    _rule(M.DECLINE, AT_WORK, None, By.HOLDER, text=True),
    # What could not be solved here goes to the level above, with why.
    _rule(M.RAISE, AT_WORK, S.CLASSIFIED, By.HOLDER, text=True),
    _rule(M.NOTE, UNFINISHED | {S.VERIFIED}, None, By.HOLDER, By.DESK, By.REPORTER, By.MACHINE, text=True),
    _rule(M.PAUSE, S.TAKEN, None, By.HOLDER),
    _rule(M.RESUME, S.TAKEN, None, By.HOLDER, By.DESK, By.MACHINE),
    _rule(M.EXTEND, S.TAKEN, None, By.DESK),
    # Whoever has the case, or owes an answer that it waits for.
    _rule(M.PRESS, UNFINISHED, None, By.MACHINE),
    _rule(M.DO, AT_WORK, S.DONE, By.HOLDER, text=True),
    # All who were called have done their part.
    _rule(M.DO, AT_WORK, S.DONE, By.MACHINE),
    _rule(M.REDO, S.DONE, S.TAKEN, By.REPORTER, By.DESK, text=True),
    _rule(M.VERIFY, S.DONE, S.VERIFIED, By.REPORTER, By.DESK, By.MACHINE),
    _rule(M.CLOSE, S.VERIFIED, S.CLOSED, By.MACHINE, By.DESK),
    # Asked a working day after the end, the reporter says that it held.
    _rule(M.VERIFY, S.CLOSED, None, By.REPORTER, offered=False),
    # Explained, out of scope, or belonging to another channel: the desk says so and why.
    _rule(M.CLOSE, UNFINISHED, S.CLOSED, By.DESK, text=True),
    _rule(M.REOPEN, S.CLOSED, S.CLASSIFIED, By.REPORTER, By.DESK, text=True),
    _rule(M.MERGE, BEFORE_WORK | {S.TAKEN}, S.MERGED, By.DESK),
    # Whoever was shown an open case joins it with the report itself: the report is a voice from its second row on.
    _rule(M.MERGE, S.REPORTED, S.MERGED, By.REPORTER, offered=False),
    # Back to the step where it stood; whoever had it is found anew, and the promise is the first one.
    _rule(M.UNMERGE, S.MERGED, S.REPORTED, By.DESK),
    _rule(M.UNMERGE, S.MERGED, S.LOCATED, By.DESK),
    _rule(M.UNMERGE, S.MERGED, S.CLASSIFIED, By.DESK),
    _rule(M.WITHDRAW, (UNFINISHED - {S.DONE}) | {S.MERGED}, S.WITHDRAWN, By.REPORTER),
    # A part ends with the case that it belongs to.
    _rule(M.WITHDRAW, UNFINISHED | {S.VERIFIED}, S.WITHDRAWN, By.MACHINE),
    # A voice says more, or that it is not solved; then the case that it joined is asked about though it is closed.
    _rule(M.NOTE, S.MERGED, None, By.REPORTER, text=True),
    _rule(M.ASK, S.CLOSED, None, By.MACHINE),
    _rule(M.NOTE, S.CLOSED, None, By.DESK, text=True),
    # The reporter answers a letter after the end; the page offers to open it again instead.
    _rule(M.NOTE, S.CLOSED, None, By.REPORTER, text=True, offered=False),
    # More time is asked for by whoever needs it.
    _rule(M.ASK, S.TAKEN, None, By.HOLDER, text=True),
    _rule(M.ASK, UNFINISHED, None, By.MACHINE, By.DESK),
    # Words, pictures and place go; the row that says so, and the hash of what went, stay.
    _rule(M.ERASE, frozenset(S) - {S.NEW}, None, By.REPORTER, By.MACHINE, offered=False),
)


def transitions() -> Iterator[tuple[Move, State, State, By]]:
    """Every legal (move, from, to, by): the rows of the database's own copy, each once."""
    rows = ((rule.move, origin, rule.to or origin, by) for rule in TABLE for origin in rule.origins for by in rule.by)
    yield from sorted(set(rows))


def rule_for(move: Move, origin: State, hats: frozenset[By], to: State | None = None) -> Rule | None:
    """The line that lets somebody wearing these hats make this move from this state, or None.

    `to` chooses where the move leads to several states; without it the first line counts.
    """
    for rule in TABLE:
        if rule.move is move and origin in rule.origins and rule.by & hats and to in (None, rule.to):
            return rule
    return None


def who_may(move: Move, origin: State) -> frozenset[By]:
    """Everyone who may make this move from this state; empty when nobody may."""
    return frozenset(by for rule in TABLE if rule.move is move and origin in rule.origins for by in rule.by)


def moves_from(origin: State, hats: frozenset[By]) -> tuple[Move, ...]:
    """What can be done now by somebody wearing these hats, in the order of the table."""
    rules = (rule for rule in TABLE if rule.is_offered and origin in rule.origins and rule.by & hats)
    return tuple(dict.fromkeys(rule.move for rule in rules))
