"""Features with properties, from GeoJSON and GeoPackage."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
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


class Features:
    """An opened file of features: the datum that it says itself, `None` if it says none, and its features."""

    def __init__(self, path: Path, format_: Format) -> None:
        file = _GeoJson(path) if format_ is Format.GEOJSON else GeoPackage(path)
        self.datum = file.datum
        self.read = file.read


class _GeoJson:
    def __init__(self, path: Path) -> None:
        try:
            document = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
        except orjson.JSONDecodeError as broken:
            raise FileRefused(say("areas-file-broken", format=Format.GEOJSON), say("areas-file-broken-try")) from broken
        if not isinstance(document, dict) or not isinstance(document.get("features"), list):
            raise FileRefused(say("areas-geojson-no-collection"), say("areas-geojson-no-collection-try"))
        self._features = document["features"]
        self.datum = _datum_of_crs(document.get("crs"))

    def read(self, report: Report, limits: Limits, only: Sequence[int] | None = None) -> Iterator[MapFeature]:
        if len(self._features) > limits.rows:
            raise FileRefused(say("areas-file-too-many-rows", most=limits.rows), say("areas-file-split"))
        for row, feature in enumerate(self._features, start=1):
            try:
                shape = _geojson_shape(feature["geometry"])
                properties = feature.get("properties") or {}
                own = feature.get("id")
                yield MapFeature(row, "" if own is None else str(own), dict(properties), shape)
            except (KeyError, TypeError, ValueError, AttributeError, shapely.errors.GEOSException):
                report.problem(row, "geometry", say("areas-shape-not-geojson"), say("areas-shape-missing-try"))


def _datum_of_crs(crs: Any) -> Datum:
    """RFC 7946 knows WGS 84 only; a file of before it may still name a system."""
    if crs is None:
        return Datum.WGS84
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = str(properties.get("name", "")) if isinstance(properties, dict) else str(crs)
    if name not in _CRS_NAMES:
        raise FileRefused(say("areas-geojson-crs", name=name[:80]), say("areas-geojson-crs-try"))
    return _CRS_NAMES[name]


def _geojson_shape(geometry: Mapping[str, Any] | None) -> Any:
    if geometry is None:
        return None
    return shapely.from_geojson(orjson.dumps(geometry))


class GeoPackage:
    """The one layer with shapes of a GeoPackage."""

    def __init__(self, path: Path) -> None:
        import pyogrio

        self._path = path
        with _opened_by_gdal():
            layers = [str(name) for name, kind in pyogrio.list_layers(path) if kind is not None]
            if len(layers) != 1:
                # We cannot know which of them is meant.
                raise FileRefused(
                    say("areas-geopackage-layers", count=len(layers), layers="、".join(layers)),
                    say("areas-geopackage-layers-try"),
                )
            self._layer = layers[0]
            about = pyogrio.read_info(path, layer=self._layer)
        self.columns = [str(name) for name in about["fields"]]
        self.datum, self._degrees = _system(about["crs"])

    def rows(self) -> list[int]:
        """The numbers of all features."""
        return [row for row, _ in self.column(None)]

    def column(self, name: str | None) -> Iterator[tuple[int, Any]]:
        """The number of each feature and its value in one column."""
        import pyogrio.raw

        wanted = [] if name is None else [name]
        with _opened_by_gdal():
            _, ids, _, columns = pyogrio.raw.read(
                self._path, layer=self._layer, columns=wanted, read_geometry=False, return_fids=True
            )
        values = columns[0].tolist() if columns else [None] * len(ids)
        yield from zip(ids.tolist(), values, strict=True)

    def read(self, report: Report, limits: Limits, only: Sequence[int] | None = None) -> Iterator[MapFeature]:
        """The features, all or only those with some numbers, brought to degrees if they are in metres."""
        import pyogrio.raw

        with _opened_by_gdal():
            meta, ids, wkb, columns = pyogrio.raw.read(
                self._path,
                layer=self._layer,
                return_fids=True,
                # It takes the one or the other.
                **({"max_features": limits.rows + 1} if only is None else {"fids": list(only)}),
            )
            shapes = self._degrees(shapely.from_wkb(wkb, on_invalid="ignore"))
        if len(ids) > limits.rows:
            raise FileRefused(say("areas-file-too-many-rows", most=limits.rows), say("areas-file-split"))
        names = [str(name) for name in meta["fields"]]
        for i, id_ in enumerate(ids.tolist()):
            properties = {name: _plain_value(column[i]) for name, column in zip(names, columns, strict=True)}
            yield MapFeature(id_, str(id_), properties, shapes[i])


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


def _system(crs: str | None) -> tuple[Datum | None, Callable[[Any], Any]]:
    """The datum of a reference system and the way from it to degrees; for one without a name, none, and as it is."""
    if crs is None or "Undefined" in crs:
        return None, lambda shapes: shapes
    from pyproj import CRS, Transformer

    known = CRS.from_user_input(crs)
    geodetic = known.geodetic_crs
    datum = Datum.CGCS2000 if geodetic is not None and "China" in geodetic.name else Datum.WGS84
    if known.to_epsg() in (4326, 4490):
        return datum, lambda shapes: shapes
    change = Transformer.from_crs(known, geodetic if datum is Datum.CGCS2000 else 4326, always_xy=True)
    return datum, lambda shapes: shapely.transform(shapes, change.transform, interleaved=False)
