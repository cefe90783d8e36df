"""Gong patrols as they are seen: by everybody without a name, by their own members with who means to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import QuerySet

from doorstep.alerts.models import Going, Member, Patrol, Round
from doorstep.alerts.rules.patrols import AHEAD as AHEAD
from doorstep.alerts.rules.patrols import LASTS as LASTS
from doorstep.areas.queries import community_of
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import appointment_of, appointments_in_force

MOST: Final = 200


class Walk(NamedTuple):
    """A round that is to come; `going` are names, for the patrol's own members only."""

    id: int
    begins_at: datetime
    meets: str
    reminds: str
    is_off: bool
    is_mine: bool = False
    going: tuple[str, ...] = ()


class Seen(NamedTuple):
    """A patrol, its next rounds first; `is_mine` when whoever asks is a member."""

    id: int
    name: str
    about: str
    community: str
    rounds: list[Walk]
    is_mine: bool = False


class Members(NamedTuple):
    """A patrol as its members see it: the names of each other."""

    seen: Seen
    names: tuple[str, ...]


def everywhere(at: datetime) -> list[Seen]:
    """For everybody: which patrols there are, and when they walk."""
    return _seen(Patrol.objects.all(), at)


def in_community(community: int | None, at: datetime) -> list[Seen]:
    """The same of one community."""
    return _seen(Patrol.objects.filter(community=community), at)


def around(by: Actor, at: datetime) -> list[Seen]:
    """The patrols of a neighbour's own community, their own first."""
    community = community_of(by.org, local_date(at))
    mine = _own(by, at)
    found = _seen(Patrol.objects.filter(community=community), at, mine)
    return sorted(found, key=lambda each: not each.is_mine)


def public(patrol: int, at: datetime) -> Seen | None:
    """One patrol, for everybody."""
    return next(iter(_seen(Patrol.objects.filter(pk=patrol), at)), None)


def of_member(patrol: int, by: Actor, at: datetime) -> Members | None:
    """One patrol of one's own community; names are shown to its members, nobody's to anybody else."""
    community = community_of(by.org, local_date(at))
    found = next(iter(_seen(Patrol.objects.filter(pk=patrol, community=community), at, _own(by, at))), None)
    if found is None or not found.is_mine:
        return None if found is None else Members(found, ())
    with acting_as(WORKER):
        mine = member_of(patrol, by, at)
        names = dict(_in_post(patrol, at).order_by("pk").values_list("pk", "appointment__person__name"))
        come: dict[int, list[int]] = {}
        for walk, member in Going.objects.filter(round__patrol=patrol).order_by("pk").values_list("round", "member"):
            come.setdefault(walk, []).append(member)
    rounds = [
        each._replace(
            is_mine=mine in come.get(each.id, ()),
            going=tuple(names[one] for one in come.get(each.id, ()) if one in names),
        )
        for each in found.rounds
    ]
    return Members(found._replace(rounds=rounds), tuple(names.values()))


def member_of(patrol: int, by: Actor, at: datetime) -> int | None:
    """As which member whoever asks walks along; read by the machine."""
    seat = appointment_of(by.post, by.account, local_date(at))
    if seat is None:
        return None
    with acting_as(WORKER):
        return Member.objects.filter(patrol=patrol, appointment=seat).values_list("pk", flat=True).first()


def _in_post(patrol: int, at: datetime) -> QuerySet[Member]:
    return Member.objects.filter(patrol=patrol, appointment__in=appointments_in_force(local_date(at)))


def _own(by: Actor, at: datetime) -> frozenset[int]:
    seat = appointment_of(by.post, by.account, local_date(at))
    with acting_as(WORKER):
        return frozenset(Member.objects.filter(appointment=seat).values_list("patrol", flat=True)) if seat else _NONE


_NONE: Final[frozenset[int]] = frozenset()


def _seen(rows: QuerySet[Patrol], at: datetime, mine: Iterable[int] = _NONE) -> list[Seen]:
    found = list(
        rows.filter(ended_at=None)
        .order_by("community__code", "pk")
        .values_list("pk", "name", "about", "community__name")[:MOST]
    )
    rounds: dict[int, list[Walk]] = {}
    ahead = Round.objects.filter(patrol__in=[each[0] for each in found], begins_at__gt=at - LASTS)
    for row in ahead.order_by("begins_at", "pk"):
        walk = Walk(row.pk, row.begins_at, row.meets, row.reminds, row.is_off)
        rounds.setdefault(row.patrol_id, []).append(walk)
    return [Seen(*each, rounds.get(each[0], []), each[0] in mine) for each in found]
