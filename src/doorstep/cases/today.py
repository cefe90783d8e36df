"""The grid of today: every open case of one grid, for the team that works it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from django.db import connection

from doorstep.cases.places import blurred_row
from doorstep.cases.rules.lifecycle import By, State
from doorstep.cases.rules.today import Part, part_of
from doorstep.core.access import Actor
from doorstep.core.time.zone import LOCAL, local_date

MOST: Final = 200


class Row(NamedTuple):
    """One open case of the grid."""

    number: str
    state: str
    urgency: str
    item: str
    is_mine: bool
    holder_due_at: datetime | None
    promised_by: datetime | None
    reported_at: datetime
    place: str
    microgrid: str
    words: str
    holder: str
    last_by: str

    @property
    def is_held(self) -> bool:
        """Whether somebody's clock runs."""
        return self.state in (State.DISPATCHED, State.TAKEN)


@dataclass(frozen=True)
class Today:
    """The cases by part of the page; `is_cut` when there are more than a page can hold."""

    parts: dict[Part, list[Row]]
    is_cut: bool


def grid_today(*, by: Actor, at: datetime) -> Today:
    """The open cases that this actor's grid sees, the soonest due first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, {"unit": by.unit, "limit": MOST + 1})
        rows = [blurred_row(row, by, is_holder=row.is_mine) for row in map(Row._make, cursor.fetchall())]
    parts: dict[Part, list[Row]] = {part: [] for part in Part}
    for row in rows[:MOST]:
        parts[_part(row, at)].append(row)
    return Today(parts, is_cut=len(rows) > MOST)


def _part(row: Row, at: datetime) -> Part:
    tomorrow = datetime.combine(local_date(at) + timedelta(days=1), time(), LOCAL)
    return part_of(
        State(row.state),
        is_mine=row.is_mine,
        due_at=row.holder_due_at,
        last_by=By(row.last_by),
        end_of_today=tomorrow,
    )


_ROWS: Final = """
WITH c AS MATERIALIZED (
    SELECT * FROM cases_case WHERE is_open ORDER BY holder_due_at, id LIMIT %(limit)s
)
SELECT c.number, c.state, c.urgency, c.item, coalesce(c.holder_unit_id = %(unit)s, false), c.holder_due_at,
    c.promised_by, c.reported_at,
    coalesce((SELECT d.name FROM areas_door d WHERE d.id = c.door_id), c.place_words),
    coalesce((SELECT a.name FROM areas_area a WHERE a.id = c.microgrid_id), ''),
    coalesce((SELECT left(s.words, 200) FROM cases_said s WHERE s.case_id = c.id AND s.seq = 1), ''),
    coalesce((SELECT u.name FROM staff_unit u WHERE u.id = c.holder_unit_id), ''),
    (SELECT e.by_hat FROM cases_event e WHERE e.case_id = c.id AND e.seq = c.seq)
FROM c ORDER BY c.holder_due_at, c.id
"""
