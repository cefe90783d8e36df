"""Shapes as other people's software reads them."""

from __future__ import annotations

import json

import shapely

from doorstep.core.geometry.geojson import feature_collection


def test_shapes_come_with_their_properties_in_order():
    west, east = shapely.box(116.0, 40.0, 116.1, 40.1), shapely.box(116.1, 40.0, 116.2, 40.1)
    read = json.loads(feature_collection([(shapely.to_wkb(west), {"name": "西"}), (shapely.to_wkb(east), {"n": 2})]))
    assert read["type"] == "FeatureCollection"
    assert [feature["properties"] for feature in read["features"]] == [{"name": "西"}, {"n": 2}]
    assert shapely.from_geojson(json.dumps(read["features"][1]["geometry"])).equals(east)


def test_neighbours_still_meet_after_rounding_to_a_centimetre():
    shared = 116.123456789123
    west, east = shapely.box(116.0, 40.0, shared, 40.1), shapely.box(shared, 40.0, 116.2, 40.1)
    read = json.loads(feature_collection([(shapely.to_wkb(west), {}), (shapely.to_wkb(east), {})]))
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in read["features"]]
    assert shapely.coverage_is_valid(shapes)
    assert shapes[0].bounds[2] == shapes[1].bounds[0] == 116.1234568


def test_nothing_is_an_empty_collection():
    assert json.loads(feature_collection([])) == {"type": "FeatureCollection", "features": []}
