"""Units as whoever keeps them sees them: where each acts, what for, and who sits in its seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from doorstep.areas.models import Area
from doorstep.staff.models import Unit, UnitKind
from doorstep.staff.rules.seats import KEPT_BY_HAND, UNITS_OF_POST

PAGE: Final = 50
KINDS: Final = tuple(str(kind) for kind in UnitKind)
KINDS_KEPT: Final = tuple(kind for kind in KINDS if kind in KEPT_BY_HAND)
POST_OF_UNIT: Final = {unit: post for post, kinds in UNITS_OF_POST.items() for unit in kinds & KEPT_BY_HAND}


@dataclass(frozen=True)
class Wanted:
    """What somebody asks the list for; empty fields ask for everything."""

    words: str = ""
    kind: str = ""


class Row(NamedTuple):
    """One unit, where it acts, and how many of its seats are filled."""

    id: int
    kind: str
    name: str
    subject: str
    area: str
    area_code: str
    is_on_call: bool
    closed_at: datetime | None
    phone: str
    seats: int
    held: int

    @property
    def post_kind(self) -> str:
        """The kind of post whose holders act on its cases."""
        return POST_OF_UNIT.get(self.kind, "")

    @property
    def ends_by_hand(self) -> bool:
        """Whether it can be ended here; the team of a grid ends with the plan that made it."""
        return self.closed_at is None and self.kind in KEPT_BY_HAND


def page(wanted: Wanted, today: date, *, number: int = 1) -> list[Row]:
    """One page of the units that act, by area and kind, and one row more when another page follows."""
    found = Unit.objects.filter(closed_at=None)
    if wanted.words:
        found = found.filter(Q(name__icontains=wanted.words) | Q(area__code__startswith=wanted.words))
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    start = max(number - 1, 0) * PAGE
    return _rows(found.order_by("area__code", "kind", "name", "id"), today, start, start + PAGE + 1)


def one(unit: int, today: date) -> Row | None:
    """A unit, whether it still acts or not."""
    return next(iter(_rows(Unit.objects.filter(pk=unit), today, 0, 1)), None)


def acting(area: int) -> list[tuple[int, str]]:
    """The units that act inside an area or in its county, with their names; teams of grids are not among them."""
    county = Area.objects.filter(pk=area).annotate(top=Coalesce("county", "id")).values("top")
    inside = Q(area__county__in=county) | Q(area__in=county)
    found = Unit.objects.filter(inside, closed_at=None).exclude(kind=UnitKind.GRID_TEAM)
    return list(found.order_by("kind", "name", "id").values_list("id", "name"))


def phone_of_desk(community: int | None) -> str:
    """The public telephone of the desk of a community; nothing when it has said none."""
    desks = Unit.objects.filter(kind=UnitKind.COMMUNITY_DESK, area=community or 0, closed_at=None).exclude(phone="")
    return desks.order_by("id").values_list("phone", flat=True).first() or ""


def departments_of(community: int) -> list[str]:
    """The names of the departments that act in the county of a community."""
    county = Area.objects.filter(pk=community).values("county")
    found = Unit.objects.filter(kind=UnitKind.DEPARTMENT, closed_at=None, area__county__in=county)
    return list(found.order_by("name").values_list("name", flat=True).distinct())


def _rows(units: QuerySet[Unit], today: date, start: int, end: int) -> list[Row]:
    exists = Q(posts__abolished_on=None) | Q(posts__abolished_on__gt=today)
    begun = Q(posts__appointments__from_on__lte=today)
    goes_on = Q(posts__appointments__until_on=None) | Q(posts__appointments__until_on__gt=today)
    counted = units.annotate(
        place=F("area__name"),
        place_code=F("area__code"),
        seats=Count("posts", filter=exists, distinct=True),
        held=Count("posts", filter=exists & begun & goes_on, distinct=True),
    )
    columns = ("id", "kind", "name", "subject", "place", "place_code", "is_on_call", "closed_at", "phone")
    return [Row(*row) for row in counted.values_list(*columns, "seats", "held")[start:end]]
