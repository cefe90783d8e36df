"""Whom a reminder reaches, what became of it, and what everybody may read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import numpy as np
import shapely
from django.db import connection
from django.db.models import Count, Q

from doorstep.alerts import letters
from doorstep.alerts.models import Delivery, Reminder, Step, Subscription
from doorstep.areas.models import Area
from doorstep.areas.queries import territory
from doorstep.core.access import WORKER, acting_as
from doorstep.core.crypto import mark
from doorstep.core.geometry.metres import Projection, distances_m
from doorstep.notices.channels import Letter, channels
from doorstep.staff.queries import post_titles

GROUP = "group"
"""The one recipient of a channel that speaks to a group: its robot."""


class Recipient(NamedTuple):
    """One address by one channel: of a subscription, of a member of staff, or of a group."""

    channel: str
    mark: str
    subscription: int | None = None
    person: int | None = None


AT_A_DOOR_M = 30
"""Where it is not known to which building a door belongs, this far round it counts as the building."""


def mark_of(address: str) -> str:
    """By which the same address is known again, and by nobody read."""
    return mark("reminders", address.strip().lower())


def recipients(row: Reminder, today: date) -> list[Recipient]:
    """Everybody whom it reaches, each address once a channel: residents first, then who serves the place, groups."""
    with acting_as(WORKER):
        found = [*_subscribers(row, today), *_serving(row, today)]
        if not row.drill:
            robots = (name for name, each in channels().items() if each.CONTACT == "account" and each.is_configured())
            found += [Recipient(name, GROUP) for name in robots]
    once = {(each.channel, each.mark): each for each in reversed(found)}
    return list(once.values())


def counted(found: Iterable[Recipient]) -> dict[str, int]:
    """How many by channel; a channel without any is named too."""
    counts = Counter(each.channel for each in found)
    return {name: counts[name] for name in channels()}


def is_configured(channel: str) -> bool:
    """Whether this installation has what the channel needs."""
    return channels()[channel].is_configured()


def _subscribers(row: Reminder, today: date) -> list[Recipient]:
    rows = Subscription.objects.exclude(confirmed_at=None).filter(until_on__gte=today)
    if row.drill:
        rows = rows.filter(with_drills=True)
    rows = rows.filter(_communities(row)) if row.community_id is None else rows.filter(community=row.community_id)
    is_building = row.metres == 0 and row.building_id is not None
    if is_building:
        rows = rows.filter(building=row.building_id)
    elif row.metres is not None or row.area.level not in ("county", "subdistrict", "community"):
        rows = rows.exclude(lon=None)
    kept = list(rows.order_by("id").values_list("channel", "mark", "id", "lon", "lat"))
    if not kept or is_building:
        return [Recipient(*each[:3]) for each in kept]
    lon, lat = (np.array([np.nan if each[n] is None else each[n] for each in kept]) for n in (3, 4))
    inside = _inside(row, lon, lat, today)
    return [Recipient(*each[:3]) for each, reached in zip(kept, inside, strict=True) if reached]


def _communities(row: Reminder) -> Q:
    return Q(community__subdistrict=row.area_id) if row.area.level == "subdistrict" else Q(community__county=row.county)


def _inside(row: Reminder, lon: np.ndarray, lat: np.ndarray, today: date) -> np.ndarray:
    if row.metres is not None and row.lon is not None and row.lat is not None:
        reached: np.ndarray = distances_m(row.lon, row.lat, lon, lat) <= max(row.metres, AT_A_DOOR_M)
        return reached
    if row.area.level in ("county", "subdistrict", "community"):
        return np.ones(len(lon), dtype=bool)
    ground = shapely.union_all(shapely.from_wkb(_outlines(row.area)))
    shapely.prepare(ground)
    within: np.ndarray = shapely.contains_xy(ground, lon, lat)
    return within


def _outlines(area: Area) -> list[bytes]:
    below = Area.objects.filter(Q(pk=area.pk) | Q(grid=area.pk), valid_until=None).exclude(outline=None)
    return [bytes(each or b"") for each in below.values_list("outline", flat=True)]


def areas_of(row: Reminder, today: date) -> list[int]:
    """The areas whose posts serve the place: itself, all below it, and the grid and community above it."""
    above = [each for each in (row.grid_id, row.community_id) if each is not None]
    if row.metres is not None and row.lon is not None and row.lat is not None:
        return above + _around(row.lon, row.lat, max(row.metres, AT_A_DOOR_M), today)
    inside = Q(pk=row.area_id) | Q(**{row.area.level: row.area_id}) if row.area.level in LEVELS else Q(pk=row.area_id)
    return above + list(Area.objects.filter(inside, valid_until=None).values_list("pk", flat=True))


LEVELS = ("county", "subdistrict", "community", "grid")


def _around(lon: float, lat: float, metres: float, today: date) -> list[int]:
    """The micro-grids that a circle touches."""
    plane = Projection.of(lon)
    circle = plane.unflatten(shapely.Point(*plane.metres(lon, lat)).buffer(metres))
    found = territory(today)
    ids = [place.microgrid for place in found.places]
    rows = Area.objects.filter(pk__in=ids, valid_until=None).values_list("pk", "outline")
    return [pk for pk, outline in rows if outline and shapely.from_wkb(bytes(outline)).intersects(circle)]


STAFF = ("grid_lead", "grid_worker", "community_desk")
NEIGHBOURS = ("liaison", "volunteer", "stairwell_lead", "hub_household")


def _serving(row: Reminder, today: date) -> list[Recipient]:
    """Who serves the place: staff, and liaisons and volunteers; a drill goes to staff alone."""
    kinds = STAFF if row.drill else STAFF + NEIGHBOURS
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT n.id, n.phone, n.email FROM staff_post p"
            " JOIN staff_appointment a ON a.post_id = p.id AND a.from_on <= %s"
            "   AND (a.until_on IS NULL OR a.until_on > %s)"
            " JOIN staff_person n ON n.id = a.person_id"
            " WHERE p.area_id = ANY(%s) AND p.kind = ANY(%s) AND (p.abolished_on IS NULL OR p.abolished_on > %s)"
            " ORDER BY n.id",
            [today, today, areas_of(row, today), list(kinds), today],
        )
        people = cursor.fetchall()
    ways = [(name, each.CONTACT) for name, each in channels().items() if each.CONTACT != "account"]
    return [
        Recipient(name, mark_of(address), None, person)
        for person, phone, email in people
        for name, contact in ways
        if (address := phone if contact == "phone" else email)
    ]


# What is seen ---------------------------------------------------------------------------------------------------------


class Tally(NamedTuple):
    """What became of a reminder on one channel."""

    channel: str
    phase: str
    waiting: int
    sent: int
    failed: int
    stopped: int
    unclear: int
    unsent: int


def tallies(reminder: int) -> list[Tally]:
    """Figures by channel: no addresses."""
    with acting_as(WORKER):
        rows = (
            Delivery.objects.filter(reminder=reminder)
            .values_list("phase", "channel", "state")
            .annotate(n=Count("id"))
            .order_by("-phase", "channel")
        )
        counts: dict[tuple[str, str], Counter[str]] = {}
        for phase, channel, state, n in rows:
            counts.setdefault((phase, channel), Counter())["waiting" if state == "handing" else state] += n
    states = Tally._fields[2:]
    return [Tally(channel, phase, *(had[each] for each in states)) for (phase, channel), had in counts.items()]


class Unsent(NamedTuple):
    """A letter that would have gone out, had there been a server to hand it to."""

    at: datetime
    channel: str
    letter: Letter


def outbox(limit: int = 20) -> list[Unsent]:
    """The latest codes and reminders that no channel took; for the demo."""
    with acting_as(WORKER), connection.cursor() as cursor:
        cursor.execute(_UNSENT, [limit])
        found = [(at, letters.Due.read(row)) for at, *row in cursor.fetchall()]
    return [
        Unsent(at, due.channel, letters.letter(due, channels()[due.channel]))
        for at, due in found
        if due.phase != "code" or due.code_until is not None
    ]


_UNSENT = f"""
SELECT coalesce(r.ended_at, r.going_at, s.made_at), {letters.COLUMNS}
FROM alerts_delivery d LEFT JOIN alerts_reminder r ON r.id = d.reminder_id LEFT JOIN areas_area a ON a.id = r.area_id
JOIN alerts_subscription s ON s.id = d.subscription_id LEFT JOIN staff_person n ON n.id = d.person_id
WHERE d.state = 'unsent' ORDER BY d.id DESC LIMIT %s
"""  # noqa: S608 - our own column names


def visible() -> list[Reminder]:
    """What whoever asks may see, the latest first."""
    return list(Reminder.objects.select_related("area", "community").order_by("-id")[:100])


def one(reminder: int) -> Reminder | None:
    """A reminder, as far as whoever asks may see it."""
    return Reminder.objects.filter(pk=reminder).select_related("area", "community").first()


def public(at: datetime, community: int | None = None) -> list[Reminder]:
    """What is true now, and what was taken back and is not over yet; for everybody."""
    rows = Reminder.objects.filter(state__in=("going", "cancelled"), drill="", until__gt=at)
    if community is not None:
        rows = rows.filter(Q(community=community) | Q(community=None))
    return list(rows.select_related("area", "community").order_by("-going_at")[:50])


@dataclass(frozen=True)
class Said:
    """One step as it is shown: by which post, never by whom."""

    kind: str
    post: tuple[str, str]
    at: datetime
    words: str


def steps_of(*, reminder: int | None = None, emergency: int | None = None) -> list[Said]:
    """Who did what, oldest first."""
    about = {"reminder": reminder} if reminder is not None else {"emergency": emergency}
    rows = list(Step.objects.filter(**about).order_by("id"))
    titles: Mapping[int, tuple[str, str]] = post_titles({each.post_id for each in rows if each.post_id})
    return [Said(each.kind, titles.get(each.post_id or 0, (each.role, "")), each.at, each.words) for each in rows]
