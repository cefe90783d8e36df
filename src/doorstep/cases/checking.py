"""Every life of every case, checked again from its rows: the chain, the words beside it, and where each case stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeVar

from django.db import connection

from doorstep.cases.rules.chain import Found, Link, faults
from doorstep.core.access import WORKER, acting_as

BATCH: Final = 2000
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
    checked, after = Checked(), 0
    while True:
        with acting_as(WORKER):
            cases = _next_cases(after)
            if not cases:
                return checked
            _check(cases, checked)
        after = cases[-1]
        tell(checked)


def _check(cases: list[int], checked: Checked) -> None:
    links = list(_links(cases))
    checked.cases += len(cases)
    checked.rows += len(links)
    _keep(checked.faults, faults(links))
    _keep(checked.strayed, _strayed(cases))
    _keep(checked.reworded, _reworded(cases))


def _keep(shown: list[T], found: Iterator[T]) -> None:
    for each in found:
        if len(shown) < MOST_SHOWN:
            shown.append(each)


def _next_cases(after: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE id > %s ORDER BY id LIMIT %s", [after, BATCH])
        return [row[0] for row in cursor.fetchall()]


def _links(cases: list[int]) -> Iterator[Link]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_post, by_unit,"
            " facts::text, said_hash, prev_hash, hash FROM cases_event WHERE case_id = ANY(%s) ORDER BY case_id, seq",
            [cases],
        )
        for row in cursor.fetchall():
            yield Link(*row[:11], *(None if each is None else bytes(each) for each in row[11:]))


def _strayed(cases: list[int]) -> Iterator[int]:
    """Cases that do not stand where their last row left them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id FROM cases_case c LEFT JOIN cases_event e ON e.case_id = c.id AND e.seq = c.seq"
            " WHERE c.id = ANY(%s) AND (e.to_state IS DISTINCT FROM c.state"
            " OR EXISTS (SELECT FROM cases_event later WHERE later.case_id = c.id AND later.seq > c.seq))"
            " ORDER BY c.id",
            [cases],
        )
        yield from (row[0] for row in cursor.fetchall())


def _reworded(cases: list[int]) -> Iterator[tuple[int, int]]:
    """Words that are not those whose hash the ledger keeps; words that were erased are nobody's fault."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.case_id, s.seq FROM cases_said s JOIN cases_event e ON e.case_id = s.case_id AND e.seq = s.seq"
            " WHERE s.case_id = ANY(%s)"
            " AND e.said_hash IS DISTINCT FROM sha256(s.salt || convert_to(s.words, 'UTF8')) ORDER BY 1, 2",
            [cases],
        )
        yield from ((row[0], row[1]) for row in cursor.fetchall())
