"""Posts and who holds them: lists, vacancies, and the history of one seat."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, NamedTuple

from django.db import connection

from doorstep.staff.models import Appointment, Person, Post
from doorstep.staff.queries import appointments_in_force
from doorstep.staff.rules.roles import ROLE_OF_POST
from doorstep.staff.rules.seats import KEPT_BY_COMMUNITY, SEATS

PAGE: Final = 50
MOST_PEOPLE: Final = 20
KINDS: Final = tuple(ROLE_OF_POST)
__all__ = ["KEPT_BY_COMMUNITY", "KINDS"]


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the list for; empty fields ask for everything. `within` is the community of a desk."""

    within: int | None = None
    words: str = ""
    kind: str = ""
    area: int | None = None
    only: str = ""


class Row(NamedTuple):
    """One post, where it is, and who holds it."""

    post: int
    kind: str
    title: str
    area: str
    area_code: str
    above: str
    unit: str
    appointment: int | None
    person: str
    is_invented: bool
    since: date | None
    until: date | None


class Count(NamedTuple):
    """How a kind of post stands: seats that exist, seats that are filled, and how many more there should be."""

    kind: str
    seats: int
    held: int
    missing: int


def page(wanted: Wanted, today: date, *, number: int = 1, limit: int = PAGE) -> list[Row]:
    """One page of the list, by area and kind; ask for one row more than a page to know whether another follows."""
    conditions, params = _conditions(wanted, today)
    params |= {"limit": limit, "offset": max(number - 1, 0) * PAGE}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(conditions=" AND ".join(conditions)), params)
        return [Row(*row) for row in cursor.fetchall()]


def one(post: int, within: int | None, today: date) -> Row | None:
    """The post, if it lies within that community."""
    conditions, params = _conditions(Wanted(within=within), today)
    params |= {"limit": 1, "offset": 0, "post": post}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(conditions=" AND ".join([*conditions, "p.id = %(post)s"])), params)
        row = cursor.fetchone()
    return Row(*row) if row else None


def counts(within: int | None, today: date) -> list[Count]:
    """How every kind of post stands that should be filled, and every other kind that exists."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, {"within": within, "today": today, **_needs()})
        found = {row[0]: Count(*row) for row in cursor.fetchall()}
    return [found[kind] for kind in KINDS if kind in found]


class Unseated(NamedTuple):
    """An area that should have a post of a kind, or more of them, and in which nobody has set them up."""

    kind: str
    area_id: int
    area: str
    area_code: str
    above: str
    lacks: int


def unseated(wanted: Wanted, today: date, *, limit: int = PAGE) -> list[Unseated]:
    """The posts that there should be and are not, by area: no list of seats can show them. One more than `limit`."""
    asked = {"words": wanted.words.lower(), "area": wanted.area, "kind": wanted.kind, "within": wanted.within}
    with connection.cursor() as cursor:
        cursor.execute(_UNSEATED, {**asked, "today": today, "limit": limit + 1, **_needs()})
        return [Unseated(*row) for row in cursor.fetchall()]


class Held(NamedTuple):
    """One person's time in a post."""

    appointment: int
    person: str
    is_invented: bool
    from_on: date
    until_on: date | None


def history(post: int) -> list[Held]:
    """Everybody who held this post or is appointed to it, the latest first."""
    rows = Appointment.objects.filter(post=post).order_by("-from_on", "-id")
    return [Held(*row) for row in rows.values_list("id", "person__name", "person__is_invented", "from_on", "until_on")]


class Somebody(NamedTuple):
    """A person and the posts held today."""

    id: int
    name: str
    comes_from: str
    is_invented: bool
    holds: tuple[tuple[str, str], ...]


def people_named(words: str, today: date, *, without_account: bool = False) -> list[Somebody]:
    """The first people whose name holds these words."""
    persons = Person.objects.filter(name__icontains=words) if words else Person.objects.none()
    if without_account:
        persons = persons.filter(account=None)
    found = list(persons.order_by("name", "id").values_list("id", "name", "comes_from", "is_invented")[:MOST_PEOPLE])
    held: dict[int, list[tuple[str, str]]] = {}
    rows = appointments_in_force(today).filter(person__in=[row[0] for row in found])
    for person, kind, area in rows.values_list("person", "post__kind", "post__area__name"):
        held.setdefault(person, []).append((kind, area or ""))
    return [Somebody(*row, tuple(held.get(row[0], ()))) for row in found]


def serving(microgrid: int, today: date) -> list[Row]:
    """Who serves the neighbours of a micro-grid: its own posts and those of its grid."""
    params: dict[str, Any] = {"today": today, "microgrid": microgrid, "limit": PAGE, "offset": 0}
    condition = "p.area_id IN (SELECT unnest(ARRAY[m.id, m.grid_id]) FROM areas_area m WHERE m.id = %(microgrid)s)"
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(conditions=f"{_EXISTS} AND {condition}"), params)
        return [Row(*row) for row in cursor.fetchall()]


def held_in(areas: Sequence[int], today: date) -> list[Row]:
    """The posts of these areas themselves that somebody holds."""
    params: dict[str, Any] = {"today": today, "areas": list(areas), "limit": 10 * PAGE, "offset": 0}
    condition = "p.area_id = ANY(%(areas)s)"
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(conditions=f"{_EXISTS} AND {condition} AND {_ONLY['held']}"), params)
        return [Row(*row) for row in cursor.fetchall()]


def is_abolished(post: Post, today: date) -> bool:
    """Whether this seat is no more."""
    return post.abolished_on is not None and post.abolished_on <= today


_EXISTS: Final = "(p.abolished_on IS NULL OR p.abolished_on > %(today)s)"

_FILTERS: Final = {
    "kind": "p.kind = %(kind)s",
    "area": "%(area)s IN (a.id, a.parent_id, a.grid_id, a.community_id, a.subdistrict_id)",
    "within": "%(within)s IN (a.id, a.community_id)",
    "words": "(strpos(lower(o.name), %(words)s) > 0 OR strpos(lower(a.name), %(words)s) > 0"
    " OR starts_with(a.code, %(words)s) OR strpos(lower(p.title), %(words)s) > 0)",
}
_ONLY: Final = {"vacant": "s.id IS NULL", "held": "s.id IS NOT NULL"}


def _conditions(wanted: Wanted, today: date) -> tuple[list[str], dict[str, Any]]:
    given = {name: value for name in _FILTERS if (value := getattr(wanted, name)) not in ("", None)}
    if "words" in given:
        given["words"] = str(given["words"]).lower()
    conditions = [_EXISTS, *(_FILTERS[name] for name in given)]
    if wanted.only in _ONLY:
        conditions.append(_ONLY[wanted.only])
    return conditions, {"today": today, **given}


_ROWS: Final = """
SELECT p.id, p.kind, p.title, coalesce(a.name, ''), coalesce(a.code, ''), coalesce(b.name, ''), coalesce(u.name, ''),
    s.id, coalesce(o.name, ''), coalesce(o.is_invented, false), s.from_on, s.until_on
FROM staff_post p
LEFT JOIN areas_area a ON a.id = p.area_id
LEFT JOIN areas_area b ON b.id = a.parent_id
LEFT JOIN staff_unit u ON u.id = p.unit_id
LEFT JOIN LATERAL (
    SELECT * FROM staff_appointment s WHERE s.post_id = p.id AND s.from_on <= %(today)s
    AND (s.until_on IS NULL OR s.until_on > %(today)s) ORDER BY s.id LIMIT 1
) s ON true
LEFT JOIN staff_person o ON o.id = s.person_id
WHERE {conditions}
ORDER BY a.code NULLS FIRST, p.kind, p.id LIMIT %(limit)s OFFSET %(offset)s
"""


def _needs() -> dict[str, list[Any]]:
    needs = [(level, kind, kinds.count(kind)) for level, kinds in SEATS.items() for kind in dict.fromkeys(kinds)]
    levels, kinds, numbers = zip(*needs, strict=True)
    return {"levels": list(levels), "kinds": list(kinds), "numbers": list(numbers)}


# What an area should have is the rule's word (`rules/seats.py`); it comes in as three columns.
_COUNTS: Final = """
WITH here AS (
    SELECT id, level FROM areas_area
    WHERE (%(within)s::bigint IS NULL OR %(within)s IN (id, community_id))
    AND (valid_from IS NULL OR valid_from <= %(today)s) AND (valid_until IS NULL OR valid_until > %(today)s)
), seats AS (
    SELECT p.area_id, p.kind, count(*) AS seats, count(*) FILTER (WHERE EXISTS (
        SELECT FROM staff_appointment s WHERE s.post_id = p.id AND s.from_on <= %(today)s
        AND (s.until_on IS NULL OR s.until_on > %(today)s))) AS held
    FROM staff_post p WHERE (p.abolished_on IS NULL OR p.abolished_on > %(today)s)
    AND (p.area_id IN (SELECT id FROM here) OR (p.area_id IS NULL AND %(within)s::bigint IS NULL))
    GROUP BY p.area_id, p.kind
), needed AS (
    SELECT here.id AS area_id, n.kind, n.number
    FROM unnest(%(levels)s::text[], %(kinds)s::text[], %(numbers)s::int[]) AS n(level, kind, number)
    JOIN here ON here.level = n.level
)
SELECT kind, coalesce(sum(seats), 0)::int, coalesce(sum(held), 0)::int,
    coalesce(sum(greatest(coalesce(number, 0) - coalesce(held, 0), 0)), 0)::int
FROM seats FULL JOIN needed USING (area_id, kind) GROUP BY kind
"""

_UNSEATED: Final = """
SELECT n.kind, a.id, a.name, a.code, coalesce(b.name, ''), n.number - count(p.id) AS lacks
FROM unnest(%(levels)s::text[], %(kinds)s::text[], %(numbers)s::int[]) AS n(level, kind, number)
JOIN areas_area a ON a.level = n.level
LEFT JOIN areas_area b ON b.id = a.parent_id
LEFT JOIN staff_post p ON p.area_id = a.id AND p.kind = n.kind
    AND (p.abolished_on IS NULL OR p.abolished_on > %(today)s)
WHERE (a.valid_from IS NULL OR a.valid_from <= %(today)s) AND (a.valid_until IS NULL OR a.valid_until > %(today)s)
    AND (%(within)s::bigint IS NULL OR %(within)s IN (a.id, a.community_id))
    AND (%(area)s::bigint IS NULL OR %(area)s IN (a.id, a.parent_id, a.grid_id, a.community_id, a.subdistrict_id))
    AND (%(kind)s = '' OR n.kind = %(kind)s)
    AND (%(words)s = '' OR strpos(lower(a.name), %(words)s) > 0 OR starts_with(a.code, %(words)s))
GROUP BY n.kind, n.number, a.id, b.name
HAVING count(p.id) < n.number
ORDER BY a.code, n.kind LIMIT %(limit)s
"""
