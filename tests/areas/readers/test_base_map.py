"""What the map shows below the grids, and what people do not simply walk across."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pyogrio.raw
import pytest
import shapely

from doorstep.areas.readers import FeatureKind, read_base_map

RING = [(119.45, 32.2), (119.46, 32.2), (119.46, 32.21), (119.45, 32.21), (119.45, 32.2)]


def way(tags, line=RING, id_=5):
    return {"type": "way", "id": id_, "tags": tags, "geometry": [{"lon": lon, "lat": lat} for lon, lat in line]}


def only(file):
    assert file.is_good and len(file.features) == 1
    return file.features[0]


def test_the_campus_has_roads_and_paths(demo):
    file = read_base_map(demo / "osm" / "tsinghua_roads.overpass.json")
    assert file.is_good
    # Of 913 ways two are still being built and one is a platform.
    assert (len(file.of(FeatureKind.ROAD)), len(file.of(FeatureKind.PATH))) == (350, 560)
    assert "清华路" in {feature.name for feature in file.features}


def test_the_suburb_ends_at_its_motorway_and_railway(demo):
    file = read_base_map(demo / "osm" / "kouvola.osm.pbf")
    assert file.is_good
    kinds = Counter(feature.kind for feature in file.features)
    assert all(kinds[kind] for kind in (FeatureKind.ROAD, FeatureKind.RAILWAY, FeatureKind.WATER, FeatureKind.COMPOUND))
    barriers = Counter(feature.grade for feature in file.features if feature.is_barrier)
    assert barriers["motorway"] and barriers["secondary"] and barriers["rail"]
    assert not barriers["residential"] and not barriers["footway"]
    assert all(feature.shape.is_valid for feature in file.features)
    assert len({feature.source for feature in file.features}) == len(file.features)


def test_the_city_centre_has_water_and_green_made_of_many_ways(demo):
    file = read_base_map(demo / "osm" / "helsinki.osm.pbf")
    assert file.is_good
    from_relations = [feature for feature in file.features if feature.source.startswith("osm/relation/")]
    assert from_relations and all(feature.shape.area > 0 for feature in from_relations)
    assert len(file.of(FeatureKind.WATER, FeatureKind.GREEN)) > 200


@pytest.mark.parametrize(
    ("tags", "kind", "is_barrier"),
    [
        ({"highway": "primary_link"}, FeatureKind.ROAD, True),
        ({"highway": "primary", "tunnel": "yes"}, FeatureKind.ROAD, False),
        ({"highway": "residential"}, FeatureKind.ROAD, False),
        ({"highway": "steps"}, FeatureKind.PATH, False),
        ({"railway": "rail"}, FeatureKind.RAILWAY, True),
        ({"railway": "tram"}, FeatureKind.RAILWAY, False),
        ({"waterway": "river"}, FeatureKind.WATER, True),
        ({"waterway": "ditch"}, FeatureKind.WATER, False),
        ({"barrier": "wall"}, FeatureKind.WALL, True),
        ({"barrier": "fence"}, FeatureKind.WALL, False),
    ],
)
def test_people_stop_at_some_lines_and_walk_across_others(write, tags, kind, is_barrier):
    feature = only(read_base_map(write("a.json", {"elements": [way(tags, RING[:3])]})))
    assert (feature.kind, feature.is_barrier, feature.shape.geom_type) == (kind, is_barrier, "LineString")


@pytest.mark.parametrize(
    ("tags", "kind", "shape"),
    [
        ({"landuse": "residential", "name": "健康苑"}, FeatureKind.COMPOUND, "Polygon"),
        ({"leisure": "park"}, FeatureKind.GREEN, "Polygon"),
        ({"natural": "water"}, FeatureKind.WATER, "Polygon"),
        ({"boundary": "administrative", "admin_level": "10"}, FeatureKind.BOUNDARY, "Polygon"),
        ({"highway": "pedestrian", "area": "yes"}, FeatureKind.PATH, "Polygon"),
        ({"highway": "tertiary", "junction": "roundabout"}, FeatureKind.ROAD, "LineString"),
        ({"barrier": "wall"}, FeatureKind.WALL, "LineString"),
    ],
)
def test_a_closed_way_is_what_its_tags_mean(write, tags, kind, shape):
    feature = only(read_base_map(write("a.json", {"elements": [way(tags)]})))
    assert (feature.kind, feature.shape.geom_type, feature.name) == (kind, shape, tags.get("name", ""))


def test_a_walled_compound_is_both_a_compound_and_a_wall(write):
    file = read_base_map(write("a.json", {"elements": [way({"landuse": "residential", "barrier": "wall"})]}))
    wall, compound = file.features
    assert (wall.kind, wall.shape.geom_type) == (FeatureKind.WALL, "LineString")
    assert (compound.kind, compound.shape.geom_type) == (FeatureKind.COMPOUND, "Polygon")
    assert (wall.source, compound.source) == ("osm/way/5#wall", "osm/way/5")


@pytest.mark.parametrize(
    "tags", [{"highway": "construction"}, {"building": "yes", "landuse": "residential"}, {"amenity": "bench"}]
)
def test_what_belongs_on_no_base_map_is_left_out(write, tags):
    file = read_base_map(write("a.json", {"elements": [way(tags)]}))
    assert [finding.what.key for finding in file.findings.problems] == ["areas-file-no-features"]


def test_an_outline_that_crosses_itself_is_repaired_and_said(write):
    bow_tie = [RING[0], RING[2], RING[1], RING[3], RING[0]]
    file = read_base_map(
        write("a.json", {"elements": [way({"leisure": "park"}, bow_tie), way({"highway": "path"}, id_=6)]})
    )
    assert [finding.what.key for finding in file.findings.remarks] == ["areas-shape-repaired"]
    assert all(feature.shape.is_valid for feature in file.features)


def test_a_table_is_no_base_map(write):
    file = read_base_map(write("a.csv", "id,lon,lat\n"))
    assert [finding.what.key for finding in file.findings.problems] == ["areas-file-unknown-format"]


def layer(folder, *things, name="lines.geojson"):
    features = [{"type": "Feature", "properties": words, "geometry": shape} for words, shape in things]
    file = folder / name
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return read_base_map(file)


LINE = {"type": "LineString", "coordinates": RING[:2]}
OTHER = {"type": "LineString", "coordinates": RING[1:3]}
AREA = {"type": "Polygon", "coordinates": [RING]}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ({"kind": "river"}, FeatureKind.WATER),
        ({"类型": "铁路"}, FeatureKind.RAILWAY),
        ({"类型": "围墙", "名称": "东墙"}, FeatureKind.WALL),
        ({"Kind": "ROAD"}, FeatureKind.ROAD),
        ({}, FeatureKind.ROAD),
    ],
)
def test_any_layer_of_lines_says_what_had_better_not_be_crossed(tmp_path, words, kind):
    found = only(layer(tmp_path, (words, LINE)))
    assert found.kind is kind and found.is_barrier and found.name == words.get("名称", "")


def test_lines_with_the_tags_of_openstreetmap_are_what_these_say(tmp_path):
    file = layer(tmp_path, ({"highway": "residential"}, LINE), ({"waterway": "river", "name": "江"}, OTHER))
    assert [(each.kind, each.is_barrier) for each in file.features] == [
        (FeatureKind.ROAD, False),
        (FeatureKind.WATER, True),
    ]


def test_a_word_that_nobody_knows_is_told_and_the_line_is_kept(tmp_path):
    file = layer(tmp_path, ({"kind": "dragon"}, LINE))
    assert only(file).is_barrier and "dragon" in str(file.findings.remarks[0])


def test_a_lake_is_a_barrier_too_and_a_line_drawn_twice_is_one(tmp_path):
    file = layer(tmp_path, ({"kind": "水系"}, AREA), ({"kind": "水系"}, LINE), ({"kind": "水系"}, LINE))
    assert len(file.features) == 2 and {each.shape.geom_type for each in file.features} == {"Polygon", "LineString"}


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ({"type": "LineString", "coordinates": [[119.4, 32.2], [500000, 3500000]]}, "米"),
        ({"type": "LineString", "coordinates": [[32.2, 119.4], [32.3, 119.5]]}, "填反"),
        ({"type": "LineString", "coordinates": []}, ""),
        (None, ""),
    ],
)
def test_lines_that_lie_nowhere_stop_the_file(tmp_path, shape, said):
    file = layer(tmp_path, ({}, shape), ({}, LINE))
    assert not file.is_good and said in str(file.findings.problems[0])


def test_a_layer_of_points_holds_nothing_to_end_at(tmp_path):
    file = layer(tmp_path, ({}, {"type": "Point", "coordinates": RING[0]}))
    assert not file.is_good


def test_a_geopackage_of_lines_is_read_as_its_reference_system_says(tmp_path):
    shape = shapely.LineString(RING[:2])
    pyogrio.raw.write(
        tmp_path / "lines.gpkg", shapely.to_wkb(np.array([shape])), [np.array(["河流"], dtype=object)], ["kind"],
        geometry_type="LineString", crs="EPSG:4490", layer="lines",
    )  # fmt: skip
    assert only(read_base_map(tmp_path / "lines.gpkg")).kind is FeatureKind.WATER
