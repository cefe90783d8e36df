"""Each row of the record carries the hash of the row before: whoever changes an old one breaks all that follow."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson


class Row(NamedTuple):
    """One row as it is hashed."""

    mediation: int
    seq: int
    move: str
    from_state: str
    to_state: str
    at: datetime
    by_hat: str
    by_post: int | None
    by_party: int | None
    facts: Mapping[str, Any]


def row_hash(before: bytes | None, row: Row) -> bytes:
    """SHA-256 over the hash of the row before and this row, written in one way only."""
    written = orjson.dumps([*row._replace(at=row.at.astimezone(UTC))], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256((before or b"") + written).digest()


def first_broken(rows: Iterable[tuple[Row, bytes | None, bytes]]) -> int | None:
    """The number of the first row that does not follow from the one before; None when all do. Rows in order."""
    before: bytes | None = None
    for at, (row, kept_before, kept) in enumerate(rows, 1):
        if row.seq != at or kept_before != before or row_hash(before, row) != kept:
            return at
        before = kept
    return None
