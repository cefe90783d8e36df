"""What the map shows below the grids, and what people do not simply walk across."""

from __future__ import annotations

from collections import Counter

import pytest

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
