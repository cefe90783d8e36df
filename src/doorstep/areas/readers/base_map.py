"""Roads, railways, waters, greens, walls and compounds from OpenStreetMap or any layer of lines: what grids end at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

import shapely

from doorstep.areas.readers import line_layers, osm
from doorstep.areas.readers.formats import USUAL, Format, Limits, recognise
from doorstep.areas.readers.records import BaseMapFile, Feature, FeatureKind
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.readers.shapes import made_fit
from doorstep.core.geometry import Datum
from doorstep.core.signs import seen
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


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_WALKED: Final = _words("footway path steps pedestrian cycleway bridleway corridor track")
_NO_ROAD: Final = _words("construction proposed platform elevator rest_area services trail abandoned razed bus_stop")
_BIG_ROADS: Final = _words("motorway trunk primary secondary tertiary")
_RAILS: Final = _words("rail subway light_rail tram narrow_gauge")
_GREEN: Final = {
    "natural": _words("wood scrub grassland heath wetland"),
    "landuse": _words("grass forest meadow recreation_ground village_green cemetery allotments orchard farmland"),
    "leisure": _words("park garden pitch playground"),
}
_WATER: Final = {
    "natural": _words("water bay"),
    "landuse": _words("basin reservoir pond"),
    "waterway": _words("river stream canal drain ditch riverbank"),
}
_WIDE_WATER: Final = _words("river canal riverbank water bay reservoir")
_WALLS: Final = _words("wall city_wall retaining_wall fence")
_COMPOUND: Final = {
    "landuse": _words("residential"),
    "amenity": _words("university college school hospital"),
    "place": _words("neighbourhood quarter"),
}
_KNOWN: Final = frozenset({Format.OVERPASS, Format.PBF, Format.GEOJSON, Format.GEOPACKAGE})
_TAGS: Final = frozenset({"highway", "railway", "waterway", "natural", "landuse", "leisure", "barrier"})
_AREAS_ONLY: Final = frozenset({FeatureKind.COMPOUND, FeatureKind.BOUNDARY, FeatureKind.GREEN})


def read_base_map(path: Path | str, *, limits: Limits = USUAL) -> BaseMapFile:
    """The lines and areas of an Overpass answer, `.osm.pbf`, GeoJSON or GeoPackage that a map shows below the grids."""
    path = Path(path)
    report = Report(path.name)
    features: list[Feature] = []
    try:
        format_ = recognise(path, _KNOWN, limits)
        if format_ in (Format.OVERPASS, Format.PBF):
            features = [feature for thing in osm.objects(path, format_, _KEYS, report) for feature in _features(thing)]
        else:
            features = list(_from_layer(path, format_, report, limits))
        features = _fit(features, report, limits)
    except FileRefused as no:
        report.refuse(no)
    return BaseMapFile(path.name, tuple(features), report.findings())


def _from_layer(path: Path, format_: Format, report: Report, limits: Limits) -> Iterator[Feature]:
    """Lines with the tags of OpenStreetMap are what these say; others are what they were drawn for."""
    tagged, plain = list[Feature](), list[Feature]()
    for words, shape, own in line_layers.read_layer(path, format_, report, limits):
        if words.keys() & _TAGS:
            tagged += _features(osm.OsmObject(own, words, shape, 0))
        else:
            plain.append(line_layers.named_feature(words, shape, own, report))
    yield from tagged
    yield from plain


def _features(thing: osm.OsmObject) -> Iterator[Feature]:
    """What a thing is on the map: nothing, one feature, or two, when a compound is drawn as the wall around it."""
    if "building" in thing.tags or thing.shape.geom_type == "Point":
        return
    is_outline = thing.shape.geom_type in ("Polygon", "MultiPolygon")
    name = seen(thing.tags.get("name:zh") or thing.tags.get("name") or "")
    for kind, grade in filter(None, (_line_kind(thing.tags), _area_kind(thing.tags))):
        source, shape = thing.source, thing.shape
        if kind is FeatureKind.WALL and is_outline:
            # The outline itself may be a feature too.
            source, shape = f"{source}#wall", shapely.boundary(shape)
        elif kind in _AREAS_ONLY and not is_outline:
            continue
        yield Feature(source, kind, grade, name, shape, _is_barrier(kind, grade, thing.tags))
        if kind is not FeatureKind.WALL:
            return


def _line_kind(tags: osm.Tags) -> tuple[FeatureKind, str] | None:
    highway, railway = tags.get("highway"), tags.get("railway")
    if highway and highway not in _NO_ROAD:
        return (FeatureKind.PATH if highway in _WALKED else FeatureKind.ROAD), highway
    if railway in _RAILS:
        return FeatureKind.RAILWAY, railway or ""
    if tags.get("barrier") in _WALLS:
        return FeatureKind.WALL, tags["barrier"]
    return None


def _area_kind(tags: osm.Tags) -> tuple[FeatureKind, str] | None:
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
    rows = [feature.source for feature in outlines]
    fit = made_fit([f.shape for f in outlines], rows, Datum.WGS84, own, corners=limits.corners)
    for finding in own.findings().remarks + own.findings().problems:
        report.remark(finding.row, finding.field, finding.what, finding.try_this)
    shapes = dict(zip(map(id, outlines), fit, strict=True))
    kept = [replace(feature, shape=shapes.get(id(feature), feature.shape)) for feature in features]
    return [feature for feature in kept if feature.shape is not None]
