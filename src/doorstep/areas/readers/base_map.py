"""Roads, railways, waters, greens, walls and compounds from OpenStreetMap: what the map shows and grids end at."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import shapely

from doorstep.areas.readers import osm
from doorstep.areas.readers.formats import Format, Limits, recognise
from doorstep.areas.readers.records import BaseMapFile, Feature, FeatureKind
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.readers.shapes import made_fit
from doorstep.core.geometry import Datum
from doorstep.core.text import say

_KEYS: Final = (
    "highway",
    "railway",
    "waterway",
    "natural",
    "landuse",
    "leisure",
    "barrier",
    "amenity",
    "place",
    "boundary",
)
_WALKED: Final = frozenset(["footway", "path", "steps", "pedestrian", "cycleway", "bridleway", "corridor", "track"])
_NO_ROAD: Final = frozenset(
    ["construction", "proposed", "platform", "elevator", "rest_area", "services", "trail", "abandoned", "razed"]
)
_BIG_ROADS: Final = frozenset(["motorway", "trunk", "primary", "secondary", "tertiary"])
_RAILS: Final = frozenset(["rail", "subway", "light_rail", "tram", "narrow_gauge"])
_GREEN: Final = {
    "natural": frozenset(["wood", "scrub", "grassland", "heath", "wetland"]),
    "landuse": frozenset(
        [
            "grass",
            "forest",
            "meadow",
            "recreation_ground",
            "village_green",
            "cemetery",
            "allotments",
            "orchard",
            "farmland",
        ]
    ),
    "leisure": frozenset(["park", "garden", "pitch", "playground"]),
}
_WATER: Final = {
    "natural": frozenset({"water", "bay"}),
    "landuse": frozenset({"basin", "reservoir", "pond"}),
    "waterway": frozenset(["river", "stream", "canal", "drain", "ditch", "riverbank"]),
}
_WIDE_WATER: Final = frozenset(["river", "canal", "riverbank", "water", "bay", "reservoir"])
_WALLS: Final = frozenset(["wall", "city_wall", "retaining_wall", "fence"])
_COMPOUND: Final = {
    "landuse": frozenset({"residential"}),
    "amenity": frozenset(["university", "college", "school", "hospital"]),
    "place": frozenset(["neighbourhood", "quarter"]),
}
_AREAS_ONLY: Final = frozenset({FeatureKind.COMPOUND, FeatureKind.BOUNDARY, FeatureKind.GREEN})


def read_base_map(path: Path | str, *, limits: Limits = Limits()) -> BaseMapFile:  # noqa: B008 - it is frozen.
    """The lines and areas of an Overpass answer or `.osm.pbf` that a map shows below the grids."""
    path = Path(path)
    report = Report(path.name)
    features: list[Feature] = []
    try:
        format_ = recognise(path, frozenset({Format.OVERPASS, Format.PBF}), limits)
        features = [
            feature for thing in osm.objects(path, format_, _KEYS, report) if (feature := _feature(thing)) is not None
        ]
        features = _fit(features, report, limits)
    except FileRefused as no:
        report.refuse(no)
    return BaseMapFile(path.name, tuple(features), report.findings())


def _feature(thing: osm.OsmObject) -> Feature | None:
    what = _kind(thing.tags)
    if what is None or "building" in thing.tags:
        return None
    kind, grade = what
    shape = thing.shape
    is_outline = thing.shape.geom_type in ("Polygon", "MultiPolygon")
    if kind in (FeatureKind.ROAD, FeatureKind.PATH, FeatureKind.RAILWAY, FeatureKind.WALL) and is_outline:
        if thing.tags.get("area") != "yes" and shape.geom_type == "Polygon":
            shape = shapely.LineString(shape.exterior)
    elif shape.geom_type == "Point" or (kind in _AREAS_ONLY and not is_outline):
        return None
    name = thing.tags.get("name:zh") or thing.tags.get("name") or ""
    return Feature(thing.source, kind, grade, name, shape, _is_barrier(kind, grade, thing.tags))


def _kind(tags: osm.Tags) -> tuple[FeatureKind, str] | None:
    """What a thing is on the map; the first that fits, from what divides most to what divides least."""
    highway, railway = tags.get("highway"), tags.get("railway")
    if highway and highway not in _NO_ROAD:
        return (FeatureKind.PATH if highway in _WALKED else FeatureKind.ROAD), highway
    if railway in _RAILS:
        return FeatureKind.RAILWAY, railway or ""
    if tags.get("barrier") in _WALLS:
        return FeatureKind.WALL, tags["barrier"]
    for kind, words in ((FeatureKind.WATER, _WATER), (FeatureKind.GREEN, _GREEN), (FeatureKind.COMPOUND, _COMPOUND)):
        for key, values in words.items():
            if tags.get(key) in values:
                return kind, tags[key]
    if tags.get("boundary") == "administrative":
        return FeatureKind.BOUNDARY, tags.get("admin_level", "")
    return None


def _is_barrier(kind: FeatureKind, grade: str, tags: osm.Tags) -> bool:
    if tags.get("tunnel", "no") not in ("no", "building_passage") or tags.get("covered") == "yes":
        return False
    match kind:
        case FeatureKind.ROAD:
            return grade.removesuffix("_link") in _BIG_ROADS
        case FeatureKind.RAILWAY:
            return grade not in ("tram", "subway")
        case FeatureKind.WATER:
            return grade in _WIDE_WATER
        case FeatureKind.WALL:
            return grade != "fence"
    return False


def _fit(features: list[Feature], report: Report, limits: Limits) -> list[Feature]:
    """The features whose shapes are sound; lines pass as they are, outlines are repaired, broken ones left out."""
    if not features:
        raise FileRefused(say("areas-file-no-features"), say("areas-file-empty-try"))
    outlines = [feature for feature in features if feature.shape.geom_type in ("Polygon", "MultiPolygon")]
    own = Report(report.file)
    sources, shapes = [feature.source for feature in outlines], [feature.shape for feature in outlines]
    fit = dict(zip(sources, made_fit(shapes, sources, Datum.WGS84, own, corners=limits.corners), strict=True))
    for finding in own.findings().remarks + own.findings().problems:
        report.remark(finding.row, finding.field, finding.what, finding.try_this)
    return [
        Feature(f.source, f.kind, f.grade, f.name, shape, f.is_barrier)
        for f in features
        if (shape := fit.get(f.source, f.shape)) is not None
    ]
