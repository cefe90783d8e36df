"""Every move of a mediation: from where, to where, and who may. Whoever is not named here may not.

After 人民调解法 (the People's Mediation Law): nobody is made to come, nobody pays, everybody may stop at any time
before the agreement is signed by all, and no way to court is closed by any of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from doorstep.core.refusals import Refusal
from doorstep.core.text import say


class State(StrEnum):
    """Where a mediation stands."""

    NEW = "new"
    ASKED = "asked"
    RUNNING = "running"
    SIGNING = "signing"
    AGREED = "agreed"
    SETTLED = "settled"
    FAILED = "failed"
    STOPPED = "stopped"
    MISTAKEN = "mistaken"


class Move(StrEnum):
    """What can happen to it."""

    REQUEST = "request"
    JOIN = "join"
    PROPOSE = "propose"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONSENT = "consent"
    OBJECT = "object"
    BEGIN = "begin"
    MEET = "meet"
    SHIFT = "shift"
    CANCEL = "cancel"
    RECORD = "record"
    DRAW_UP = "draw_up"
    SIGN = "sign"
    SEAL = "seal"
    FOLLOW = "follow"
    SETTLE = "settle"
    FAIL = "fail"
    WITHDRAW = "withdraw"
    TAKE_BACK = "take_back"
    LINK = "link"
    ERASE = "erase"


class By(StrEnum):
    """Who makes a move, seen from the mediation."""

    PARTY = "party"
    DESK = "desk"
    MEDIATOR = "mediator"
    MACHINE = "machine"


@dataclass(frozen=True)
class Rule:
    """This move leads from each of these states to that one (None: the state stays)."""

    move: Move
    origins: frozenset[State]
    to: State | None
    by: frozenset[By]


OPEN: Final = frozenset({State.ASKED, State.RUNNING, State.SIGNING})
"""Nothing is agreed yet, and each party may stop it."""
OVER: Final = frozenset({State.SETTLED, State.FAILED, State.STOPPED, State.MISTAKEN})
TALKING: Final = frozenset({State.RUNNING, State.SIGNING})


def _rule(move: Move, origins: frozenset[State] | State, to: State | None, *by: By) -> Rule:
    return Rule(move, origins if isinstance(origins, frozenset) else frozenset({origins}), to, frozenset(by))


S, M = State, Move
TABLE: Final[tuple[Rule, ...]] = (
    _rule(M.REQUEST, S.NEW, S.ASKED, By.PARTY, By.DESK),
    _rule(M.JOIN, S.ASKED, None, By.DESK),
    # Another mediator, whoever did not want this one or when this one has left: all are asked anew.
    _rule(M.PROPOSE, OPEN, S.ASKED, By.DESK),
    _rule(M.ACCEPT, S.ASKED, None, By.MEDIATOR),
    # Also when a tie to a party is found out later.
    _rule(M.DECLINE, OPEN, S.ASKED, By.MEDIATOR),
    _rule(M.CONSENT, S.ASKED, None, By.PARTY),
    _rule(M.OBJECT, OPEN, S.ASKED, By.PARTY),
    _rule(M.BEGIN, S.ASKED, S.RUNNING, By.MACHINE),
    _rule(M.MEET, TALKING, None, By.MEDIATOR),
    _rule(M.SHIFT, TALKING, None, By.MEDIATOR),
    _rule(M.CANCEL, TALKING, None, By.MEDIATOR),
    _rule(M.RECORD, TALKING, None, By.MEDIATOR),
    # A text drawn up again makes every signature under the one before worthless.
    _rule(M.DRAW_UP, TALKING, S.SIGNING, By.MEDIATOR),
    _rule(M.SIGN, S.SIGNING, None, By.PARTY, By.MEDIATOR),
    _rule(M.SEAL, S.SIGNING, S.AGREED, By.MACHINE),
    _rule(M.FOLLOW, frozenset({S.AGREED, S.SETTLED}), None, By.PARTY, By.MACHINE),
    _rule(M.SETTLE, S.AGREED, S.SETTLED, By.MACHINE),
    _rule(M.FAIL, TALKING, S.FAILED, By.MEDIATOR),
    _rule(M.WITHDRAW, OPEN, S.STOPPED, By.PARTY),
    # Entered by mistake; nobody has said yes yet.
    _rule(M.TAKE_BACK, S.ASKED, S.MISTAKEN, By.DESK),
    _rule(M.LINK, frozenset(S) - {S.NEW, S.MISTAKEN}, None, By.DESK, By.MEDIATOR),
    _rule(M.ERASE, frozenset(S) - {S.NEW}, None, By.PARTY, By.MACHINE),
)


class MoveRefused(Refusal):
    """Not now, or not by you."""


class NotYours(Refusal):
    """Somebody else does that."""

    status = 403


def moved(move: Move, origin: State, by: By) -> State:
    """Where the move leads; refused where the table knows no such line."""
    for rule in TABLE:
        if rule.move is move and origin in rule.origins and by in rule.by:
            return rule.to or origin
    if not any(rule.move is move and by in rule.by for rule in TABLE):
        raise NotYours(say("mediation-not-yours"), say("mediation-not-yours-try"))
    if origin in OVER:
        raise MoveRefused(say("mediation-over", state=say(f"mediation-state-{origin}")), say("mediation-over-try"))
    raise MoveRefused(say("mediation-not-now", state=say(f"mediation-state-{origin}")), say("mediation-not-now-try"))


def may(move: Move, origin: State, by: By) -> bool:
    """Whether the table has such a line."""
    return any(rule.move is move and origin in rule.origins and by in rule.by for rule in TABLE)
