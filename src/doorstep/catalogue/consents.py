"""What grids were asked to do beyond the admission list: for those concerned, for dispatch, and for everybody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q

from doorstep.areas.models import Area
from doorstep.catalogue.models import Consent as Consent
from doorstep.core.access import Actor

OPEN = ("asked", "consented")


def of(actor: Actor) -> list[Consent]:
    """All that concerns this seat: asked by it, asked of its grids, or inside its territory; the latest first."""
    rows = Consent.objects.select_related("area", "community", "asked_by").defer("area__outline", "community__outline")
    match str(actor.role):
        case "grid":
            grid = Area.objects.filter(pk=actor.org or 0).values_list("community_id", flat=True).first()
            rows = rows.filter(Q(grid=None) | Q(grid=actor.org), community=grid or 0)
        case "community":
            rows = rows.filter(community=actor.org)
        case "subdistrict":
            rows = rows.filter(subdistrict=actor.org)
        case "county":
            rows = rows.filter(county=actor.org)
        case _:
            rows = rows.filter(asked_by=actor.unit)
    return list(rows.order_by("-asked_at", "-id")[:200])


def standing(row: Consent, today: date) -> str:
    """How it stands on that day: it begins and ends by itself."""
    if row.state == "consented":
        if today > row.until_on:
            return "over"
        return "agreed" if today < row.from_on else "in-force"
    if row.state == "asked" and today > row.until_on:
        return "lapsed"
    return row.state


class Agreed(NamedTuple):
    """A consent that counts: its number, the item, and the code of the area that it was given for."""

    id: int
    item: str
    code: str

    def covers(self, served: frozenset[str]) -> bool:
        """Whether it was given for one of these grids."""
        return any(code.startswith(self.code) for code in served)


def agreed(community: int | None, item: str, today: date) -> list[Agreed]:
    """What the grids of this community have agreed to do of this item today."""
    if community is None or not item:
        return []
    rows = Consent.objects.filter(
        community=community, item=item, state="consented", from_on__lte=today, until_on__gte=today
    )
    return [Agreed(*row) for row in rows.order_by("id").values_list("id", "item", "area__code")]


@dataclass(frozen=True)
class Burden:
    """What one unit asked of grids: how much of it counts now, and how much it ever was."""

    asker: str
    now: int
    ever: int


def public(today: date) -> tuple[list[Any], list[Burden]]:
    """What counts today or is to come, and how much each unit has asked for. Only counts, no names of people."""
    rows = list(
        Consent.objects.filter(state__in=("consented", "ended"))
        .select_related("area", "community", "asked_by")
        .defer("area__outline", "community__outline")
        .order_by("until_on", "id")[:2000]
    )
    alive = [row for row in rows if standing(row, today) in ("in-force", "agreed")]
    return alive, _burdens(rows, [row for row in alive if standing(row, today) == "in-force"])


def _burdens(rows: Sequence[Consent], now: Sequence[Consent]) -> list[Burden]:
    ever, counting = (Counter(row.asked_by.name for row in some) for some in (rows, now))
    return [
        Burden(name, counting[name], count)
        for name, count in sorted(ever.items(), key=lambda each: (-each[1], each[0]))
    ]
