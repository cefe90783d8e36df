"""Who is in which post, and which units may act where."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from doorstep.core.access import GATE, acting_as
from doorstep.staff.models import Account, Appointment, Post, PostKind, Session, Unit
from doorstep.staff.rules.roles import STAFF_POSTS


@dataclass(frozen=True)
class UnitRow:
    """A unit, where it acts, and whether anybody of its staff is in post."""

    id: int
    kind: str
    name: str
    subject: str
    area_code: str
    is_on_call: bool
    is_staffed: bool

    def acts_in(self, community: str) -> bool:
        """Whether the community lies in the unit's area, or the area in the community."""
        return community.startswith(self.area_code) or self.area_code.startswith(community)


def units_around(communities: Collection[str], today: date) -> list[UnitRow]:
    """The units that may act in these communities: those of their grids, their own, and those of the levels above."""
    codes = sorted({code[:length] for code in communities for length in (6, 9, 12) if len(code) >= length})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.kind, u.name, u.subject, a.code, u.is_on_call,"
            " EXISTS (SELECT FROM staff_post p JOIN staff_appointment s ON s.post_id = p.id"
            "   WHERE p.unit_id = u.id AND p.kind = ANY(%s) AND s.from_on <= %s"
            "   AND (s.until_on IS NULL OR s.until_on > %s))"
            " FROM staff_unit u JOIN areas_area a ON a.id = u.area_id"
            " WHERE a.valid_until IS NULL AND u.closed_at IS NULL AND (a.code = ANY(%s) OR a.community_id = ANY(ARRAY("
            "   SELECT id FROM areas_area WHERE code = ANY(%s) AND valid_until IS NULL)))",
            [sorted(STAFF_POSTS), today, today, codes, sorted(communities)],
        )
        return [UnitRow(*row) for row in cursor.fetchall()]


@dataclass(frozen=True)
class SeatRow:
    """One of a person's own posts in force."""

    appointment: int
    kind: str
    title: str
    area: str
    until: date | None


def seats_of(account: int, today: date) -> list[SeatRow]:
    """The posts that the person of this account holds today."""
    with acting_as(GATE):
        rows = (
            appointments_in_force(today)
            .filter(person__account=account)
            .order_by("id")
            .values_list("id", "post__kind", "post__title", "post__area__name", "post__unit__name", "until_on")
        )
        return [SeatRow(key, kind, title, area or unit or "", until) for key, kind, title, area, unit, until in rows]


def appointments_in_force(today: date) -> QuerySet[Appointment]:
    """The appointments that hold on this day, to posts that still exist."""
    return (
        Appointment.objects.filter(from_on__lte=today)
        .filter(Q(until_on=None) | Q(until_on__gt=today))
        .filter(Q(post__abolished_on=None) | Q(post__abolished_on__gt=today))
    )


def holders_of(post: int, today: date) -> frozenset[int]:
    """The people who hold a post on this day."""
    return frozenset(appointments_in_force(today).filter(post=post).values_list("person", flat=True))


def appointment_of(post: int | None, account: int | None, today: date) -> int | None:
    """The appointment under which this account sits in this post today."""
    if post is None:
        return None
    with acting_as(GATE):
        rows = appointments_in_force(today).filter(post=post)
        if account is not None:
            rows = rows.filter(person__account=account)
        return rows.order_by("-from_on", "-id").values_list("id", flat=True).first()


def person_of(account: int) -> int | None:
    """Whose account it is."""
    return Account.objects.filter(pk=account).values_list("person", flat=True).first()


@dataclass(frozen=True)
class SessionRow:
    """A browser in which somebody is signed in."""

    id: int
    browser: str
    began_at: datetime
    seen_at: datetime
    second_factor: bool


def sessions_of(account: int, *, seen_after: datetime, at: datetime) -> list[SessionRow]:
    """The sessions of one's own account that still open anything, the latest first."""
    with acting_as(GATE):
        rows = Session.objects.filter(account=account, ended_at=None, expires_at__gt=at, seen_at__gt=seen_after)
        return [
            SessionRow(*row)
            for row in rows.order_by("-seen_at").values_list("id", "browser", "began_at", "seen_at", "second_factor")
        ]


def units_of(area: int) -> list[tuple[int, str]]:
    """The units of an area and of the areas directly below it, by name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.name FROM staff_unit u JOIN areas_area a ON a.id = u.area_id"
            " WHERE u.closed_at IS NULL AND (a.id = %s OR a.parent_id = %s) ORDER BY a.code, u.name",
            [area, area],
        )
        return [(number, name) for number, name in cursor.fetchall()]


def unit_named(unit: int) -> str | None:
    """The name of a unit, also of one that has ended."""
    return Unit.objects.filter(pk=unit).values_list("name", flat=True).first()


def area_code_of(unit: int) -> str | None:
    """The code of the area in which a unit acts."""
    return Unit.objects.filter(pk=unit, closed_at=None).values_list("area__code", flat=True).first()


def post_titles(posts: Collection[int]) -> dict[int, tuple[str, str]]:
    """The kind of each of these posts, and the title of its own where it has one."""
    rows = Post.objects.filter(pk__in=posts).values_list("pk", "kind", "title")
    return {key: (kind, title) for key, kind, title in rows}


LEVEL_OF_DESK = {"community_desk": "community", "subdistrict_office": "subdistrict", "command_centre": "county"}


class DeskSeat(NamedTuple):
    """A desk of a community or of a level above it, held by somebody who can sign in."""

    level: str
    account: int
    post: int


def desks_in_post(communities: Collection[int], today: date) -> dict[int, list[DeskSeat]]:
    """Who holds a desk of each of these communities and of the levels above it today, and can sign in."""
    found: dict[int, list[DeskSeat]] = {community: [] for community in communities}
    with acting_as(GATE), connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, p.kind, k.id, p.id FROM areas_area c"
            " JOIN staff_post p ON p.area_id IN (c.id, c.subdistrict_id, c.county_id) AND p.kind = ANY(%s)"
            " JOIN staff_appointment s ON s.post_id = p.id AND s.from_on <= %s"
            "   AND (s.until_on IS NULL OR s.until_on > %s)"
            " JOIN staff_account k ON k.person_id = s.person_id AND k.disabled_at IS NULL"
            " WHERE c.id = ANY(%s) AND (p.abolished_on IS NULL OR p.abolished_on > %s) ORDER BY c.id, p.id, k.id",
            [sorted(LEVEL_OF_DESK), today, today, sorted(communities), today],
        )
        for community, kind, account, post in cursor.fetchall():
            found[community].append(DeskSeat(LEVEL_OF_DESK[kind], account, post))
    return found


class Near(NamedTuple):
    """The posts that know a place best: at the desk of its community, and in its grid."""

    desk: tuple[int, ...]
    grid: tuple[int, ...]


def posts_near(grid: int | None, community: int | None, today: date) -> Near:
    """The desk of this community, and the leads and workers of this grid."""
    kept = Post.objects.filter(Q(abolished_on=None) | Q(abolished_on__gt=today)).order_by("pk")
    desk = kept.filter(kind=PostKind.COMMUNITY_DESK, area=community) if community else kept.none()
    team = kept.filter(kind__in=(PostKind.GRID_LEAD, PostKind.GRID_WORKER), area=grid) if grid else kept.none()
    return Near(tuple(desk.values_list("pk", flat=True)), tuple(team.values_list("pk", flat=True)))
