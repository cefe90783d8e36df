"""Files of an invented city, as `doorstep import` and `doorstep divide` read them.

The city lies in the East China Sea and under codes that were given to nobody, so that it is taken for no place; every
name says that it is invented.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final, NamedTuple

import numpy as np
import orjson
import shapely

from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.geometry.metres import Projection
from doorstep.core.text import text

if TYPE_CHECKING:
    from doorstep.engines.districting.synthetic import Community

Rows = list[dict[str, Any]]

PLACE: Final = (123.0, 30.0)
"""Longitude and latitude of the south-western corner."""
PLANE: Final = Projection.of(PLACE[0])
CITY: Final = "3299"
COMMUNITIES_A_SUBDISTRICT: Final = 25
SUBDISTRICTS_A_COUNTY: Final = 20
DECIMALS: Final = 8
"""Of a degree: about a millimetre."""


class InventedFormat(StrEnum):
    """The format of the buildings; the value is the ending of their file."""

    GEOPACKAGE = "gpkg"
    GEOJSON = "geojson"


class Written(NamedTuple):
    """What was written."""

    buildings: Path
    communities: int
    households: int
    houses: int


def write_city(communities: Iterable[Community], folder: Path, format_: InventedFormat) -> Written:
    """`buildings`, `territory.csv` and `base_map.json` in the folder, one community after the other.

    The buildings carry the code of their community; the base map is an answer of Overpass.
    """
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"buildings.{format_}"
    count = households = houses = 0
    with ExitStack() as open_files:
        buildings = open_files.enter_context(_GeoPackage(file) if format_ == "gpkg" else _GeoJson(file))
        base_map = open_files.enter_context(_Elements(folder / "base_map.json"))
        table = open_files.enter_context((folder / "territory.csv").open("w", encoding="utf-8-sig", newline=""))
        territory = csv.writer(table)
        territory.writerow(("code", "name", "street", "area", "city"))
        for community in communities:
            territory.writerow(_territory_row(community))
            buildings.add(_building_rows(community), _in_degrees(community.buildings.footprints))
            base_map.add(_map_elements(community))
            count += 1
            households += community.households
            houses += len(community.buildings)
    return Written(file, count, households, houses)


def code_of(community: Community) -> str:
    """Twelve digits that belong to no place; a village has those of a villagers' committee."""
    subdistrict, place = divmod(community.number, COMMUNITIES_A_SUBDISTRICT)
    county, subdistrict = divmod(subdistrict, SUBDISTRICTS_A_COUNTY)
    committee = 2 if community.kind == "village" else 0
    return f"{CITY}{county + 1:02d}{subdistrict + 1:03d}{committee}{place + 1:02d}"


def _territory_row(community: Community) -> tuple[str, ...]:
    code = code_of(community)
    return (
        code,
        text("areas-invented-community", number=community.number + 1),
        text("areas-invented-subdistrict", number=int(code[6:9])),
        text("areas-invented-county", number=int(code[4:6])),
        text("areas-invented-city"),
    )


def _building_rows(community: Community) -> Rows:
    code, buildings = code_of(community), community.buildings
    columns = (buildings.households, buildings.floors, buildings.entrances, buildings.compounds)
    return [
        {
            "id": f"{code}-{number}",
            "community": code,
            "compound": _compound(community, compound),
            "kind": str(BuildingKind.RESIDENTIAL if households else BuildingKind.SCHOOL),
            "floors": floors,
            "entrances": entrances,
            "dwellings": households,
            "lived_in": households,
        }
        for number, (households, floors, entrances, compound) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True), start=1
        )
    ]


def _compound(community: Community, number: int) -> str:
    return text("areas-invented-compound", community=community.number + 1, number=number + 1)


def _map_elements(community: Community) -> Iterator[dict[str, Any]]:
    """Rivers, main roads, streets and compounds as ways of OpenStreetMap, with their coordinates inside them."""
    ways = [
        *((line, {"waterway": "river"}) for line in community.rivers),
        *((line, {"highway": "primary"}) for line in community.roads),
        *((line, {"highway": "residential"}) for line in community.streets),
        *(
            (shapely.boundary(outline), {"landuse": "residential", "name": _compound(community, number)})
            for number, outline in enumerate(community.compounds)
        ),
    ]
    # OpenStreetMap numbers its own ways from 1 up.
    for number, (line, tags) in enumerate(ways, start=1):
        places = shapely.get_coordinates(_in_degrees(np.array([line], dtype=object)))
        yield {
            "type": "way",
            "id": -(community.number * 10_000 + number),
            "tags": tags,
            "geometry": [{"lon": lon, "lat": lat} for lon, lat in places.tolist()],
        }


def _in_degrees(shapes: Any) -> Any:
    east, north = PLANE.metres(*PLACE)

    def degrees(xy: Any) -> Any:
        lon, lat = PLANE.degrees(xy[:, 0] + east, xy[:, 1] + north)
        return np.round(np.column_stack((lon, lat)), DECIMALS)

    return shapely.transform(shapes, degrees)


class _List:
    """A JSON document that is one long list, written item by item."""

    head, tail = b"", b""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> Any:
        self._file: BinaryIO = self._path.open("wb")
        self._file.write(self.head)
        self._between = b"\n"
        return self

    def __exit__(self, *_: object) -> None:
        self._file.write(b"\n" + self.tail)
        self._file.close()

    def _write(self, item: object) -> None:
        self._file.write(self._between + orjson.dumps(item))
        self._between = b",\n"


class _Elements(_List):
    head, tail = b'{"version": 0.6, "generator": "doorstep synthesize city", "elements": [', b"]}\n"

    def add(self, elements: Iterable[dict[str, Any]]) -> None:
        for element in elements:
            self._write(element)


class _GeoJson(_List):
    head, tail = b'{"type": "FeatureCollection", "features": [', b"]}\n"

    def add(self, rows: Rows, shapes: Any) -> None:
        for row, shape in zip(rows, shapely.to_geojson(shapes).tolist(), strict=True):
            self._write({"type": "Feature", "properties": row, "geometry": orjson.Fragment(shape)})


class _GeoPackage:
    """Appended to a batch at a time: to open the file takes longer than to write a community."""

    rows_at_once = 20_000

    def __init__(self, path: Path) -> None:
        self._path = path
        self._rows: Rows = []
        self._shapes: list[Any] = []

    def __enter__(self) -> Any:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._flush()

    def add(self, rows: Rows, shapes: Any) -> None:
        self._rows += rows
        self._shapes.append(shapes)
        if len(self._rows) >= self.rows_at_once:
            self._flush()

    def _flush(self) -> None:
        if not self._rows:
            return
        import pyogrio.raw

        names = list(self._rows[0])
        pyogrio.raw.write(
            self._path,
            shapely.to_wkb(np.concatenate(self._shapes)),
            [np.array([row[name] for row in self._rows]) for name in names],
            names,
            layer="invented_buildings",
            driver="GPKG",
            geometry_type="Polygon",
            crs="EPSG:4326",
            append=self._path.exists(),
        )
        self._rows, self._shapes = [], []
