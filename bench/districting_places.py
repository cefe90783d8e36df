"""Real buildings for benches and tests: three places from OpenStreetMap, in metres around their own middle.

OpenStreetMap has no households. They are estimated the same way everywhere: a building that people live in has one
household for each 110 m² of its floors; a building tagged only `yes` is taken to be lived in by six tenths. Where
floors are not tagged, detached and terraced houses have 2, other buildings up to 250 m² 2, larger ones 5. What is below
40 m², or tagged as something else (school, retail, church …), has 0 households: an empty building for the division.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import osmium
import pyproj
import shapely

from doorstep.engines.districting.problem import Buildings

DATA = Path(__file__).parent.parent / "demo" / "data" / "osm"
M2_A_HOUSEHOLD = 110.0
LIVED_IN = {
    "apartments",
    "residential",
    "house",
    "detached",
    "semidetached_house",
    "terrace",
    "dormitory",
    "bungalow",
    "yes",
}
SMALL_HOUSES = {"house", "detached", "semidetached_house", "terrace", "bungalow"}
MAIN_ROADS = {"motorway", "trunk", "primary", "secondary"}
LEAST_HOME_M2 = 40.0


@dataclass(frozen=True)
class Place:
    """Buildings and barriers of one place, whose compounds are the blocks between its streets."""

    name: str
    buildings: Buildings
    barriers: np.ndarray
    projection: pyproj.Transformer


Tagged = tuple[shapely.Geometry, Mapping[str, str]]


def kouvola() -> Place:
    return _from_pbf("kouvola")


def helsinki() -> Place:
    return _from_pbf("helsinki")


def tsinghua() -> Place:
    buildings = [_as_polygon(each) for each in _from_overpass("tsinghua_buildings") if "building" in each[1]]
    return _place("tsinghua", buildings, list(_from_overpass("tsinghua_roads")))


def _from_overpass(name: str) -> Iterable[Tagged]:
    answer = json.loads((DATA / f"{name}.overpass.json").read_text(encoding="utf-8"))
    elements = answer["elements"]
    nodes = {each["id"]: (each["lon"], each["lat"]) for each in elements if each["type"] == "node"}
    for each in elements:
        if each["type"] != "way":
            continue
        corners = each.get("geometry")
        line = [(c["lon"], c["lat"]) for c in corners] if corners else [nodes[node] for node in each["nodes"]]
        if len(line) > 1:
            yield shapely.LineString(line), each.get("tags", {})


def _as_polygon(way: Tagged) -> Tagged:
    line, tags = way
    return shapely.Polygon(line.coords) if line.is_ring else line, tags


def _from_pbf(name: str) -> Place:
    make = osmium.geom.WKBFactory()
    buildings: list[Tagged] = []
    ways: list[Tagged] = []
    for each in osmium.FileProcessor(DATA / f"{name}.osm.pbf").with_areas():
        if isinstance(each, osmium.osm.Area) and "building" in each.tags:
            buildings.append((shapely.from_wkb(make.create_multipolygon(each)), dict(each.tags)))
        elif isinstance(each, osmium.osm.Way) and {"highway", "railway", "waterway"} & set(dict(each.tags)):
            try:
                ways.append((shapely.from_wkb(make.create_linestring(each)), dict(each.tags)))
            except (osmium.InvalidLocationError, RuntimeError):
                continue  # The extract ends in the middle of the way.
    return _place(name, buildings, ways)


def _place(name: str, found: list[Tagged], ways: list[Tagged]) -> Place:
    middle = shapely.centroid(shapely.geometrycollections([shape for shape, _ in found]))
    plane = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +datum=WGS84 +units=m"
    projection = pyproj.Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    shapes = _in_metres([shape for shape, _ in found], projection)
    solid = [
        row for row, shape in enumerate(shapes) if shape.geom_type in ("Polygon", "MultiPolygon") and shape.is_valid
    ]
    shapes = shapes[solid]
    tags = [found[row][1] for row in solid]
    centres = shapely.centroid(shapes)
    streets = _in_metres([line for line, _ in ways], projection)
    return Place(
        name,
        Buildings(
            shapely.get_coordinates(centres),
            [households(shape.area, each) for shape, each in zip(shapes, tags, strict=True)],
            footprints=shapes,
            floors=[floors(shape.area, each) for shape, each in zip(shapes, tags, strict=True)],
            compounds=_blocks(centres, streets),
        ),
        np.array([line for line, (_, each) in zip(streets, ways, strict=True) if _is_barrier(each)], dtype=object),
        projection,
    )


def _in_metres(shapes: list[shapely.Geometry], projection: pyproj.Transformer) -> np.ndarray:
    return shapely.transform(np.array(shapes, dtype=object), lambda xy: np.c_[projection.transform(xy[:, 0], xy[:, 1])])


def _blocks(centres: np.ndarray, streets: np.ndarray) -> np.ndarray:
    """The street block that each building stands in, -1 for those outside all of them."""
    blocks = shapely.get_parts(shapely.polygonize(shapely.get_parts(shapely.unary_union(streets)).tolist()))
    building, block = shapely.STRtree(blocks).query(centres, predicate="within")
    own = np.full(len(centres), -1)
    own[building] = block
    return own


def _is_barrier(tags: Mapping[str, str]) -> bool:
    return (
        tags.get("highway") in MAIN_ROADS or tags.get("waterway") in {"river", "canal"} or tags.get("railway") == "rail"
    )


def floors(area: float, tags: Mapping[str, str]) -> int:
    levels = tags.get("building:levels", "").split(";")[0].split(".")[0]
    if levels.isdigit() and int(levels) > 0:
        return int(levels)
    return 2 if tags["building"] in SMALL_HOUSES or area <= 250 else 5


def households(area: float, tags: Mapping[str, str]) -> int:
    kind = tags["building"]
    if kind not in LIVED_IN or area <= LEAST_HOME_M2:
        return 0
    share = 0.6 if kind == "yes" else 1.0
    return max(1, int(area * floors(area, tags) / M2_A_HOUSEHOLD * share))
