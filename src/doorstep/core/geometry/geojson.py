"""Shapes as GeoJSON (RFC 7946), in degrees of WGS 84."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import shapely

_CENTIMETRE_DEG = 1e-7


def feature_collection(features: Sequence[tuple[bytes | memoryview, dict[str, Any]]]) -> str:
    """A FeatureCollection of shapes in WKB with their properties; written to the centimetre."""
    shapes = shapely.from_wkb([bytes(shape) for shape, _ in features])
    rows = [
        f'{{"type":"Feature","geometry":{shape},"properties":{orjson.dumps(properties).decode()}}}'
        for shape, (_, properties) in zip(written(shapes), features, strict=True)
    ]
    return f'{{"type":"FeatureCollection","features":[{",".join(rows)}]}}'


def written(shapes: Any) -> list[Any]:
    """Each shape as GeoJSON text, to the centimetre; None for none. Each vertex is rounded alike, so that neighbours
    still meet."""
    return list(shapely.to_geojson(shapely.set_precision(shapes, _CENTIMETRE_DEG, mode="pointwise")))
