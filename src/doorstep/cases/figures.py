"""What a command centre sees: counts by area, by class and by day, each bounded by the role that asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Left

from doorstep.areas.models import Area
from doorstep.cases.models import Case, Tally
from doorstep.cases.queries import catalogue
from doorstep.catalogue.item import Named

BELOW = {"county": "subdistrict", "subdistrict": "community", "community": "grid", "grid": "microgrid"}
"""What lies directly below each level."""
FINEST = frozenset({"microgrid", "special_grid"})
"""Levels with nothing below them."""

MOST_PINS = 500


@dataclass(frozen=True)
class Load:
    """What is open in an area: all, past its due time, waiting for an answer, done and waiting for a verdict."""

    open: int = 0
    overdue: int = 0
    asked: int = 0
    done: int = 0


@dataclass(frozen=True)
class Row:
    """One area and its load."""

    id: int
    code: str
    name: str
    level: str
    households: int | None
    load: Load


# Only what somebody holds can be late: the same as in a desk's queue.
_LOAD = """count(*), count(*) FILTER (WHERE holder_due_at < %(at)s AND state IN ('dispatched', 'taken')),
    count(*) FILTER (WHERE question <> ''), count(*) FILTER (WHERE state = 'done')"""


def load_by(level: str, inside: Area, at: datetime) -> dict[int, Load]:
    """The load of every area of one level inside another, by id; areas where nothing is open are left out."""
    if level not in BELOW.values() or inside.level not in BELOW:
        raise ValueError(f"{level} does not lie inside {inside.level}.")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {level}_id, {_LOAD} FROM cases_case"  # noqa: S608 - our own levels
            f" WHERE is_open AND {inside.level}_id = %(inside)s AND {level}_id IS NOT NULL GROUP BY 1",
            {"at": at, "inside": inside.pk},
        )
        return {row[0]: Load(*row[1:]) for row in cursor.fetchall()}


def load_of(area: Area, at: datetime) -> Load:
    """The load of one area, cases without a finer place among them."""
    # A case in a special grid has it for its grid.
    level = "grid" if area.level == "special_grid" else area.level
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_LOAD} FROM cases_case WHERE is_open AND {level}_id = %(inside)s",  # noqa: S608 - the same
            {"at": at, "inside": area.pk},
        )
        return Load(*cursor.fetchone())


def rows_below(area: Area, at: datetime, today: date) -> list[Row]:
    """The areas directly below one, each with its load, by code."""
    level = BELOW.get(area.level)
    if level is None:
        return []
    loads = load_by(level, area, at)
    children = (
        Area.objects.filter(parent=area)
        .filter(Q(valid_from=None) | Q(valid_from__lte=today), Q(valid_until=None) | Q(valid_until__gt=today))
        .order_by("code")
        .values_list("id", "code", "name", "level", "households")
    )
    return [Row(*child, load=loads.get(child[0], Load())) for child in children]


def unplaced(whole: Load, rows: Sequence[Row]) -> Load:
    """What of an area's load lies in none of the areas below it: nobody has placed it so finely yet."""
    below = {name: sum(getattr(row.load, name) for row in rows) for name in vars(whole)}
    return Load(**{name: count - below[name] for name, count in vars(whole).items()})


def counts_by_microgrid(area: Area, at: datetime) -> dict[str, int]:
    """Open cases by code of the micro-grid, for the map of a community or grid."""
    loads = load_by("microgrid", area, at)
    codes = dict(Area.objects.filter(pk__in=loads).values_list("pk", "code"))
    return {codes[each]: load.open for each, load in loads.items()}


class Day(NamedTuple):
    """Cases reported on a day, and cases closed on it."""

    day: date
    reported: int
    ended: int


def by_day(area: Area, today: date, days: int = 14) -> list[Day]:
    """The last days, oldest first, days without any cases among them."""
    since = today - timedelta(days=days - 1)
    counted = _tally(area, since).values("day").annotate(
        came=Sum("reported"), went=Sum(F("solved") + F("explained") + F("out_of_scope") + F("unreasonable"))
    )  # fmt: skip
    found = {row["day"]: (row["came"], row["went"]) for row in counted}
    each = (since + timedelta(days=n) for n in range(days))
    return [Day(day, *found.get(day, (0, 0))) for day in each]


class ClassRow(NamedTuple):
    """The cases of one class, and what became of them; of what was solved, how often the reporter confirmed it and how
    often nobody said anything."""

    name: Named
    reported: int
    solved: int
    confirmed: int
    unheard: int
    explained: int
    out_of_scope: int
    unreasonable: int
    reopened: int


def by_class(area: Area, today: date, days: int = 30) -> list[ClassRow]:
    """Cases of the last days by class of two digits, the most frequent first."""
    sums = [Sum(column) for column in ClassRow._fields[1:]]
    totals = (
        _tally(area, today - timedelta(days=days - 1))
        .annotate(broad=Left("case_class", 2))
        .values_list("broad")
        .annotate(*sums)
        .order_by("broad")
    )
    classes = catalogue().classes
    rows = [ClassRow(classes[broad].name, *counts) for broad, *counts in totals if broad in classes]
    return sorted(rows, key=lambda row: -row.reported)


def pins(area: Area, unit: int | None) -> list[tuple[float, float, str]]:
    """Where the cases lie that this unit itself holds: longitude, latitude (WGS 84), case number."""
    if unit is None:
        return []
    held = Case.objects.filter(is_open=True, holder_unit=unit, lon__isnull=False, **{f"{area.level}_id": area.pk})
    rows = held.order_by("holder_due_at").values_list("lon", "lat", "number")[:MOST_PINS]
    return [(lon, lat, number) for lon, lat, number in rows if lon is not None and lat is not None]


def _tally(area: Area, since: date) -> QuerySet[Tally]:
    return Tally.objects.filter(day__gte=since, **{f"{area.level}_id": area.pk}).order_by()
