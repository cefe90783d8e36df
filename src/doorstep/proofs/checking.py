"""The whole log checked against the whole ledger: any row that was altered, lost or left out is named.

What the database says of its own functions is not believed: the line of each row is put together here, from plain
columns, with nothing but what PostgreSQL itself brings. The ledger is read in stretches of cases by some connections
side by side; the tree is reckoned here, leaf by leaf, while they work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.core.text import Message
from doorstep.proofs.queries import all_keys
from doorstep.proofs.rules.heads import Head, HeadRefused, Key, believed
from doorstep.proofs.rules.merkle import HASH_BYTES, Edge

STRETCH: Final = 5_000
HEADS_AT_ONCE: Final = 5_000
TOLD_EVERY: Final = 50_000
MOST_SHOWN: Final = 100
AT_ONCE: Final = 2


class Fault(StrEnum):
    """What can be wrong with the log, or with the ledger under it."""

    ALTERED = "altered"
    LOST = "lost"
    LEFT_OUT = "left-out"
    GAP = "gap"
    NODE = "node"
    TRUNCATED = "truncated"
    ROOT = "root"
    HEAD = "head"
    KEPT = "kept"


class Found(NamedTuple):
    """One fault, and where: a row of a case, its place in the log, or the size of a head."""

    fault: Fault
    case: int = 0
    seq: int = 0
    place: int = 0
    size: int = 0
    rows: int = 0
    why: Message | None = None


class Signed(NamedTuple):
    """A head as it lies in its table."""

    size: int
    root: bytes
    key: str
    note: str


@dataclass
class CheckedLog:
    """How much was looked at, and the first faults."""

    rows: int = 0
    heads: int = 0
    waiting: int = 0
    kept: Head | None = None
    faults: list[Found] = field(default_factory=list)

    def find(self, found: Found) -> None:
        if len(self.faults) < MOST_SHOWN:
            self.faults.append(found)

    @property
    def is_sound(self) -> bool:
        return not self.faults


def check_log(kept: str | None = None, tell: Callable[[int, int], None] = lambda rows, of: None) -> CheckedLog:
    """Check the whole log; `kept` is the note of a head that somebody has kept, with which the log must begin.

    Refused where `kept` is no head of this log. `tell` hears how many rows of how many were looked at.
    """
    checked = CheckedLog()
    with acting_as(WORKER):
        known = all_keys()
        checked.kept = believed(kept, known) if kept is not None else None
        cases, rows, checked.waiting = _how_much()
    with ThreadPoolExecutor(AT_ONCE) as readers, ThreadPoolExecutor(1) as reader_of_heads:
        compared = [readers.submit(_compared, first, first + STRETCH) for first in range(0, cases + 1, STRETCH)]
        heads = _heads(lambda after: reader_of_heads.submit(_next_heads, after).result())
        _check_tree(checked, heads, known, lambda: tell(checked.rows, rows))
        for each in compared:
            for found in each.result():
                checked.find(found)
    return checked


# The ledger against the leaves.

# The same line as `cases_event_line` and `cases/rules/chain.py` put together.
_COMPARED: Final = """
WITH e AS (
    SELECT case_id, seq, sha256(convert_to(concat_ws('|', case_id, seq, move, from_state, to_state,
        (extract(epoch FROM happened_at) * 1000000)::bigint, (extract(epoch FROM heard_at) * 1000000)::bigint, by_hat,
        coalesce(by_post, 0), coalesce(by_unit, 0), facts::text, coalesce(encode(said_hash, 'hex'), ''),
        coalesce(encode(prev_hash, 'hex'), '')), 'UTF8')) AS reckoned
    FROM cases_event WHERE case_id >= %(first)s AND case_id < %(end)s),
l AS (SELECT case_id, seq, leaf_index, leaf FROM proofs_entry WHERE case_id >= %(first)s AND case_id < %(end)s),
w AS (SELECT DISTINCT case_id, seq FROM proofs_waiting WHERE case_id >= %(first)s AND case_id < %(end)s)
SELECT case_id, seq, l.leaf_index, e.reckoned IS NULL
FROM e FULL JOIN l USING (case_id, seq) LEFT JOIN w USING (case_id, seq)
WHERE e.reckoned IS NULL OR (l.leaf IS NULL AND w.case_id IS NULL) OR l.leaf <> sha256('\\x00'::bytea || e.reckoned)
ORDER BY l.leaf_index, case_id, seq LIMIT %(most)s
"""


def _compared(first: int, end: int) -> list[Found]:
    """What is wrong between the ledger and the log in these cases; a connection of its own."""
    try:
        with acting_as(WORKER), connection.cursor() as cursor:
            cursor.execute(_COMPARED, {"first": first, "end": end, "most": MOST_SHOWN})
            return [_found(*row) for row in cursor.fetchall()]
    finally:
        connection.close()


def _found(case: int, seq: int, place: int | None, is_lost: bool) -> Found:
    if place is None:
        return Found(Fault.LEFT_OUT, case, seq)
    return Found(Fault.LOST if is_lost else Fault.ALTERED, case, seq, place)


def _how_much() -> tuple[int, int, int]:
    """The last case, the rows of the log, and the rows that wait for it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest((SELECT max(case_id) FROM cases_event), (SELECT max(case_id) FROM proofs_entry), 0),"
            " (SELECT coalesce(max(leaf_index) + 1, 0) FROM proofs_entry), (SELECT count(*) FROM proofs_waiting)"
        )
        found: tuple[int, int, int] = cursor.fetchone()
        return found


# The tree and its heads.


def _check_tree(checked: CheckedLog, heads: Iterator[Signed], known: list[Key], told: Callable[[], None]) -> None:
    """Reckon the tree anew, and hold against it what is kept of it and every head that was signed over it."""
    edge, head, is_whole = Edge(0, []), next(heads, None), True
    for place, case, seq, hashes in _leaves():
        if place != edge.size:
            checked.find(Found(Fault.GAP, place=edge.size))
            is_whole = False
            break
        if edge.append(hashes[:HASH_BYTES]) != hashes[HASH_BYTES:]:
            checked.find(Found(Fault.NODE, case, seq, place))
        if head is not None and head.size <= edge.size:
            head = _check_head(checked, head, heads, known, edge)
        if checked.kept is not None and checked.kept.size == edge.size and checked.kept.root != edge.root():
            checked.find(Found(Fault.KEPT, size=edge.size))
        if edge.size % TOLD_EVERY == 0:
            checked.rows = edge.size
            told()
    checked.rows = edge.size
    if is_whole:
        _find_truncated(checked, head)


def _check_head(
    checked: CheckedLog, head: Signed, heads: Iterator[Signed], known: list[Key], edge: Edge
) -> Signed | None:
    """Whether a head is ours, and of this log; the next one."""
    checked.heads += 1
    try:
        said = believed(head.note, known)
    except HeadRefused as refusal:
        checked.find(Found(Fault.HEAD, size=head.size, why=refusal.message))
    else:
        if (said.size, said.root) != (head.size, edge.root()) or said.root != head.root:
            checked.find(Found(Fault.ROOT, size=head.size))
    return next(heads, None)


def _find_truncated(checked: CheckedLog, head: Signed | None) -> None:
    """A head over more than there is; that of somebody who kept one, too."""
    sizes = [head.size] if head is not None else []
    if checked.kept is not None and checked.kept.size > checked.rows:
        sizes.append(checked.kept.size)
    for size in sizes:
        checked.find(Found(Fault.TRUNCATED, size=size, rows=checked.rows))


def _leaves() -> Iterator[tuple[int, int, int, bytes]]:
    """Every leaf in the order of the log, with what is kept beside it; as a stream, so that nothing has to hold it."""
    question = "COPY (SELECT leaf_index, case_id, seq, leaf || nodes FROM proofs_entry ORDER BY leaf_index) TO STDOUT"
    with acting_as(WORKER), connection.cursor() as cursor, cursor.copy(f"{question} (FORMAT binary)") as copy:
        copy.set_types(["int8", "int8", "int4", "bytea"])
        yield from copy.rows()


def _heads(next_heads: Callable[[int], list[Signed]]) -> Iterator[Signed]:
    """Every head, the smallest first, some at a time."""
    after = -1
    while found := next_heads(after):
        yield from found
        after = found[-1].size


def _next_heads(after: int) -> list[Signed]:
    try:
        with acting_as(WORKER), connection.cursor() as cursor:
            cursor.execute(
                "SELECT size, root, key_id, note FROM proofs_head WHERE size > %s ORDER BY size LIMIT %s",
                [after, HEADS_AT_ONCE],
            )
            return [Signed(size, bytes(root), key, note) for size, root, key, note in cursor.fetchall()]
    finally:
        connection.close()
