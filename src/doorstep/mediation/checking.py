"""The record of every mediation, checked again from its rows: the chain, and where each mediation stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

import orjson
from django.db import connection

from doorstep.core.access import WORKER, acting_as
from doorstep.mediation.rules.chain import Row, first_broken

MOST_SHOWN: Final = 100


class Broken(NamedTuple):
    """A mediation, and the first row of its record that does not follow from the one before."""

    mediation: int
    seq: int


@dataclass
class CheckedRecords:
    """How much was looked at, and the first faults of each sort; `strayed` stand where no last row left them."""

    mediations: int = 0
    rows: int = 0
    broken: list[Broken] = field(default_factory=list)
    strayed: list[int] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        return not (self.broken or self.strayed)


def check_records() -> CheckedRecords:
    """Check the records of all mediations; they come as a stream, and one of them at a time is held."""
    checked = CheckedRecords()
    with acting_as(WORKER):
        for mediation, record in groupby(_stream(), key=itemgetter(0)):
            _check(checked, mediation, list(record))
    return checked


# A mediation without a row, and rows without their mediation, are among them.
_RECORDS: Final = """
SELECT coalesce(m.id, e.mediation_id), m.seq, m.state, e.seq, e.move, e.from_state, e.to_state, e.at, e.by_hat,
    e.by_post, e.by_party, e.facts, e.prev_hash, e.hash
FROM mediation_mediation m FULL JOIN mediation_event e ON e.mediation_id = m.id ORDER BY 1, 4
"""


def _stream() -> Iterator[Sequence[Any]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_RECORDS)
        yield from cursor


def _check(checked: CheckedRecords, mediation: int, record: list[Sequence[Any]]) -> None:
    life = [each for each in record if each[3] is not None]
    checked.mediations += 1
    checked.rows += len(life)
    broken = first_broken(_as_hashed(mediation, each) for each in life)
    if broken is not None and len(checked.broken) < MOST_SHOWN:
        checked.broken.append(Broken(mediation, broken))
    _, seq, state, *_ = record[0]
    ended = (life[-1][3], life[-1][6]) if life else None
    if (seq, state) != ended and len(checked.strayed) < MOST_SHOWN:
        checked.strayed.append(mediation)


def _as_hashed(mediation: int, kept: Sequence[Any]) -> tuple[Row, bytes | None, bytes]:
    """A row with the hash that it carries of the one before, and its own."""
    *of_row, facts, before, own = kept[3:]
    row = Row._make((mediation, *of_row, orjson.loads(facts)))
    return row, None if before is None else bytes(before), bytes(own)
