"""Buildings from OpenStreetMap, GeoJSON, GeoPackage, CSV or Excel, as one kind of record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import shapely

from doorstep.areas.readers import features, osm, tables
from doorstep.areas.readers.formats import USUAL, Format, Limits, recognise
from doorstep.areas.readers.kind_words import kind_from_osm, kind_from_word
from doorstep.areas.readers.records import Building, BuildingsFile
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.areas.readers.shapes import Bounds, fingerprint, made_fit
from doorstep.areas.rules.kinds import BuildingKind
from doorstep.core.geometry import Datum, DatumRefused, named
from doorstep.core.signs import seen
from doorstep.core.text import say

_FIELDS: Final = {  # read, not shown
    "id": ("编号", "楼栋编号", "楼栋编码", "楼栋代码", "建筑编号", "building_id", "building_code", "osm_id"),
    "name": ("楼栋名称", "名称", "楼名", "楼号", "楼栋", "幢名", "建筑名称", "building", "building_name"),
    "kind": ("类型", "建筑类型", "楼栋类型", "用途", "建筑用途", "房屋用途", "type", "use", "building_type"),
    "lon": ("经度", "lng", "long", "longitude"),
    "lat": ("纬度", "latitude"),
    "wkt": ("范围", "轮廓", "几何", "geometry", "geom", "the_geom", "footprint"),
    "floors": ("层数", "楼层", "楼层数", "总层数", "地上层数", "levels", "storeys", "building:levels"),
    "entrances": ("单元数", "单元", "楼道数", "门洞数", "stairwells"),
    "dwellings": ("户数", "总户数", "住宅套数", "套数", "units", "flats", "building:flats"),
    "lived_in": ("实住户数", "入住户数", "常住户数", "在住户数", "lived_in_households", "households", "occupied"),
    "address": ("地址", "门牌", "门牌地址", "详细地址"),
    "compound": ("小区", "小区名称", "所属小区", "院落", "estate"),
    "community": ("社区代码", "社区编码", "community_code"),
}
IDS: Final = _FIELDS["id"]
"""How a column is called that holds the file's own ids of buildings."""
_NUMBERS: Final = {"floors": (1, 200), "entrances": (0, 500), "dwellings": (0, 20_000), "lived_in": (0, 20_000)}
_TEXTS: Final = ("name", "address", "compound", "community")
_KNOWN: Final = frozenset(Format)
_BUILDING_KEYS: Final = ("building",)
_COMPOUND_KEYS: Final = ("landuse",)
_OSM_ID: Final = re.compile(r"(way|relation)/[0-9]+")
_NO_BUILDING: Final = frozenset({"no", "entrance", "demolished", "razed", "construction", "proposed"})


class _Raw(NamedTuple):
    """A building as far as it is read, before its shape is judged."""

    row: int | str
    source: str
    shape: Any
    facts: dict[str, Any]


def read_buildings(
    path: Path | str,
    datum: Datum | str | None = None,
    *,
    expected: Bounds | None = None,
    limits: Limits = USUAL,
    only: Sequence[int] | None = None,
    elsewhere: Collection[str] = (),
) -> BuildingsFile:
    """The buildings of a file, in WGS 84, with all that is wrong with it.

    OpenStreetMap and GeoJSON say their datum by definition, GeoPackage in its reference system; for CSV and Excel
    `datum` must name it. It may also correct a GeoJSON or GeoPackage whose maker moved the coordinates without saying
    so; then a remark says that it did. `expected` (west, south, east, north in WGS 84) is where the place is known to
    lie. `only` names the rows of a GeoPackage that are wanted, `elsewhere` columns that are read by somebody else.
    """
    path = Path(path)
    report = Report(path.name)
    format_, in_datum, buildings = "", None, list[Building]()
    try:
        format_ = recognise(path, _KNOWN, limits)
        by_file, raw = _opened(path, format_, report, limits, only, elsewhere)
        in_datum = _datum(format_, named(datum) if isinstance(datum, str) else datum, by_file, report)
        read = list(raw)
        if not read and not report.findings().problem_count:
            raise FileRefused(say("areas-file-no-buildings"), say("areas-file-empty-try"))
        # Without a datum nothing can be kept, yet the other problems are worth knowing at once.
        fit = list(_fit(read, in_datum or Datum.WGS84, report, limits, expected))
        buildings = fit if in_datum else []
    except (FileRefused, DatumRefused) as no:
        report.refuse(no)
    return BuildingsFile(path.name, str(format_), in_datum, tuple(buildings), report.findings())


def rows_by_community(path: Path | str, *, limits: Limits = USUAL) -> dict[str, list[int]] | None:
    """The rows of each community of a GeoPackage, to be read one community at a time; `None` for other formats.

    A building without a community has the empty name. Raises `FileRefused` for a file that cannot be read at all.
    """
    path = Path(path)
    if recognise(path, _KNOWN, limits) is not Format.GEOPACKAGE:
        return None
    file = features.GeoPackage(path)
    fields = tables.fields_of(file.columns, _FIELDS, Report(path.name))
    if "community" not in fields:
        return {"": file.rows()}
    found: dict[str, list[int]] = {}
    for row, cell in file.column(file.columns[fields.index("community")]):
        found.setdefault(_as_cell(cell), []).append(row)
    return dict(sorted(found.items()))


def _opened(
    path: Path,
    format_: Format,
    report: Report,
    limits: Limits,
    only: Sequence[int] | None,
    elsewhere: Collection[str],
) -> tuple[Datum | None, Iterator[_Raw]]:
    """The datum that the file itself says, and its buildings as far as they can be read without it."""
    if format_ in (Format.OVERPASS, Format.PBF):
        return Datum.WGS84, _from_osm(path, format_, report)
    if format_ in (Format.GEOJSON, Format.GEOPACKAGE):
        file = features.Features(path, format_)
        return file.datum, _from_features(file.read(report, limits, only), report, elsewhere)
    return None, _from_table(tables.rows(path, format_, _FIELDS, report, limits, elsewhere), report)


def _datum(format_: Format, asked: Datum | None, by_file: Datum | None, report: Report) -> Datum | None:
    """The datum of the coordinates: what the file says or the caller names; if neither does, `None` and a problem."""
    if format_ in (Format.OVERPASS, Format.PBF) and asked not in (None, Datum.WGS84):
        raise FileRefused(say("areas-datum-osm", datum=asked or ""), say("areas-datum-osm-try"))
    if asked is None and by_file is None:
        report.problem("", "", say("areas-datum-missing"), say("areas-datum-missing-try", names=", ".join(Datum)))
    if asked and by_file and asked is not by_file:
        report.remark("", "", say("areas-datum-overruled", file=by_file, named=asked))
    return asked or by_file


def _from_osm(path: Path, format_: Format, report: Report) -> Iterator[_Raw]:
    found = []
    for thing in osm.objects(path, format_, _BUILDING_KEYS, report):
        if thing.tags["building"] in _NO_BUILDING:
            continue
        if shapely.get_type_id(thing.shape) == _LINE:
            report.remark(thing.source, "shape", say("areas-osm-not-closed"))
            continue
        found.append(_Raw(thing.source, thing.source, thing.shape, _osm_facts(thing, report)))
    # What is wrong with the compounds does not matter to the buildings, and is told where the base map is read.
    aside = Report(report.file)
    _name_compounds(
        found, [thing for thing in osm.objects(path, format_, _COMPOUND_KEYS, aside) if _is_compound(thing)]
    )
    yield from found


def _is_compound(thing: osm.OsmObject) -> bool:
    return thing.tags["landuse"] == "residential" and bool(_osm_name(thing.tags))


def _osm_facts(thing: osm.OsmObject, report: Report) -> dict[str, Any]:
    tags = thing.tags
    words = {
        "name": _osm_name(tags) or tags.get("addr:housename", ""),
        "address": _osm_address(tags),
        "compound": tags.get("addr:place") or tags.get("addr:neighbourhood") or "",
    }
    return {
        **{field: tables.cleaned(written, thing.source, field, report) for field, written in words.items()},
        "kind": kind_from_osm(tags),
        "floors": _loose_number(tags, "building:levels", thing.source, report),
        "dwellings": _loose_number(tags, "building:flats", thing.source, report),
        "entrances": thing.entrances or None,
    }


def _name_compounds(found: Sequence[_Raw], compounds: Sequence[osm.OsmObject]) -> None:
    """Give buildings in a named residential area its name, unless they say another; the smallest area counts."""
    smallest_first = sorted(compounds, key=lambda compound: compound.shape.area)
    outlines = np.array([compound.shape for compound in smallest_first], dtype=object)
    middles = shapely.STRtree(shapely.centroid(np.array([one.shape for one in found], dtype=object)))
    for compound, building in middles.query(outlines, predicate="intersects").T.tolist():
        facts = found[building].facts
        facts["compound"] = facts["compound"] or seen(_osm_name(smallest_first[compound].tags))


def _osm_name(tags: osm.Tags) -> str:
    return tags.get("name:zh") or tags.get("name") or ""


def _loose_number(tags: osm.Tags, key: str, source: str, report: Report) -> int | None:
    """A number that a stranger wrote: half floors count down, what is no number is left out and said."""
    written = tags.get(key)
    if written is None:
        return None
    try:
        number = int(float(written))
    except (ValueError, OverflowError):
        number = 0
    least, most = _NUMBERS["floors" if key == "building:levels" else "dwellings"]
    if not max(least, 1) <= number <= most:
        report.remark(source, key, say("areas-osm-number-ignored", cell=written[:40]))
        return None
    return number


def _osm_address(tags: osm.Tags) -> str:
    if full := tags.get("addr:full"):
        return full
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
    # A Chinese street takes its number without a space.
    return f"{street}{'' if street and street[-1] > chr(0x2E80) else ' '}{number}".strip()


def _from_features(things: Iterable[features.MapFeature], report: Report, elsewhere: Collection[str]) -> Iterator[_Raw]:
    columns: dict[str, str | None] = {}
    for thing in things:
        if new := [column for column in thing.properties if column not in columns]:
            columns.update(zip(new, tables.fields_of(new, _FIELDS, report, elsewhere), strict=True))
        cells = {
            field: _as_cell(value)
            for column, value in thing.properties.items()
            if (field := columns[column]) is not None
        }
        own = cells.get("id") or thing.id
        yield _Raw(thing.row, source_of(own), thing.shape, _facts(cells, thing.row, report))


def source_of(own: str) -> str:
    """The file's own id under our roof; an id of OpenStreetMap that came through another format stays what it is."""
    if not own:
        return ""
    return f"osm/{own}" if _OSM_ID.fullmatch(own) else f"own/{own}"


def _as_cell(value: Any) -> str:
    if value is None or value != value:  # NaN stands for nothing in a column of numbers.
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _from_table(rows: Iterable[tables.Row], report: Report) -> Iterator[_Raw]:
    is_first = True
    for row in rows:
        if is_first and "wkt" not in row.cells and not {"lon", "lat"} <= row.cells.keys():
            raise FileRefused(say("areas-columns-no-place"), say("areas-columns-no-place-try"))
        is_first = False
        own = tables.plain_text(row.cells.get("id", ""), row.number, "id", report)
        facts = _facts(row.cells, row.number, report)
        shape = _table_shape(row, report)
        if shape is not None:
            yield _Raw(row.number, source_of(own), shape, facts)


def _table_shape(row: tables.Row, report: Report) -> Any:
    if wkt := row.cells.get("wkt"):
        try:
            with np.errstate(over="ignore"):  # A number too great becomes infinity, and is told as no place later.
                return shapely.from_wkt(wkt)
        except shapely.errors.GEOSException:
            report.problem(row.number, "wkt", say("areas-shape-not-wkt"), say("areas-shape-not-wkt-try"))
            return None
    lon = tables.decimal(row.cells.get("lon", ""), row.number, "lon", report)
    lat = tables.decimal(row.cells.get("lat", ""), row.number, "lat", report)
    return None if lon is None or lat is None else shapely.points(lon, lat)


def _facts(cells: Mapping[str, str], row: int | str, report: Report) -> dict[str, Any]:
    facts: dict[str, Any] = {
        field: tables.plain_text(cells[field], row, field, report) for field in _TEXTS if field in cells
    }
    for field, (least, most) in _NUMBERS.items():
        if field in cells:
            facts[field] = tables.whole_number(cells[field], row, field, report, least=least, most=most)
    facts["kind"] = _kind(cells.get("kind", ""), row, report)
    if (facts.get("lived_in") or 0) > (facts.get("dwellings") or float("inf")):
        report.remark(row, "lived_in", say("areas-more-lived-in"))
    return facts


def _kind(word: str, row: int | str, report: Report) -> BuildingKind:
    kind = kind_from_word(word)
    if kind is None:
        report.remark(row, "kind", say("areas-kind-unknown", word=word[:40]))
    return kind or BuildingKind.OTHER


def _fit(
    raw: Sequence[_Raw], datum: Datum, report: Report, limits: Limits, expected: Bounds | None
) -> Iterator[Building]:
    rows = [one.row for one in raw]
    shapes = made_fit([one.shape for one in raw], rows, datum, report, corners=limits.corners, expected=expected)
    seen: dict[str, int | str] = {}
    for one, shape in zip(raw, shapes, strict=True):
        if shape is None:
            continue
        source = one.source or f"shape/{fingerprint(shape)}"
        if source in seen:
            field = "id" if one.source else "shape"
            what = say("areas-building-twice", source=source, row=seen[source])
            report.problem(one.row, field, what, say("areas-row-remove"))
            continue
        seen[source] = one.row
        yield Building(source=source, row=one.row, shape=shape, **_filled(one.facts))


def _filled(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {**dict.fromkeys(_TEXTS, ""), **facts}


_LINE: Final = 1
