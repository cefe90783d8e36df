"""Public cases as a stranger may list them: what, in which micro-grid, since when, how it stands.

No words, no person, no picture, no door. Nobody who asks may read a case; the machine looks, and only this leaves here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.areas.names import said as name_said
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.published import TOLD_MOVES, may_be_published
from doorstep.cases.rules.published import status_after as status_after
from doorstep.catalogue.item import Named
from doorstep.core.access import WORKER, acting_as

MOST: Final = 1000
MOST_COUNTED: Final = 10_000
_AREA_COLUMNS: Final = {"county": "county_id", "subdistrict": "subdistrict_id", "community": "community_id"}


class Public(NamedTuple):
    """One public case."""

    id: int
    number: str
    item: str
    state: str
    is_open: bool
    outcome: str
    reported_at: datetime
    updated_at: datetime
    promised_by: datetime | None
    microgrid: int | None
    community: str
    unit: str


@dataclass(frozen=True)
class Wanted:
    """What is asked for; None asks for everything. `after` is the last case of the page before."""

    items: Sequence[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
    is_open: bool | None = None
    microgrids: Sequence[int] | None = None
    area: tuple[str, int] | None = None
    """A level of the territory, and the area of it."""
    after: tuple[datetime, int] | None = None


def public_items() -> list[str]:
    """The items whose cases anybody may list."""
    return [key for key, item in catalogue().items.items() if may_be_published(item)]


def is_public(item: str) -> bool:
    """Whether cases of this item may be listed."""
    return may_be_published(catalogue().items.get(item))


def item_called(item: str) -> Named | None:
    """What an item is called, also when it is not offered any more."""
    known = catalogue().items.get(item)
    return known.name if known is not None else None


def listed(wanted: Wanted, *, limit: int, offset: int = 0) -> list[Public]:
    """Public cases, the latest first."""
    where, given = _conditions(wanted)
    # The rows of a page are found first, by the index alone; only they are joined with anything.
    page = f"{where} ORDER BY c.reported_at DESC, c.id DESC LIMIT %(limit)s OFFSET %(offset)s"
    return _rows(page, {**given, "limit": limit, "offset": offset})


def count_of(wanted: Wanted) -> int | None:
    """How many there are; None for more than are counted."""
    where, given = _conditions(wanted)
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM cases_case c WHERE {where} LIMIT %(most)s) counted",  # noqa: S608
            {**given, "most": MOST_COUNTED + 1},
        )
        found = int(cursor.fetchone()[0])
    return found if found <= MOST_COUNTED else None


def numbered(numbers: Sequence[str]) -> list[Public]:
    """The public ones among the cases with these numbers."""
    where = f"c.number = ANY(%(numbers)s) AND {_PUBLISHED} AND c.item = ANY(%(items)s)"
    return _rows(where, {"numbers": list(numbers), "items": public_items()})


def one(case: int) -> Public | None:
    """Any case in the same shape, for whoever has proven that it is theirs."""
    return next(iter(_rows("c.id = %(case)s", {"case": case})), None)


class Told(NamedTuple):
    """One step of a public case; `seq` is its place in the case's life."""

    number: str
    seq: int
    state: str
    outcome: str
    at: datetime


def updates(since: datetime, until: datetime, *, limit: int = MOST) -> list[Told]:
    """How public cases moved between two moments, the earliest first."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_UPDATES, {
            "since": since, "until": until, "moves": list(TOLD_MOVES), "items": public_items(), "limit": limit,
        })  # fmt: skip
        return [Told._make(row) for row in cursor.fetchall()]


def updates_of(number: str) -> list[Told]:
    """How one public case moved."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_UPDATES_OF, {"number": number, "moves": list(TOLD_MOVES), "items": public_items()})
        return [Told._make(row) for row in cursor.fetchall()]


def _rows(which: str, given: Mapping[str, Any]) -> list[Public]:
    query = f"WITH c AS (SELECT c.* FROM cases_case c WHERE {which}) {_SELECT}"  # noqa: S608 - our own words
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(query, given)
        rows = cursor.fetchall()
    return [Public._make((*row[:10], _called(row[10]), _called(row[11]))) for row in rows]


def _called(name: str | None) -> str:
    return str(name_said(name)) if name else ""


def _conditions(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    public = public_items()
    asked = public if wanted.items is None else sorted(set(public) & set(wanted.items))
    conditions = [_PUBLISHED, "c.item = ANY(%(items)s)"]
    given: dict[str, Any] = {"items": asked}
    more: dict[str, tuple[str, Any]] = {
        "since": ("c.reported_at >= %(since)s", wanted.since),
        "until": ("c.reported_at <= %(until)s", wanted.until),
        "is_open": ("c.is_open = %(is_open)s", wanted.is_open),
        "microgrids": (
            "c.microgrid_id = ANY(%(microgrids)s)", None if wanted.microgrids is None else list(wanted.microgrids)
        ),
    }  # fmt: skip
    if wanted.area is not None:
        level, area = wanted.area
        more["area"] = (f"c.{_AREA_COLUMNS[level]} = %(area)s", area)
    if wanted.after is not None:
        conditions.append("(c.reported_at, c.id) < (%(after_at)s, %(after_id)s)")
        given |= {"after_at": wanted.after[0], "after_id": wanted.after[1]}
    for name, (condition, value) in more.items():
        if value is not None:
            conditions.append(condition)
            given[name] = value
    return " AND ".join(conditions), given


# As the indexes `cases_case_published` … say it.
_PUBLISHED: Final = "c.kept_from = 0 AND c.source <> 'part' AND c.item <> ''"

_SELECT: Final = """
SELECT c.id, c.number, c.item, c.state, c.is_open, c.outcome, c.reported_at, e.heard_at, c.promised_by, c.microgrid_id,
    k.name, u.name
FROM c JOIN cases_event e ON e.case_id = c.id AND e.seq = c.seq
LEFT JOIN areas_area k ON k.id = c.community_id LEFT JOIN staff_unit u ON u.id = c.holder_unit_id
ORDER BY c.reported_at DESC, c.id DESC
"""

_UPDATES: Final = f"""
SELECT c.number, e.seq, e.to_state, coalesce(e.facts->>'outcome', ''), e.heard_at
FROM cases_event e JOIN cases_case c ON c.id = e.case_id
WHERE e.heard_at BETWEEN %(since)s AND %(until)s AND e.move = ANY(%(moves)s) AND {_PUBLISHED}
    AND c.item = ANY(%(items)s)
ORDER BY e.heard_at, e.case_id, e.seq LIMIT %(limit)s
"""  # noqa: S608 - our own words

_UPDATES_OF: Final = f"""
SELECT c.number, e.seq, e.to_state, coalesce(e.facts->>'outcome', ''), e.heard_at
FROM cases_case c JOIN cases_event e ON e.case_id = c.id
WHERE c.number = %(number)s AND e.move = ANY(%(moves)s) AND {_PUBLISHED} AND c.item = ANY(%(items)s) ORDER BY e.seq
"""  # noqa: S608 - our own words
