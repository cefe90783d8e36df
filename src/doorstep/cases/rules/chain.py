"""Is a ledger as it was written? Each row's hash covers the row and the hash of the row before.

`line` builds the very text that the database hashes when a row is written (`cases_event_line` in the migrations), so
that whoever holds a copy of the rows can check them without believing the database.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

from doorstep.cases.rules.lifecycle import State

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Link(NamedTuple):
    """One row of the ledger; `facts` in the very letters in which the database shows them (`facts::text`)."""

    case: int
    seq: int
    move: str
    from_state: str
    to_state: str
    happened_at: datetime
    heard_at: datetime
    by_hat: str
    by_post: int | None
    by_unit: int | None
    facts: str
    said_hash: bytes | None
    prev_hash: bytes | None
    hash: bytes


class Fault(StrEnum):
    """What can be wrong with a row of the ledger."""

    CHANGED = "changed"
    CUT = "cut"
    SKIPPED = "skipped"
    LEAPT = "leapt"


class Found(NamedTuple):
    """A fault, and the row at which it shows."""

    case: int
    seq: int
    fault: Fault


def line(link: Link) -> str:
    """The text that is hashed."""
    parts = (
        link.case,
        link.seq,
        link.move,
        link.from_state,
        link.to_state,
        _microseconds(link.happened_at),
        _microseconds(link.heard_at),
        link.by_hat,
        link.by_post or 0,
        link.by_unit or 0,
        link.facts,
        (link.said_hash or b"").hex(),
        (link.prev_hash or b"").hex(),
    )
    return "|".join(map(str, parts))


def digest(link: Link) -> bytes:
    """SHA-256 of the line: what the row's own hash has to be."""
    return sha256(line(link).encode()).digest()


def faults(links: Iterable[Link]) -> Iterator[Found]:
    """What is wrong with the lives of some cases, whose rows come in the order of case and number."""
    before: Link | None = None
    for link in links:
        yield from _faults_of(link, before if before is not None and before.case == link.case else None)
        before = link


def first_break(links: Iterable[Link]) -> int | None:
    """The number of the first row with a fault; None when the ledger is whole."""
    return next((found.seq for found in faults(links)), None)


def _faults_of(link: Link, before: Link | None) -> Iterator[Found]:
    if link.hash != digest(link):
        yield Found(link.case, link.seq, Fault.CHANGED)
    if link.seq != (before.seq + 1 if before else 1):
        yield Found(link.case, link.seq, Fault.SKIPPED)
    elif link.prev_hash != (before.hash if before else None):
        yield Found(link.case, link.seq, Fault.CUT)
    if link.from_state != (before.to_state if before else State.NEW):
        yield Found(link.case, link.seq, Fault.LEAPT)


def _microseconds(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)
