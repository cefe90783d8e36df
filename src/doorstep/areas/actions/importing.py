"""Load what files say of a place: all of a file or nothing, and the same file twice changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db import connection, models

from doorstep.areas.models import Area, BaseMapFeature, Building
from doorstep.areas.readers.households import figures_of
from doorstep.areas.readers.records import BaseMapFile, BuildingsFile, Feature, Findings, TerritoryFile
from doorstep.areas.readers.records import Building as FileBuilding
from doorstep.areas.rules.codes import Level
from doorstep.areas.rules.households import USUAL, HousingDefaults
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import Projection
from doorstep.core.refusals import Refusal
from doorstep.core.text import as_json, say

LEVELS = {Level.COUNTY: "county", Level.SUBDISTRICT: "subdistrict", Level.COMMUNITY: "community"}


class ImportRefused(Refusal):
    """The file has problems; nothing of it was taken. `findings` lists them row by row."""

    def __init__(self, file: str, findings: Findings) -> None:
        super().__init__(
            say("areas-import-refused", file=file, count=findings.problem_count),
            say("areas-import-refused-try"),
            file,
        )
        self.findings = findings


class CommunityUnknown(Refusal):
    """No community with this code is in force."""


@dataclass(frozen=True)
class Imported:
    """What an import did; everything that it neither added nor changed was there already, the same."""

    added: int
    changed: int
    same: int


def import_territory(file: TerritoryFile, *, at: datetime) -> Imported:
    """Counties, subdistricts and communities; names may change, codes and parents may not."""
    if not file.is_good:
        raise ImportRefused(file.file, file.findings)
    with acting_as(WORKER, because="import territory"):
        known = {area.code: area for area in Area.objects.filter(valid_until=None, level__in=LEVELS.values())}
        added = changed = same = 0
        for level, name in LEVELS.items():
            fresh = []
            for row in file.at(level):
                area = known.get(row.code)
                if area is None:
                    fresh.append(_area(row.code, name, row.name, known))
                elif area.name != row.name:
                    area.name = row.name
                    area.save(update_fields=["name"])
                    changed += 1
                else:
                    same += 1
            for area in Area.objects.bulk_create(fresh, batch_size=1000):
                known[area.code] = area
            added += len(fresh)
            _point_at_itself(name)
    return Imported(added, changed, same)


def _area(code: str, level: str, name: str, known: dict[str, Area]) -> Area:
    county, subdistrict = known.get(code[:6]), known.get(code[:9])
    parent = {"county": None, "subdistrict": county, "community": subdistrict}[level]
    return Area(
        code=code,
        level=level,
        name=name,
        parent=parent,
        county=county if level != "county" else None,
        subdistrict=subdistrict if level == "community" else None,
    )


def _point_at_itself(level: str) -> None:
    """An area is inside itself: so one column bounds a desk, whatever the level of what it looks at."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE areas_area SET {level}_id = id WHERE level = %s AND {level}_id IS NULL",  # noqa: S608 - our levels
            [level],
        )


def import_buildings(
    community: str, file: BuildingsFile, *, at: datetime, defaults: HousingDefaults = USUAL
) -> Imported:
    """The buildings of one community, each with its households and where that number comes from.

    A building is recognised by its source and id. One that the file no longer holds stays: a file may be a part.
    `defaults` are what the place takes for usual where the file says nothing.
    """
    if not file.is_good:
        raise ImportRefused(file.file, file.findings)
    with acting_as(WORKER, because="import buildings"):
        area = community_in_force(community)
        known = {(row.source, row.source_id): row for row in Building.objects.filter(community=area)}
        plane = plane_of(area, file.buildings)
        fresh, changed, same = [], 0, 0
        for row in file.buildings:
            wanted = _building(area, row, plane, at, defaults)
            old = known.get((wanted.source, wanted.source_id))
            if old is None:
                fresh.append(wanted)
            elif old.removed_at is not None or _differs(old, wanted, _COMPARED):
                wanted.pk = old.pk
                wanted.save(force_update=True)
                changed += 1
            else:
                same += 1
        Building.objects.bulk_create(fresh, batch_size=1000)
    return Imported(len(fresh), changed, same)


def import_base_map(community: str, file: BaseMapFile) -> Imported:
    """What the map of one community is drawn upon, and what a piece should not cross."""
    if not file.is_good:
        raise ImportRefused(file.file, file.findings)
    with acting_as(WORKER, because="import base map"):
        area = community_in_force(community)
        known = {row.source_id: row for row in BaseMapFeature.objects.filter(community=area)}
        fresh, changed = [], []
        for feature in file.features:
            wanted = _feature(area, feature)
            old = known.get(feature.source)
            if old is None:
                fresh.append(wanted)
            elif _differs(old, wanted, _DRAWN):
                wanted.pk = old.pk
                changed.append(wanted)
        BaseMapFeature.objects.bulk_create(fresh, batch_size=1000)
        BaseMapFeature.objects.bulk_update(changed, _DRAWN, batch_size=500)
    return Imported(len(fresh), len(changed), len(file.features) - len(fresh) - len(changed))


def community_in_force(code: str) -> Area:
    """The community with this code."""
    area = Area.objects.filter(code=code, level="community", valid_until=None).first()
    if area is None:
        raise CommunityUnknown(say("areas-community-unknown", code=code), say("areas-community-unknown-try"))
    return area


def plane_of(area: Area, buildings: Sequence[FileBuilding]) -> Projection:
    """The plane in whose metres a county keeps its buildings: that of its first one, so that a county has one zone."""
    kept = (
        Building.objects.filter(community__county=area.county_id).order_by("id").values_list("lon", flat=True).first()
    )
    return Projection.of(kept if kept is not None else shapely.point_on_surface(buildings[0].shape).x)


def _building(area: Area, row: FileBuilding, plane: Projection, at: datetime, defaults: HousingDefaults) -> Building:
    centre = shapely.point_on_surface(row.shape)
    x, y = plane.metres(centre.x, centre.y)
    figures = figures_of(row, plane, defaults)
    source, _, source_id = row.source.partition("/")
    return Building(
        community=area,
        source=source,
        source_id=_fit(source_id, 80),
        name=row.name[:160],
        address=row.address[:240],
        kind=str(row.kind),
        compound=row.compound[:120],
        footprint=shapely.to_wkb(row.shape),
        lon=centre.x,
        lat=centre.y,
        x=x,
        y=y,
        floors=figures.floors.value,
        entrances=row.entrances,
        dwellings=figures.dwellings.value,
        dwellings_basis=str(figures.dwellings.basis),
        dwellings_rule=as_json(figures.dwellings.rule),
        lived_in=figures.lived_in.value,
        lived_in_basis=str(figures.lived_in.basis),
        lived_in_rule=as_json(figures.lived_in.rule),
        imported_at=at,
    )


def _feature(area: Area, feature: Feature) -> BaseMapFeature:
    return BaseMapFeature(
        community=area,
        source_id=feature.source,
        kind=str(feature.kind),
        name=feature.name[:160],
        is_barrier=feature.is_barrier,
        shape=shapely.to_wkb(feature.shape),
    )


def _fit(own_id: str, length: int) -> str:
    """An id as it is, or by its digest where somebody's ids are longer than ours: cut off, two might be one."""
    return own_id if len(own_id) <= length else hashlib.sha256(own_id.encode()).hexdigest()


_COMPARED = (
    "name", "address", "kind", "compound", "footprint", "floors", "entrances", "dwellings", "dwellings_basis",
    "dwellings_rule", "lived_in", "lived_in_basis", "lived_in_rule",
)  # fmt: skip
_DRAWN = ("kind", "name", "is_barrier", "shape")


def _differs(old: models.Model, wanted: models.Model, fields: Iterable[str]) -> bool:
    return any(_plain(getattr(old, name)) != _plain(getattr(wanted, name)) for name in fields)


def _plain(value: Any) -> Any:
    # The driver gives bytes back as a memoryview.
    return bytes(value) if isinstance(value, memoryview) else value
