"""The only way to an actor: `acting_as` opens the transaction and tells the database who is asking."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError, connection, transaction

from doorstep.core.access.roles import SCOPES, Role


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: a role, and where it ends.

    `org` is the area of a desk or grid, or the unit of a department; `case` is the one case of a follower
    or of an outside handler, who came by `link`; `file` is the one mediation of a party, whose number `link` is then.
    `post` and `account` say which seat and which sign-in; the ledger keeps the seat, never the person.
    """

    role: Role
    org: int | None = None
    unit: int | None = None
    case: int | None = None
    post: int | None = None
    account: int | None = None
    session: int | None = None
    link: int | None = None
    file: int | None = None
    name: str = ""
    second_factor: bool = False


ANONYMOUS = Actor(Role.ANONYMOUS)
WORKER = Actor(Role.WORKER)
GATE = Actor(Role.GATE)

_acting: ContextVar[Actor | None] = ContextVar("acting", default=None)


def follower_of(case: int) -> Actor:
    """Whoever holds the link of one case."""
    return Actor(Role.FOLLOWER, case=case)


def outside_handler(case: int, *, unit: int, link: int) -> Actor:
    """Whoever was sent by a unit without accounts, and holds a link to one case of it."""
    return Actor(Role.OUTSIDE, unit=unit, case=case, link=link)


def party_to(file: int, *, party: int) -> Actor:
    """One party to one mediation, who came by a link of their own."""
    return Actor(Role.PARTY, file=file, link=party)


def current_actor() -> Actor | None:
    """Who the database believes is asking, inside `acting_as`; None outside."""
    return _acting.get()


@contextmanager
def acting_as(actor: Actor, *, because: str = "") -> Iterator[Actor]:
    """Run one transaction as this actor.

    The role and its bounds are set with the transaction and end with it. Inside another `acting_as` the
    outer role comes back at the end. `because` is kept for reads that the audit asks about.
    """
    outer = _acting.get()
    with _opened(actor, because):
        token = _acting.set(actor)
        try:
            yield actor
        finally:
            _acting.reset(token)
            if outer is not None and not connection.needs_rollback:
                _tell(outer, "")


def become(actor: Actor) -> None:
    """Go on in the same transaction as somebody else: the gate has found out who is at the door."""
    if not connection.in_atomic_block:
        raise RuntimeError("Nobody becomes anybody outside acting_as.")
    _tell(actor, "")
    _acting.set(actor)


@contextmanager
def _opened(actor: Actor, because: str) -> Iterator[None]:
    if connection.in_atomic_block:
        _tell(actor, because)
        yield
        return
    with _fresh_transaction(actor, because):
        yield


@contextmanager
def _fresh_transaction(actor: Actor, because: str) -> Iterator[None]:
    # A server that was killed leaves dead connections behind; the first statement finds out, before any work.
    try:
        atomic = transaction.atomic()
        atomic.__enter__()
        _tell(actor, because)
    except (OperationalError, InterfaceError):
        with _swallowed():
            atomic.__exit__(OperationalError, OperationalError(), None)
        connection.close()
        atomic = transaction.atomic()
        atomic.__enter__()
        _tell(actor, because)
    try:
        yield
    except BaseException as error:
        atomic.__exit__(type(error), error, error.__traceback__)
        raise
    else:
        atomic.__exit__(None, None, None)


@contextmanager
def _swallowed() -> Iterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError):
        connection.needs_rollback = False


def _tell(actor: Actor, because: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, true), set_config('app.org', %s, true), set_config('app.case', %s, true),"
            " set_config('app.unit', %s, true), set_config('app.because', %s, true), set_config('app.file', %s, true),"
            " set_config('app.link', %s, true), set_config('app.account', %s, true)",
            [
                SCOPES[actor.role].database_role,
                _text(actor.org),
                _text(actor.case),
                _text(actor.unit),
                because,
                _text(actor.file),
                _text(actor.link),
                _text(actor.account),
            ],
        )


def _text(number: int | None) -> str:
    # Minus one names nobody: an unset bound must match no row, and the cast to a number must not fail.
    return "-1" if number is None else str(number)
