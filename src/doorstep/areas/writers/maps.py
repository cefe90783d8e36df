"""A plan as GeoPackage or Shapefile, in WGS 84 (EPSG:4326), longitude first."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from doorstep.areas import names
from doorstep.areas.writers.records import MicrogridRow, MovedRow, PlanRows
from doorstep.core.text import text

CRS: Final = "EPSG:4326"


class Layer(NamedTuple):
    """Features and their fields; a Shapefile has room for ten letters in a field's name (ESRI, 1998)."""

    name: str
    outlines: Sequence[bytes]
    fields: Mapping[str, NDArray[Any]]


def geopackage(plan: PlanRows) -> bytes:
    """One file with the layers `microgrids`, `grids` and, where there are any, `special` and `moved` (OGC 12-128)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plan.gpkg"
        for number, layer in enumerate(layers(plan)):
            _write(path, "GPKG", layer, append=number > 0)
        return path.read_bytes()


def shapefiles(plan: PlanRows, encoding: str) -> bytes:
    """A zip file with all layers; `encoding` is "UTF-8", or "GBK" for programs that know no other."""
    with tempfile.TemporaryDirectory() as folder:
        for layer in layers(plan):
            _write(Path(folder) / f"{layer.name}.shp", "ESRI Shapefile", layer, encoding=encoding)
        whole = io.BytesIO()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(Path(folder).iterdir()):
                archive.write(path, path.name)
        return whole.getvalue()


def layers(plan: PlanRows) -> list[Layer]:
    """The micro-grids, grids and special grids, and a row for each part of a building in which somebody moves."""
    drawn = [*_areas(plan)]
    if plan.specials:
        drawn.append(_special(plan))
    if plan.moved:
        drawn.append(_moved(plan.moved))
    return drawn


def _special(plan: PlanRows) -> Layer:
    rows = plan.specials
    return Layer(
        "special",
        [row.outline for row in rows],
        {
            "code": _words(row.code for row in rows),
            "name": _words(row.name for row in rows),
            "households": _numbers(row.households for row in rows),
            "buildings": _numbers(row.buildings for row in rows),
            "led_by": _words(row.led_by for row in rows),
            "department": _words(row.department for row in rows),
            "community": _words(plan.community for _ in rows),
        },
    )


def _moved(rows: Sequence[MovedRow]) -> Layer:
    return Layer(
        "moved",
        [row.footprint for row in rows],
        {
            "building": _words(row.building for row in rows),
            "entrance": _numbers(row.entrance or 0 for row in rows),
            "floor_from": _numbers(row.floor_from or 0 for row in rows),
            "floor_to": _numbers(row.floor_to or 0 for row in rows),
            "households": _numbers(row.households for row in rows),
            "from_code": _words(row.source for row in rows),
            "to_code": _words(row.to for row in rows),
            "why": _words(row.why for row in rows),
        },
    )


def _areas(plan: PlanRows) -> tuple[Layer, Layer]:
    rows = plan.microgrids
    groups: dict[str, list[MicrogridRow]] = {}
    for row in rows:
        groups.setdefault(row.grid_code, []).append(row)
    microgrids = Layer(
        "microgrids",
        [row.outline for row in rows],
        {
            "code": _words(row.code for row in rows),
            "grid_code": _words(row.grid_code for row in rows),
            "grid_no": _numbers(row.grid_number for row in rows),
            "micro_no": _numbers(row.microgrid_number for row in rows),
            "households": _numbers(row.households for row in rows),
            "in_range": _numbers(row.is_in_range for row in rows),
            "name": _words(text(names.of_microgrid(row.grid_number, row.microgrid_number)) for row in rows),
            "community": _words(plan.community for _ in rows),
        },
    )
    grids = Layer(
        "grids",
        [
            shapely.to_wkb(shapely.coverage_union_all(shapely.from_wkb([each.outline for each in group])))
            for group in groups.values()
        ],
        {
            "code": _words(groups),
            "grid_no": _numbers(group[0].grid_number for group in groups.values()),
            "households": _numbers(sum(each.households for each in group) for group in groups.values()),
            "name": _words(text(names.of_grid(group[0].grid_number)) for group in groups.values()),
            "community": _words(plan.community for _ in groups),
        },
    )
    return microgrids, grids


def _words(values: Iterable[str]) -> NDArray[Any]:
    return np.array(list(values), dtype=object)


def _numbers(values: Iterable[int]) -> NDArray[Any]:
    return np.array(list(values), dtype=np.int32)


def _write(path: Path, driver: str, layer: Layer, **options: Any) -> None:
    import pyogrio.raw

    pyogrio.raw.write(
        path,
        geometry=np.array(layer.outlines, dtype=object),
        field_data=list(layer.fields.values()),
        fields=np.array(list(layer.fields), dtype=object),
        geometry_type="MultiPolygon",
        promote_to_multi=True,
        crs=CRS,
        driver=driver,
        layer=layer.name,
        **options,
    )
