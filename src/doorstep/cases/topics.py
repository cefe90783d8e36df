"""Hot topics as a desk or a command centre sees them: read from the roll-up, bounded by the role that asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import connection

from doorstep.cases.queries import catalogue
from doorstep.cases.rules.topics import FEWEST as FEWEST
from doorstep.cases.rules.topics import WINDOW_DAYS as WINDOW_DAYS
from doorstep.catalogue.item import Named

MOST: Final = 50
HISTORY_DAYS: Final = 60


@dataclass(frozen=True)
class Topic:
    """One topic with its weight and its days, oldest first; days without anybody among them."""

    key: int
    item: str
    case_class: str
    places: tuple[str, ...]
    cases: int
    voices: int
    days: tuple[tuple[date, int], ...]

    @property
    def weight(self) -> int:
        """How many people asked."""
        return self.cases + self.voices

    @property
    def is_private(self) -> bool:
        """Of what is private only the number is known."""
        return not self.item

    @property
    def name(self) -> Named:
        """What it is called: its item, or else its class."""
        everything = catalogue()
        if self.item in everything.items:
            return everything.items[self.item].name
        return everything.classes[self.case_class].name

    @property
    def since(self) -> date:
        return self.days[0][0]

    @property
    def latest(self) -> date:
        return self.days[-1][0]


def topics(today: date, area: Any = None, most: int = MOST) -> list[Topic]:
    """The topics that somebody told of in the last days, the heaviest first; `area` narrows them to one below."""
    level = area.level if area is not None else ""
    if level not in ("", "county", "subdistrict", "community"):
        return []
    narrowed = f" AND t.{level}_id = %(area)s" if level else ""
    with connection.cursor() as cursor:
        cursor.execute(
            _TOPICS.format(narrowed=narrowed),
            {
                "area": getattr(area, "pk", None),
                "recent": today - timedelta(days=WINDOW_DAYS - 1),
                "since": today - timedelta(days=HISTORY_DAYS),
            },
        )
        rows = cursor.fetchall()
    by_key: dict[int, list[Any]] = {}
    for row in rows:
        by_key.setdefault(row[0], []).append(row)
    found = [_topic(key, rows) for key, rows in by_key.items()]
    return sorted(found, key=lambda each: (-each.weight, each.key))[:most]


_TOPICS: Final = """
SELECT t.key, t.day, t.item, t.case_class, coalesce(c.name, s.name), t.cases, t.voices
FROM cases_topic t JOIN areas_area s ON s.id = t.subdistrict_id LEFT JOIN areas_area c ON c.id = t.community_id
WHERE t.day >= %(since)s{narrowed} AND t.key IN (SELECT key FROM cases_topic r WHERE r.day >= %(recent)s)
ORDER BY t.key, t.day, c.code
"""


def _topic(key: int, rows: Sequence[Any]) -> Topic:
    asked: dict[date, int] = {}
    weight_of: dict[str, int] = {}
    for _, day, _, _, place, cases, voices in rows:
        asked[day] = asked.get(day, 0) + cases + voices
        weight_of[place] = weight_of.get(place, 0) + cases + voices
    first, last = min(asked), max(asked)
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    _, _, item, case_class, *_ = rows[-1]
    return Topic(
        key=key,
        item=item,
        case_class=case_class,
        places=tuple(sorted(weight_of, key=lambda place: (-weight_of[place], place))),
        cases=sum(row[5] for row in rows),
        voices=sum(row[6] for row in rows),
        days=tuple((day, asked.get(day, 0)) for day in days),
    )


def rows_by_day(today: date) -> list[tuple[Any, ...]]:
    """The roll-up itself, for a table beside the page: a line a topic, day and place."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.key, t.day, t.item, t.case_class, s.name, c.name, t.cases, t.voices FROM cases_topic t"
            " JOIN areas_area s ON s.id = t.subdistrict_id LEFT JOIN areas_area c ON c.id = t.community_id"
            " WHERE t.day >= %s ORDER BY t.key, t.day, c.code",
            [today - timedelta(days=HISTORY_DAYS)],
        )
        return [tuple(row) for row in cursor.fetchall()]
