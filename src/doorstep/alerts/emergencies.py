"""Emergency mode as it is seen: where it is on, who may approve it, and who needs what."""

from __future__ import annotations

from datetime import datetime
from typing import Final, NamedTuple

import orjson
from django.db.models import Q, Sum

from doorstep.alerts.models import Emergency, Need, Step, Supply
from doorstep.alerts.rules.emergency import APPROVED_BY
from doorstep.alerts.rules.emergency import KEPT_FOR as KEPT_FOR
from doorstep.alerts.rules.emergency import MOST_DAYS as MOST_DAYS
from doorstep.alerts.rules.emergency import Item as Item
from doorstep.areas.models import Area
from doorstep.areas.queries import Territory, area_in_force, territory
from doorstep.core.access import GATE, WORKER, Actor, Role, acting_as
from doorstep.core.crypto import SealBroken, unseal
from doorstep.core.time.zone import local_date
from doorstep.staff.queries import appointments_in_force

LEVELS: Final = ("grid", "community", "subdistrict", "county")
POST_OF: Final = {"subdistrict": "subdistrict_office", "county": "command_centre"}


class Household(NamedTuple):
    """Who lives there: unsealed for whoever brings something, with a trace."""

    home: str = ""
    name: str = ""
    phone: str = ""
    words: str = ""


class Told(NamedTuple):
    """A need with what is promised and brought; `missing` is what nobody has promised yet."""

    need: Need
    promised: int
    brought: int

    @property
    def missing(self) -> int:
        return max(self.need.quantity - self.promised - self.brought, 0)


def open_now(at: datetime) -> list[Emergency]:
    """Where it is on at this moment, for everybody: whatever has run out is over, whether or not it was ended yet."""
    return list(Emergency.objects.filter(state="open", until__gt=at).select_related("area").order_by("area__code"))


def open_around(org: int, at: datetime) -> list[Emergency]:
    """The same for an area: what lies in it, what it lies in."""
    found = open_now(at)
    if not found:
        return []
    area = area_in_force(org, local_date(at))
    above = {org, *(getattr(area, f"{level}_id") for level in LEVELS)} if area else {org}
    return [row for row in found if row.area_id in above or org in _scope(row)]


def visible() -> list[Emergency]:
    """What whoever asks may see, the latest first."""
    return list(Emergency.objects.select_related("area").order_by("-id")[:50])


def one(number: int) -> Emergency | None:
    """One of them."""
    return Emergency.objects.filter(pk=number).select_related("area").first()


def is_on(row: Emergency, at: datetime) -> bool:
    """Whether it is on at this moment."""
    return row.state == "open" and row.until is not None and row.until > at


SERVING: Final = frozenset({Role.GRID, Role.COMMUNITY, Role.SUBDISTRICT, Role.COUNTY})
"""Staff who see who needs what, where they serve."""
OF_AN_AREA: Final = SERVING | {Role.NEIGHBOUR}


def reaches(row: Emergency, by: Actor) -> bool:
    """Whether the area lies in the territory of whoever asks."""
    return by.org is not None and by.role in _COLUMN and getattr(row, _COLUMN[by.role]) == by.org


_COLUMN: Final = {
    Role.GRID: "grid_id",
    Role.COMMUNITY: "community_id",
    Role.SUBDISTRICT: "subdistrict_id",
    Role.COUNTY: "county_id",
}


def serves(row: Emergency, by: Actor, at: datetime) -> bool:
    """Whether whoever asks is staff of the area, of one that it lies in, or of one that lies in it."""
    if by.role not in _COLUMN or by.org is None:
        return False
    if reaches(row, by):
        return True
    area = area_in_force(by.org, local_date(at))
    return area is not None and row.area_id in {getattr(area, f"{level}_id") for level in LEVELS}


def may_approve(row: Emergency, by: Actor) -> bool:
    """Whether this desk is of the level that approves it."""
    return str(by.role) in APPROVED_BY.get(row.area.level, ()) and reaches(row, by)


def approvers(area: Area, scope: dict[str, int | None], at: datetime) -> frozenset[int]:
    """The people in post today who may approve for this area and can sign in."""
    levels = APPROVED_BY.get(area.level, frozenset())
    wanted = Q(pk=None)
    for level in levels:
        wanted |= Q(post__kind=POST_OF[level], post__area=scope[f"{level}_id"])
    with acting_as(GATE):
        held = appointments_in_force(local_date(at)).filter(wanted)
        able = held.filter(person__account__isnull=False, person__account__disabled_at=None)
        return frozenset(able.values_list("person", flat=True))


def asked_seq(row: Emergency) -> int:
    """The number of the latest asking: the opening is 0, each renewal one more."""
    return Step.objects.filter(emergency=row, kind="asked").order_by("-seq").values_list("seq", flat=True).first() or 0


# Who needs what -------------------------------------------------------------------------------------------------------


def needs_of(row: Emergency, by: Actor, at: datetime) -> list[Told]:
    """Every need that whoever asks serves, open ones first; nothing of who lives there. Nothing when it is erased."""
    if row.erased_at is not None or not serves(row, by, at):
        return []
    with acting_as(WORKER):
        rows = list(Need.objects.filter(emergency=row).exclude(state="withdrawn").order_by("place", "id"))
        sums = (
            Supply.objects.filter(need__in=rows)
            .order_by()
            .values_list("need", "state")
            .annotate(number=Sum("quantity"))
        )
        amounts = {(need, state): number for need, state, number in sums}
        found = territory(local_date(at))
    told = [
        Told(each, amounts.get((each.pk, "promised"), 0), amounts.get((each.pk, "brought"), 0))
        for each in rows
        if _is_theirs(each, by, found)
    ]
    return sorted(told, key=lambda each: each.need.state != "open")


def need_of(row: Emergency, need: int, by: Actor, at: datetime) -> Told | None:
    """One of them."""
    return next((each for each in needs_of(row, by, at) if each.need.pk == need), None)


def supplies_of(need: Need) -> list[Supply]:
    """What was promised and brought to a need, the oldest first."""
    with acting_as(WORKER):
        return list(Supply.objects.filter(need=need).exclude(state="dropped").order_by("id"))


def household(need: Need) -> Household:
    """Who lives there, as it was told; nothing once it is erased. Whoever calls leaves a trace."""
    if need.sealed is None:
        return Household()
    try:
        return Household(**orjson.loads(unseal(bytes(need.sealed))))
    except SealBroken:
        return Household()


def told(need: int) -> tuple[Need, Emergency] | None:
    """A need for whoever holds its link, with its emergency."""
    with acting_as(WORKER):
        row = Need.objects.filter(pk=need).select_related("emergency__area").first()
        return None if row is None else (row, row.emergency)


def _scope(row: Emergency) -> set[int | None]:
    return {row.grid_id, row.community_id, row.subdistrict_id, row.county_id}


def _is_theirs(need: Need, by: Actor, found: Territory) -> bool:
    """A grid or a community serves its own doors; a need without a known door concerns everybody who serves."""
    if by.role not in (Role.GRID, Role.COMMUNITY) or need.lon is None or need.lat is None:
        return True
    place = found.at(need.lon, need.lat)[0]
    return place is None or by.org == (place.grid if by.role == Role.GRID else place.community)
