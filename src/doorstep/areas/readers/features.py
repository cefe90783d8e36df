"""Features with properties, from GeoJSON and GeoPackage."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import orjson
import shapely

from doorstep.areas.readers.formats import Format, Limits
from doorstep.areas.readers.report import FileRefused, Report
from doorstep.core.geometry import Datum
from doorstep.core.text import say

# What a GeoJSON of before RFC 7946 may name and still be degrees that we know.
_CRS_NAMES: Final = {
    "urn:ogc:def:crs:OGC:1.3:CRS84": Datum.WGS84,
    "urn:ogc:def:crs:OGC::CRS84": Datum.WGS84,
    "urn:ogc:def:crs:EPSG::4326": Datum.WGS84,
    "EPSG:4326": Datum.WGS84,
    "urn:ogc:def:crs:EPSG::4490": Datum.CGCS2000,
    "EPSG:4490": Datum.CGCS2000,
}


class MapFeature(NamedTuple):
    """A shape with its properties; `row` counts features from 1."""

    row: int
    id: str
    properties: Mapping[str, Any]
    shape: Any


def datum_of(path: Path, format_: Format) -> Datum | None:
    """The datum that the file itself says; `None` if it says none."""
    return _geojson_datum(_document(path)) if format_ is Format.GEOJSON else _geopackage_datum(path)


def read(path: Path, format_: Format, report: Report, limits: Limits) -> Iterator[MapFeature]:
    """The features of the file; those of a GeoPackage brought to degrees if they were metres."""
    return _from_geojson(path, report, limits) if format_ is Format.GEOJSON else _from_geopackage(path, report, limits)


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as broken:
        raise FileRefused(say("areas-file-broken", format=Format.GEOJSON), say("areas-file-broken-try")) from broken
    if not isinstance(document, dict) or not isinstance(document.get("features"), list):
        raise FileRefused(say("areas-geojson-no-collection"), say("areas-geojson-no-collection-try"))
    return document


def _geojson_datum(document: Mapping[str, Any]) -> Datum:
    crs = document.get("crs")
    if crs is None:
        return Datum.WGS84
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else str(crs)
    if name not in _CRS_NAMES:
        raise FileRefused(say("areas-geojson-crs", name=name), say("areas-geojson-crs-try"))
    return _CRS_NAMES[name]


def _from_geojson(path: Path, report: Report, limits: Limits) -> Iterator[MapFeature]:
    features = _document(path)["features"]
    if len(features) > limits.rows:
        raise FileRefused(say("areas-file-too-many-rows", most=limits.rows), say("areas-file-split"))
    for row, feature in enumerate(features, start=1):
        try:
            shape = _geojson_shape(feature["geometry"])
            properties = feature.get("properties") or {}
            own = feature.get("id")
            yield MapFeature(row, "" if own is None else str(own), dict(properties), shape)
        except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.GEOSException):
            report.problem(row, "geometry", say("areas-shape-not-geojson"), say("areas-shape-missing-try"))


def _geojson_shape(geometry: Mapping[str, Any] | None) -> Any:
    if geometry is None:
        return None
    return shapely.from_geojson(orjson.dumps(geometry))


def _from_geopackage(path: Path, report: Report, limits: Limits) -> Iterator[MapFeature]:
    import pyogrio.raw

    layer = _layer(path)
    with _opened_by_gdal():
        meta, ids, shapes, columns = pyogrio.raw.read(path, layer=layer, return_fids=True, max_features=limits.rows + 1)
    if len(ids) > limits.rows:
        raise FileRefused(say("areas-file-too-many-rows", most=limits.rows), say("areas-file-split"))
    names = [str(name) for name in meta["fields"]]
    degrees = _to_degrees(meta["crs"])
    for i, id_ in enumerate(ids):
        shape = shapely.from_wkb(shapes[i]) if shapes[i] is not None else None
        properties = {name: _plain_value(column[i]) for name, column in zip(names, columns, strict=True)}
        yield MapFeature(int(id_), str(id_), properties, degrees(shape) if shape is not None else None)


@contextmanager
def _opened_by_gdal() -> Iterator[None]:
    """Its warnings are for whoever made the file; its errors mean that the file is damaged."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (ValueError, RuntimeError) as broken:
        raise FileRefused(say("areas-file-broken", format=Format.GEOPACKAGE), say("areas-file-broken-try")) from broken


def _plain_value(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _layer(path: Path) -> str:
    """The one layer with shapes; a file with several must be split, since we cannot know which is meant."""
    import pyogrio

    with _opened_by_gdal():
        layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
    if len(layers) != 1:
        raise FileRefused(
            say("areas-geopackage-layers", count=len(layers), layers="、".join(layers)),
            say("areas-geopackage-layers-try"),
        )
    return layers[0]


def _geopackage_datum(path: Path) -> Datum | None:
    import pyogrio

    layer = _layer(path)
    with _opened_by_gdal():
        crs = pyogrio.read_info(path, layer=layer)["crs"]
    if _is_unnamed(crs):
        return None
    from pyproj import CRS

    known = CRS.from_user_input(crs)
    geodetic = known.geodetic_crs
    return Datum.CGCS2000 if geodetic is not None and "China" in geodetic.name else Datum.WGS84


def _to_degrees(crs: str | None) -> Any:
    """From the file's reference system to degrees of longitude and latitude; as they are, if it names none or is in
    degrees."""
    if _is_unnamed(crs):
        return lambda shape: shape
    from pyproj import CRS, Transformer

    known = CRS.from_user_input(crs)
    if known.is_geographic and known.to_epsg() in (4326, 4490):
        return lambda shape: shape
    change = Transformer.from_crs(known, 4326, always_xy=True)
    return lambda shape: shapely.transform(shape, change.transform, interleaved=False)


def _is_unnamed(crs: str | None) -> bool:
    return crs is None or "Undefined" in crs
