"""OpenStreetMap: its objects with their tags and shapes, from an Overpass answer or from a `.osm.pbf` extract.

Both give degrees of WGS 84, by definition of OpenStreetMap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import shapely

from doorstep.areas.readers.formats import Format
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.core.text import say

Tags = Mapping[str, str]
Place = tuple[float, float]

# The entrances that lead to people's stairs, among those that lead to shops, bins and garages.
_HOME_ENTRANCES: Final = frozenset({"yes", "main", "staircase", "home"})
_AREAL: Final = ("building", "landuse", "leisure", "amenity", "natural", "place")
_LINEAR: Final = ("highway", "railway", "waterway", "barrier")
_AREA_RELATIONS: Final = frozenset({"multipolygon", "boundary"})


class OsmObject(NamedTuple):
    """A way or relation with its shape."""

    source: str
    tags: Tags
    shape: Any
    """A polygon, several, or a line."""
    entrances: int


def objects(path: Path, format_: Format, keys: Sequence[str], report: Report) -> Iterator[OsmObject]:
    """The ways and multipolygon relations that carry one of the keys; remarks on those whose shape is incomplete."""
    if format_ is Format.PBF:
        return _from_pbf(path, keys, report)
    return _from_overpass(path, keys, report)


def _from_overpass(path: Path, keys: Sequence[str], report: Report) -> Iterator[OsmObject]:
    try:
        yield from _Overpass(_document(path), keys, report).objects()
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        raise FileRefused(say("areas-file-broken", format=Format.OVERPASS), say("areas-file-broken-try")) from broken


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as broken:
        raise FileRefused(say("areas-file-broken", format=Format.OVERPASS), say("areas-file-broken-try")) from broken
    if not isinstance(document, dict) or not isinstance(document.get("elements"), list):
        raise FileRefused(say("areas-file-broken", format=Format.OVERPASS), say("areas-file-broken-try"))
    if "remark" in document and "error" in str(document["remark"]).lower():
        # Overpass answers 200 with half of the data when it runs out of time, and says so only here.
        raise FileRefused(say("areas-overpass-cut", why=str(document["remark"])), say("areas-overpass-cut-try"))
    return document


class _Overpass:
    """One Overpass answer: `out body` with nodes beside the ways, or `out geom` with coordinates inside them."""

    def __init__(self, document: Mapping[str, Any], keys: Sequence[str], report: Report) -> None:
        self._keys, self._report = keys, report
        self._nodes: dict[int, Place] = {}
        self._entrances: set[int] = set()
        self._ways: dict[int, Mapping[str, Any]] = {}
        self._relations: list[Mapping[str, Any]] = []
        for element in document["elements"]:
            self._keep(element)

    def objects(self) -> Iterator[OsmObject]:
        yield from self._from_ways()
        yield from self._from_relations()

    def _keep(self, element: Mapping[str, Any]) -> None:
        kind, id_, tags = element.get("type"), element["id"], element.get("tags", {})
        if kind == "node":
            self._nodes[id_] = (float(element["lon"]), float(element["lat"]))
            if tags.get("entrance") in _HOME_ENTRANCES:
                self._entrances.add(id_)
        elif kind == "way":
            # An answer may hold a way twice: with its tags, and as a bare member of a relation.
            self._ways[id_] = {**element, **self._ways.get(id_, {})} if not tags else element
        elif kind == "relation" and tags.get("type") in _AREA_RELATIONS:
            self._relations.append(element)

    def _from_ways(self) -> Iterator[OsmObject]:
        for id_, way in self._ways.items():
            tags = way.get("tags", {})
            if not _carries(tags, self._keys):
                continue
            source = f"osm/way/{id_}"
            shape = _shape(self._places(way), source, tags, self._report)
            if shape is not None:
                yield OsmObject(source, tags, shape, self._entrances_on(way))

    def _from_relations(self) -> Iterator[OsmObject]:
        for relation in self._relations:
            if not _carries(relation["tags"], self._keys):
                continue
            source = f"osm/relation/{relation['id']}"
            shape = self._assembled(relation)
            if shape is None:
                self._report.remark(source, "shape", say("areas-osm-incomplete"))
                continue
            members = [self._ways.get(member.get("ref"), {}) for member in relation.get("members", ())]
            yield OsmObject(source, relation["tags"], shape, sum(map(self._entrances_on, members)))

    def _places(self, way: Mapping[str, Any]) -> list[Place | None]:
        inline = way.get("geometry")
        if inline:
            return [(float(at["lon"]), float(at["lat"])) if at else None for at in inline]
        return [self._nodes.get(node) for node in way.get("nodes", ())]

    def _line(self, way: Mapping[str, Any]) -> list[Place] | None:
        places = self._places(way)
        line = [place for place in places if place is not None]
        return line if len(line) == len(places) and len(line) > 1 else None

    def _entrances_on(self, way: Mapping[str, Any]) -> int:
        return len(self._entrances.intersection(way.get("nodes", ())))

    def _assembled(self, relation: Mapping[str, Any]) -> Any:
        outer: list[list[Place]] = []
        inner: list[list[Place]] = []
        for member in relation.get("members", ()):
            if member.get("type") != "way":
                continue
            line = self._line(member) or self._line(self._ways.get(member.get("ref"), {}))
            if line is None:
                return None
            (inner if member.get("role") == "inner" else outer).append(line)
        return assembled(outer, inner)


def assembled(outer: Iterable[Sequence[Place]], inner: Iterable[Sequence[Place]]) -> Any:
    """The area inside the outer lines less that inside the inner ones; `None` when the outer lines do not close."""
    around, holes = _rings(outer), _rings(inner)
    if not around or holes is None:
        return None
    area = shapely.union_all(around)
    return shapely.difference(area, shapely.union_all(holes)) if holes else area


def _rings(lines: Iterable[Sequence[Place]]) -> list[Any] | None:
    """The polygons that the lines make, joined end to end; `None` if an end is left over."""
    lines = [shapely.LineString(line) for line in lines]
    if not lines:
        return []
    joined = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    polygons, cuts, dangles, invalid = shapely.polygonize_full(joined)
    loose = [*cuts.geoms, *dangles.geoms, *invalid.geoms]
    return None if loose else list(polygons.geoms)


def _from_pbf(path: Path, keys: Sequence[str], report: Report) -> Iterator[OsmObject]:
    import osmium

    try:
        entrances = {
            node.id
            for node in osmium.FileProcessor(str(path), osmium.osm.NODE).with_filter(
                osmium.filter.KeyFilter("entrance")
            )
            if node.tags["entrance"] in _HOME_ENTRANCES
        }
        yield from _areas_and_ways(path, keys, entrances, report)
    except RuntimeError as broken:
        raise FileRefused(say("areas-file-broken", format=Format.PBF), say("areas-file-broken-try")) from broken


def _areas_and_ways(path: Path, keys: Sequence[str], entrances: set[int], report: Report) -> Iterator[OsmObject]:
    """Ways as they are drawn, and relations as osmium assembles them."""
    import osmium

    to_wkb = osmium.geom.WKBFactory()
    wanted = osmium.filter.KeyFilter(*keys)
    unassembled: dict[str, None] = {}
    thing: Any
    for thing in osmium.FileProcessor(str(path)).with_locations().with_areas(wanted).with_filter(wanted):
        if thing.is_way():
            source, tags = f"osm/way/{thing.id}", dict(thing.tags)
            places = [(node.lon, node.lat) if node.location.valid() else None for node in thing.nodes]
            shape = _shape(places, source, tags, report, is_closed=thing.is_closed())
            if shape is not None:
                yield OsmObject(source, tags, shape, len({node.ref for node in thing.nodes} & entrances))
        elif thing.is_relation() and thing.tags.get("type") in _AREA_RELATIONS:
            unassembled[f"osm/relation/{thing.id}"] = None
        elif thing.is_area() and not thing.from_way():
            source = f"osm/relation/{thing.orig_id()}"
            unassembled.pop(source, None)
            shape = shapely.from_wkb(bytes.fromhex(to_wkb.create_multipolygon(thing)))
            on_it = {node.ref for ring in thing.outer_rings() for node in ring} & entrances
            yield OsmObject(source, dict(thing.tags), _simplest(shape), len(on_it))
    for source in unassembled:
        report.remark(source, "shape", say("areas-osm-incomplete"))


def _shape(
    places: Sequence[Place | None], source: str, tags: Tags, report: Report, *, is_closed: bool | None = None
) -> Any:
    """The line or polygon through the places; what the edge of the extract has cut is made of the corners that are
    left."""
    known = [place for place in places if place is not None]
    if is_closed is None:
        is_closed = len(places) > 3 and places[0] == places[-1]
    if not known:
        report.remark(source, "shape", say("areas-osm-incomplete"))
        return None
    if len(known) < len(places):
        report.remark(source, "shape", say("areas-osm-cut", known=len(set(known)), all=len(places) - is_closed))
        if is_closed and "building" in tags:
            hull = shapely.convex_hull(shapely.MultiPoint(known))
            return hull if hull.geom_type == "Polygon" else hull.centroid
    if is_closed and len(known) > 2 and _is_areal(tags):
        return shapely.Polygon(known)
    return shapely.LineString(known) if len(known) > 1 else shapely.Point(known[0])


def _is_areal(tags: Tags) -> bool:
    """Whether a closed way with these tags means what is inside it: a ring road does not, a walled compound does."""
    if "area" in tags:
        return tags["area"] != "no"
    return _carries(tags, _AREAL) or not _carries(tags, _LINEAR)


def _simplest(shape: Any) -> Any:
    return shape.geoms[0] if len(shape.geoms) == 1 else shape


def _carries(tags: Tags, keys: Sequence[str]) -> bool:
    return any(key in tags for key in keys)
