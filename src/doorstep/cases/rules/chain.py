"""Is a case's ledger as it was written? Each row's hash covers the row and the hash of the row before."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


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


def line(link: Link) -> str:
    """The text that is hashed: the same as the database's own `cases_event_line`."""
    parts = [
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
    ]
    return "|".join(map(str, parts))


def first_break(links: Sequence[Link]) -> int | None:
    """The number at which one case's ledger, in order, stops being whole; None when it is whole."""
    before = None
    for number, link in enumerate(links, start=1):
        is_next = link.seq == number and link.prev_hash == before
        if not is_next or hashlib.sha256(line(link).encode()).digest() != link.hash:
            return number
        before = link.hash
    return None


def _microseconds(at: datetime) -> int:
    return (at - _EPOCH) // timedelta(microseconds=1)
