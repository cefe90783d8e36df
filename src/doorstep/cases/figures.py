"""What a command centre sees: counts by area, by class and by day, each bounded by the role that asks."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F, Q, Sum

from doorstep.areas.models import Area
from doorstep.cases.models import Case, Tally
from doorstep.cases.queries import catalogue

BELOW = {"county": "subdistrict", "subdistrict": "community", "community": "grid", "grid": "microgrid"}
"""What lies directly below each level."""


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


def load_by(level: str, inside: Area, at: datetime) -> dict[int, Load]:
    """The load of every area of one level inside another, by id; areas where nothing is open are left out."""
    if level not in BELOW.values() or inside.level not in BELOW:
        raise ValueError(f"{level} does not lie inside {inside.level}.")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {level}_id, count(*), count(*) FILTER (WHERE holder_due_at < %s),"  # noqa: S608 - our own levels
            " count(*) FILTER (WHERE question <> ''), count(*) FILTER (WHERE state = 'done')"
            f" FROM cases_case WHERE is_open AND {inside.level}_id = %s AND {level}_id IS NOT NULL GROUP BY 1",
            [at, inside.pk],
        )
        return {row[0]: Load(*row[1:]) for row in cursor.fetchall()}


def load_of(area: Area, at: datetime) -> Load:
    """The load of one area, cases without a finer place among them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE holder_due_at < %s), count(*) FILTER (WHERE question <> ''),"  # noqa: S608 - our own levels
            f" count(*) FILTER (WHERE state = 'done') FROM cases_case WHERE is_open AND {area.level}_id = %s",
            [at, area.pk],
        )
        row = cursor.fetchone()
    return Load(*row)


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


def counts_by_microgrid(area: Area, at: datetime) -> dict[str, int]:
    """Open cases by code of the micro-grid, for the map of a community or grid."""
    loads = load_by("microgrid", area, at)
    codes = dict(Area.objects.filter(pk__in=loads).values_list("pk", "code"))
    return {codes[each]: load.open for each, load in loads.items()}


def by_day(area: Area, today: date, days: int = 14) -> list[dict[str, object]]:
    """Reported and ended cases of the last days, one row a day, days without any among them."""
    since = today - timedelta(days=days - 1)
    found = {
        row["day"]: row
        for row in _tally(area, since)
        .values("day")
        .annotate(
            came=Sum("reported"),
            went=Sum(F("solved") + F("explained") + F("out_of_scope")),
        )
    }
    each = (since + timedelta(days=n) for n in range(days))
    return [
        {"day": day, "reported": found.get(day, {}).get("came") or 0, "ended": found.get(day, {}).get("went") or 0}
        for day in each
    ]


def by_class(area: Area, today: date, days: int = 30) -> list[dict[str, object]]:
    """Cases of the last days by class of two digits, the most frequent first; with what became of them."""
    totals: dict[str, dict[str, int]] = {}
    columns = ("reported", "solved", "explained", "out_of_scope", "reopened")
    rows = _tally(area, today - timedelta(days=days - 1)).values("case_class").annotate(
        **{f"n_{column}": Sum(column) for column in columns}
    )  # fmt: skip
    for row in rows:
        total = totals.setdefault(row["case_class"][:2], dict.fromkeys(columns, 0))
        for column in columns:
            total[column] += row[f"n_{column}"]
    classes = catalogue().classes
    ordered = sorted(totals.items(), key=lambda item: (-item[1]["reported"], item[0]))
    return [{"code": code, "name": classes[code].name, **total} for code, total in ordered if code in classes]


def pins(area: Area, unit: int | None) -> list[tuple[float, float, str]]:
    """Where the cases lie that this unit itself holds: longitude, latitude (WGS 84), case number."""
    held = Case.objects.filter(is_open=True, holder_unit=unit, lon__isnull=False, **{f"{area.level}_id": area.pk})
    return list(held.order_by("holder_due_at").values_list("lon", "lat", "number")[:500])


def as_figures(load: Load) -> dict[str, int]:
    """A load as the live page names its figures."""
    return asdict(load)


def _tally(area: Area, since: date):  # type: ignore[no-untyped-def]
    return Tally.objects.filter(day__gte=since, **{f"{area.level}_id": area.pk}).order_by()
