"""Set a place apart as a special grid, change who leads it, and end it: plans drawn from then on cut it out, or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import numpy as np
import shapely

from doorstep.areas.actions.outlining import plane_of
from doorstep.areas.counts import households_of
from doorstep.areas.models import Area, Building, SpecialGrid
from doorstep.areas.rules.codes import special_number
from doorstep.areas.special_grids import grids_of, kept
from doorstep.core.access import Actor
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import say
from doorstep.core.time.zone import local_date
from doorstep.engines.districting.enclosing import ground_around
from doorstep.engines.districting.special import SHARED_AT_MOST_M2

MOST_LETTERS: Final = 120
MOST_CORNERS: Final = 20_000


class SpecialGridRefused(Refusal):
    """This place cannot be set apart so, or was not."""


@dataclass(frozen=True)
class Place:
    """A place to be set apart: its ground is drawn around `buildings`, or is `shape`, in degrees of WGS 84."""

    name: str
    led_by: str
    department: str
    from_on: date | None = None
    buildings: tuple[int, ...] = ()
    shape: shapely.Geometry | None = None


def set_apart(community: int, place: Place, *, by: Actor, at: datetime) -> SpecialGrid:
    """Keep a place as a special grid of the community."""
    Area.objects.select_for_update().only("pk").get(pk=community)
    _refuse_nameless(place)
    rows = list(Building.objects.filter(community=community, removed_at=None).order_by("id"))
    if not rows:
        raise SpecialGridRefused(say("districting-no-buildings"), say("districting-no-buildings-try"))
    plane, others = plane_of(rows), kept(community)
    shape = place.shape if place.shape is not None else _around(place, rows, others, plane)
    ground = plane.flatten(shape)
    _refuse_overlap(ground, others, plane)
    used = SpecialGrid.objects.filter(community=community).values_list("number", flat=True)
    made = SpecialGrid(
        community_id=community,
        number=special_number(used),
        name=place.name,
        led_by=place.led_by,
        department=place.department,
        shape=shapely.to_wkb(shape),
        from_on=place.from_on or local_date(at),
        by_post=by.post,
    )
    _refuse_senseless(made, rows, others)
    made.save()
    return made


def end(community: int, special: int, *, at: datetime) -> SpecialGrid:
    """From today on it is no special grid: the next plan draws its ground like any other."""
    row = SpecialGrid.objects.filter(community=community, pk=special, until_on=None).select_for_update().first()
    if row is None:
        raise SpecialGridRefused(say("special-ended-already"), say("special-ended-already-try"))
    # Whoever takes back what was to begin tomorrow leaves no day on which it was one.
    row.until_on = max(row.from_on, local_date(at))
    row.save(update_fields=["until_on"])
    return row


def _refuse_nameless(place: Place) -> None:
    for name in ("name", "led_by", "department"):
        written = getattr(place, name)
        if not written.strip():
            raise SpecialGridRefused(say(f"special-no-{name.replace('_', '-')}"), say("special-fill-in"), name)
        if len(written) > MOST_LETTERS:
            raise SpecialGridRefused(say("special-too-long", most=MOST_LETTERS), say("special-too-long-try"), name)
    if place.shape is None and not place.buildings:
        raise SpecialGridRefused(say("special-nothing-chosen"), say("special-nothing-chosen-try"), "buildings")


def _around(
    place: Place, rows: list[Building], others: list[SpecialGrid], plane: Projection
) -> shapely.Polygon | shapely.MultiPolygon:
    """The ground of the chosen buildings, less that of the special grids that there are."""
    row_of = {row.pk: number for number, row in enumerate(rows)}
    if strange := [each for each in place.buildings if each not in row_of]:
        raise SpecialGridRefused(
            say("special-unknown-building", count=len(strange)), say("areas-cell-check"), "buildings"
        )
    chosen = [row_of[each] for each in place.buildings]
    _refuse_taken(rows, chosen, others)
    footprints = plane.flatten(np.array([shapely.from_wkb(bytes(row.footprint)) for row in rows], dtype=object))
    ground = ground_around(footprints, chosen)
    if others:
        taken = shapely.union_all([plane.flatten(shapely.from_wkb(bytes(each.shape))) for each in others])
        ground = shapely.difference(ground, taken)
    return plane.unflatten(ground)


def _refuse_taken(rows: list[Building], chosen: list[int], others: list[SpecialGrid]) -> None:
    inside = grids_of([rows[each] for each in chosen], others)
    for other, its in zip(others, inside, strict=True):
        if its.any():
            building = rows[chosen[int(its.argmax())]]
            name = building.name or building.address or f"#{building.pk}"
            raise SpecialGridRefused(
                say("special-building-taken", building=name, name=other.name), say("special-overlap-try"), "buildings"
            )


def _refuse_overlap(ground: shapely.Geometry, others: list[SpecialGrid], plane: Projection) -> None:
    for other in others:
        shared = shapely.intersection(ground, plane.flatten(shapely.from_wkb(bytes(other.shape))))
        if shapely.area(shared) > SHARED_AT_MOST_M2:
            raise SpecialGridRefused(
                say("special-overlap", name=other.name, area=round(shapely.area(shared))),
                say("special-overlap-try"),
                "file",
            )


def _refuse_senseless(made: SpecialGrid, rows: list[Building], others: list[SpecialGrid]) -> None:
    """A special grid holds a building, and leaves homes for the others."""
    inside = grids_of(rows, [*others, made])
    if not inside[-1].any():
        raise SpecialGridRefused(say("special-no-building-inside"), say("special-no-building-inside-try"), "file")
    homes = np.array([households_of(row, "lived_in") for row in rows])
    if homes[~np.any(inside, axis=0)].sum() == 0:
        raise SpecialGridRefused(say("special-nobody-left"), say("special-nobody-left-try"), "buildings")
