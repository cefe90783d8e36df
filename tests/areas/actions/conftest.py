"""Buildings in the town, enough of them to be divided."""

from __future__ import annotations

import shapely
from tests.town import LAT, LON, MORNING, SQUARE_DEG, Town

from doorstep.areas.models import Building
from doorstep.core.access import WORKER, acting_as
from doorstep.core.geometry.metres import Projection

HOUSE_DEG = 0.0002


def build_houses(town: Town, *, households: int = 30, rows: int = 4, columns: int = 5) -> list[int]:
    """Houses in rows over the town's four micro-grids, with their ids; each holds as many households."""
    with acting_as(WORKER):
        houses = [
            _house(town, place, households, LON + SQUARE_DEG * 2 * (column + 0.5) / columns, LAT - SQUARE_DEG * row / 2)
            for place, (row, column) in enumerate((row, column) for row in range(rows) for column in range(columns))
        ]
        return [house.pk for house in Building.objects.bulk_create(houses)]


def _house(town: Town, place: int, households: int, lon: float, lat: float) -> Building:
    x, y = Projection.of(LON).metres(lon, lat)
    shape = shapely.box(lon - HOUSE_DEG / 2, lat - HOUSE_DEG / 2, lon + HOUSE_DEG / 2, lat + HOUSE_DEG / 2)
    return Building(
        community_id=town.community,
        source="own",
        source_id=str(place),
        kind="residential",
        footprint=shapely.to_wkb(shape),
        lon=lon,
        lat=lat,
        x=x,
        y=y,
        floors=6,
        dwellings=households + 5,
        lived_in=households,
        lived_in_basis="estimated",
        imported_at=MORNING,
    )
