"""Every life of every case, checked again from its rows: the chain, the words beside it, and where each case stands.

A first look, by the server itself and with nothing but PostgreSQL's own functions, finds the cases of which anything is
wrong; what it is, `rules/chain.py` says, row by row. Some connections work side by side.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.db import connection

from doorstep.cases.rules.chain import Found, Link, faults
from doorstep.core.access import WORKER, acting_as

BATCH: Final = 5000
AT_ONCE: Final = 2
MOST_SHOWN: Final = 100
T = TypeVar("T")


@dataclass
class Checked:
    """How much was looked at, and the first faults of each sort."""

    cases: int = 0
    rows: int = 0
    faults: list[Found] = field(default_factory=list)
    strayed: list[int] = field(default_factory=list)
    reworded: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.faults or self.strayed or self.reworded)


def check_ledger(tell: Callable[[Checked], None] = lambda checked: None) -> Checked:
    """Check the whole ledger, some thousand cases a transaction; `tell` hears how far it has come."""
    checked = Checked()
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute("SELECT greatest((SELECT max(id) FROM cases_case), (SELECT max(case_id) FROM cases_event), 0)")
        (last,) = cursor.fetchone()
    batches = range(0, last + 1, BATCH)
    with ThreadPoolExecutor(AT_ONCE) as readers:
        # What a transaction has not ended yet is seen by its own connection alone.
        for part in map(_checked, batches) if connection.in_atomic_block else readers.map(_alone, batches):
            checked.cases += part.cases
            checked.rows += part.rows
            _keep(checked.faults, part.faults)
            _keep(checked.strayed, part.strayed)
            _keep(checked.reworded, part.reworded)
            tell(checked)
    return checked


def _alone(first: int) -> Checked:
    """The cases of one batch, with a connection of its own."""
    try:
        return _checked(first)
    finally:
        connection.close()


def _checked(first: int) -> Checked:
    """The cases of one batch."""
    part, end = Checked(), first + BATCH
    with acting_as(WORKER):
        part.cases, part.rows, suspected = _first_look(first, end)
        _keep(part.faults, faults(_links(suspected)) if suspected else ())
        _keep(part.strayed, _strayed(first, end))
        _keep(part.reworded, _reworded(first, end))
    return part


def _keep(shown: list[T], found: Iterable[T]) -> None:
    for each in found:
        if len(shown) < MOST_SHOWN:
            shown.append(each)


# The same line as `cases_event_line` and `rules/chain.py` put together.
_FIRST_LOOK: Final = """
WITH e AS (
    SELECT case_id, seq, hash, prev_hash, lag(seq) OVER life AS seq_before, lag(hash) OVER life AS hash_before,
        lag(to_state) OVER life AS state_before, from_state,
        sha256(convert_to(concat_ws('|', case_id, seq, move, from_state, to_state,
            (extract(epoch FROM happened_at) * 1000000)::bigint, (extract(epoch FROM heard_at) * 1000000)::bigint,
            by_hat, coalesce(by_post, 0), coalesce(by_unit, 0), facts::text, coalesce(encode(said_hash, 'hex'), ''),
            coalesce(encode(prev_hash, 'hex'), '')), 'UTF8')) AS reckoned
    FROM cases_event WHERE case_id >= %(first)s AND case_id < %(end)s
    WINDOW life AS (PARTITION BY case_id ORDER BY seq))
SELECT (SELECT count(*) FROM cases_case WHERE id >= %(first)s AND id < %(end)s), count(*),
    array_agg(DISTINCT case_id) FILTER (WHERE hash IS DISTINCT FROM reckoned OR seq <> coalesce(seq_before, 0) + 1
        OR prev_hash IS DISTINCT FROM hash_before OR from_state <> coalesce(state_before, 'new'))
FROM e
"""


def _first_look(first: int, end: int) -> tuple[int, int, list[int]]:
    """How many cases and rows there are, and the cases of which anything is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(_FIRST_LOOK, {"first": first, "end": end})
        cases, rows, suspected = cursor.fetchone()
        return cases, rows, suspected or []


def _links(cases: list[int]) -> Iterator[Link]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_post, by_unit,"
            " facts::text, said_hash, prev_hash, hash FROM cases_event WHERE case_id = ANY(%s) ORDER BY case_id, seq",
            [cases],
        )
        for row in cursor.fetchall():
            yield Link(*row[:11], *(None if each is None else bytes(each) for each in row[11:]))


def _strayed(first: int, end: int) -> Iterator[int]:
    """Cases that do not stand where their last row left them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM cases_case c LEFT JOIN cases_event e ON e.case_id = c.id AND e.seq = c.seq"
            " WHERE c.id >= %s AND c.id < %s AND (e.to_state IS DISTINCT FROM c.state"
            " OR EXISTS (SELECT FROM cases_event later WHERE later.case_id = c.id AND later.seq > c.seq))"
            " ORDER BY c.id",
            [first, end],
        )
        yield from (row[0] for row in cursor.fetchall())


def _reworded(first: int, end: int) -> Iterator[tuple[int, int]]:
    """Words that are not those whose hash the ledger keeps; words that were erased are nobody's fault."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.case_id, s.seq FROM cases_said s JOIN cases_event e ON e.case_id = s.case_id AND e.seq = s.seq"
            " WHERE s.case_id >= %s AND s.case_id < %s"
            " AND e.said_hash IS DISTINCT FROM sha256(s.salt || convert_to(s.words, 'UTF8')) ORDER BY 1, 2",
            [first, end],
        )
        yield from ((row[0], row[1]) for row in cursor.fetchall())
